"""Which product is proposed for which plan, and that nothing is moved in vain."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.plans.p4p_plans import p4p_plans
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def snapshot(**tables):
    return Snapshot(DAY, {name: frame(TABLES[name], rows).lazy() for name, rows in tables.items()}, TABLES)


def rules(**what_if):
    return RULEBOOK.on(DAY, what_if=what_if)


def product(n, clicks=10, paid=0):
    return {"product_id": f"{n:03}", "product_name": f"Mules {n}", "shop_clicks": clicks, "paid_clicks": paid, "inquiries": 0}


def labelled(n, label, as_of="2026-09-13"):
    return {"product_id": f"{n:03}", "label": label, "as_of": as_of}


def told(sheet):
    return {p.product_id: (p.kind, p.plan, p.reasons, p.change) for p in sheet.places}


def test_each_label_goes_to_its_plan():
    """Of 20 products 001 is new, 002 a hit, 003 to 012 are of quality, the others ordinary; 020 has no label and the most clicks."""
    labels = {1: "新品试销中", 2: "爆品", **dict.fromkeys(range(3, 13), "优品"), **dict.fromkeys(range(13, 20), "普通品")}
    shop = snapshot(
        product_effect=[product(n, 100 if n == 20 else 10) for n in range(1, 21)],
        product_growth=[labelled(n, label) for n, label in labels.items()],
    )
    sheet = p4p_plans(shop, rules(top_group_share=0.01))
    found = told(sheet)
    assert found["001"] == ("新品加速", "新品加速 1", ("new",), "add")
    assert found["002"] == ("优品助推", "爆品助推 002", ("hit_label",), "add")
    assert {found[f"{n:03}"] for n in range(3, 13)} == {("优品助推", "优品助推 1", ("quality",), "add")}
    assert found["013"] == ("普通计划", "普通计划 1", ("seen",), "add")
    assert found["020"] == ("普通计划", "普通计划 1", ("no_label",), "add")
    assert (sheet.stock, sheet.labelled, sheet.kept) == (20, 19, False)


def test_quality_with_much_natural_traffic_is_a_hit():
    shop = snapshot(
        product_effect=[product(1, 100), product(2, 100, paid=95), *(product(n) for n in range(3, 12))],
        product_growth=[labelled(1, "优品"), labelled(2, "优品")],
    )
    found = told(p4p_plans(shop, rules(top_group_share=0.1)))
    assert [found[i][2] for i in ("001", "002")] == [("hit_natural",), ("quality", "few")]


def test_an_old_label_and_a_top_20_list():
    shop = snapshot(
        product_effect=[product(1), product(2)],
        product_growth=[labelled(1, "爆品", "2026-08-01"), labelled(2, "普通品")],
        rank_factor=[{"product_id": "002", "factor": "Top20爆品", "present": "Y"}],
    )
    assert {i: (kind, why) for i, (kind, _, why, _) in told(p4p_plans(shop, rules())).items()} == {
        "001": ("普通计划", ("seen",)),
        "002": ("优品助推", ("hit_list",)),
    }


def test_few_of_quality_are_capped_and_so_is_what_is_over():
    few = snapshot(product_effect=[product(1, 0)], product_growth=[labelled(1, "优品")])
    assert told(p4p_plans(few, rules()))["001"] == ("控成本", "控成本 1", ("quality", "few"), "add")
    many = snapshot(
        product_effect=[product(n, 0) for n in range(1, 5)], product_growth=[labelled(n, "优品") for n in range(1, 5)]
    )
    sheet = p4p_plans(many, rules(plan_boost_min=2, plan_boost_max=3))
    assert [(s.kind, s.products, s.fits) for s in sheet.sizes] == [("优品助推", 3, True), ("控成本", 1, True)]
    assert told(sheet)["004"][2] == ("quality", "full")


def test_five_new_ones_have_a_plan_of_their_own_and_too_many_are_over():
    new = [labelled(n, "平台新品") for n in range(1, 9)]
    shop = snapshot(product_effect=[product(n, 100 - n) for n in range(1, 9)], product_growth=new)
    sheet = p4p_plans(shop, rules(plan_new_max=7, plan_new_second=2))
    assert {(s.kind, s.plan): s.products for s in sheet.sizes} == {
        ("新品加速", "新品加速 2"): 2,
        ("新品加速", "新品加速 1"): 5,
        ("普通计划", "普通计划 1"): 1,
    }
    assert told(sheet)["001"][1:3] == ("新品加速 2", ("new", "new_first"))


def test_only_a_large_shop_sends_what_nobody_opens_into_quick_traffic():
    rows = [product(1, 0), product(2, 5), product(3, 0)]
    small, large = rules(plan_quick_min_shop=4), rules(plan_quick_min_shop=3, plan_quick_max=1)
    shop = snapshot(product_effect=rows)
    assert {kind for kind, *_ in told(p4p_plans(shop, small)).values()} == {"普通计划"}
    assert {i: kind for i, (kind, *_) in told(p4p_plans(shop, large)).items()} == {
        "001": "快速引流",
        "002": "普通计划",
        "003": "普通计划",
    }


def assigned(plan, kind, *products):
    return [{"plan": plan, "plan_kind": kind, "product_id": p, "product_name": f"Mules {p}"} for p in products]


def test_what_is_right_stays_where_it_is():
    shop = snapshot(
        product_effect=[product(n) for n in (1, 2, 3, 4)],
        p4p_assignment=[
            *assigned("日常", "普通计划", "001", "002"),
            *assigned("便宜", "普通计划", "003"),
            *assigned("助推", "优品助推", "003", "999"),
        ],
    )
    sheet = p4p_plans(shop, rules())
    assert {i: (plan, change) for i, (_, plan, _, change) in told(sheet).items()} == {
        "001": ("日常", "stay"),
        "002": ("日常", "stay"),
        "003": ("便宜", "move"),
        "004": ("日常", "add"),
    }
    assert sheet.gone == (("助推", "优品助推", "999", "Mules 999"),)
    assert dict(sheet.counts()) == {"stay": 2, "move": 1, "add": 1, "gone": 1}


def changes(sheet):
    return {p.product_id: (p.plan, p.change) for p in sheet.places}


@pytest.mark.parametrize("kind", ["优品助推", "控成本", "国家包", "优品抢位", "全店智投", "智能计划"])
def test_a_product_of_quality_stays_in_any_kind_that_is_for_it(kind):
    labels = [labelled(n, "优品") for n in range(1, 13)]
    register = assigned("有", kind, *(f"{n:03}" for n in range(1, 13)))
    sheet = p4p_plans(snapshot(product_growth=labels, p4p_assignment=register), rules())
    assert set(changes(sheet).values()) == {("有", "stay")}


def test_a_product_is_never_taken_out_of_a_kind_that_is_not_proposed():
    """001 is ordinary in a country package, 002 bought by word and to be added, 003 in a boost plan that it leaves beside its package."""
    shop = snapshot(
        product_growth=[labelled(n, "普通品") for n in (1, 2, 3)],
        p4p_assignment=[
            *assigned("美国", "国家包", "001", "003"),
            *assigned("词", "问鼎", "002"),
            *assigned("助推", "优品助推", "003"),
        ],
    )
    sheet = p4p_plans(shop, rules())
    assert changes(sheet) == {"001": ("美国", "stay"), "002": ("普通计划 1", "add"), "003": ("美国", "move")}
    assert {p.product_id: p.leaves for p in sheet.places if p.leaves} == {"003": (("助推", "优品助推"),)}
    assert [(s.plan, s.products) for s in sheet.sizes] == [("普通计划 1", 1)]


@pytest.mark.parametrize("clicks", [0, 1])
@pytest.mark.parametrize("kind", ["普通计划", "快速引流"])
def test_one_click_more_or_less_moves_nothing(kind, clicks):
    register = assigned("有", kind, "001", "002", "003")
    shop = snapshot(product_effect=[product(1, clicks), product(2), product(3, 0)], p4p_assignment=register)
    assert dict(p4p_plans(shop, rules(plan_quick_min_shop=3)).counts()) == {"stay": 3}


def test_a_small_shop_leaves_quick_traffic():
    shop = snapshot(product_effect=[product(1)], p4p_assignment=assigned("引流", "快速引流", "001"))
    assert changes(p4p_plans(shop, rules())) == {"001": ("普通计划 1", "move")}


def test_a_new_product_that_finds_acceleration_full_stays():
    shop = snapshot(
        product_growth=[labelled(n, "平台新品") for n in (1, 2)],
        p4p_assignment=[*assigned("新", "新品加速", "001"), *assigned("日常", "普通计划", "002")],
    )
    assert changes(p4p_plans(shop, rules(plan_new_max=1))) == {"001": ("新", "stay"), "002": ("日常", "stay")}
    assert changes(p4p_plans(shop, rules())) == {"001": ("新", "stay"), "002": ("新", "move")}


def waist_and_hit(*register):
    labels = [labelled(n, "优品") for n in range(1, 13)]
    return snapshot(product_growth=[*labels, labelled(99, "爆品")], p4p_assignment=list(register))


def test_products_of_quality_do_not_go_into_the_plan_of_a_hit():
    sheet = p4p_plans(waist_and_hit(*assigned("单推", "优品助推", "099")), rules())
    assert changes(sheet) == {"099": ("单推", "stay")} | {f"{n:03}": ("优品助推 1", "add") for n in range(1, 13)}
    assert [(s.plan, s.products, s.fits) for s in sheet.sizes] == [("单推", 1, True), ("优品助推 1", 12, True)]


def test_a_hit_leaves_the_plan_that_it_shares():
    shop = waist_and_hit(*assigned("助推", "优品助推", "099", *(f"{n:03}" for n in range(1, 12))))
    assert changes(p4p_plans(shop, rules())) == {
        "099": ("爆品助推 099", "move"),
        **{f"{n:03}": ("助推", "stay") for n in range(1, 12)},
        "012": ("助推", "add"),
    }


def test_others_leave_the_plan_that_is_named_for_a_hit():
    shop = waist_and_hit(*assigned("爆品助推 099", "优品助推", "099", "001"))
    found = changes(p4p_plans(shop, rules()))
    assert (found["099"], found["001"]) == (("爆品助推 099", "stay"), ("优品助推 1", "move"))


def test_a_saved_proposal_asks_for_nothing_more():
    """Of 60 products every fourth is of quality, two are hits, three new; the register begins with all in one wrong plan."""
    kinds = {**dict.fromkeys(range(4, 61, 4), "优品"), 1: "爆品", 2: "爆品", 3: "新品", 5: "新品", 7: "新品"}
    tables = {
        "product_effect": [product(n, n % 5) for n in range(1, 61)],
        "product_growth": [labelled(n, kinds.get(n, "普通品")) for n in range(1, 61)],
    }
    known = rules(plan_quick_min_shop=50, plan_boost_min=5)
    first = p4p_plans(snapshot(**tables, p4p_assignment=assigned("全", "新品加速", *(f"{n:03}" for n in range(1, 61)))), known)
    register = [row for p in first.places for row in assigned(p.plan, p.kind, p.product_id)]
    assert first.counts()["move"] > 50
    assert dict(p4p_plans(snapshot(**tables, p4p_assignment=register), known).counts()) == {"stay": 60}


def test_old_labels_say_nothing():
    """The workbench is of five weeks ago: what it called good stays where it is, and what is in no plan is taken as ordinary."""
    labels = [labelled(n, "优品", "2026-08-15") for n in range(1, 13)]
    register = assigned("助推", "优品助推", *(f"{n:03}" for n in range(1, 12)))
    sheet = p4p_plans(snapshot(product_growth=labels, p4p_assignment=register), rules())
    assert told(sheet)["012"] == ("普通计划", "普通计划 1", ("old_label",), "add")
    assert (sheet.stale, dict(sheet.counts())) == (True, {"stay": 11, "add": 1})


def test_new_takes_a_fresh_label():
    labels = [labelled(1, "新品", "2026-08-01"), labelled(2, "新品")]
    shop = snapshot(product_effect=[product(1), product(2)], product_growth=labels)
    assert {i: kind for i, (kind, *_) in told(p4p_plans(shop, rules())).items()} == {"001": "普通计划", "002": "新品加速"}


def test_what_only_older_imports_list_is_no_longer_there():
    shop = snapshot(
        product_growth=[labelled(1, "普通品"), labelled(8, "新品", "2025-01-05")],
        product_catalogue=[{"product_id": "001"}, {"product_id": "009", "as_of": "2025-01-05"}],
        p4p_assignment=assigned("日常", "普通计划", "001", "008"),
    )
    sheet = p4p_plans(shop, rules())
    assert (sheet.stock, [p.product_id for p in sheet.places], [g[2] for g in sheet.gone]) == (1, ["001"], ["008"])


def test_a_product_without_a_report_is_not_one_that_nobody_clicks():
    listed = [{"product_id": f"{n:03}", "product_name": f"Mules {n}"} for n in (1, 2, 3)]
    shop = snapshot(product_catalogue=listed, product_effect=[product(3, 0)], product_growth=[labelled(1, "普通品")])
    found = told(p4p_plans(shop, rules(plan_quick_min_shop=3)))
    assert {i: (kind, why) for i, (kind, _, why, _) in found.items()} == {
        "001": ("普通计划", ("unreported",)),
        "002": ("普通计划", ("no_label",)),
        "003": ("快速引流", ("unseen",)),
    }


def test_a_register_alone_is_not_emptied():
    sheet = p4p_plans(snapshot(p4p_assignment=assigned("日常", "普通计划", "001")), rules())
    assert (sheet.stock, sheet.places, sheet.gone) == (0, (), ())


def test_a_shop_without_anything_has_an_empty_sheet():
    sheet = p4p_plans(snapshot(), rules())
    assert (sheet.places, sheet.sizes, sheet.gone, sheet.stock) == ((), (), (), 0)
