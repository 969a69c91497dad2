"""Small exports with the real headers, as the back office writes them. They end on a Saturday that has passed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from zhanggui.desk.clock import platform_today
from zhanggui.tables import TABLES

ZEROES = {
    "是否橱窗": "N", "是否顶展": "N", "是否P4P": "N", "搜索点击率": "0%", "近90天商机人数": "-", "询盘率": "0%",
    "产品负责人": "User name", "RTS线上实收GMV": "0.0", "点击率": "0%", "外贸直通车推广时长": "0.0",
}  # fmt: skip


def week() -> tuple[date, date]:
    today = platform_today() - timedelta(days=2)
    end = today - timedelta(days=(today.weekday() + 2) % 7)
    return end - timedelta(days=6), end


def export(table: str, title: str, rows: list[dict[str, object]], period: tuple[date, date] | None = None) -> bytes:
    """Title row with the period, four empty lines, header on line 6, rows from line 7."""
    start, end = period or week()
    headers = [column.zh for column in TABLES[table].columns.values()]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"{title}, 时间周期 {start}~{end}"] + [""] * (len(headers) - 1))
    for _ in range(4):
        writer.writerow([""] * len(headers))
    writer.writerow(headers)
    writer.writerows([[row.get(h, ZEROES.get(h, 0)) for h in headers] for row in rows])
    return out.getvalue().encode()


def product(n: int, **figures: object) -> dict[str, object]:
    return {"产品ID": f"16018250746{n:02d}", "产品名称": f"Canvas Sneaker Model {n}", **figures}


def products(rows: int = 3) -> bytes:
    """Products 1, 2, … with 100, 200, … exposures and 7 people each; the last one has none."""
    made = [product(n, 搜索曝光次数=100 * n, 搜索点击次数=2 * n, 访问人数=7, 全店点击次数=3 * n) for n in range(1, rows + 1)]
    made[-1] |= {"搜索曝光次数": 0, "搜索点击次数": 0}
    return export("product_effect", "产品数据", made)


def keywords(rows: int = 3) -> bytes:
    """Every word holds a brand that is not the shop's own."""
    return export(
        "keyword_effect",
        "流量关键词",
        [
            {
                "词": f"nike shoes {n}",
                "曝光量": 50 * n,
                "点击量": n,
                "关键词指数": 100,
                "卖家规模指数": 20,
                "Top10平均曝光": 500,
            }
            for n in range(1, rows + 1)
        ],
    )
