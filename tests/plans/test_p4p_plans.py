"""Which product is proposed for which plan, that nothing is moved in vain, and what may be paid for twice."""

from __future__ import annotations

from datetime import date

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.plans.p4p_plans import overlaps, p4p_plans
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


def test_a_shop_without_anything_has_an_empty_sheet():
    sheet = p4p_plans(snapshot(), rules())
    assert (sheet.places, sheet.sizes, sheet.gone, sheet.stock) == ((), (), (), 0)


def word(text, exposures, clicks, shown, paid, top10=500, occurrence=1):
    return {"word": text, "occurrence": occurrence, "exposures": exposures, "clicks": clicks, "p4p_exposures": shown,
            "p4p_clicks": paid, "top10_exposures": top10}  # fmt: skip


def test_words_that_bring_as_many_clicks_by_themselves():
    shop = snapshot(
        keyword_effect=[
            word("mules", 1000, 30, 400, 10),
            word("clogs", 500, 20, 400, 10, top10=600),
            word("boots", 1000, 19, 400, 10),
            word("never paid", 1000, 19, 0, 0),
            word("sac", 1000, 30, 400, 10),
            word("sac", 1000, 30, 400, 10, occurrence=2),
            word("paid above all", 100, 30, 400, 10),
        ],
        p4p_keyword=[{"word": "mules", "occurrence": 1, "exposures": 400, "clicks": 10, "cost": "20.50", "inquiries": 0}],
    )
    found = overlaps(shop)
    assert [(o.word, o.natural, o.paid, o.shown, o.cost, o.strong) for o in found] == [
        ("mules", 20, 10, 600, 20.5, True),
        ("clogs", 10, 10, 100, None, False),
    ]
    assert overlaps(snapshot()) == ()
