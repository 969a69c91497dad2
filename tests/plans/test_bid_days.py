"""Reports of a shop by day and word, with gaps: what is not told stays unknown."""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np
import pytest

from sandbox.bid_reports import PLAN, hour_report, keyword_report
from tests.plans.bid_shops import FIRST, imported, played
from zhanggui.plans.bid_days import Reading, shop_days
from zhanggui.plans.bid_hours import shares_on
from zhanggui.plans.bid_plan import BidSettings, bid_plan

BUDGET, DAYS = 60.0, 20
BID, EXPOSURES, CLICKS, COST, HOURS, LEADS = 5, 6, 7, 8, 9, 10  # columns of the made-up report
SHOP, DONE = played(1, DAYS)
TEXT = keyword_report(SHOP, DONE, FIRST)
DATES = [f"{FIRST + timedelta(days=d)}" for d in range(DAYS)]
EVERY_OTHER = set(SHOP.word[::2])


def edited(change, text=TEXT):
    head, *rows = text.splitlines()
    found = (change(row.split(",")) for row in rows)
    return "\r\n".join([head, *(",".join(row) for row in found if row)]) + "\r\n"


def without(column, where=lambda row: True):
    return edited(lambda row: [*row[:column], "-", *row[column + 1 :]] if where(row) else row)


def seen(folder, text, hours=True, day=DAYS + 1, **more):
    texts = {"p4p_keyword": text, **({"p4p_hour": hour_report(SHOP, DONE, FIRST)} if hours else {}), **more}
    return imported(folder, texts, FIRST + timedelta(days=day))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return bid_plan(seen(tmp_path_factory.mktemp("plain"), TEXT), BUDGET)


@pytest.mark.parametrize(
    ("column", "where"),
    [
        (LEADS, lambda row: row[0] < DATES[12]),
        (LEADS, lambda row: row[3] in EVERY_OTHER),
        (CLICKS, lambda row: row[3] in EVERY_OTHER),
        (COST, lambda row: row[3] in EVERY_OTHER),
    ],
)
def test_a_figure_that_is_not_told_is_not_zero(tmp_path, plain, column, where):
    plan = bid_plan(seen(tmp_path, without(column, where)), BUDGET)
    assert plan.now.leads.value == pytest.approx(plain.now.leads.value, rel=0.15)
    assert plan.now.cost.value == pytest.approx(plain.now.cost.value, rel=0.05)


def test_a_sum_of_which_a_part_is_not_told_is_not_told(tmp_path):
    word = SHOP.word[0]

    def twice():
        head, *rows = TEXT.splitlines()
        yield head + ",位置"
        for row in rows:
            yield row + ",1"
            cells = row.split(",")
            if cells[3] == word:
                cells[CLICKS] = "-"
                yield ",".join(cells) + ",2"

    rows = shop_days(seen(tmp_path, "\r\n".join(twice()) + "\r\n"), Reading(), BUDGET)
    row = [key[2] for key in rows.keys].index(word)
    assert np.isnan(rows.reports.clicks[:, row]).all()
    assert rows.days_seen[row] == rows.clicks_seen[row] == 0


def test_evidence_counts_only_days_with_a_bid(tmp_path):
    found = shop_days(seen(tmp_path, without(BID, lambda row: row[0] < DATES[12])), Reading(), BUDGET)
    assert set(found.days_seen) == {DAYS - 2 - 12}
    clicks = sum(d.report["clicks"] for d in DONE[12 : DAYS - 2])
    assert found.clicks_seen.tolist() == [int(clicks[SHOP.word.index(word)]) for _, _, word in found.keys]


def test_without_hours_the_report_by_hour_says_when_a_day_ended(tmp_path, plain):
    plan = bid_plan(seen(tmp_path, without(HOURS)), BUDGET)
    assert plan.then.clicks.value == pytest.approx(plain.then.clicks.value, rel=0.05)


def test_a_report_by_hour_may_write_the_day_before_the_hour_and_one_of_half_days_tells_no_hours(tmp_path):
    def plan(before):
        told = re.sub(r",(\d\d:00)", rf",{before}\1", hour_report(SHOP, DONE, FIRST))
        return bid_plan(seen(tmp_path / f"at {before}", without(HOURS), p4p_hour=told), BUDGET)

    assert plan("2026-11-01 ").then.clicks.value == plan("").then.clicks.value
    assert plan("下午").missing == ("hours",)


def test_days_that_spent_their_money_are_not_days_of_little_demand(tmp_path):
    """Two of eighteen days lasted: too few to tell what a whole day brings."""
    assert bid_plan(seen(tmp_path, without(HOURS), hours=False), BUDGET).missing == ("hours",)


def test_the_length_of_a_day_without_hours():
    none = np.full((6, 1), np.nan)
    cost = np.array([[60.4], [60.2], [60.3], [41.0], [60.2], [35.0]])
    shop = seen_nothing()
    dates = [FIRST + timedelta(days=d) for d in range(6)]
    spent = [True, True, True, False, True, False]
    for budget in (60.0, 200.0):  # where the budget was raised since, that most days cost the same tells of the budget of then
        assert np.isnan(shares_on(shop, dates, none, cost, budget))[:, 0].tolist() == spent
    assert shares_on(shop, dates, none, np.linspace(20, 60, 6)[:, None], 200.0)[:, 0].tolist() == [1] * 6
    # where it was lowered since, a day that went well beyond it was not under it: most days at one cost still tell, others have lasted
    assert np.isnan(shares_on(shop, dates, none, cost, 30.0))[:, 0].tolist() == [True, True, True, False, True, True]
    assert shares_on(shop, dates, none, np.linspace(40, 60, 6)[:, None], 30.0)[:, 0].tolist() == [1] * 6


def seen_nothing():
    from zhanggui.facts import Snapshot
    from zhanggui.tables import TABLES

    return Snapshot(FIRST, {}, TABLES)


def test_the_account_s_report_says_what_the_budget_was(tmp_path):
    account = "日期,曝光量,点击量,花费,账户日预算\r\n" + "".join(
        f"{day},{100},{10},{done.cost:.2f},{60 if d % 2 else 500}\r\n"
        for d, (day, done) in enumerate(zip(DATES, DONE, strict=True))
    )
    shop = seen(tmp_path, without(HOURS), hours=False, p4p_account=account)
    found = shop_days(shop, Reading(), 80.0)
    assert np.isfinite(found.reports.on).any(1).tolist() == [d % 2 == 0 or DONE[d].cost < 58.2 for d in range(DAYS - 2)]


def test_a_shop_that_is_on_for_half_the_day_is_planned_for_half_the_day(tmp_path):
    """Money that lasts: what the bids of now cost is what they did cost."""
    half = edited(lambda row: [*row[:HOURS], "12.0", *row[HOURS + 1 :]])
    plan = bid_plan(seen(tmp_path, half, hours=False), 1e6)
    paid = np.mean([d.cost for d in DONE[: DAYS - 2]])
    assert plan.now.cost.value == pytest.approx(paid, rel=0.1)


def test_bids_in_force_are_those_of_now_and_words_that_are_off_stay(tmp_path):
    stopped, left = SHOP.word[0], SHOP.word[1]
    gone = edited(lambda row: None if row[3] in (stopped, left) and row[0] >= DATES[8] else row)
    shop = seen(tmp_path, gone)
    reported = shop_days(shop, Reading(), BUDGET)
    assert {stopped, left} & {word for _, _, word in reported.keys} == set()
    key = next((PLAN, f"演示组{SHOP.group[i]}", word) for i, word in enumerate(SHOP.word) if word == stopped)
    force = {k: b + 0.11 for k, b in zip(reported.keys, reported.now, strict=True)} | {
        key: 0.0,
        (PLAN, "new", "never seen"): 1.0,
    }
    found = shop_days(shop, Reading(), BUDGET, force)
    assert set(found.keys) == {*reported.keys, key}
    row = found.keys.index(key)
    last = DONE[7].report["bid"][SHOP.word.index(stopped)]
    assert (found.now[row], found.last[row]) == (0.0, last)
    others = [i for i in range(len(found.keys)) if i != row]
    assert found.now[others].tolist() == pytest.approx((reported.now + 0.11).tolist())
    assert found.last[others].tolist() == found.now[others].tolist()
    plan = bid_plan(shop, BUDGET, in_force=force)
    assert all(c.before == force[c.plan, c.ad_group, c.word] for c in plan.changes)


def test_words_without_a_bid_keep_their_money(tmp_path):
    lately = DONE[DAYS - 9 : DAYS - 2]
    row = [i for i, word in enumerate(SHOP.word) if word in EVERY_OTHER]
    theirs = sum(d.report["cost"][row].sum() for d in lately) / len(lately)
    shop = seen(tmp_path, without(BID, lambda row: row[3] in EVERY_OTHER))
    plan = bid_plan(shop, BUDGET)
    assert plan.elsewhere == pytest.approx(theirs)
    assert plan.then.cost.value <= BUDGET - plan.elsewhere + 1e-9
    small = bid_plan(shop, theirs * 0.9)
    assert (small.missing, small.elsewhere) == (("budget_elsewhere",), plan.elsewhere)


def test_a_report_that_stopped_coming_is_no_ground_for_a_plan(tmp_path):
    late = BidSettings(reading=Reading(late=2))
    last = DAYS - 1 + 2 + Reading.stale
    assert bid_plan(seen(tmp_path / "a", TEXT, day=last), BUDGET, late).missing == ()
    assert bid_plan(seen(tmp_path / "b", TEXT, day=last + 1), BUDGET, late).missing == ("fresh_rows",)
    assert bid_plan(seen(tmp_path / "c", TEXT, day=last), BUDGET).missing == ("fresh_rows",)


def test_what_is_wrong_with_a_question_is_said(tmp_path):
    shop = seen(tmp_path, TEXT)
    with pytest.raises(ValueError, match="no end"):
        bid_plan(shop, np.inf)
    with pytest.raises(ValueError, match=SHOP.word[-1]):
        bid_plan(shop, BUDGET, BidSettings(lead_rates=dict.fromkeys(SHOP.word[:-1], 0.05)))


def test_a_handful_of_clicks_is_not_enough_and_it_says_how_many_more(tmp_path):
    left = iter(range(7))

    def few(row):
        clicked = row[0] < DATES[DAYS - 2] and row[CLICKS] != "0" and next(left, None) is not None
        return [*row[:CLICKS], "1" if clicked else "0", "0.5" if clicked else "0", row[HOURS], "0", *row[LEADS + 1 :]]

    shop = seen(tmp_path, edited(few))
    plan = bid_plan(shop, BUDGET)
    assert (plan.missing, plan.clicks_needed, plan.changes) == (("clicks",), 13, ())
    asked = bid_plan(shop, BUDGET, BidSettings(least_clicks=7))
    assert (asked.missing, asked.clicks_needed) == ((), 0)


def test_one_varied_word_is_not_enough(tmp_path):
    clicks = np.sum([d.report["clicks"] for d in DONE[: DAYS - 2]], 0)
    order = [SHOP.word[i] for i in np.argsort(-clicks)]
    first = {word: DONE[0].report["bid"][i] for i, word in enumerate(SHOP.word)}

    def constant(but):
        return edited(lambda row: row if row[3] in but else [*row[:BID], f"{first[row[3]]:.2f}", *row[BID + 1 :]])

    assert bid_plan(seen(tmp_path / "a", constant({order[0]})), BUDGET).missing == ("varied_bids",)
    plan = bid_plan(seen(tmp_path / "b", constant(set(order[:12]))), BUDGET)
    assert plan.missing == ()
    assert plan.explored <= 0.05 * BUDGET
    assert {c.reason for c in plan.changes} > {"explore"}


def test_words_that_stand_in_several_plans_say_so(tmp_path):
    both = set(SHOP.word[:20])

    def twice():
        head, *rows = TEXT.splitlines()
        yield head
        for row in rows:
            yield row
            if row.split(",")[3] in both:
                yield row.replace(PLAN, "Plan B")

    plan = bid_plan(seen(tmp_path, "\r\n".join(twice()) + "\r\n"), BUDGET)
    assert {c.word: c.places for c in plan.changes} == {c.word: 2 if c.word in both else 1 for c in plan.changes}
    assert {c.places for c in plan.changes} == {1, 2}
