"""One measure, one definition: what is summed, what never is, and what a missing cell does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tests.measures.shop import shop
from zhanggui.facts import Snapshot
from zhanggui.measures import MEASURES, ads, keywords, orders, products, traffic
from zhanggui.tables import TABLES


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("home"))


PEOPLE = {n for table in TABLES.values() for n, c in table.columns.items() if c.unit == "person"}


def row(frame: pl.LazyFrame, **key) -> dict:
    return frame.filter(**key).collect().row(0, named=True)


def test_counts_of_a_product_are_summed_over_its_weeks_and_its_state_is_the_newest(whole):
    found = row(products.effect(whole), product_id="101")
    wanted = {
        "search_exposures": 400,
        "search_clicks": 10,
        "search_ctr": 0.025,
        "inquiries": 3,
        "shop_clicks": 30,
        "inquiry_per_click": 0.1,
        "paid_share": 13 / 30,
        "rts_gmv": Decimal("3.75"),
        "product_name": "Mens Loafers Leather",
        "showcase": False,
        "owner": "Alice",
        "covered_days": 14,
        "had_chat": False,
        "asked": True,
    }
    assert {k: found[k] for k in wanted} == wanted


def test_people_are_given_for_one_period_and_never_for_two(whole):
    both = whole
    people = ("visitors", "inquirers", "chatters")
    assert [row(products.effect(both, 28), product_id="101")[c] for c in people] == [None] * 3
    assert [row(products.effect(both, 7), product_id="101")[c] for c in people] == [40, 2, 0]


def test_a_chat_in_any_week_counts_as_asked(whole):
    found = row(products.effect(whole), product_id="102")
    assert (found["had_chat"], found["asked"], found["inquiries"], found["covered_days"]) == (True, True, 0, 7)


def test_a_missing_cell_makes_sum_and_rate_missing(whole):
    found = row(products.effect(whole), product_id="103")
    assert (found["search_exposures"], found["search_ctr"], found["shop_clicks"], found["owner"]) == (None, None, 2, None)
    total = row(traffic.total(whole))
    assert (total["search_exposures"], total["search_ctr"], total["shop_clicks"]) == (None, None, 35)


def test_a_week_with_a_missing_cell_is_missing_and_no_fall_to_less(whole):
    weeks = traffic.weekly(whole, 28).collect()
    assert weeks.select("period_end", "length", "search_exposures", "shop_clicks").rows() == [
        (date(2026, 9, 12), 7, 150, 13),
        (date(2026, 9, 19), 7, None, 22),
    ]


def test_the_whole_shop_has_no_people_since_one_visitor_sees_many_products(whole):
    columns = set(traffic.total(whole).collect_schema()) | set(traffic.weekly(whole, 28).collect_schema())
    assert columns & PEOPLE == set()
    assert {"visitors", "inquirers"} <= PEOPLE


def test_the_overview_page_knows_the_people_of_the_whole_shop(whole):
    found = row(traffic.overview(whole))
    assert (found["visitors"], found["search_exposures"], found["order_amount"]) == (70, 400, Decimal("99.5"))


def test_own_counts_of_a_word_are_summed_and_the_platform_s_indices_are_the_newest(whole):
    found = row(keywords.effect(whole), word="loafers men")
    assert [found[c] for c in ("exposures", "clicks", "ctr", "index", "seller_index", "top10_exposures", "covered_days")] == [
        70,
        3,
        3 / 70,
        300,
        4,
        90,
        14,
    ]
    assert (found["exposures_newest"], found["in_newest"]) == (40, True)


def test_a_word_that_is_not_in_the_newest_list_says_so(whole):
    found = row(keywords.effect(whole), word="rubber boots")
    assert (found["in_newest"], found["index"], found["covered_days"]) == (False, 210, 7)


def test_two_words_that_look_alike_stay_two(whole):
    found = keywords.effect(whole).filter(word="sac").sort("occurrence").select("occurrence", "exposures").collect()
    assert found.rows() == [(1, 20), (2, 9)]


def test_a_title_covers_a_word_whatever_order_case_and_plural(whole):
    asked = ["men loafer", "LOAFERS MEN LEATHER", "loafers women", "boots", "shoe", "canvas title"]
    found = keywords.coverage(whole, pl.LazyFrame({"word": asked})).collect()
    assert dict(found.select("word", "titles").iter_rows()) == {
        "men loafer": 1,
        "LOAFERS MEN LEATHER": 1,
        "loafers women": 0,
        "boots": 1,
        "shoe": 1,
        "canvas title": 1,
    }


def test_the_title_of_a_product_is_the_newest_one_known(whole):
    found = products.titles(whole).sort("product_id").collect()
    assert found.rows() == [
        ("101", "Mens Loafers Leather"),
        ("102", "Canvas Shoes (new title)"),
        ("103", "Rubber Boots"),
    ]


def test_a_title_that_two_words_share_counts_for_both_and_twice_for_none(whole):
    words = pl.LazyFrame({"word": ["boots boot BOOTS", "sac", "sac"]})
    found = keywords.coverage(whole, words).sort("word").collect()
    assert found.rows() == [("boots boot BOOTS", 1), ("sac", 0), ("sac", 0)]


@pytest.mark.parametrize(
    ("word", "own", "brand"),
    [
        ("nike boots", (), "nike"),
        ("NIKE-style", (), "nike"),
        ("snikers", (), None),
        ("nikes", (), None),
        ("new balance shoes", (), "new balance"),
        ("nike boots", ("Nike",), None),
        ("nike puma", ("nike",), "puma"),
    ],
)
def test_a_brand_is_found_as_a_whole_word_unless_it_is_the_shop_s_own(word, own, brand):
    assert keywords.with_brand(pl.LazyFrame({"word": [word]}), own).collect()["brand"].to_list() == [brand]


def test_paid_words_are_summed_over_plans_and_days(whole):
    found = row(ads.words(whole), word="loafers")
    assert [found[c] for c in ("exposures", "clicks", "cost", "inquiries", "ctr")] == [160, 7, Decimal("18"), 1, 7 / 160]
    assert found["cpc"] == pytest.approx(18 / 7)
    silent = row(ads.words(whole), word="boots")
    assert (silent["inquiries"], silent["cpc"], silent["ctr"]) == (None, None, 0)


def test_an_order_of_two_lines_is_one_order_and_one_without_buyer_leaves_their_number_open(whole):
    found = row(orders.by_product(whole), product_name="Rubber Boots")
    assert (found["orders"], found["buyers"]) == (3, None)


@pytest.mark.parametrize("name", list(MEASURES))
def test_a_measure_of_a_shop_without_data_has_the_same_columns(whole, name):
    never, before = Snapshot(date(2026, 9, 21), {}, TABLES), Snapshot(date(2020, 1, 1), whole.frames, TABLES)
    full, none, early = (MEASURES[name].function(s).collect() for s in (whole, never, before))
    assert full.schema == none.schema == early.schema
    assert set(MEASURES[name].formulas) <= set(full.columns)


@pytest.mark.parametrize("name", list(MEASURES))
def test_a_measure_has_one_row_per_key(whole, name):
    found = MEASURES[name]
    rows = found.function(whole).collect()
    assert rows.height == (rows.select(found.by).n_unique() if found.by else 1)


def test_paid_products_plans_words_typed_hours_and_targets_are_added_up_over_days_and_plans(whole):
    product = row(ads.by_product(whole), product_id="101")
    assert (product["cost"], product["clicks"], product["inquiries"]) == (Decimal("18.00"), 7, 1)
    assert (product["product_name"], product["cpc"], product["cost_per_inquiry"]) == ("Loafers new", 18 / 7, 18.0)
    assert row(ads.by_product(whole), product_id="102")["cost_per_inquiry"] is None
    plan = row(ads.by_plan(whole), plan="P")
    assert (plan["cost"], plan["budget"], plan["ctr"]) == (Decimal("15.00"), Decimal("350"), 6 / 150)
    typed = row(ads.by_search_word(whole), search_word="mens loafers", word="loafers")
    assert (typed["clicks"], typed["cost"]) == (3, Decimal("7.00"))
    assert row(ads.by_hour(whole), hour="09:00-09:59")["exposures"] == 50
    assert [row(ads.by_target(whole), kind=k)["cost"] for k in ("地域", "人群")] == [Decimal("5.00")] * 2


def test_the_money_of_an_order_is_counted_once_and_missing_where_its_lines_contradict(whole):
    found = row(orders.by_order(whole), order_no="9014")
    wanted = {
        "order_amount": Decimal("120.50"),
        "shipping_fee": Decimal("20.50"),
        "quantity": 3,
        "products": 2,
        "buyer": "Dora",
    }
    assert {k: found[k] for k in wanted} == wanted
    other = row(orders.by_order(whole), order_no="9015")
    assert (other["order_amount"], other["shipping_fee"]) == (None, Decimal("5"))
