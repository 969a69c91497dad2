"""外贸直通车: product, hour, region and crowd, search word, plan and account report of a week. Cost in CNY."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from sandbox import ads
from sandbox import vocabulary as voc
from sandbox.division import Paid
from sandbox.files import Cell, Rows, percent, period, xls
from sandbox.market import stream
from sandbox.scene import Scene

FIGURES = voc.labels("曝光量|点击量|点击率|花费|平均点击花费|推广时长|询盘个数")
ON = (17.0, 24.0)  # hours a day that promotion runs


def figures(paid: Paid, at: int, hours: Cell = "-") -> list[Cell]:
    exposures, clicks, fen = int(paid.exposures[at]), int(paid.clicks[at]), int(paid.fen[at])
    each = f"{fen / clicks / 100:.2f}" if clicks else "0.00"
    return [exposures, clicks, percent(clicks, exposures), f"{fen / 100:.2f}", each, hours, int(paid.leads[at])]


def named(scene: Scene, week: int, report: str, ending: str) -> str:
    start, end = scene.shop.world.weeks[week]
    return f"P4P{report}-{start:%Y%m%d}-{end:%Y%m%d}{ending}"


def as_csv(scene: Scene, week: int, folder: Path, report: str, header: tuple[str, ...], rows: Rows) -> Path:
    """GB18030, as the first line the period."""
    path = folder / named(scene, week, report, ".csv")
    with path.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows([[f"统计周期：{period(scene.shop.world.weeks[week])}"], header, *rows])
    return path


def as_xls(scene: Scene, week: int, folder: Path, report: str, header: tuple[str, ...], rows: Rows) -> Path:
    title = f"{report}, 时间周期 {period(scene.shop.world.weeks[week])}"
    return xls(folder / named(scene, week, report, ".xls"), report, title, header, rows)


def p4p_product(scene: Scene, week: int, folder: Path) -> Path:
    """Promoted products with an exposure, the dearest first."""
    paid, world = ads.by_product(scene.shop, week), scene.shop.world
    shown = [p for p in (-paid.fen).argsort(kind="stable").tolist() if paid.exposures[p]]
    rows = [[world.ids[p], world.titles[p], *figures(paid, p)] for p in shown]
    return as_xls(scene, week, folder, "产品报告", ("产品ID", "产品名称", *FIGURES), rows)


def hours_on(scene: Scene, week: int) -> list[float]:
    """Hours of promotion of each day of a week."""
    rng = stream(scene.shop.world.seed, f"hours {week}")
    return [round(float(rng.uniform(*ON)), 1) for _ in range(7)]


def p4p_account(scene: Scene, week: int, folder: Path) -> Path:
    """Day by day, with the totals row at the end."""
    paid, (start, _) = ads.by_day(scene.shop, week), scene.shop.world.weeks[week]
    hours = hours_on(scene, week)
    rows = [[f"{start + timedelta(days=d)}", *figures(paid, d, hours[d])] for d in range(7)]
    whole = paid.by(paid.clicks * 0, 1)
    rows.append(["合计", *figures(whole, 0, round(sum(hours), 1))])
    return as_csv(scene, week, folder, "账户报告", ("日期", *FIGURES), rows)


def p4p_hour(scene: Scene, week: int, folder: Path) -> Path:
    """Every hour of every day, by the platform's clock."""
    paid, (start, _) = ads.by_hour(scene.shop, week), scene.shop.world.weeks[week]
    rows = [
        [f"{start + timedelta(days=at // 24)}", f"{at % 24:02d}:00-{at % 24:02d}:59", *figures(paid, at)]
        for at in range(7 * 24)
    ]
    return as_csv(scene, week, folder, "小时报告", ("日期", "时段", *FIGURES), rows)


def p4p_target(scene: Scene, week: int, folder: Path) -> Path:
    """Regions, then crowds: each of the two adds up to the whole."""
    rows: list[list[Cell]] = []
    for kind, labels, paid in (
        ("地域", voc.COUNTRIES, ads.by_region(scene.shop, week)),
        ("人群", ads.CROWDS, ads.by_crowd(scene.shop, week)),
    ):
        rows += [[kind, label, *figures(paid, at)] for at, label in enumerate(labels)]
    return as_xls(scene, week, folder, "定向报告", ("定向类型", "定向标签", *FIGURES), rows)


def p4p_search_word(scene: Scene, week: int, folder: Path) -> Path:
    rows = [[typed, word, *figures(paid, 0)] for word, typed, paid in ads.by_search_word(scene.shop, week)]
    return as_csv(scene, week, folder, "搜索词报告", ("搜索词", "推广关键词", *FIGURES), rows)


def p4p_plan(scene: Scene, week: int, folder: Path) -> Path:
    """The plans of the keyword report."""
    paid = ads.by_plan(scene.shop, week)
    rows = [[f"演示计划{at + 1}", "关键词推广", 300, *figures(paid, at)] for at in range(ads.PLANS)]
    return as_xls(scene, week, folder, "计划报告", ("推广计划", "计划类型", "日预算", *FIGURES), rows)
