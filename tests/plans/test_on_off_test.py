"""Plans of the register that switch P4P on and off: what each cell counted, what came of it, and how long one must run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from zhanggui.estimates.on_off import power
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.plans.on_off_test import HOURS, REGIONS, SHOP, Trial, counted, outlook_of, paid, regions, result, trials, windows

SINCE = date(2026, 8, 2)  # a Sunday
PLAN = Trial("hours", HOURS, ("00-11", "12-23"), "询盘", SINCE, 4, 5)
HEAD = "开关测试名称,开关单位,各单位,看什么,开关开始日,周数,抽签号,想看出报表的几成\n"
ROW = "hours,时段,00-11 | 12-23,询盘,2026-08-02,4,5,\n"


def shop(home: Path, day: date = date(2026, 9, 21), **texts: str) -> Snapshot:
    facts = open_facts(home, "alice-shoes")
    for table, text in texts.items():
        data = text.encode()
        reading = read(data, f"{table}.csv", on=max(day, date(2026, 9, 20)), table=table)
        assert not [p for p in reading.problems if p.level == "error"], reading.problems
        facts.put(data, f"{table}.csv", reading, at="t")
    return facts.snapshot(day)


def inquiries(moments: list[tuple[date, int, str]]) -> str:
    """One inquiry for each (day, hour, country)."""
    rows = [f"{i},{day} {hour:02d}:30:00,{country}" for i, (day, hour, country) in enumerate(moments)]
    return "询盘ID,创建时间,国家/地区\n" + "\n".join(rows) + "\n"


def hourly(cells: dict[tuple[date, int], tuple[float, int]]) -> str:
    """(day, hour) → (cost, inquiries)."""
    rows = [f"{day},P,{hour:02d}:00-{hour:02d}:59,10,1,{cost},{asked}" for (day, hour), (cost, asked) in cells.items()]
    return "日期,推广计划,时段,曝光量,点击量,花费,询盘个数\n" + "\n".join(rows) + "\n"


def visitors(days: list[date], many: int) -> str:
    rows = [f"{day}-{n},{day},Germany" for day in days for n in range(many)]
    return "访客ID,进店日期,访客国家\n" + "\n".join(rows) + "\n"


def span(start: date, days: int) -> list[date]:
    return [start + timedelta(days=i) for i in range(days)]


def switched(plan: Trial, natural: int, extra: int, kept: bool = True) -> dict[str, str]:
    """Inquiries at 03:30 and 15:30 of each day, `extra` more where the window is on; 20 spent where it is on (everywhere, if not kept)."""
    moments, cells = [], {}
    for day, on in plan.days():
        for hour, is_on in zip((3, 15), on, strict=True):
            moments += [(day, hour, "Germany")] * (natural + extra * is_on)
            cells[day, hour] = (20.0 if is_on or not kept else 0.0, extra * is_on)
    moments.append((plan.last + timedelta(days=1), 0, "Germany"))  # so that the last day is known to be over
    return {"inquiry": inquiries(moments), "p4p_hour": hourly(cells)}


# ---- plans


def test_the_register_is_read_and_what_is_no_plan_is_named(tmp_path):
    rows = (
        HEAD + ROW + "odd,时段,00-11 | 12-23,询盘,2026-08-02,3,5,\noverlap,时段,00-11 | 11-23,询盘,2026-08-02,4,5,\n"
        "too short,时段,00-11 | 12-12,询盘,2026-08-02,4,5,\ntwice,地域,US | US,询盘,2026-08-02,4,5,\n"
        "one country,地域,US | 美国,询盘,2026-08-02,4,5,\n"
        "by the hour,时段,00-11 | 12-23,访问,2026-08-02,4,5,\nnowhere,地域,,询盘,2026-08-02,4,5,\n"
        "days,整天,,访问,2026-09-01,6,8,50\n"
    )
    found, wrong = trials(shop(tmp_path, on_off_test=rows))
    assert found == (Trial("days", SHOP, (), "访问", date(2026, 9, 1), 6, 8, 0.5), PLAN)
    assert set(wrong) == {"odd", "overlap", "too short", "twice", "one country", "by the hour", "nowhere"}
    assert trials(shop(tmp_path / "none")) == ((), ())


def test_the_plan_of_days_is_that_of_the_draw():
    days = PLAN.days()
    assert (len(days), days[0][0], days[-1][0]) == (28, SINCE, PLAN.last)
    assert [on for _, on in days[:7]] == PLAN.plan.on[0].tolist()
    whole = Trial("days", SHOP, (), "访问", SINCE, 2, 8).days()
    assert len({tuple(on) for _, on in whole[:4]}) == len({tuple(on) for _, on in whole[4:7]}) == 1


@pytest.mark.parametrize(("many", "first", "last"), [(2, "00-11", "12-23"), (6, "00-03", "20-23")])
def test_windows_of_the_day(many, first, last):
    assert (len(windows(many)), windows(many)[0], windows(many)[-1]) == (many, first, last)


# ---- what was counted


def test_cells_count_their_hours_but_the_first(tmp_path):
    moments = [
        (SINCE, 0, "-"),
        (SINCE, 1, "-"),
        (SINCE, 11, "-"),
        (SINCE, 12, "-"),
        (SINCE, 13, "-"),
        (PLAN.last + timedelta(days=1), 5, "-"),
    ]
    found = counted(shop(tmp_path, inquiry=inquiries(moments)), PLAN)
    assert found.shape == (4, 7, 2)
    assert (found[0, 0].tolist(), found.sum()) == ([2, 1], 3)


def test_days_outside_the_list_are_not_known_and_its_newest_day_may_go_on(tmp_path):
    moments = [(SINCE + timedelta(days=1), 5, "-"), (SINCE + timedelta(days=5), 5, "-")]
    found = counted(shop(tmp_path, inquiry=inquiries(moments)), PLAN)
    assert np.isfinite(found[..., 0]).tolist() == [[False, True, True, True, True, False, False], *[[False] * 7] * 3]


def test_countries_are_the_same_by_any_name_and_the_first_day_of_a_stretch_is_left_out(tmp_path):
    plan = Trial("c", REGIONS, ("United States", "德国"), "询盘", SINCE, 2, 5)
    moments = [(day, 9, country) for day in span(SINCE, 15) for country in ("美国", "Germany", "Chile")]
    assert counted(shop(tmp_path, inquiry=inquiries(moments)), plan).tolist() == [[[3, 3], [2, 2]]] * 2


def test_money_is_known_only_day_by_day(tmp_path):
    texts = switched(PLAN, 2, 1)
    spent = paid(shop(tmp_path, **texts), PLAN, "cost")
    assert np.array_equal(spent, 20.0 * PLAN.plan.on)
    weekly = "统计周期：2026-08-02~2026-08-08\n" + hourly({(SINCE, 3): (5, 0)}).replace("日期,", "").replace(f"{SINCE},", "")
    assert paid(shop(tmp_path / "weekly", p4p_hour=weekly), PLAN, "cost") is None


# ---- what came of it


def test_what_was_gained_what_it_cost_and_what_the_report_claims(tmp_path):
    texts = switched(PLAN, 2, 1)
    told = result(shop(tmp_path, **texts), PLAN)
    assert (told.state, told.effect.total.value, told.effect.each.low, told.effect.per_money.value) == ("done", 28, 1, 1 / 20)
    assert (told.reported, told.spent_off, told.off_cells, told.effect.lost) == (28, 0, 28, 0)


def test_what_only_takes_from_natural_inquiries_adds_nothing(tmp_path):
    """The report claims one in each cell that was on; the shop has no more than without."""
    rng = np.random.default_rng(4)
    texts = switched(PLAN, 2, 1)
    moments = [(day, hour, "-") for day, _ in PLAN.days() for hour in (3, 15) for _ in range(rng.poisson(3))]
    texts["inquiry"] = inquiries([*moments, (PLAN.last + timedelta(days=1), 0, "-")])
    told = result(shop(tmp_path, **texts), PLAN)
    assert told.reported == 28
    assert told.effect.each.low < 0 < told.effect.each.high


def test_a_plan_that_nobody_kept_is_seen_in_the_spend(tmp_path):
    told = result(shop(tmp_path, **switched(PLAN, 2, 0, kept=False)), PLAN)
    assert (told.spent_off, told.off_cells, told.effect.per_money, told.kept) == (28, 28, None, False)


def test_a_plan_is_read_when_it_is_over_and_its_days_are_known(tmp_path):
    texts = switched(PLAN, 2, 1)

    def state(day: date, **more: str) -> str:
        made = result(shop(tmp_path / f"{day}{len(more)}", day, **(texts | more)), PLAN)
        assert (made.effect is None) == (made.state != "done")
        return made.state

    assert state(SINCE - timedelta(days=1)) == "ahead"
    assert state(SINCE) == state(PLAN.last) == "running"
    assert state(PLAN.last + timedelta(days=2)) == "done"
    short = inquiries([(day, 3, "-") for day in span(SINCE, 12)])
    assert state(PLAN.last + timedelta(days=2), inquiry=short) == "waiting"


def test_a_plan_is_not_read_while_its_last_days_come_in_unless_a_person_has_judged_it(tmp_path):
    """Inquiries reach into the last day, which may go on; its cells before are known."""
    texts = switched(PLAN, 2, 1)
    moments = [(day, hour, "-") for day, _ in PLAN.days() for hour in (3, 15) for _ in range(2)]
    made = shop(tmp_path, PLAN.last + timedelta(days=9), **texts | {"inquiry": inquiries(moments)})
    assert np.isfinite(counted(made, PLAN)).sum() == 27 * 2
    early, judged = (result(made, replace(PLAN, verdict=verdict)) for verdict in ("", "the rest is lost"))
    assert (early.state, early.effect) == ("waiting", None)
    assert (judged.state, judged.effect.lost) == ("done", 1)


def test_days_that_no_file_brought_are_not_known(tmp_path):
    """Visitors of the first two weeks and of the last; eight a day."""
    plan = Trial("days", SHOP, (), "访问", SINCE, 12, 5)
    made = shop(tmp_path, date(2026, 12, 1), visitor=visitors(span(SINCE, 14), 8))
    more = visitors(span(SINCE + timedelta(days=56), 28), 8).encode()
    open_facts(tmp_path, "alice-shoes").put(
        more, "more.csv", read(more, "more.csv", on=date(2026, 12, 1), table="visitor"), at="t"
    )
    made = open_facts(tmp_path, "alice-shoes").snapshot(date(2026, 12, 1))
    assert np.isfinite(counted(made, plan)).all(axis=(1, 2)).tolist() == [True] * 2 + [False] * 6 + [True] * 4


def test_a_claim_that_is_not_known_of_all_cells_is_none(tmp_path):
    texts = switched(PLAN, 2, 1)
    lines = texts["p4p_hour"].splitlines(keepends=True)
    texts["p4p_hour"] = "".join(line for line in lines if not line.startswith(f"{SINCE + timedelta(days=9)},"))
    told = result(shop(tmp_path, **texts), PLAN)
    assert (told.state, told.reported, told.effect.per_money, told.spent, told.kept) == ("done", None, None, None, None)


def test_days_on_which_nothing_was_spent_do_not_mean_that_the_plan_was_not_kept(tmp_path):
    """P4P spent on four of 28 days, and never where it was to be off."""
    texts = switched(PLAN, 2, 1)
    days = {str(day) for day, _ in PLAN.days()[3:7]}
    lines = [line if line[:10] in days else line.replace(",20.0,", ",0,") for line in texts["p4p_hour"].splitlines()]
    told = result(shop(tmp_path, **texts | {"p4p_hour": "\n".join(lines) + "\n"}), PLAN)
    assert (told.effect.per_money, told.spent, told.kept) == (None, (80, 0), True)


def test_a_budget_that_moved_to_what_is_on_is_seen_beside_the_weeks_before(tmp_path):
    """Ten in each window before, twenty in each that is on: the day costs what it did."""
    texts = switched(PLAN, 2, 1)
    before = hourly({(day, hour): (10.0, 1) for day in span(SINCE - timedelta(days=28), 28) for hour in (3, 15)})
    told = result(shop(tmp_path, **texts | {"p4p_hour": before + texts["p4p_hour"].split("\n", 1)[1]}), PLAN)
    assert (told.over_usual, told.moved) == (2, True)
    halved = result(
        shop(tmp_path / "b", **texts | {"p4p_hour": before.replace(",10.0,", ",20.0,") + texts["p4p_hour"].split("\n", 1)[1]}),
        PLAN,
    )
    assert (halved.over_usual, halved.moved) == (1, False)
    alone = result(shop(tmp_path / "c", **texts), PLAN)
    assert (alone.over_usual, alone.moved) == (None, False)


# ---- before the start


def past(rng: np.random.Generator, claimed: float, weeks: int = 10) -> dict[str, str]:
    """Weeks with about 8 inquiries a window, of which the report claims so many."""
    days = span(SINCE, 7 * weeks + 1)
    moments = [(day, hour, "-") for day in days for hour in (3, 15) for _ in range(rng.poisson(8))]
    cells = {(day, hour): (20.0, round(claimed)) for day in days[-29:] for hour in (3, 15)}
    return {"inquiry": inquiries(moments), "p4p_hour": hourly(cells)}


def test_how_long_it_must_run_rests_on_the_shops_own_weeks_and_the_reports_claim(tmp_path):
    made = shop(tmp_path, date(2026, 12, 1), **past(np.random.default_rng(1), 3))
    whole, half = (outlook_of(made, HOURS, ("00-11", "12-23"), "询盘", hoped) for hoped in (1.0, 0.5))
    assert (whole.claimed, whole.weeks, whole.usual, whole.missing) == (3, 10, pytest.approx(8, abs=0.5), ())
    assert whole.days is not None
    assert half.days is not None
    assert half.days > whole.days
    assert whole.power(whole.days // 7) >= 0.8


def test_what_the_start_waits_for_is_named(tmp_path):
    look = outlook_of(shop(tmp_path), HOURS, ("00-11", "12-23"), "询盘", 1.0)
    assert (look.missing, look.days, look.power(4)) == (("inquiry", "p4p_hour"), None, None)


def test_no_claim_and_too_few_weeks_give_no_length(tmp_path):
    rng = np.random.default_rng(2)
    nothing = outlook_of(shop(tmp_path / "a", date(2026, 12, 1), **past(rng, 0)), HOURS, ("00-11", "12-23"), "询盘", 1.0)
    assert (nothing.claimed, nothing.days) == (0, None)
    young = outlook_of(shop(tmp_path / "b", date(2026, 12, 1), **past(rng, 3, 3)), HOURS, ("00-11", "12-23"), "询盘", 1.0)
    assert (young.weeks, young.days, young.power(4)) == (3, None, None)


def test_visitors_are_held_against_the_usual_and_no_clicks_are_claimed_for_them(tmp_path):
    account = "外贸直通车-账户报告\n日期,曝光量,点击量,花费,询盘个数\n" + "".join(f"{d},70,14,25,1\n" for d in span(SINCE, 70))
    made = shop(tmp_path, date(2026, 12, 1), visitor=visitors(span(SINCE, 70), 8), p4p_account=account)
    look = outlook_of(made, SHOP, (), "访问", 0.5)
    assert (look.claimed, look.usual, look.base, look.weeks, look.missing) == (None, 20, 20, 10, ())
    assert look.power(8) == power(10, look.past, 8)
    plan = Trial("days", SHOP, (), "访问", SINCE, 8, 5)
    assert (result(made, plan).reported, result(made, plan).state) == (None, "done")


def test_the_countries_that_most_is_spent_on(tmp_path):
    rows = """日期,推广计划,定向类型,定向标签,曝光量,点击量,花费,询盘个数
2026-09-19,P,地域,Germany,40,2,5.00,1
2026-09-19,P,地域,Chile,40,2,9.00,1
2026-09-19,P,地域,Kenya,40,0,0,0
2026-09-19,P,人群,L1+买家,40,2,50.00,1
"""
    assert regions(shop(tmp_path, p4p_target=rows), 4) == ("Chile", "Germany")
    assert regions(shop(tmp_path / "none"), 4) == ()
