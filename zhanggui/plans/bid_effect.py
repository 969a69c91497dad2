"""What a change of bids brought: the words that were changed against all others, the days before against the days after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.share_shift import FEWEST_DAYS, Shift, share_shift
from zhanggui.facts import Snapshot

FIGURES = ("clicks", "cost", "inquiries")
MOST_WEEKS = 4
UNSETTLED = 2  # newest days of the report, which the platform still revises

Key = tuple[str, str, str]


@dataclass(frozen=True)
class BidEffect:
    """`days` before and as many after, whole weeks; `needs`: days of the report that are still lacking for a week (0: enough).

    `figures`: what each did, by column; None where the report does not say it, or says nothing of the other words.
    """

    days: int
    needs: int
    figures: dict[str, Shift | None]


def bid_effect(shop: Snapshot, words: Collection[Key], on: date) -> BidEffect:
    """The words (plan, group, word; "" where the report names none) whose bids were changed on the day `on`.

    That day itself is left out; of the days before as many are taken as there are after it, in whole weeks, so that weekdays
    weigh the same.
    """
    newest = shop.newest("p4p_keyword")
    past = (newest - timedelta(days=UNSETTLED) - on).days if newest else 0
    weeks = min(past // 7, MOST_WEEKS)
    if weeks < 1:
        return BidEffect(0, FEWEST_DAYS - max(past, 0), {})
    days = 7 * weeks
    own = pl.DataFrame(sorted(words), schema=["plan", "ad_group", "word"], orient="row").lazy().with_columns(own=True)
    single = pl.col("period_start") == pl.col("period_end")
    near = (pl.col("period_end") - pl.lit(on)).dt.total_days().abs().is_between(1, days)
    rows = (
        shop.scan("p4p_keyword")
        .filter(single, near)
        .with_columns(pl.col("plan", "ad_group").fill_null(""))
        .join(own, on=["plan", "ad_group", "word"], how="left")
        .group_by("period_end", pl.col("own").fill_null(value=False))
        .agg(pl.when(pl.col(c).null_count() == 0).then(pl.col(c).cast(pl.Float64).sum()).alias(c) for c in FIGURES)
        .collect()
    )
    sides = [[on + timedelta(days=step * n) for n in range(1, days + 1)] for step in (-1, 1)]

    def told(column: str, side: list[date], own: bool) -> NDArray[np.float64]:
        known = dict(rows.filter(pl.col("own") == own).select("period_end", column).iter_rows())
        return np.array([np.nan if known.get(d, 0.0) is None else known.get(d, 0.0) for d in side], float)

    whole = all(rows.filter(pl.col("period_end") == d).height for side in sides for d in side)
    found: dict[str, Shift | None] = {}
    for column in FIGURES:
        mine, others = ((told(column, sides[0], own), told(column, sides[1], own)) for own in (True, False))
        known = whole and all(np.isfinite(x).all() for x in (*mine, *others))
        found[column] = share_shift(mine, others) if known else None
    return BidEffect(days, 0, found)
