"""From outside the back office: search trends, customs values, rivals, the shop's own site."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from sandbox import outside
from sandbox import vocabulary as voc
from sandbox.files import Cell, Rows, xlsx
from sandbox.scene import Scene

RIVAL_HEADER = voc.labels("采集日期|同行店铺|店铺网址|供应商年限|商家星等级|产品总数")
LISTING_HEADER = voc.labels("采集日期|同行商品ID|商品标题|同行店铺|最低价|最高价|起订量|供应商年限")
CUSTOMS_HEADER = voc.labels("HS编码|年份|报告国|贸易伙伴|进出口|贸易额(美元)|净重")
WEB_HEADER = voc.labels("日期|访客所在国家|城市|会话数|用户数")


def utf8(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def search_trend(scene: Scene, folder: Path) -> Path:
    """Wide, as Google Trends gives it: a line of category, a blank one, then the week and one column for each of five words."""
    weeks = scene.trends[0].weeks
    body = [[f"{day}", *("<1" if t.heat[at] < 1 else int(t.heat[at]) for t in scene.trends)] for at, day in enumerate(weeks)]
    path = folder / f"multiTimeline-{weeks[-1]}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("Category: All categories\n\n")
        csv.writer(out, lineterminator="\n").writerows([["Week", *(f"{t.word}: (Worldwide)" for t in scene.trends)], *body])
    return path


def customs_value(scene: Scene, folder: Path) -> Path:
    end = scene.shop.world.weeks[-1][1]
    return utf8(folder / f"海关数据-{end}.csv", [CUSTOMS_HEADER, *outside.customs(scene.shop)])


def web_visit(scene: Scene, folder: Path) -> Path:
    found = outside.web_visits(scene.shop, scene.happenings)
    rows = [(f"{day}", country, city, visits, people) for day, country, city, visits, people in found]
    return utf8(folder / "独立站访问.csv", [WEB_HEADER, *rows])


def rival_shop(scene: Scene, day: date, folder: Path) -> Path:
    rows: list[list[Cell]] = [
        [f"{day}", name, f"https://rival{place}.example.com", years, place % 4, 80 + 137 * place % 400]
        for place, (name, years) in enumerate(outside.rivals(scene.shop))
    ]
    return xlsx(folder / f"同行店铺-{day}.xlsx", "同行店铺", [RIVAL_HEADER, *rows])


def rival_listing(scene: Scene, day: date, folder: Path) -> Path:
    shops = outside.rivals(scene.shop)
    rows: list[list[Cell]] = []
    for one in outside.listings(scene.shop, day, scene.happenings):
        name, years = shops[one.rival]
        rows.append([f"{day}", one.number, one.title, name, one.low, one.high, one.min_order, years])
    return xlsx(folder / f"同行产品-{day}.xlsx", "同行产品", [LISTING_HEADER, *rows])
