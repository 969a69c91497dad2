"""The further reports tell of one world: what one adds up to, the other adds up to as well. Read by a reader of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox import DEVELOPMENT_SEEDS, ads, year
from sandbox.scene import scene
from sandbox.shop import draw
from tests.sandbox.conftest import Year
from tests.sandbox.written import cells, every, rows, weekly

PAID = ("曝光量", "点击量", "花费", "询盘个数")
RECENT = 12


def totals(found: list[dict[str, object]]) -> tuple[Decimal, ...]:
    return tuple(sum((Decimal(str(row[name])) for row in found), Decimal()) for name in PAID)


@pytest.mark.parametrize("report", ["产品报告", "小时报告", "搜索词报告", "计划报告", "账户报告"])
def test_paid_traffic_adds_up_to_the_keyword_report(around: Year, report: str) -> None:
    words = dict(weekly(around.folder, "P4P关键词报告"))
    found = dict(weekly(around.folder, f"P4P{report}"))
    assert len(found) == RECENT
    assert {week: totals(listed) for week, listed in found.items()} == {week: totals(words[week]) for week in found}


@pytest.mark.parametrize("kind", ["地域", "人群"])
def test_regions_and_crowds_each_add_up_to_the_keyword_report(around: Year, kind: str) -> None:
    words = dict(weekly(around.folder, "P4P关键词报告"))
    for week, listed in weekly(around.folder, "P4P定向报告"):
        assert totals([row for row in listed if row["定向类型"] == kind]) == totals(words[week])


def test_hours_of_a_day_add_up_to_the_account_of_the_day(around: Year) -> None:
    accounts = dict(weekly(around.folder, "P4P账户报告"))
    for week, listed in weekly(around.folder, "P4P小时报告"):
        for account in accounts[week]:
            assert totals([row for row in listed if row["日期"] == account["日期"]]) == totals([account])


def test_paid_clicks_of_a_product_are_those_of_the_product_report(around: Year) -> None:
    for week, listed in weekly(around.folder, "P4P产品报告"):
        end = f"{week[-8:-4]}-{week[-4:-2]}-{week[-2:]}"
        path = around.folder / f"Products-{end}.xls"
        if path.exists():
            told = {row["产品ID"]: (row["标准推广曝光次数"], row["标准推广点击次数"]) for row in rows(path)}
            paid = {row["产品ID"]: (row["曝光量"], row["点击量"]) for row in listed}
            assert paid == {product: figures for product, figures in told.items() if figures[0]}


def test_paid_words_of_a_product_add_up_to_its_standard_promotion(around: Year) -> None:
    shop = around.shop
    for week, listed in around.scene.product_words().items():
        exposures, clicks = Counter[int](), Counter[int]()
        for product, _, _, _, paid_exposures, paid_clicks in listed:
            exposures[product] += paid_exposures
            clicks[product] += paid_clicks
        for product in range(shop.world.count):
            assert exposures[product] == shop.effect["standard_exposures"][product, week]
            assert clicks[product] == shop.effect["standard_clicks"][product, week]


@pytest.mark.parametrize(
    ("name", "label", "people"), [("询盘", "询盘个数", "询盘人数"), ("TM咨询", "TM咨询人数", "TM咨询人数")]
)
def test_lists_of_leads_are_those_that_the_product_report_counts(around: Year, name: str, label: str, people: str) -> None:
    product, when, who = ("询盘产品ID", "创建时间", "邮箱") if name == "询盘" else ("咨询产品ID", "首次咨询时间", "邮箱")
    by_week: dict[date, list[dict[str, object]]] = defaultdict(list)
    for row in every(around.folder, name):
        day = date.fromisoformat(str(row[when])[:10])
        by_week[day + timedelta(days=(5 - day.weekday()) % 7)].append(row)
    seen = 0
    for path in sorted(around.folder.glob("Products-*.xls")):
        end = date.fromisoformat(path.stem[-10:])
        counted = {row["产品ID"]: int(row[label]) for row in rows(path) if row[label]}
        assert Counter(row[product] for row in by_week[end]) == counted
        (overview,) = rows(around.folder / f"店铺概览-{end - timedelta(days=6):%Y%m%d}-{end:%Y%m%d}.xlsx")
        assert len({row[who] for row in by_week[end]}) == overview[people]
        seen += len(counted)
    assert seen > 100


def test_visitors_by_country_add_up_and_those_by_channel_may_overlap(around: Year) -> None:
    channels = dict(weekly(around.folder, "流量来源"))
    for week, listed in weekly(around.folder, "访客地域"):
        (overview,) = rows(around.folder / f"店铺概览-{week}.xlsx")
        assert sum(row["店铺访问人数"] for row in listed) == overview["店铺访问人数"]
        assert sum(row["店铺访问次数"] for row in listed) == overview["店铺访问次数"]
        assert sum(row["询盘人数"] for row in listed) == overview["询盘人数"]
        assert sum(row["TM咨询人数"] for row in listed) == overview["TM咨询人数"]
        assert sum(row["店铺访问人数"] for row in channels[week]) >= overview["店铺访问人数"]
        assert sum(row["店内询盘人数"] for row in channels[week]) == overview["询盘人数"]


def test_every_visitor_of_the_last_weeks_is_there_once_a_week(around: Year) -> None:
    (path,) = around.folder.glob("访客详情-*")
    visitors = rows(path)
    days = sorted({row["进店日期"] for row in visitors})
    assert (days[0], days[-1], len(days)) == ("2026-10-15", "2026-11-14", 31)
    last = [row for row in visitors if row["进店日期"] >= "2026-11-08"]
    (overview,) = rows(around.folder / "店铺概览-20261108-20261114.xlsx")
    assert len(last) == len({row["访客ID"] for row in last}) == overview["店铺访问人数"]
    assert sum(row["是否发起了询盘"] == "Y" for row in last) == overview["询盘人数"]
    assert sum(row["是否发起了TM"] == "Y" for row in last) == overview["TM咨询人数"]
    countries = dict(weekly(around.folder, "访客地域"))["20261108-20261114"]
    assert Counter(row["访客国家"] for row in last) == {
        r["国家/地区"]: r["店铺访问人数"] for r in countries if r["店铺访问人数"]
    }


def test_salespeople_together_got_what_the_shop_got(around: Year) -> None:
    for week, listed in weekly(around.folder, "子账号数据"):
        (overview,) = rows(around.folder / f"店铺概览-{week}.xlsx")
        assert sum(row["询盘个数"] for row in listed) == overview["询盘个数"]


def test_payments_of_a_finished_order_add_up_to_its_money(around: Year) -> None:
    paid: dict[str, float] = defaultdict(float)
    for row in every(around.folder, "订单资金"):
        paid[row["信保订单号"]] += row["款项金额"]
    finished = {line.order_no: line.order_amount for line in around.shop.orders if line.shipped}
    assert len(finished) > 100
    assert {order: round(paid[order], 2) for order in finished} == finished


def test_shipments_reviews_disputes_and_won_quotations_belong_to_orders(around: Year) -> None:
    orders = {line.order_no for line in around.shop.orders}
    shipped = {line.order_no for line in around.shop.orders if line.shipped}
    parcels = {row["信保订单号"] for row in every(around.folder, "物流订单")}
    assert parcels == shipped
    for name, label in (("买家评价", "评价订单号"), ("纠纷", "纠纷订单号")):
        found = {row[label] for row in every(around.folder, name)}
        assert found == found & parcels != set()
    won = {row["成交订单号"] for row in every(around.folder, "RFQ报价")} - {"-"}
    assert won == won & orders != set()
    asked = {row["RFQ编号"] for row in every(around.folder, "RFQ列表")}
    assert {row["RFQ编号"] for row in every(around.folder, "RFQ报价")} <= asked


def test_buyers_of_orders_have_written_before(around: Year) -> None:
    """Not all do: an order may come without a word. But more than by chance."""
    first: dict[tuple[str, int], date] = {}
    for lead in around.scene.leads:
        first.setdefault((lead.person.email, lead.product), lead.created.date())
    orders = {line.order_no: line for line in around.shop.orders}.values()
    known = [line for line in orders if (line.buyer.email, line.product) in first]
    assert len(known) > 0.3 * len(orders)


def test_everybody_who_wrote_or_ordered_is_in_the_list_of_buyers(around: Year) -> None:
    listed = {row["邮箱"]: row for row in rows(around.folder / "客户通-2026-11-14.xlsx")}
    wrote = {row["邮箱"] for name in ("询盘", "TM咨询") for row in every(around.folder, name)}
    ordered = Counter(line.buyer.email for line in {line.order_no: line for line in around.shop.orders}.values())
    assert wrote | set(ordered) <= set(listed)
    assert {email: listed[email]["成交订单数"] for email in ordered} == ordered
    kept = {row["联系人邮箱"] for row in rows(around.folder / "OKKI客户-2026-11-14.xlsx")}
    assert set(ordered) <= kept < set(listed)


def test_title_stands_above_a_header_on_the_sixth_row(around: Year) -> None:
    for path in (p for p in around.paths if p.suffix == ".xls"):
        lines = cells(path)
        assert "时间周期" in lines[0][0]
        assert [cell for line in lines[1:5] for cell in line if cell] == []
        assert all(lines[5])


def test_as_many_files_as_weeks_and_months(around: Year) -> None:
    names = Counter(path.stem.rstrip("0123456789-") for path in around.paths)
    assert {names[name] for name in ("流量来源", "访客地域", "P4P小时报告", "周报")} == {RECENT}
    assert {names[name] for name in ("询盘", "RFQ报价", "客户通", "星等级", "库存")} == {13}
    assert {names[name] for name in ("访客详情", "OKKI客户", "海关数据", "独立站访问", "multiTimeline")} == {1}


@pytest.mark.parametrize("seed", [1, 5, 8])
def test_the_divisions_hold_for_other_shops_too(seed: int) -> None:
    shop = draw(seed, plants_of="all" if seed == 1 else "auto")
    for week in (0, 30, 51):
        whole = ads.of_words(shop, week).total()
        parts = (ads.by_product, ads.by_hour, ads.by_day, ads.by_region, ads.by_crowd, ads.by_plan)
        assert {part.__name__: part(shop, week).total() for part in parts} == {part.__name__: whole for part in parts}


def test_a_shop_of_another_size_has_as_many_files(tmp_path: Path) -> None:
    shop = draw(DEVELOPMENT_SEEDS[3], weeks=20, products=150, words=2_000)
    world = scene(shop, "all", recent=2)
    assert world.detailed == [18, 19]
    assert len(shop.words.text) >= 2_000
    jobs = year.further(world, tmp_path)
    assert len(jobs) == 2 * len(year.OF_WEEK) + 6 * len(year.OF_MONTH) + 5 * len(year.AS_OF) + len(year.ONCE)
