"""The file shapes of the first six reports: one function per report, from the drawn shop to one file of one period or day.

Headers are written to the letter, four of them with the trailing space of the real export. Ids and rates are text, counts and
indices are numbers, `-` stands for what the platform does not say.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter
import xlwt

from sandbox import orders
from sandbox import vocabulary as voc
from sandbox.shop import Shop

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]

PRODUCT_HEADER = voc.labels(
    "产品ID|产品名称|是否橱窗|是否顶展|是否P4P|搜索曝光次数|搜索点击次数|搜索点击率|访问人数|询盘个数|近90天商机人数|询盘人数|询盘率|收藏人数"
    "|分享人数 |对比人数 |提交订单个数 |TM咨询人数 |产品负责人|RTS线上买家数|RTS线上实收GMV|全店曝光次数|全店点击次数"
    "|营销曝光次数|营销点击次数|标准推广曝光次数|标准推广点击次数|全站推广曝光次数|全站推广点击次数"
)
PROMOTION = tuple(f"{scope}_{what}" for scope in ("shop", "paid", "standard", "allsite") for what in ("exposures", "clicks"))
WORD_HEADER = voc.labels(
    "词|曝光量|点击量|点击率|外贸直通车曝光|外贸直通车点击|外贸直通车推广时长|Top10平均曝光|Top10平均点击|关键词指数|卖家规模指数"
)
P4P_HEADER = voc.labels("推广计划|推广组|关键词|推广评分|出价|曝光量|点击量|点击率|花费|平均点击花费|推广时长|询盘个数")
ORDER_HEADER = voc.labels(
    "订单编号(Order Number)|订单创建时间(Order Create Time)|订单类型(Order Type)|状态(Status)|买家名称(Buyer Name)"
    "|公司名称(Company Name)|邮箱(Email)|买家国家(Buyer Country)|卖家名称(Seller Name)|商品名称(Product Name)"
    "|SKU规格(Sku Specification)|数量(Quantity)|单价(Unit Price)|运费(Shipping Fee)|折扣金额(Discount Amount)"
    "|税费,仅美国卖家适用(Tax Fee)|订单总价(Order Amount)|订单币种(Order Currency)|预付款(Initial Payment)"
    "|尾款(Balance Payment)|约定发货时间(Appointed Delivery Time)|实际发货时间(Actual Delivery Time)"
    "|收货地址(Shipping Address)|订单备注(Order Remark)|是否有合同附件(Attachment)"
)
CATALOGUE_HEADER = voc.labels(
    "产品ID|产品名称|类目|产品分组|型号|产品类型|产品状态|最小起订量|最低价|最高价|发布时间|最近更新时间"
)
HEADER_ROW = 5  # the sixth row of the sheet
MOST_WORDS = 500
MOMENT = "%Y-%m-%d %H:%M:%S"


def percent(part: float, whole: float, digits: int = 2) -> str:
    """As the platform writes a rate: `1.62%`, `1%`, and `0%` for none."""
    rate = f"{100 * part / whole if whole else 0:.{digits}f}"
    return (rate.rstrip("0").rstrip(".") if "." in rate else rate) + "%"


def period(week: tuple[date, date]) -> str:
    return f"{week[0]}~{week[1]}"


def xls(path: Path, sheet: str, title: str, header: Sequence[str], rows: Rows) -> Path:
    """BIFF8 with the title in A1 and the header on the sixth row."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    page.write(0, 0, title)
    for at, row in enumerate([header, *rows], start=HEADER_ROW):
        line = page.row(at)
        for column, cell in enumerate(row):
            line.set_cell_text(column, cell) if isinstance(cell, str) else line.set_cell_number(column, cell)
    book.save(str(path))
    return path


def xlsx(path: Path, sheet: str, rows: Rows) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return path


def product_effect(shop: Shop, week: int, folder: Path) -> Path:
    """产品分析 of one week, the most exposed product first."""
    world = shop.world
    figure = {name: column[:, week].tolist() for name, column in shop.effect.items()}
    gmv = shop.gmv[:, week].tolist()
    rows: list[list[Cell]] = []
    for p in np.argsort(-shop.effect["search_exposures"][:, week], kind="stable").tolist():
        f = {name: column[p] for name, column in figure.items()}
        rows.append(
            [world.ids[p], world.titles[p], "Y" if world.showcase[p] else "N", "N", "Y" if world.promoted[p] else "N"]
            + [f["search_exposures"], f["search_clicks"], percent(f["search_clicks"], f["search_exposures"]), f["visitors"]]
            + [f["inquiries"], "-", f["inquirers"], percent(f["inquiries"], f["visitors"]), f["favourites"], f["sharers"]]
            + [f["comparers"], f["orders_submitted"], f["chatters"], world.owners[p], f["rts_buyers"], gmv[p]]
            + [f[name] for name in PROMOTION]
        )
    end = world.weeks[week][1]
    title = f"产品数据, 时间周期 {period(world.weeks[week])}"
    return xls(folder / f"Products-{end}.xls", "产品数据", title, PRODUCT_HEADER, rows)


def keyword_effect(shop: Shop, week: int, folder: Path) -> Path:
    """引流关键词 of one week: the words that brought an exposure, at most 500, the most exposed first."""
    own = {name: column[:, week].tolist() for name, column in shop.word_effect.items()}
    published = {name: column[:, week].tolist() for name, column in shop.word_figures.items()}
    rows: list[list[Cell]] = []
    for place, word in enumerate(shop.words.text):
        after: list[Cell] = [published["p4p_hours"][place]]
        after += [int(published["top10_exposures"][place]), int(published["top10_clicks"][place])]
        silent = np.isnan(published["index"][place])
        after += ["-", "-"] if silent else [float(published["index"][place]), float(published["sellers"][place])]
        times = [{name: column[place] for name, column in own.items()}]
        if place in shop.second:
            times.append({"p4p_exposures": 0, "p4p_clicks": 0} | {n: int(c[week]) for n, c in shop.second[place].items()})
        for f in times:
            if f["exposures"]:
                rate = percent(f["clicks"], f["exposures"], 1)
                rows.append([word, f["exposures"], f["clicks"], rate, f["p4p_exposures"], f["p4p_clicks"], *after])
    rows.sort(key=lambda row: -row[1] if not isinstance(row[1], str) else 0)
    weeks = shop.world.weeks
    title = f"流量关键词,时间周期{period(weeks[week])}"
    return xls(folder / f"getKeywords-{weeks[week][1]}.xls", "流量关键词", title, WORD_HEADER, rows[:MOST_WORDS])


def p4p_keyword(shop: Shop, week: int, folder: Path) -> Path:
    """关键词报告 of standard promotion, GB18030, with the totals row at its end."""
    start, end = shop.world.weeks[week]
    words = shop.words
    rows: list[list[Cell]] = []
    for k in range(words.paid):
        exposures, clicks, inquiries = (int(shop.p4p[name][k, week]) for name in ("exposures", "clicks", "inquiries"))
        cost = float(shop.cost[k, week])
        each = f"{cost / clicks:.2f}" if clicks else "0.00"
        plan = f"演示计划{k % len(voc.CATEGORIES) + 1}"
        hours = float(shop.word_figures["p4p_hours"][k, week])
        rows.append([plan, f"演示组{k % 2 + 1}", words.text[k], int(words.stars[k]), f"{words.cpc[k] * 1.25:.2f}"])
        rows[-1] += [exposures, clicks, percent(clicks, exposures), f"{cost:.2f}", each, hours, inquiries]
    exposures, clicks, inquiries = (int(shop.p4p[name][:, week].sum()) for name in ("exposures", "clicks", "inquiries"))
    cost = float(shop.cost[:, week].sum())
    each = f"{cost / clicks:.2f}" if clicks else "0.00"
    rows.append(["合计", "", "", "", "", exposures, clicks, percent(clicks, exposures), f"{cost:.2f}", each, "", inquiries])
    path = folder / f"P4P关键词报告-{start:%Y%m%d}-{end:%Y%m%d}.csv"
    with path.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows([[f"统计周期：{period((start, end))}"], P4P_HEADER, *rows])
    return path


def money(amount: float, dressed: bool) -> Cell:
    return f"USD {amount:,.2f}" if dressed else amount


def order_lines(shop: Shop, month: str, folder: Path) -> Path:
    """信保订单 created in a month (`2026-09`): one row per line, the order's money repeated on each."""
    rows: list[list[Cell]] = []
    for line in (line for line in shop.orders if f"{line.created:%Y-%m}" == month):
        amounts = (line.unit_price, line.shipping_fee, line.discount, 0.0, line.order_amount)
        balance = round(line.order_amount - line.prepaid, 2)
        row: list[Cell] = [line.order_no, f"{line.created:{MOMENT}}", "信用保障订单", line.status]
        row += [line.buyer.name, line.buyer.company, line.buyer.email, line.buyer.country, voc.SELLER]
        row += [shop.world.titles[line.product], line.sku, line.quantity]
        row += [*(money(amount, line.dressed) for amount in amounts), "USD"]
        row += [money(line.prepaid, line.dressed), money(balance, line.dressed), f"{line.ship_by:{MOMENT}}"]
        row += [f"{line.shipped:{MOMENT}}" if line.shipped else "", f"1 Demo Street, {line.buyer.country}", "", "否"]
        rows.append(row)
    return xlsx(folder / f"信保订单-{month.replace('-', '')}.xlsx", "订单", [ORDER_HEADER, *rows])


def product_catalogue(shop: Shop, day: date, folder: Path) -> Path:
    """产品目录 as of a day."""
    world = shop.world
    rows: list[list[Cell]] = []
    for p in range(world.count):
        category = voc.CATEGORIES[world.category[p]]
        low, high = orders.price_range(world, p)
        age = (day - world.created[p]).days
        modified = date.fromordinal(world.created[p].toordinal() + age - age % (60 + p % 90))
        row: list[Cell] = [
            world.ids[p],
            world.titles[p],
            category.name,
            category.group,
            world.models[p],
            world.kind[p],
            "已上架",
        ]
        row += [int(world.min_order[p]), low, high, world.created[p].isoformat(), modified.isoformat()]
        rows.append(row)
    return xlsx(folder / f"产品目录-{day}.xlsx", "产品目录", [CATALOGUE_HEADER, *rows])
