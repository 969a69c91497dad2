"""After the order, by month: its money, its way, what buyers say, and disputes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sandbox import vocabulary as voc
from sandbox.files import Cell, xlsx
from sandbox.reports.contacts import monthly, stamp
from sandbox.scene import Scene

FUND_HEADER = voc.labels("信保订单号|款项类型|款项金额|款项币种|手续费|资金时间|到账状态")
LOGISTICS_HEADER = voc.labels(
    "物流订单号|信保订单号|服务线路|物流状态|货物描述|发货日期|预计送达日期|签收日期|物流运费|目的国家"
)
REVIEW_HEADER = voc.labels("评价订单号|评价产品ID|评价产品|评价买家|买家国家|评价星级|服务评分|发货评分|评价内容|评价时间")
DISPUTE_HEADER = voc.labels("纠纷编号|纠纷订单号|买家名称|纠纷原因|纠纷金额|退款金额|纠纷币种|纠纷状态|发起时间|结束时间")
SHOWN = 92  # days of shipments in one list
CNY = 7.1  # to one USD, as in the product costs


def order_fund(scene: Scene, month: str, folder: Path) -> Path:
    """Prepayments and balances that came in a month; those of a finished order add up to its money."""
    rows: list[list[Cell]] = []
    for payment in (p for p in scene.fulfilment.payments if p.paid and f"{p.paid:%Y-%m}" == month):
        row: list[Cell] = [payment.order.order_no, payment.stage, payment.amount, "USD", payment.fee]
        rows.append([*row, stamp(payment.paid), "已到账"])
    return monthly(scene, month, folder, "订单资金", FUND_HEADER, rows)


def logistics_order(scene: Scene, day: date, folder: Path) -> Path:
    """As of a day the shipments of the last 92 days. What the shop pays for freight is in CNY."""
    rows: list[list[Cell]] = []
    for p in (p for p in scene.fulfilment.parcels if day - timedelta(days=SHOWN) < p.left.date() <= day):
        noun = voc.CATEGORIES[scene.shop.world.category[p.order.product]].nouns[0]
        arrived = p.delivered.date() if p.delivered and p.delivered.date() <= day else None
        row: list[Cell] = [p.number, p.order.order_no, p.carrier, "已签收" if arrived else "运输中", noun]
        row += [f"{p.left:%Y-%m-%d}", f"{p.promised:%Y-%m-%d}", f"{arrived or '-'}"]
        rows.append([*row, round(p.freight * CNY, 2), p.order.buyer.country])
    return xlsx(folder / f"物流订单-{day}.xlsx", "物流订单", [LOGISTICS_HEADER, *rows])


def review(scene: Scene, month: str, folder: Path) -> Path:
    world = scene.shop.world
    rows: list[list[Cell]] = []
    for r in (r for r in scene.fulfilment.reviews if f"{r.written:%Y-%m}" == month):
        line = r.parcel.order
        row: list[Cell] = [line.order_no, world.ids[line.product], world.titles[line.product], line.buyer.name]
        rows.append([*row, line.buyer.country, r.score, r.service, r.speed, r.text, stamp(r.written)])
    return monthly(scene, month, folder, "买家评价", REVIEW_HEADER, rows)


def dispute(scene: Scene, month: str, folder: Path) -> Path:
    rows: list[list[Cell]] = []
    for d in (d for d in scene.fulfilment.disputes if f"{d.opened:%Y-%m}" == month):
        line = d.parcel.order
        row: list[Cell] = [d.number, line.order_no, line.buyer.name, d.reason, d.claimed]
        row += [d.refunded if d.closed else "-", "USD", "已结束" if d.closed else "处理中"]
        rows.append([*row, stamp(d.opened), stamp(d.closed)])
    return monthly(scene, month, folder, "纠纷", DISPUTE_HEADER, rows)
