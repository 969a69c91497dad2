"""The Top group and the showcase swaps of small shops whose figures can be followed by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.plans.showcase import showcase
from zhanggui.plans.top_group import USES, top_group
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
RULES = RULEBOOK.on(DAY)


def shop(rows, **others) -> Snapshot:
    whole = {"product_effect": rows} | others
    return Snapshot(DAY, {n: frame(TABLES[n], [dict(r) for r in told]).lazy() for n, told in whole.items()}, TABLES)


def product(name, exposures, clicks, inquiries, held=False):
    return {
        "product_id": name,
        "product_name": f"Loafers {name}",
        "shop_exposures": exposures,
        "shop_clicks": clicks,
        "inquiries": inquiries,
        "showcase": held,
    }


#: Twenty ordinary products: 1,000 exposures, 50 clicks, one inquiry.
PLAIN = [product(f"p{n:02}", 1000, 50, 1) for n in range(20)]


def test_one_lucky_inquiry_does_not_beat_many_clicks():
    """By the raw rate `lucky` asks at 100 %, `steady` at 8 %."""
    found = top_group(shop([*PLAIN, product("steady", 5000, 250, 20), product("lucky", 20, 1, 1)]), RULES)
    assert (found.of, len(found.picks)) == (22, 5)
    assert found.picks[0].product_id == "steady"
    assert "lucky" not in {p.product_id for p in found.picks}
    assert found.picks[0].reasons == ("leads", "rate", "seen")
    assert found.picks[0].low < found.picks[0].expected < found.picks[0].high


def test_a_product_that_buyers_open_and_do_not_ask_about_is_left_out():
    found = top_group(shop([*PLAIN, product("dumb", 40_000, 2000, 0)]), RULES)
    assert (found.silent, "dumb" in {p.product_id for p in found.picks}) == (1, False)


@pytest.mark.parametrize(("seen", "quality"), [("2026-09-19", True), ("2026-06-19", False)])
def test_brand_ads_are_for_products_of_a_fresh_quality_label(seen, quality):
    """A label of June says nothing of September, there and on the page of plans."""
    rest = [{"as_of": "2026-09-19", "product_id": one["product_id"], "label": "普通品", "buyers_90d": 50} for one in PLAIN]
    grown = [{"as_of": seen, "product_id": "steady", "label": "优品"}, *rest]
    picks = top_group(shop([*PLAIN, product("steady", 4000, 250, 10)], product_growth=grown), RULES).picks
    assert [(p.product_id, "label" in p.reasons) for p in picks if p.label == "优品"] == [("steady", quality)]
    brands = [p.product_id for p in picks if p.uses == USES]
    assert brands == ["steady"] * quality
    assert {p.uses for p in picks if p.product_id not in brands} == {tuple(u for u in USES if u != "品牌广告绑定")}


@pytest.mark.parametrize("rows", [[product("a", 100, 9, 2), product("b", 100, 9, 1), product("c", 100, 9, 0)], []])
def test_a_shop_with_hardly_an_inquiry_is_told_how_many_it_lacks(rows):
    found = top_group(shop(rows), RULES)
    assert (found.picks, found.missing) == ((), 2 if rows else 5)


def test_the_order_does_not_hang_on_that_of_the_rows():
    rows = [*PLAIN, product("steady", 4000, 250, 10), product("other", 4000, 250, 7)]
    assert top_group(shop(rows), RULES) == top_group(shop(rows[::-1]), RULES)


def test_a_silent_holder_makes_room_for_one_that_is_asked_about():
    """The place of `weak` has 4,000 exposures in 7 days, 17,143 a month."""
    held = [product("good", 4000, 200, 8, held=True), product("weak", 4000, 200, 0, held=True)]
    found = showcase(shop([*PLAIN, *held, product("asked", 3000, 150, 9)]))
    (swap, *_) = found.swaps
    assert (swap.out.product_id, swap.into.product_id, round(swap.exposures)) == ("weak", "asked", 17_143)
    assert swap.gain == pytest.approx(swap.exposures * (swap.into.rate - swap.out.rate) / 10_000)
    assert 0 < swap.low < swap.gain < swap.high
    assert (found.held, found.free, found.first) == (2, None, ())


def test_holders_whom_nobody_was_shown_hold_places_and_are_named():
    idle = [product(f"idle{n}", 0, 0, 0, held=True) for n in range(9)]
    rows = [*PLAIN, product("good", 4000, 200, 8, held=True), *idle, product("untold", None, 0, 0, held=True)]
    found = showcase(shop(rows))
    assert (found.held, [one for one, _ in found.unseen], found.unseen[0][1]) == (
        11, [f"idle{n}" for n in range(9)], "Loafers idle0",
    )  # fmt: skip
    few = showcase(shop([product("a", 100, 9, 1, held=True), *idle]))
    assert (few.held, len(few.unseen), few.missing) == (10, 9, 4)


def test_good_holders_are_left_in_their_places():
    held = [product("good", 4000, 200, 20, held=True), product("fine", 4000, 200, 19, held=True)]
    assert showcase(shop([*PLAIN, *held])).swaps == ()


def test_free_places_go_to_the_first_outside():
    quota = [{"places": "3", "taken": "2"}]
    held = [product("good", 4000, 200, 8, held=True), product("fine", 4000, 200, 8, held=True)]
    found = showcase(shop([*PLAIN, *held, product("asked", 3000, 150, 9)], showcase_quota=quota))
    assert (found.free, [s.product_id for s in found.first]) == (1, ["asked"])


def test_whoever_gets_a_free_place_is_in_no_swap():
    quota = [{"places": "5", "taken": "4"}]
    held = [product(one, 4000, 200, n, held=True) for one, n in (("good", 8), ("weak", 0), ("poor", 0))]
    asked = [product("asked", 3000, 150, 30), product("second", 3000, 150, 25), product("third", 3000, 150, 20)]
    idle = product("idle", 0, 0, 0, held=True)
    found = showcase(shop([*PLAIN, *held, *asked, idle], showcase_quota=quota))
    assert [s.product_id for s in found.first] == ["asked", "second"]
    assert [s.into.product_id for s in found.swaps] == ["third", "p00"]


def test_a_swap_that_may_as_well_harm_waits():
    held = [product("good", 4000, 200, 8, held=True), product("fine", 4000, 200, 8, held=True)]
    found = showcase(shop([*PLAIN, *held, product("asked", 3000, 150, 7)]))
    assert (found.swaps, [s.into.product_id for s in found.open]) == ((), ["asked"])
    assert found.open[0].low <= 0 < found.open[0].gain


def test_without_inquiries_no_swap_is_told():
    found = showcase(shop([product("a", 100, 9, 1, held=True), product("b", 100, 9, 2)]))
    assert (found.swaps, found.missing) == ((), 2)
