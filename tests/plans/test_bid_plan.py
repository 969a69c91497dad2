"""The bid plan of a shop whose hidden values are known, from its files; and what it waits for."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from bench.results import record
from sandbox.bid_reports import keyword_report
from tests.plans.bid_shops import FIRST, imported, played, snapshot
from zhanggui.facts import Snapshot
from zhanggui.plans.bid_plan import BidSettings, bid_plan
from zhanggui.tables import TABLES

BUDGET, DAYS = 60.0, 20
SETTINGS = BidSettings()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    shop, seen = snapshot(tmp_path_factory.mktemp("facts"), 1, DAYS)
    return shop, seen, bid_plan(seen, BUDGET)


def bids_after(shop, done, plan):
    """Every word's bid when the plan is carried out."""
    after = {c.word: c.after for c in plan.changes}
    return np.array([after.get(word, done[-1].report["bid"][i]) for i, word in enumerate(shop.word)])


def test_the_plan_brings_more_leads_for_the_same_money_by_the_truth(made):
    shop, _, plan = made
    done = played(1, DAYS)[1]
    before, cost_before = shop.worth(DAYS + 1, done[-1].report["bid"])
    after, cost_after = shop.worth(DAYS + 1, bids_after(shop, done, plan))
    assert after > 1.2 * before
    assert cost_after <= cost_before * 1.001


def test_a_plan_keeps_its_bounds(made):
    shop, _, plan = made
    steering = SETTINGS.steering
    assert plan.missing == ()
    assert plan.then.cost.value <= BUDGET
    assert plan.gap <= 0.02
    assert plan.explored <= steering.explore * BUDGET
    assert len(plan.changes) + plan.kept == len(shop.word)
    for c in plan.changes:
        low, high = c.before * (1 - steering.change), c.before * (1 + steering.change)
        assert c.after == 0 or low - 0.01 <= c.after <= high + 0.01
        assert c.after != c.before
        assert c.then.clicks.low <= c.then.clicks.value <= c.then.clicks.high
        assert {"stop": c.after == 0, "more": c.after > c.before, "less": c.after < c.before, "explore": True}[c.reason]


def test_words_add_up_to_the_whole(made):
    """What stays the same is the difference between all words and those that change."""
    _, seen, plan = made
    kept = plan.then.clicks.value - sum(c.then.clicks.value for c in plan.changes)
    assert kept >= -1e-9
    assert plan.kept > 0 or kept == pytest.approx(0, abs=1e-9)
    assert bid_plan(seen, BUDGET) == plan


def test_evidence_is_what_the_reports_hold(made):
    shop, _, plan = made
    done = played(1, DAYS)[1]
    change = plan.changes[0]
    row = shop.word.index(change.word)
    settled = done[: DAYS - SETTINGS.reading.unsettled]
    assert change.clicks_seen == sum(p.report["clicks"][row] for p in settled)
    assert change.days_seen == len(settled)


def test_without_inquiries_every_click_is_worth_the_same(tmp_path):
    _, seen = snapshot(tmp_path, 1, DAYS, with_leads=False)
    plan = bid_plan(seen, BUDGET)
    assert (plan.now.leads, plan.then.leads) == (None, None)
    assert plan.then.clicks.value > plan.now.clicks.value


def test_lead_rates_that_are_given_decide(made):
    shop, seen, plain = made
    rates = {word: 0.2 if i % 2 else 0.0 for i, word in enumerate(shop.word)}
    plan = bid_plan(seen, BUDGET, BidSettings(lead_rates=rates))
    worthless = {word for word, rate in rates.items() if not rate}
    assert {c.after for c in plan.changes if c.word in worthless} == {0}
    assert plan.then.leads.value > plain.then.leads.value


def rows_of(text, keep):
    header, *rows = text.splitlines()
    return "\r\n".join([header, *(r for r in rows if keep(r.split(",")))]) + "\r\n"


def missing_of(tmp_path, text, budget=BUDGET):
    plan = bid_plan(imported(tmp_path, {"p4p_keyword": text}, FIRST + timedelta(days=DAYS + 1)), budget)
    assert (plan.changes, plan.kept) == ((), 0)
    return plan.missing


def test_what_a_plan_waits_for(tmp_path):
    shop, done = played(1, DAYS)
    text = keyword_report(shop, done, FIRST)
    days = [f"{FIRST + timedelta(days=d)}" for d in range(DAYS - 4, DAYS)]
    still = keyword_report(*played(1, DAYS, 0.0), FIRST)
    no_bids = "\r\n".join(",".join(["" if i == 5 else c for i, c in enumerate(r.split(","))]) for r in text.splitlines()[1:])
    no_clicks = "\r\n".join(",".join(["0" if i == 7 else c for i, c in enumerate(r.split(","))]) for r in text.splitlines()[1:])
    head = text.splitlines()[0] + "\r\n"
    assert bid_plan(Snapshot(date(2026, 9, 21), {}, TABLES), BUDGET).missing == ("keyword_report",)
    assert missing_of(tmp_path / "a", text, None) == ("budget",)
    assert missing_of(tmp_path / "b", rows_of(text, lambda r: r[0] in days)) == ("days",)
    assert missing_of(tmp_path / "c", head + no_bids + "\r\n") == ("bids",)
    assert missing_of(tmp_path / "d", head + no_clicks + "\r\n") == ("clicks",)
    assert missing_of(tmp_path / "e", still) == ("varied_bids",)


def test_a_report_of_weeks_is_not_a_report_of_days(tmp_path):
    shop, done = played(1, DAYS)
    rows = [r.split(",")[1:] for r in keyword_report(shop, done[:3], FIRST).splitlines()]
    week = "\r\n".join(["统计周期：2026-09-07~2026-09-13", *(",".join(r) for r in rows[:60])]) + "\r\n"
    assert missing_of(tmp_path, week) == ("daily_rows",)


def test_words_that_left_the_account_and_words_without_a_bid_are_not_proposed(tmp_path):
    shop, done = played(1, DAYS)
    gone, bidless = shop.word[0], shop.word[1]
    last = f"{FIRST + timedelta(days=DAYS - 10)}"

    def rows():
        for row in keyword_report(shop, done, FIRST).splitlines():
            cells = row.split(",")
            if cells[3] == bidless:
                cells[5] = ""
            if cells[3] != gone or cells[0] < last:
                yield ",".join(cells)

    seen = imported(tmp_path, {"p4p_keyword": "\r\n".join(rows()) + "\r\n"}, FIRST + timedelta(days=DAYS + 1))
    plan = bid_plan(seen, BUDGET)
    assert len(plan.changes) + plan.kept == len(shop.word) - 2
    assert {gone, bidless} & {c.word for c in plan.changes} == set()


@pytest.mark.proof
def test_an_outlook_holds_about_what_it_says(tmp_path):
    """Bias and cover of the middle 80 % over shops on which nothing was tuned: of now, of then, and of what is between them."""
    rows = []
    for seed in range(401, 425):
        shop, seen = snapshot(tmp_path / f"{seed}", seed, DAYS)
        plan = bid_plan(seen, BUDGET)
        bids = played(seed, DAYS)[1][-1].report["bid"]
        row = {}
        for name, outlook, at in (("now", plan.now, bids), ("then", plan.then, bids_after(shop, played(seed, DAYS)[1], plan))):
            clicks, cost = (float(x.sum()) for x in shop.truth(DAYS + 1, at[:, None]))
            lasts = min(1, BUDGET / cost)
            true = {"clicks": clicks * lasts, "cost": cost * lasts, "leads": shop.worth(DAYS + 1, at)[0]}
            for what, value in true.items():
                told = getattr(outlook, what)
                row[f"{name}_{what}_said"], row[f"{name}_{what}_true"] = told.value, value
                row[f"{name}_{what}_cover"] = told.low - 1e-6 <= value <= told.high + 1e-6
        rows.append(row)
    mean = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    figures = {
        f"{at}_{what}": mean[f"{at}_{what}_said"] / mean[f"{at}_{what}_true"]
        for at in ("now", "then")
        for what in ("clicks", "leads")
    }
    gain = {end: mean[f"then_leads_{end}"] - mean[f"now_leads_{end}"] for end in ("said", "true")}
    cover = {name: value for name, value in mean.items() if name.endswith("cover")}
    record("bid_outlook", seeds=(401, 424), **figures, gain_of_leads=gain["said"] / gain["true"], **cover)
    assert all(0.93 <= ratio <= 1.07 for ratio in figures.values())
    assert 0.7 <= gain["said"] / gain["true"] <= 1.3
    assert all(0.65 <= cover[f"then_{what}_cover"] <= 0.95 for what in ("clicks", "leads", "cost"))
