"""Multipliers of hours, regions and labels: where cells surely differ, for the money of now; nothing where they are alike or few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from bench.bid_cells import FIRST, judged, made
from zhanggui.estimates.unlike import unlike
from zhanggui.facts import Snapshot
from zhanggui.measures import ads
from zhanggui.plans.bid_axis import Axis, levels
from zhanggui.plans.bid_cells import Cell, CellPlan, bid_cells, cell_plan
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_plan import BidSettings
from zhanggui.plans.bid_response import TIMES, Response

STEERING = Steering()
#: Twice the bid brings half as many clicks again for three times the money.
RESPONSE = Response(TIMES**0.6, TIMES**1.7, np.tile(TIMES**0.6, (3, 1)), np.tile(TIMES**1.7, (3, 1)))


def told(axis: str, *cells: tuple[int, int], price: float = 2.0) -> CellPlan:
    """Cells of clicks and inquiries in 40 days."""
    each = tuple(Cell(f"{i:02}", n, n * price, x) for i, (n, x) in enumerate(cells))
    return CellPlan(axis, each, date(2026, 10, 1), 58, 40)


def plan(axis: str, *cells: tuple[int, int], **more: object) -> CellPlan:
    return cell_plan(told(axis, *cells), RESPONSE, replace(STEERING, **more))


def times(plan: CellPlan) -> list[float]:
    return [c.times for c in plan.cells]


def test_money_moves_from_the_poor_regions_to_the_rich_ones():
    found = plan("region", (2000, 20), (2000, 160), (2000, 60))
    assert (found.proposed, times(found)[0], times(found)[1]) == (True, 0.7, 1.25)
    poor, rich, _ = found.cells
    assert poor.leads_change.high < 0 < rich.leads_change.low
    assert poor.cost_change.high < 0 < rich.cost_change.low
    assert found.money == pytest.approx(300.0)
    assert 0 < found.gain.low < found.gain.value < found.gain.high < found.leads
    assert 0 <= found.gap < 0.05
    assert found.better > 0.95


def test_the_money_stays_that_of_now():
    """Expected cost of the proposed multipliers, those that stay being multiplied by `others`."""
    found = plan("region", (2000, 20), (2000, 160), (2000, 60), (1500, 50))
    each = [(t if t != 1 else found.others) ** (0.6 + 1.1 * 1.1) for t in times(found)]
    assert np.average(each, weights=[2000, 2000, 2000, 1500]) == pytest.approx(1, abs=0.01)
    assert found.others == pytest.approx(1, abs=0.06)  # those that stay are hardly moved
    assert found.premium(found.cells[0]) == pytest.approx(0.7 / found.others)
    assert found.premium(replace(found.cells[2], times=1.0)) == 1.0


def test_a_cell_of_three_clicks_gets_no_verdict():
    """Whatever they brought and cost."""
    for asked in (0, 1, 2, 3):
        for axis in ("hour", "region"):
            for price in (0.5, 2.0, 6.0):
                one = told(axis, (2000, 20), (3, asked), (2000, 160), (2000, 60))
                few = replace(one.cells[1], cost=3 * price)
                found = cell_plan(replace(one, cells=(one.cells[0], few, *one.cells[2:])), RESPONSE, STEERING)
                assert (found.proposed, found.cells[1].times, found.cells[1].leads_change) == (axis == "region", 1.0, None)


def test_few_clicks_are_those_of_less_than_an_inquiry():
    """At one inquiry in 20 clicks: 19 of the cheapest and luckiest say nothing, 20 do."""
    for clicks, moves in ((19, False), (20, True)):
        one = plan("region", (2000, 20), (clicks, 1 + clicks // 2), (2000, 160), (2000, 120))
        assert (one.cells[1].times > 1) == moves


def test_hours_are_off_or_as_now_and_what_they_free_is_spent():
    found = plan("hour", *[(400, 1)] * 4, *[(400, 24)] * 20)
    assert times(found) == [0.0] * 4 + [1.0] * 20
    assert 1.05 < found.others <= 1.3
    assert found.spent == pytest.approx(found.money, rel=0.001)
    assert found.cells[0].cost_change.value == pytest.approx(-400 * 2 / 40, rel=0.01)


def test_no_more_hours_are_off_than_their_money_can_be_spent_elsewhere():
    """With bids that may rise by a tenth a day, some of the eight poor hours stay for now."""
    found = plan("hour", *[(400, 1)] * 8, *[(400, 24)] * 16, change=0.1)
    assert found.others == pytest.approx(1.1)
    assert 0 < times(found).count(0.0) < 8
    assert 0.95 * found.money < found.spent <= found.money


def test_cells_that_are_alike_stay():
    for axis in ("hour", "region"):
        found = plan(axis, (1000, 50), (900, 44), (1100, 57), (1000, 49))
        assert (found.proposed, found.why, set(times(found))) == (False, "alike", {1.0})
        assert all(c.rate.low < c.rate.value < c.rate.high for c in found.cells)


def test_bounds_and_dead_band_are_those_of_the_bids():
    cells = [(2000, 20), (2000, 160), (2000, 60)]
    assert times(plan("region", *cells, change=0.1))[:2] == [0.9, 1.1]
    assert min(times(plan("region", *cells, change=0.6))) == 0.7
    assert set(times(plan("region", *cells, change=0.1, dead_band=0.2))) == {1.0}
    assert times(plan("region", *cells, sure=1.01)) == [1.0, 1.0, 1.0]


def test_levels_are_within_the_money_and_the_bound():
    clicks, rates = np.array([2000.0, 1500, 800]), unlike([20, 90, 30], [2000, 1500, 800])
    axis = Axis(clicks, clicks * 2, 40, rates, RESPONSE, np.random.default_rng(1))
    chosen, bound = levels(axis, 0.7, 1.3, 0.05, np.zeros(3, bool))
    value, cost = ((x * axis.at(y, chosen))[0].sum() for x, y in ((axis.value, axis.many), (axis.cost, axis.paid)))
    assert cost <= axis.cost[0].sum() + 1e-9
    assert axis.value[0].sum() < value <= bound + 1e-9


def test_a_change_no_larger_than_the_dead_band_leaves_all_as_it_is():
    """No money is left over then; rounding must not make it less than none."""
    cells = [(2019, 21), (1680, 97), (1028, 78), (1131, 109), (410, 60), (503, 73), (344, 116)]
    found = plan("region", *cells, change=STEERING.dead_band)
    assert (found.proposed, found.why) == (False, "alike")


def test_why_there_is_no_plan():
    """Hours that look poor, in too little of what is possible; and moves that are expected to bring nothing, however unsure one may be."""
    unsure = plan("hour", (2766, 5), (2675, 59))
    assert (unsure.why, unsure.sure, unsure.better < unsure.sure) == ("unsure", STEERING.sure, True)
    nothing = plan("region", (783, 26), (2287, 24), sure=0.0, change=0.05, dead_band=0.0)
    assert (nothing.why, nothing.proposed) == ("no_gain", False)


def test_a_refund_makes_a_cell_unknown():
    one = told("region", (2000, 20), (2000, 160), (2000, 60), (40, 2))
    found = cell_plan(replace(one, cells=(*one.cells[:3], replace(one.cells[3], cost=-10.0))), RESPONSE, STEERING)
    assert found.proposed
    assert (found.cells[3].rate, found.cells[3].times) == (None, 1.0)


def facts(*, drop: tuple[str, ...] = (), **changed: object) -> Snapshot:
    """A made-up shop with some tables left out or changed."""
    snapshot, _ = made(1)
    frames = {n: f for n, f in snapshot.frames.items() if n not in drop}
    return Snapshot(snapshot.day, {n: changed[n](f) if n in changed else f for n, f in frames.items()})


def waits(snapshot: Snapshot) -> list[tuple[tuple[str, ...], str]]:
    return [(p.missing, p.curves) for p in bid_cells(snapshot).values()]


def test_what_it_waits_for():
    ready, absent = ((), ""), (("report",), "")
    assert waits(facts()) == [ready] * 3
    assert waits(facts(drop=("p4p_hour",))) == [absent, ready, ready]
    assert waits(facts(p4p_target=lambda f: f.filter(pl.col("kind") == "人群"))) == [ready, absent, ready]
    assert waits(facts(drop=("p4p_keyword",))) == [(("curves",), "keyword_report")] * 3
    none = facts(p4p_hour=lambda f: f.with_columns(pl.lit(None, pl.Int64).alias("inquiries")))
    assert waits(none)[0] == (("leads",), "")
    first = facts(p4p_target=lambda f: f.filter(pl.col("target") == "00"))
    assert waits(first)[1:] == [(("cells",), "")] * 2
    for column, code in (("cost", "cost"), ("clicks", "clicks")):
        without = facts(p4p_hour=lambda f, c=column: f.with_columns(pl.lit(None, f.collect_schema()[c]).alias(c)))
        assert waits(without)[0] == ((code,), "")
    one_clicked = facts(
        p4p_target=lambda f: f.with_columns(pl.when(pl.col("target") == "00").then("clicks").otherwise(0).alias("clicks"))
    )
    assert waits(one_clicked)[1:] == [(("clicked",), "")] * 2
    holes = facts(p4p_target=lambda f: f.with_columns(pl.when(pl.col("target") == "00").then("inquiries").alias("inquiries")))
    assert waits(holes)[1:] == [(("gaps",), "")] * 2
    free = facts(p4p_hour=lambda f: f.with_columns((pl.col("cost") * 0).cast(pl.Decimal(18, 2)).alias("cost")))
    assert waits(free)[0] == (("spend",), "")
    late = facts()
    assert waits(Snapshot(late.day + timedelta(days=9), late.frames))[0] == (("fresh_rows",), "")
    new = facts(p4p_hour=lambda f: f.filter(pl.col("period_end") > late.day - timedelta(days=4)))
    assert waits(new)[0] == (("settled",), "")


@pytest.mark.parametrize(("leads", "needs"), [(0, 5), (4, 1)])
def test_too_few_inquiries_say_how_many_are_lacking(leads, needs):
    few = facts(
        p4p_hour=lambda f: f.with_columns(
            pl.when((pl.col("hour") == "08:00") & (pl.col("period_end") == FIRST)).then(leads).otherwise(0).alias("inquiries")
        )
    )
    found = bid_cells(few)["hour"]
    assert (found.missing, found.leads_needed) == (("few_leads",), needs)


def test_without_curves_the_rates_are_told():
    found = bid_cells(facts(drop=("p4p_keyword",)))["region"]
    assert all(c.rate and c.times == 1 for c in found.cells if c.clicks)


def test_bids_that_are_all_off_cannot_be_multiplied():
    snapshot = facts()
    words = snapshot.frames["p4p_keyword"].select("plan", "ad_group", "word").unique().collect().iter_rows()
    off = dict.fromkeys(words, 0.0)
    assert {(p.missing, p.curves) for p in bid_cells(snapshot, in_force=off).values()} == {(("curves",), "off")}


def test_figures_are_those_of_the_measure_on_the_last_settled_day():
    snapshot = facts()
    for axis, function, name in (("hour", ads.by_hour, "hour"), ("region", ads.by_target, "target")):
        found = bid_cells(snapshot)[axis]
        assert found.day == snapshot.newest("p4p_hour") - timedelta(days=2)
        rows = function(Snapshot(found.day, snapshot.frames), found.days).collect()
        if axis == "region":
            rows = rows.filter(pl.col("kind") == "地域")
        told = {r[name]: (r["clicks"], float(r["cost"]), r["inquiries"]) for r in rows.iter_rows(named=True)}
        assert {c.name: (c.clicks, c.inquiries) for c in found.cells} == {n: (x[0], x[2]) for n, x in told.items()}
        assert {c.name: c.cost for c in found.cells} == pytest.approx({n: x[1] for n, x in told.items()})


def test_days_without_a_column_are_left_out():
    """As if they had not been brought; and figures are not those of the measure then, which has these days."""
    lacks = pl.col("period_end") == FIRST + timedelta(days=5)
    hole = facts(p4p_hour=lambda f: f.with_columns(pl.when(~lacks).then("inquiries").alias("inquiries")))
    gone = facts(p4p_hour=lambda f: f.filter(~lacks))
    found, other = (bid_cells(s)["hour"] for s in (hole, gone))
    assert (found.covered, found.missing) == (bid_cells(facts())["hour"].covered - 1, ())
    assert replace(found, traced=True) == other
    assert not found.traced


def test_figures_are_those_of_the_measure_unless_the_two_reports_come_in_other_periods():
    """Labels by week: the measure takes the weeks, and days of regions only where there is no week."""

    def weekly(frame: pl.LazyFrame) -> pl.LazyFrame:
        start = FIRST + pl.duration(days=(pl.col("period_end") - FIRST).dt.total_days() // 7 * 7)
        week = frame.filter(pl.col("kind") == "人群").with_columns(start.cast(pl.Date).alias("period_start"))
        by = ["period_start", "plan", "kind", "target"]
        week = week.group_by(by).agg(pl.exclude("period_end").sum())
        week = week.with_columns((pl.col("period_start") + pl.duration(days=6)).alias("period_end"))
        return pl.concat([frame.filter(pl.col("kind") == "地域"), week], how="diagonal")

    assert {one.traced for one in bid_cells(facts()).values()} == {True}
    found = bid_cells(facts(p4p_target=weekly))
    assert [found[axis].traced for axis in ("hour", "region", "label")] == [True, False, True]


def test_a_cell_of_which_not_all_is_said_stays_and_has_no_rate():
    hole = facts(
        p4p_target=lambda f: f.with_columns(
            pl.when((pl.col("target") == "01") & (pl.col("period_end") == FIRST))
            .then(None)
            .otherwise("inquiries")
            .alias("inquiries")
        )
    )
    cell = next(c for c in bid_cells(hole)["region"].cells if c.name == "01")
    assert (cell.inquiries, cell.rate, cell.times) == (None, None, 1.0)


def test_hours_that_nobody_understands_are_said_to_be_so():
    odd = facts(p4p_hour=lambda f: f.with_columns(pl.lit("下午").alias("hour")))
    assert bid_cells(odd)["hour"].missing == ("hours",)


def test_two_spellings_of_an_hour_are_one_cell():
    late = pl.col("period_end") > FIRST + timedelta(days=5)
    spelled = (
        pl.when(late).then(pl.col("hour") + pl.lit("-") + pl.col("hour").str.slice(0, 2) + pl.lit(":59")).otherwise("hour")
    )
    plain, mixed = (bid_cells(s)["hour"] for s in (facts(), facts(p4p_hour=lambda f: f.with_columns(spelled.alias("hour")))))
    figures = [[(c.clicks, c.inquiries, c.times) for c in one.cells] for one in (plain, mixed)]
    assert figures[0] == figures[1]
    assert (plain.cells[8].spelled, mixed.cells[8].spelled) == ((), ("08:00", "08:00-08:59"))


def test_the_same_reports_give_the_same_plan():
    assert bid_cells(facts()) == bid_cells(facts())


def test_fixed_shops():
    """A dozen of the proof's shops: more leads for the same money where cells are unlike, nothing lost where they are alike."""
    rows = [row for seed in range(5001, 5013) for row in judged(seed)]
    apart, alike = ([r for r in rows if r["alike"] is same] for same in (False, True))
    assert (len(apart), len(alike)) == (24, 12)
    assert np.mean([r["gain"] for r in apart]) > 0.01
    assert np.mean([r["gain"] for r in apart]) > np.mean([r["raw"] for r in apart])
    assert sum(r["proposed"] for r in alike) <= 1
    assert min(r["gain"] for r in alike) > -0.01


def test_settings_reach_the_plan():
    sure = BidSettings(replace(STEERING, sure=1.01))
    assert not any(p.proposed for p in bid_cells(facts(), sure).values())
