"""How many products a plan of each kind should hold, for the proposal and the check alike."""

from __future__ import annotations

from math import inf

import pytest

from tests.plans.test_p4p_plans import rules
from zhanggui.measures.ad_plans import BOOST, NEW, ORDINARY, QUICK, limits

RULES = rules(plan_new_max=7, plan_boost_min=3, plan_boost_max=4, plan_hit_products=1, plan_quick_min_shop=50, plan_quick_max=9)


@pytest.mark.parametrize(
    ("kind", "products", "stock", "span"),
    [
        (NEW, 1, 10, (1, 7)),
        (BOOST, 1, 10, (1, 1)),
        (BOOST, 2, 10, (3, 4)),
        (QUICK, 2, 49, (0, 0)),
        (QUICK, 2, 50, (1, 9)),
        (QUICK, 2, 0, (1, 9)),
        (ORDINARY, 2, 10, (1, inf)),
    ],
)
def test_what_a_plan_of_a_kind_holds(kind, products, stock, span):
    assert limits(kind, products, stock, RULES) == span
