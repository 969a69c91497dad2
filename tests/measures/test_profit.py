"""What is left after the goods' cost: only where the cost is known, in the order's currency, at the rate of the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.measures.shop import FILES, put, shop
from zhanggui.facts import open_facts
from zhanggui.measures import orders, profit, trace


def rows(frame):
    return {row["currency"]: row for row in frame.collect().iter_rows(named=True)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("home"), *(name for name in FILES if name != "full orders.csv"))


def test_an_order_is_counted_once_whichever_of_its_lines_carry_the_total(whole):
    found = rows(orders.total(whole))
    assert {c: (r["orders"], float(r["amount"])) for c, r in found.items()} == {"USD": (3, 95.0), "EUR": (1, 9.0)}


def test_profit_is_price_less_cost_at_the_rate_of_the_order_s_day(whole):
    """Boots cost 35 CNY: 5 USD at 7.00 on the 14th, 35/7.20 on the 16th. Ten of the goods have no known product."""
    found = rows(profit.total(whole))["USD"]
    left = (10.5 - 5) + 2 * (12 - 5) + (10 - 35 / 7.2)
    assert found["gross_profit"] == pytest.approx(left)
    assert (found["goods"], found["goods_costed"]) == (pytest.approx(89), pytest.approx(44.5))
    assert (found["gross_margin"], found["cost_known"]) == (pytest.approx(left / 44.5), pytest.approx(0.5))


def test_without_a_rate_there_is_no_profit_and_it_is_said_why(whole):
    found = rows(profit.summary(whole, whole.last("order_lines", 28).rows))
    assert {c: (r["gross_profit"] is None, r["rateless"]) for c, r in found.items()} == {
        "USD": (False, False),
        "EUR": (True, True),
    }


def test_a_name_that_two_products_bore_has_no_cost(tmp_path):
    facts = open_facts(tmp_path, "alice-shoes")
    put(facts, "p.csv", "2026-09-13~2026-09-19\n产品ID,产品名称,搜索曝光次数\n1,Boots,7\n2,Boots,7\n3,Clogs,7\n")
    put(facts, "c.csv", "产品ID,单件成本,成本币种\n1,4,USD\n2,5,USD\n3,6,USD\n")
    header = "订单编号,订单创建时间,商品名称,SKU规格,数量,单价,订单总价,订单币种\n"
    put(
        facts,
        "o.csv",
        header + "1,2026-09-14,Boots,a,1,10,10,USD\n2,2026-09-14,Clogs,a,3,10,30,USD\n3,2026-09-15,Clogs,a,-1,10,-10,USD\n",
    )
    found = rows(profit.total(facts.snapshot(date(2026, 9, 21))))["USD"]
    assert (found["goods"], found["goods_costed"], found["gross_profit"]) == (30, 20, 8)


def test_profit_opens_to_the_lines_the_costs_and_the_rates_that_made_it(whole):
    found = trace(whole, "profit.total.gross_profit[currency=USD]")
    assert {(o.file, o.header) for o in found.origins} == {
        ("orders.csv", "数量"), ("orders.csv", "单价"), ("costs.csv", "单件成本"), ("costs.csv", "成本币种"), ("rates.csv", "兑人民币汇率"),
    }  # fmt: skip
    assert sorted(o.line for o in found.origins if o.file == "rates.csv") == [2, 3]
    assert [o.value for o in found.origins if o.file == "costs.csv"] == [35, "CNY"]
