"""Every report is known by its own headers, in either language, and by no other's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.intake.files import TITLE, taken, text
from zhanggui.intake.recognise import plain
from zhanggui.tables import TABLES
from zhanggui.tables.columns import Column, Money, Number

WEEK = (date(2026, 9, 13), date(2026, 9, 19))


def both(column: Column) -> str:
    """`中文(English)`; a label that has brackets or another script of its own stands alone."""
    return f"{column.zh}({column.en})" if column.en.isascii() and "(" not in column.en else column.zh


FORMS: dict[str, Callable[[Column], str]] = {
    "zh": lambda c: c.zh,
    "en": lambda c: c.en,
    "both": both,
    "both, full width": lambda c: both(c).replace("(", "（").replace(")", "） "),
}
REPORTS = [t for t in TABLES.values() if t.kind == "report"]


def cell(column: Column) -> str:
    """Something that the column takes."""
    return "2026-09-14" if column.kind in ("day", "moment") else "1"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_is_known_by_its_labels_in_any_form(name: str, form: str) -> None:
    columns = TABLES[name].columns
    reading = taken(text([[FORMS[form](c) for c in columns.values()], [cell(c) for c in columns.values()]]), period=WEEK)
    assert [p.code for p in reading.problems] == []
    assert [(p.table.name, list(p.headers), p.rows.height) for p in reading.parts] == [(name, list(columns), 1)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", REPORTS, ids=lambda t: t.name)
def test_a_report_is_known_by_the_columns_that_it_cannot_do_without(table, form: str) -> None:
    """The shortest header of a report is no other's, registers included."""
    least = [table.columns[n] for n in dict.fromkeys((*table.required, *table.signature))]
    if len(least) < 2:
        least.append(next(c for n, c in table.columns.items() if c not in least))
    reading = taken(text([[FORMS[form](c) for c in least], [cell(c) for c in least]]), period=WEEK)
    assert [(p.table.name, p.rows.height) for p in reading.parts] == [(table.name, 1)]


@pytest.mark.parametrize("table", REPORTS, ids=lambda t: t.name)
def test_a_report_says_where_its_headers_come_from(table) -> None:
    graded = "(grade" in table.source or "grade " in table.source
    assert (graded, table.headers_are_real and "(grade D)" in table.source) == (True, False)


@pytest.mark.parametrize("table", REPORTS, ids=lambda t: t.name)
def test_every_amount_and_every_length_of_time_has_a_unit(table) -> None:
    bare = [n for n, c in table.columns.items() if isinstance(c, Money) and not c.unit]
    bare += [
        n for n, c in table.columns.items() if isinstance(c, Number) and n.split("_")[0] in ("hours", "reply") and not c.unit
    ]
    assert bare == []


@pytest.mark.parametrize("table", REPORTS, ids=lambda t: t.name)
def test_a_header_in_another_unit_is_no_plain_header_as_well(table) -> None:
    for column in table.columns.values():
        headers = [plain(h) for h in (column.zh, *column.also, column.en)]
        assert [h for h in column.scaled if plain(h) in headers] == []


def test_the_real_header_of_the_keyword_index() -> None:
    header = ["关键词", "搜索指数", "搜索涨幅", "点击率", "卖家规模指数"]
    part = taken(text([header, ["loafers", "287", "12.5%", "1.62%", "-"]])).parts[0]
    assert part.table.name == "keyword_index"
    assert part.rows.select("word", "index", "growth", "ctr", "seller_index").row(0) == ("loafers", 287, 0.125, 0.0162, None)


def test_money_minutes_and_shares_of_the_promotion_api_come_in_the_table_s_units() -> None:
    header = ["stat_date", "keyword", "impr", "click", "cost", "online_min", "ctr"]
    row = taken(text([header, ["2026-09-14", "loafers", "80", "3", "12.50", "90", "3.75"]])).parts[0].rows.row(0, named=True)
    assert (row["exposures"], row["clicks"], row["cost"], row["hours"]) == (80, 3, Decimal("12.5"), 1.5)
    assert row["ctr"] == pytest.approx(0.0375)


@pytest.mark.parametrize(
    ("header", "cell_", "cost"), [("花费(分)", "1250", "12.5"), ("花费(元)", "12.5", "12.5"), ("消耗", "12.5", "12.5")]
)
def test_cents_and_yuan_of_a_promotion_report(header: str, cell_: str, cost: str) -> None:
    row = taken(text([[TITLE], ["推广计划", "关键词", "点击量", header], ["P", "loafers", "3", cell_]])).parts[0].rows
    assert row["cost"].to_list() == [Decimal(cost)]


def test_promotion_reports_are_told_apart_by_what_stands_before_the_figures() -> None:
    names = {
        "p4p_account": ["日期"],
        "p4p_plan": ["日期", "推广计划"],
        "p4p_hour": ["日期", "推广计划", "时段"],
        "p4p_product": ["日期", "推广计划", "产品ID", "产品名称"],
        "p4p_keyword": ["日期", "推广计划", "推广组", "关键词"],
        "p4p_search_word": ["日期", "推广计划", "推广关键词", "搜索词"],
        "p4p_target": ["日期", "推广计划", "定向类型", "定向标签"],
    }
    figures = ["曝光量", "点击量", "花费", "点击率", "平均点击花费", "推广时长"]
    for name, first in names.items():
        row = ["2026-09-14", *["x"] * (len(first) - 1), "80", "3", "12.5", "3.75%", "4.17", "2"]
        part = taken(text([[*first, *figures], row])).parts[0]
        assert (part.table.name, part.rows.height, part.rows["period_end"][0]) == (name, 1, date(2026, 9, 14))


def test_an_order_export_has_all_its_columns_and_a_return_is_below_zero() -> None:
    header = [
        "订单编号(Order Number)", "订单创建时间(Order Create Time)", "订单类型(Order Type)", "状态(Status)", "买家名称(Buyer Name)",
        "公司名称(Company Name)", "邮箱(Email)", "买家国家(Buyer Country)", "卖家名称(Seller Name)", "商品名称(Product Name)",
        "SKU规格(Sku Specification)", "数量(Quantity)", "单价(Unit Price)", "运费(Shipping Fee)", "折扣金额(Discount Amount)",
        "税费,仅美国卖家适用(Tax Fee)", "订单总价(Order Amount)", "订单币种(Order Currency)", "预付款(Initial Payment)",
        "尾款(Balance Payment)", "约定发货时间(Appointed Delivery Time)", "实际发货时间(Actual Delivery Time)",
        "收货地址(Shipping Address)", "订单备注(Order Remark)", "是否有合同附件(Attachment)",
    ]  # fmt: skip
    row = [
        "26001", "2026-09-14 10:00:00", "RTS", "交易成功", "Ann", "Ann Ltd", "a@example.com", "US", "Bob", "Loafers",
        "Color:Black", "-3", "USD 12.50", "8", "0", "", "100.50", "USD", "30", "70.5", "2026-09-20", "2026-09-21", "Street", "", "N",
    ]  # fmt: skip
    part = taken(text([header, row])).parts[0]
    assert (part.table.name, len(part.headers)) == ("order_lines", 25)
    assert part.rows.select("quantity", "unit_price", "order_amount").row(0) == (-3, Decimal("12.5"), Decimal("100.5"))
    per_order = ("shipping_fee", "discount", "tax", "order_amount", "prepaid", "balance")
    assert [n for n in per_order if part.table.columns[n].additive] == []


@pytest.mark.parametrize(
    ("price", "low", "high"), [("USD 465.00-USD 550.00", "465", "550"), ("99", "99", "99"), ("$1.20 - $3.50", "1.2", "3.5")]
)
def test_a_price_range_in_one_cell_gives_both_ends(price: str, low: str, high: str) -> None:
    part = taken(text([["采集日期", "商品标题", "价格"], ["2026-09-14", "Loafers", price]])).parts[0]
    assert part.table.name == "rival_listing"
    assert part.rows.select("price_low", "price_high").row(0) == (Decimal(low), Decimal(high))


def test_stock_comes_from_the_shop_s_own_sheet_and_from_two_marketplaces() -> None:
    sheets = [
        (["SKU编码", "仓库", "可用库存"], ["A-1", "US West", "12"]),
        (["Handle", "Title", "SKU", "Location", "Available", "On hand"], ["loafers", "Loafers", "A-1", "US West", "12", "14"]),
        (["sku", "asin", "product-name", "afn-fulfillable-quantity"], ["A-1", "B0", "Loafers", "12"]),
    ]
    for header, row in sheets:
        part = taken(text([header, row])).parts[0]
        assert (part.table.name, part.rows["sku"][0], part.rows["available"][0]) == ("stock_level", "A-1", 12)


def test_hs_codes_keep_their_leading_zero() -> None:
    header = ["refYear", "reporterDesc", "partnerDesc", "flowDesc", "cmdCode", "primaryValue"]
    row = taken(text([header, ["2022", "EU", "China", "Import", "01012100", "7.087"]])).parts[0].rows.row(0, named=True)
    assert (row["hs_code"], row["year"], row["value"]) == ("01012100", 2022, Decimal("7.087"))


def test_every_figure_of_the_shop_has_its_peers_under_the_answers_keys() -> None:
    columns = TABLES["shop_overview"].columns
    keys = {plain(h) for c in columns.values() for h in c.headers}
    metrics = ["seImpsCnt", "seClkCnt", "campImpsCnt", "p4pImpsCnt", "qztImpsCnt", "pvCnt", "uvCnt", "fbCnt", "fbUv", "fbTmUv",
        "abCnt", "uvAbRate", "uvPayordRate", "crtOrdCnt", "sucOrdCnt", "sucOrdAmt", "sucByrCnt", "validProdCnt", "crtProdCnt",
        "goodProdCnt", "topProdCnt", "fstReplyRate30d", "fst5minReplyRate30d", "avgReplyTime30d"]  # fmt: skip
    assert [m + s for m in metrics for s in ("", "RivalAvg", "RivalGood") if plain(m + s) not in keys] == []
