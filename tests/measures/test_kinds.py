"""What a figure is, told from its column or from its formula."""

from __future__ import annotations

import pytest

from zhanggui.measures import MEASURES
from zhanggui.measures.kinds import kind_of, unit_of

KNOWN = {"text", "id", "count", "number", "rate", "money", "day", "moment", "flag"}


@pytest.mark.parametrize("name", MEASURES)
def test_every_figure_is_of_a_kind_and_no_rate_has_a_currency(name):
    found = MEASURES[name]
    for column, formula in found.formulas.items():
        kind, unit = kind_of(found.table, column, formula), unit_of(found.table, column, formula)
        assert (column, kind in KNOWN) == (column, True)
        assert (column, kind == "rate" and unit in ("USD", "CNY")) == (column, False)


@pytest.mark.parametrize(
    ("name", "column", "kind", "unit"),
    [
        ("products.effect", "visitors", "count", "person"),
        ("products.effect", "search_ctr", "rate", ""),
        ("ads.words", "cost", "money", "CNY"),
        ("ads.words", "cpc", "money", "CNY"),
        ("orders.total", "orders", "count", ""),
        ("star.dispatch", "on_time_share", "rate", ""),
    ],
)
def test_kind_and_unit(name, column, kind, unit):
    found = MEASURES[name]
    formula = found.formulas[column]
    assert (kind_of(found.table, column, formula), unit_of(found.table, column, formula)) == (kind, unit)
