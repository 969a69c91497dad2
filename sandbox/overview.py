"""店铺概览: the whole shop in a week beside its peers, added up from the drawn figures; and the lists that a person keeps."""

from __future__ import annotations

import csv
from pathlib import Path

from sandbox import market
from sandbox.files import Cell, percent, period, xlsx
from sandbox.shop import Shop

PEERS, BEST = "同行平均", "同行优秀"
AVERAGE, EXCELLENT = 0.8, 2.2  # peers to this shop's usual week


def week_figures(shop: Shop, week: int) -> dict[str, float]:
    """The shop's own week. Visitors come to the shop fewer than to its products taken together."""
    column = {name: int(figure[:, week].sum()) for name, figure in shop.effect.items()}
    lines = {line.order_no: line for line in shop.orders if line.week == week}
    return {
        "店铺访问人数": round(0.85 * column["visitors"]),
        "店铺访问次数": round(1.6 * column["shop_clicks"]),
        "搜索曝光次数": column["search_exposures"],
        "搜索点击次数": column["search_clicks"],
        "询盘人数": column["inquirers"],
        "询盘个数": column["inquiries"],
        "TM咨询人数": column["chatters"],
        "商机人数": max(column["inquirers"], column["chatters"], round(0.9 * (column["inquirers"] + column["chatters"]))),
        "信保交易订单个数": len(lines),
        "信保交易金额(美元)": round(sum(line.order_amount for line in lines.values()), 2),
    }


def beside_peers(shop: Shop, week: int) -> dict[str, Cell]:
    """Label → cell of one week: each metric, its peers' average and its peers' best."""
    rng = market.stream(shop.world.seed, f"peers {week}")
    clicks = market.EXPOSURES * shop.world.count * shop.world.size * shop.world.season[week]
    own = week_figures(shop, week)
    usual = {
        "店铺访问人数": 0.017 * clicks,
        "店铺访问次数": 0.041 * clicks,
        "搜索曝光次数": clicks,
        "搜索点击次数": market.SEARCH_RATE * clicks,
        "询盘人数": 0.0003 * clicks,
        "询盘个数": 0.00033 * clicks,
        "TM咨询人数": 0.0006 * clicks,
        "商机人数": 0.0008 * clicks,
        "信保交易订单个数": 0.0001 * clicks,
        "信保交易金额(美元)": 0.1 * clicks,
    }
    header: list[str] = []
    row: list[Cell] = []
    for label, value in own.items():
        average, best = (usual[label] * level * rng.uniform(0.97, 1.03) for level in (AVERAGE, EXCELLENT))
        digits = 2 if "金额" in label else None
        header += [label, label + PEERS, label + BEST]
        row += [value, round(average, digits), max(round(best, digits), 1)]
        if label == "商机人数":
            header += ["商机转化率", "商机转化率" + PEERS, "商机转化率" + BEST]
            row += [
                percent(value, own["店铺访问人数"]),
                percent(rng.uniform(0.038, 0.042), 1),
                percent(rng.uniform(0.08, 0.09), 1),
            ]
    header += [label + form for label in ("极速回复率", "平均回复时长") for form in ("", PEERS, BEST)]
    row += [percent(rng.uniform(*limits), 1) for limits in ((0.6, 0.64), (0.49, 0.51), (0.8, 0.82))]
    row += [round(float(rng.uniform(*limits)), 2) for limits in ((3.0, 3.4), (4.8, 5.2), (1.4, 1.6))]
    return dict(zip(header, row, strict=True))


def shop_overview(shop: Shop, week: int, folder: Path) -> Path:
    """One week: title, header, one row."""
    start, end = shop.world.weeks[week]
    cells = beside_peers(shop, week)
    rows: list[list[Cell]] = [[f"店铺概览, 统计周期 {period((start, end))}"], [*cells], [*cells.values()]]
    return xlsx(folder / f"店铺概览-{start:%Y%m%d}-{end:%Y%m%d}.xlsx", "店铺概览", rows)


def product_cost(shop: Shop, folder: Path) -> Path:
    """产品成本: nine products in ten have one, well below their lowest price."""
    rng = market.stream(shop.world.seed, "costs")
    rows: list[list[Cell]] = [["产品ID", "单件成本", "成本币种", "备注"]]
    for product, price in zip(shop.world.ids, shop.world.price.tolist(), strict=True):
        cost = round(price * float(rng.uniform(0.5, 0.7)) * 7.1, 2)
        if rng.random() < 0.9:
            rows.append([product, cost, "CNY", "演示"])
    return xlsx(folder / "产品成本.xlsx", "产品成本", rows)


def target_country(folder: Path) -> Path:
    """目标国家, UTF-8 with its mark at the start, as Excel saves it."""
    path = folder / "目标国家.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = [
            ("United States", "高", "演示"),
            ("Germany", "高", ""),
            ("Spain", "中", ""),
            ("Mexico", "中", ""),
            ("France", "低", ""),
        ]
        csv.writer(out).writerows([("国家或地区", "优先级", "备注"), *rows])
    return path
