"""Products as of a day: growth workbench, showcase, stock; and the platform's keyword index of a month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from sandbox import vocabulary as voc
from sandbox.files import Cell, percent, period, xlsx
from sandbox.market import TRADE, stream
from sandbox.scene import Scene

GROWTH_HEADER = voc.labels(
    "产品ID|产品名称|近30天搜索曝光数|近30天访问人数|近90天[TM+询盘]人数|近90天[TM+询盘]转化|近90天支付买家数|近90天访客到支付转化率|标签|优化建议"
)
SHOWCASE_HEADER = voc.labels("橱窗ID|产品ID|产品名称|产品分组|加入橱窗时间")
STOCK_HEADER = voc.labels("SKU编码|品名|仓库|可用库存|在库数量|占用数量|在途数量")
INDEX_HEADER = voc.labels("关键词|搜索指数|搜索涨幅|点击率|卖家规模指数")
WAREHOUSES = ("义乌演示仓", "洛杉矶演示仓")
UNIQUE = 0.93  # people of several weeks to those of each week added up


def until(scene: Scene, day: date) -> int:
    """The last week that is over by a day."""
    return max(week for week, (_, end) in enumerate(scene.shop.world.weeks) if end <= day)


def product_growth(scene: Scene, day: date, folder: Path) -> Path:
    """商品成长工作台: rolling figures, 30 days as four weeks and two days of the one before, 90 as thirteen weeks."""
    shop = scene.shop
    last = until(scene, day)
    share = np.zeros(last + 1)
    share[max(last - 3, 0) :] = 1
    share[max(last - 4, 0)] = 2 / 7 if last >= 4 else 1
    month = {name: (shop.effect[name][:, : last + 1] * share).sum(axis=1) for name in ("search_exposures", "visitors")}
    quarter = slice(max(last - 12, 0), last + 1)
    leads = (shop.effect["inquirers"] + shop.effect["chatters"])[:, quarter].sum(axis=1)
    visitors = shop.effect["visitors"][:, quarter].sum(axis=1)
    buyers = [set[str]() for _ in range(shop.world.count)]
    for line in shop.orders:
        if quarter.start <= line.week < quarter.stop:
            buyers[line.product].add(line.buyer.email)
    rows: list[list[Cell]] = []
    for p, (product, title) in enumerate(zip(shop.world.ids, shop.world.titles, strict=True)):
        label = (
            "爆品" if len(buyers[p]) >= 5 else "优品" if buyers[p] or leads[p] >= 2 else "潜力优品" if leads[p] else "普通品"
        )
        row: list[Cell] = [product, title, int(month["search_exposures"][p]), int(UNIQUE * month["visitors"][p])]
        row += [int(leads[p]), percent(int(leads[p]), UNIQUE * visitors[p]), len(buyers[p])]
        rows.append([*row, percent(len(buyers[p]), UNIQUE * visitors[p]), label, "-" if leads[p] else "优化主图和标题"])
    return xlsx(folder / f"商品成长工作台-{day}.xlsx", "商品成长工作台", [GROWTH_HEADER, *rows])


def showcase(scene: Scene, day: date, folder: Path) -> Path:
    world = scene.shop.world
    held = np.flatnonzero(world.showcase).tolist()
    rows: list[list[Cell]] = [
        [f"5{place:08d}", world.ids[p], world.titles[p], voc.CATEGORIES[world.category[p]].group, f"{world.created[p]}"]
        for place, p in enumerate(held)
    ]
    return xlsx(folder / f"橱窗产品-{day}.xlsx", "橱窗产品", [SHOWCASE_HEADER, *rows])


def stock_level(scene: Scene, day: date, folder: Path) -> Path:
    """SKU × warehouse of the products for direct order; three colours each."""
    world = scene.shop.world
    rng = stream(world.seed, f"stock {day}")
    rows: list[list[Cell]] = []
    for p in (p for p, kind in enumerate(world.kind) if kind == TRADE):
        usual = 6 * float(world.min_order[p])
        for colour in voc.COLOURS[:3]:
            for warehouse in WAREHOUSES:
                free, held, coming = rng.poisson([usual, 0.1 * usual, 0.4 * usual]).tolist()
                sku = f"{world.models[p]}-{colour.split('-')[1]}"
                rows.append([sku, f"{world.titles[p]} ({colour})", warehouse, free, free + held, held, coming])
    return xlsx(folder / f"库存-{day}.xlsx", "库存", [STOCK_HEADER, *rows])


def keyword_index(scene: Scene, day: date, folder: Path) -> Path:
    """关键词指数 of the four weeks up to a day: what buyers search on the platform, as far as it is the shop's words."""
    shop = scene.shop
    last = until(scene, day)
    month = list(range(max(last - 3, 0), last + 1))
    start, end = shop.world.weeks[month[0]][0], shop.world.weeks[last][1]
    rng = stream(shop.world.seed, f"keyword index {end}")
    fading = {h.ids["word"]: h for h in scene.happenings if h.kind == "fading_word"}
    rows: list[list[Cell]] = []
    for place, word in enumerate(shop.words.text):
        index = shop.word_figures["index"][place, month].mean()
        if np.isnan(index):
            continue
        grown = float(rng.normal(0.01, 0.05))
        if word in fading:
            factor, first = fading[word].strength["weekly_factor"], fading[word].days[0]
            passed = [max(0, (shop.world.weeks[week][0] - first).days // 7 + 1) for week in month]
            index *= float(np.mean([factor**weeks for weeks in passed]))
            grown = factor ** len(month) - 1 if passed[0] else grown
        rate = percent(float(rng.uniform(0.02, 0.09)), 1)
        rows.append([word, round(float(index)), percent(grown, 1), rate, float(shop.words.sellers[place])])
    rows.sort(key=lambda row: -float(row[1]))
    title = f"关键词指数, 时间周期 {period((start, end))}"
    return xlsx(folder / f"关键词指数-{end}.xlsx", "关键词指数", [[title], [], INDEX_HEADER, *rows])
