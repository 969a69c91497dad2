"""From pages and registers to the plan of both tracks."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.plans.star_climb import Wish, ways
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
RULES = RULEBOOK.on(DAY)

#: code → power, indicator, value, as written, next level's average, as written
PAGE = {
    "6020013": ("商品力", "全店优品数", 10, "10个", 14.5, "14.5个"),
    "21100021": ("营销力", "商机转化率", 2.0, "2.00%", 3.0, "3.00%"),
    "21100061": ("交易力", "近60天站内交易额", 5000, "5000美元", 8000, "8000美元"),
    "21100006": ("服务力", "平均回复时间", 3.0, "3.00小时", 2.0, "2.00小时"),
}


def page(track="rts", star=2, stars=None, **changed):
    stars = stars or {}
    return [
        {
            "as_of": "2026-09-19", "track": track, "star": star, "predicted": star, "power": power,
            "power_star": stars.get(power, star), "power_score": 70, "code": code, "indicator": name,
            "value": value, "value_written": written, "next_average": aim, "next_average_written": aim_written,
        } | changed.get(f"c{code}", {})
        for code, (power, name, value, written, aim, aim_written) in PAGE.items()
    ]  # fmt: skip


def action(name, code, effect, minutes=60, money=None, most=10, **more):
    return {"action": name, "code": code, "effect": effect, "minutes": minutes, "money": money, "most": most} | more


ACTIONS = [
    action("发优品", "6020013", 1, minutes=40),
    action("改标题", "21100021", 0.5, minutes=30),
    action("报价跟进", "21100061", 1000, minutes=20, money=10),
    action("值班", "21100006", -0.5, minutes=60),
]


def shop(*pages, actions=ACTIONS, scores=()):
    rows = {"star_level": [r for p in pages for r in p], "star_action": actions, "star_score": scores}
    return Snapshot(DAY, {n: frame(TABLES[n], list(r)).lazy() for n, r in rows.items() if r}, TABLES)


def only(found, track="rts"):
    return next(way for way in found if way.track == track)


def test_every_aim_of_the_next_level_is_reached_and_no_unit_more():
    way = only(ways(shop(page()), RULES, Wish()))
    assert (way.why, way.target, dict(way.plan.units)) == ("", 3, {"发优品": 5, "改标题": 2, "报价跟进": 3, "值班": 2})
    assert (way.plan.minutes, way.plan.cents, way.plan.proven) == (5 * 40 + 60 + 60 + 120, 3000, True)
    assert way.moved == {
        "6020013": (10, 15), "21100021": (0.02, 0.03), "21100061": (5000, 8000), "21100006": (3, 2),
    }  # fmt: skip
    assert [(n.kind, n.by, n.have, n.line) for n in way.needs] == [
        (kind, "averages", 0, 1) for kind in ("transaction", "product", "service", "marketing")
    ]


def test_one_percent_more_of_each_power_beyond_the_plan():
    """15 quality products cover 14.5 and 14.645; 3.03 %, 8,080 USD and 1.98 hours take one unit more."""
    way = only(ways(shop(page()), RULES, Wish()))
    assert {n.kind: n.more for n in way.needs} == {
        "product": (0, 0), "marketing": (30, 0), "transaction": (20, 1000), "service": (60, 0),
    }  # fmt: skip


def test_an_aim_at_the_end_of_an_indicator_asks_for_no_more_and_the_plan_goes_no_further():
    full = {
        "code": "6020014",
        "indicator": "买家评价分",
        "value": 4.9,
        "value_written": "4.90分",
        "next_average": 5,
        "next_average_written": "5.00分",
    }
    held = shop(page(c21100006=full), actions=[*ACTIONS, action("好评", "6020014", 0.3)])
    way = only(ways(held, RULES, Wish()))
    assert (way.moved["6020014"], {n.kind: n.more for n in way.needs}["service"]) == ((4.9, 5.0), (0, 0))


def test_a_power_that_has_the_next_star_already_is_left_alone():
    way = only(ways(shop(page(stars={"服务力": 3, "商品力": 3})), RULES, Wish()))
    assert dict(way.plan.units) == {"改标题": 2, "报价跟进": 3}


def test_transaction_power_is_brought_up_to_the_others_unless_it_need_not_be():
    held = page(star=2, stars={"交易力": 3, "服务力": 4, "商品力": 3, "营销力": 2})
    first, last = (only(ways(shop(held), RULES, Wish(transaction_first=t))) for t in (True, False))
    assert (dict(first.plan.units), dict(last.plan.units)) == ({"报价跟进": 3, "改标题": 2}, {"改标题": 2})


def test_the_cheaper_track_comes_first_and_one_that_lies_further_back_is_told():
    cheap = page("custom", c6020013={"value": 14, "value_written": "14个"})
    assert [w.track for w in ways(shop(page(), cheap), RULES, Wish())] == ["custom", "rts"]
    behind = page("custom", star=1)
    assert [(w.track, w.why) for w in ways(shop(page(), behind), RULES, Wish())] == [("rts", ""), ("custom", "far")]


def test_limits_and_what_an_hour_is_worth():
    bot = action("机器人", "21100006", -1, minutes=5, money=100, most=1)
    both = shop(page(), actions=[*ACTIONS, bot])
    found = [only(ways(both, RULES, w)) for w in (Wish(), Wish(hour_price=10), Wish(money=100), Wish(hours=1))]
    assert [None if w.plan is None else w.plan.units.get("机器人", 0) for w in found] == [1, 0, 0, None]
    assert (found[-1].why, found[-1].least) == ("limits", (325, 13_000))


def test_actions_that_show_too_late_or_are_for_the_other_track_do_not_count():
    late = [*({**one, "days": 5} for one in ACTIONS[:3]), action("值班", "21100006", -0.5, days=20)]
    assert only(ways(shop(page(), actions=late), RULES, Wish(within_days=20))).why == ""
    found = only(ways(shop(page(), actions=late), RULES, Wish(within_days=19)))
    assert (found.why, found.stuck) == ("blocked", ("service",))
    other = [*ACTIONS[:3], action("值班", "21100006", -0.5, track="custom")]
    assert only(ways(shop(page(), actions=other), RULES, Wish())).stuck == ("service",)


def test_an_action_whose_time_nobody_knows_is_left_out_where_a_time_is_asked_for():
    timed = [{**one, "days": 5} for one in ACTIONS[:3]]
    held = shop(page(), actions=[*timed, ACTIONS[3]])
    assert only(ways(held, RULES, Wish())).why == ""
    found = only(ways(held, RULES, Wish(within_days=30)))
    assert (found.why, found.stuck) == ("blocked", ("service",))
    assert only(ways(shop(page()), RULES, Wish(within_days=1))).why == "no_actions"


def test_a_plan_that_is_not_worked_out_in_time_is_neither_blocked_nor_beyond_the_limits():
    wishes = (Wish(), Wish(hours=1), Wish(money=100))
    found = [only(ways(shop(page()), RULES, wish, effort=0)) for wish in wishes]
    assert [(w.why, w.plan, w.stuck, w.least) for w in found] == [("undecided", None, (), None)] * 3
    assert [n.out_of_reach for w in found for n in w.needs] == [False] * 12


def test_a_power_that_cannot_rise_further_is_told_so():
    held = shop(page(), actions=[*ACTIONS[:3], action("值班", "21100006", -0.5, most=2)])
    way = only(ways(held, RULES, Wish()))
    assert {n.kind: (n.more is None, n.out_of_reach) for n in way.needs} == {
        "product": (False, False), "marketing": (False, False), "transaction": (False, False), "service": (True, True),
    }  # fmt: skip


def test_what_if_takes_the_place_of_the_page():
    supposed = {"6020013": 15.0, "21100021": 0.03, "21100006": 2.0}
    way = only(ways(shop(page()), RULES, Wish(supposed=supposed)))
    assert dict(way.plan.units) == {"报价跟进": 3}
    assert only(ways(shop(page()), RULES, Wish(supposed=supposed | {"21100061": 8000.0}))).reached


SCORES = [
    {"code": "6020013", "value_from": 10, "points": 70},
    {"code": "6020013", "value_from": 12, "points": 75, "points_high": 85},
    {"code": "6020013", "value_from": 13, "points": 80},
]


def test_where_points_are_known_the_line_of_the_star_is_the_aim_in_the_worst_case():
    """12 quality products bring 75 to 85 points: only 13 are sure to pass the line of 80."""
    way = only(ways(shop(page(), scores=SCORES), RULES, Wish()))
    assert way.plan.units["发优品"] == 3
    assert [(n.by, n.have, n.line) for n in way.needs if n.kind == "product"] == [("points", 70, 80)]


def test_points_of_shares_are_written_in_percent():
    scores = [{"code": "21100021", "value_from": 2.5, "points": 80}]
    assert only(ways(shop(page(), scores=scores), RULES, Wish())).plan.units["改标题"] == 1


@pytest.mark.parametrize(
    ("pages", "actions", "why"),
    [
        ([page(star=None)], ACTIONS, "not_computed"),
        ([page(star=5)], ACTIONS, "top"),
        ([page()], [], "no_actions"),
        ([page(c6020013={"next_average": None, "next_average_written": None})], ACTIONS, "no_aims"),
        ([page(c6020013={"value": None, "value_written": None})], ACTIONS, "blocked"),
    ],
)
def test_why_there_is_no_plan(pages, actions, why):
    way = only(ways(shop(*pages, actions=actions), RULES, Wish()))
    assert (way.why, way.plan) == (why, None)


BONUS = {
    "code": "21100059", "indicator": "优品数加分", "value": 1, "value_written": "1个",
    "next_average": None, "next_average_written": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "why"), [(None, "no_aims"), (14.5, "")], ids=["no aim but the bonus row's", "one aim of two beside a bonus row"]
)
def test_a_bonus_row_neither_hides_that_aims_are_missing_nor_makes_them_so(known, why):
    aim = {"next_average": known, "next_average_written": known and f"{known}个"}
    rows = page(c6020013=aim)
    product = next(r for r in rows if r["code"] == "6020013")
    rows.append(product | BONUS)
    if known:
        rows.append(product | {"code": "6020015", "indicator": "另一项", "next_average": None, "next_average_written": None})
    way = only(ways(shop(rows), RULES, Wish()))
    assert (way.why, way.reached) == (why, False)
    assert {n.kind: n.line for n in way.needs}.get("product") == (1 if known else None)


def test_a_figure_that_was_not_computed_is_named():
    way = only(ways(shop(page(c6020013={"value": None, "value_written": None})), RULES, Wish()))
    assert (way.stuck, way.unknown) == (("product",), ("6020013",))


def test_a_shop_without_a_page_has_no_way():
    assert ways(Snapshot(DAY, {}, TABLES), RULES, Wish()) == []
