"""Frames are worked out once, never for another snapshot, and never take more room than there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.facts.kept import Kept
from zhanggui.measures import products
from zhanggui.measures.shared import shared
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


class Asked:
    """Makes a frame of a thousand numbers, and counts how often it was asked to."""

    def __init__(self, value: int = 1) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> pl.LazyFrame:
        self.times += 1
        return pl.LazyFrame({"n": [self.value] * 1000}, schema={"n": pl.Int64})


def test_a_frame_is_made_once_for_each_name():
    kept, one, other = Kept(10**6), Asked(1), Asked(2)
    found = [kept.frame(name, make)["n"][0] for name, make in (("a", one), ("b", other), ("a", one), ("b", other))]
    assert found == [1, 2, 1, 2]
    assert (one.times, other.times) == (1, 1)


def test_what_was_not_looked_at_for_longest_goes_first():
    kept, one, other, third = Kept(20_000), Asked(), Asked(), Asked()
    for name, make in (("a", one), ("b", other), ("a", one), ("c", third), ("a", one), ("b", other)):
        kept.frame(name, make)
    assert (one.times, other.times, third.times) == (1, 2, 1)


def test_what_would_take_half_of_the_room_is_given_and_not_kept():
    kept, one = Kept(15_000), Asked()
    assert [kept.frame("a", one).height for _ in range(2)] == [1000, 1000]
    assert one.times == 2


def test_a_function_of_a_snapshot_is_asked_once_for_each_of_its_arguments():
    asked = []

    @shared
    def counted(shop: Snapshot, days: int = 28) -> pl.LazyFrame:
        asked.append((shop.day, days))
        return pl.LazyFrame({"days": [days]})

    one, other = Snapshot(DAY, {}), Snapshot(date(2026, 9, 20), {})
    told = [counted(one), counted(one, 28), counted(one, days=28), counted(one, 7), counted(other)]
    assert [t.collect().item() for t in told] == [28, 28, 28, 7, 28]
    assert asked == [(DAY, 28), (DAY, 7), (other.day, 28)]


def test_a_snapshot_with_other_frames_never_sees_the_figures_of_the_first():
    table = TABLES["product_effect"]
    row = {"period_start": date(2026, 9, 13), "period_end": date(2026, 9, 19), "product_id": "1", "shop_clicks": 5}

    def frame(clicks: int) -> pl.LazyFrame:
        return pl.LazyFrame([row | {"shop_clicks": clicks}], schema=table.schema)

    whole = Snapshot(DAY, {"product_effect": frame(5)})
    clicks = [products.effect(whole).collect()["shop_clicks"].item()]
    mine = replace(whole, frames={"product_effect": frame(3)}, _seen={})
    clicks += [products.effect(s).collect()["shop_clicks"].item() for s in (mine, whole, mine)]
    assert clicks == [5, 3, 5, 3]
