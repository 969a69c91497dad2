"""The word library: layers, blue ocean, leads, by hand-made rows."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.measures import keywords, library
from zhanggui.tables import TABLES


def shop(**rows) -> Snapshot:
    return Snapshot(date(2026, 9, 21), {n: frame(TABLES[n], r).lazy() for n, r in rows.items()}, TABLES)


WORDS = [
    {"word": w, "exposures": 10, "clicks": 1, "index": i, "seller_index": s}
    for w, i, s in [
        ("loafers", 300, 3),
        ("nike loafers", 900, 1),
        ("hiking boots", 100, 0),
        ("leather boots men", 40, 40),
        ("wedding shoes white satin", None, None),
        ("boots", 200, 200),
    ]
]
PRODUCTS = [{"product_id": "1", "product_name": "Leather Boots for Men"}]


def described(**more) -> dict[str, dict]:
    held = shop(keyword_effect=WORDS, product_effect=PRODUCTS, **more)
    return {r["word"]: r for r in library.described(held, keywords.effect(held)).collect().iter_rows(named=True)}


def test_a_word_stands_in_the_layer_that_it_says_itself_unless_the_shop_says_otherwise():
    layers = {w: r["layer"] for w, r in described().items()}
    assert layers == {
        "loafers": "核心词",
        "nike loafers": "竞品词",
        "hiking boots": "场景词",
        "leather boots men": "长尾词",
        "wedding shoes white satin": "场景词",
        "boots": "核心词",
    }
    own = described(keyword_layer=[{"word": "Loafer", "layer": "长尾词"}, {"word": "men's leather boot", "layer": "核心词"}])
    assert (own["loafers"]["layer"], own["leather boots men"]["layer"], len(own)) == ("长尾词", "核心词", 6)


def test_heat_per_seller_is_missing_without_sellers_and_the_rank_leaves_brands_out():
    told = described()
    assert {w: r["heat_per_seller"] for w, r in told.items()} == {
        "loafers": 100, "nike loafers": 900, "hiking boots": None, "leather boots men": 1, "wedding shoes white satin": None,
        "boots": 1,
    }  # fmt: skip
    ranks = {w: r["ocean_rank"] for w, r in told.items()}
    assert ranks == {
        "hiking boots": 1, "loafers": 2, "boots": 3, "leather boots men": 4, "nike loafers": None, "wedding shoes white satin": None,
    }  # fmt: skip


def test_who_passes_the_ratio():
    held = shop(keyword_effect=WORDS)
    passing = library.passing(keywords.effect(held), 1.5).collect()["word"].sort().to_list()
    assert passing == ["hiking boots", "loafers", "nike loafers"]


def test_by_language_counts_words_titles_and_adds_up_what_may_be_added():
    held = shop(keyword_effect=[*WORDS, {"word": "zapatos deportivos", "exposures": 7, "clicks": 0}], product_effect=PRODUCTS)
    told = library.by_language(library.described(held, keywords.effect(held))).collect().rows()
    assert told == [("en", 6, 2, 60, 6, 0.1), ("es", 1, 0, 7, 0, 0.0)]


def test_leads_of_a_word_are_at_least_the_products_and_weeks_in_which_somebody_asked():
    rows = [
        {"product_id": p, "word": w, "search_exposures": 10, "search_clicks": c, "inquirers": i, "chatters": t}
        for p, w, c, i, t in [
            ("1", "boots", 4, 2, 0),
            ("2", "boots", 3, 0, 1),
            ("3", "boots", 2, 0, 0),
            ("1", "mules", 1, None, None),
        ]
    ]
    told = library.leads(shop(product_keyword=rows)).sort("word").collect().rows()
    assert told == [("boots", 3, 30, 9, 2), ("mules", 1, 10, 1, 0)]


def test_what_was_marked():
    marks = [{"word": "ACME", "mark": "他人品牌"}, {"word": "free", "mark": "不用词"}, {"word": "mine", "mark": "自有品牌"}]
    assert library.marked(shop(marked_word=marks), "他人品牌", "不用词") == ["acme", "free"]


def test_layers_are_counted_folded_and_an_empty_one_is_zero():
    kept = [{"word": "boots", "layer": "核心词"}, {"word": "Boot", "layer": "核心词"}, {"word": "x y z", "layer": "长尾词"}]
    told = dict(library.layers(shop(keyword_layer=kept)).collect().rows())
    assert told == {"核心词": 1, "长尾词": 1, "场景词": 0, "竞品词": 0}


def test_the_trend_is_averaged_and_the_index_is_that_of_the_newest_export():
    trend = [{"week": date(2026, 9, 6 + 7 * n), "word": "boots", "heat": h} for n, h in enumerate((40, 60))]
    index = [{"as_of": date(2026, 8, d), "word": w, "index": i} for d, w, i in ((1, "old", 5), (30, "boots", 9))]
    held = shop(search_trend=trend, keyword_index=index)
    assert library.trend(held).collect().rows() == [("boots", "", 50)]
    assert library.searched(held).select("word", pl.col("index")).collect().rows() == [("boots", 9)]
