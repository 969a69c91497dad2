"""From a figure to formula, rows, file and line."""

from __future__ import annotations

from datetime import date

import pytest

from tests.measures.shop import FILES, put, shop
from zhanggui.facts import open_facts
from zhanggui.measures import MEASURES, NoFigure, address_of, parse_address, trace
from zhanggui.measures.measure import Formula


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("home"), "week1.csv")


def said(shot, address):
    figure = trace(shot, address)
    return figure.value, [(o.file, o.line, o.header, o.value) for o in figure.origins]


def test_a_sum_leads_to_every_line_of_every_file_it_was_made_of(whole):
    assert said(whole, "products.effect.search_clicks[product_id=101]") == (
        10,
        [("week1.csv", 4, "搜索点击次数", 4), ("week2.csv", 3, "搜索点击次数", 6)],
    )


def test_a_rate_leads_to_both_of_its_parts(whole):
    assert said(whole, "products.effect.search_ctr[product_id=101]@7") == (
        6 / 300,
        [("week2.csv", 3, "搜索点击次数", 6), ("week2.csv", 3, "搜索曝光次数", 300)],
    )


def test_the_cell_that_is_named_stands_in_the_file_where_it_is_said_to(whole):
    for address in ("products.effect.shop_clicks", "keywords.effect.exposures", "ads.words.cost", "traffic.overview.visits"):
        for origin in trace(whole, address).origins:
            lines = [line.split(",") for line in FILES[origin.file].splitlines()]
            header = next(line for line in lines if origin.header in line)
            assert float(lines[origin.line - 1][header.index(origin.header)]) == float(origin.value)


def test_the_file_s_own_header_is_named_and_the_period(tmp_path):
    facts = open_facts(tmp_path, "alice-shoes")
    put(facts, "english.csv", "2026-09-13~2026-09-19\nProduct ID,Search exposures\n101,7\n")
    (origin,) = trace(facts.snapshot(date.max), "products.effect.search_exposures[product_id=101]").origins
    assert (origin.header, origin.period, origin.import_id, origin.sheet) == (
        "Search exposures",
        "2026-09-13~2026-09-19",
        1,
        "",
    )


def test_a_newest_figure_leads_to_the_newest_line_in_which_the_product_stands(whole):
    shot = whole
    assert said(shot, "products.effect.owner[product_id=101]") == ("Alice", [("week2.csv", 3, "产品负责人", "Alice")])
    assert said(shot, "products.effect.owner[product_id=102]") == ("Bob", [("week1.csv", 5, "产品负责人", "Bob")])


def test_a_figure_over_all_products_is_their_sum_where_it_may_be_summed(whole):
    shot = whole
    assert trace(shot, "products.effect.shop_clicks").value == 35
    assert trace(shot, "products.effect.search_exposures").value is None
    with pytest.raises(NoFigure, match=r"3 rows here and this figure is not additive; add \[product_id=…\]"):
        trace(shot, "products.effect.search_ctr")


def test_after_an_undo_the_figure_leads_to_the_older_file(tmp_path):
    facts = open_facts(tmp_path, "alice-shoes")
    put(facts, "a.csv", "2026-09-13~2026-09-19\n产品ID,搜索曝光次数\n101,7\n")
    put(facts, "b.csv", "2026-09-13~2026-09-19\n\n\n产品ID,搜索曝光次数\n101,8\n")
    address = "products.effect.search_exposures[product_id=101]"
    assert said(facts.snapshot(date.max), address) == (8, [("b.csv", 5, "搜索曝光次数", 8)])
    facts.undo(2, at="t")
    assert said(facts.snapshot(date.max), address) == (7, [("a.csv", 3, "搜索曝光次数", 7)])


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nonsense", "'nonsense' is not of the form measure.column[key=value]@days"),
        ("products.effect.clicks[x]", "'x': write key=value"),
        ("products.nothing.clicks", "no measure is called products.nothing; there are ads.account, "),
        ("products.effect.clicks", "products.effect has no clicks; it has search_exposures, "),
        ("products.effect.shop_clicks[word=a]", "products.effect has no key word; its key is product_id"),
        ("traffic.total.shop_clicks[word=a]", "traffic.total has no key word; its key is empty"),
        ("products.effect.shop_clicks[product_id=999]", "products.effect has no row for {'product_id': '999'}"),
    ],
)
def test_an_address_without_a_figure_says_what_is_wrong_with_it(week, address, why):
    with pytest.raises(NoFigure) as error:
        trace(week, address)
    assert str(error.value)[: len(why)] == why


def test_a_figure_of_a_table_without_data_says_that_there_are_none(week):
    with pytest.raises(NoFigure, match="there are no data of keyword_effect up to 2026-09-21"):
        trace(week, "keywords.effect.exposures")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a.b.c", ("a.b", "c", {}, 28)),
        (" a.b.c@7 ", ("a.b", "c", {}, 7)),
        ("a.b.c[k=1]", ("a.b", "c", {"k": "1"}, 28)),
        ("a.b.c[word=size 8,5 [cm],occurrence=2]@91", ("a.b", "c", {"word": "size 8,5 [cm]", "occurrence": "2"}, 91)),
        ("a.b.c[word=a=b@7]", ("a.b", "c", {"word": "a=b@7"}, 28)),
    ],
)
def test_an_address_is_taken_apart(text, parts):
    assert parse_address(text) == parts


@pytest.mark.parametrize("key", [{}, {"k": "1"}, {"plan": None}, {"word": "size 8,5 [cm], a=b@7", "occurrence": 2}])
def test_an_address_that_is_made_is_the_one_that_is_taken_apart(key):
    said = {name: "" if value is None else str(value) for name, value in key.items()}
    assert parse_address(address_of("a.b", "c", key, 91)) == ("a.b", "c", said, 91)


def test_a_word_that_reads_like_a_key_has_no_figure_rather_than_another_s(whole):
    with pytest.raises(NoFigure, match=r"ads\.words has no key b"):
        trace(whole, address_of("ads.words", "cost", {"word": "a,b=c"}))


FORMULAS = [(m, c) for m, found in MEASURES.items() for c in found.formulas]


@pytest.mark.parametrize(("name", "column"), FORMULAS)
def test_every_figure_of_every_measure_leads_to_its_cells(whole, name, column):
    shot, found = whole, MEASURES[name]
    rows = found.function(shot).collect()
    for row in rows.iter_rows(named=True):
        figure = trace(shot, address_of(name, column, {k: row[k] for k in found.by}, 28))
        assert figure.value == row[column]
        absent = figure.formula.how == "in_newest" and row[column] is None
        assert len(figure.origins) >= (0 if absent else len(figure.formula.of))
        assert {o.file for o in figure.origins} <= set(FILES)
        cells = [o.value for o in figure.origins]
        if figure.formula.how == "sum":
            assert row[column] == (None if None in cells else sum(cells))
        elif figure.formula.how == "newest":
            assert set(cells) == {row[column]}  # two plans may name the same product
        elif figure.formula.how == "in_newest":
            assert cells == ([] if absent else [row[column]])
        elif figure.formula.how == "count":
            unknown = row[column] is None and None in cells
            assert row[column] == (None if unknown else len({c for c in cells if c is not None}))
        elif figure.formula.how == "once":
            assert row[column] is None or row[column] in cells


HOWS = sorted({f.how for found in MEASURES.values() for f in found.formulas.values()})


@pytest.mark.parametrize("how", HOWS)
def test_every_kind_of_formula_is_said_in_both_languages(how):
    formula = Formula(("search_clicks", "search_exposures"), how)
    said = [formula.says(lang, "product_effect") for lang in ("zh", "en")]
    assert ("搜索点击次数" in said[0], "Search clicks" in said[1]) == (True, True)
