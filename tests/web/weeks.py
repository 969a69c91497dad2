"""Weeks of a small shop, as raw rows: what a test adds up by itself and what is imported."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from tests.web import files
from tests.web.conftest import bring

OVERVIEW = ("店铺访问人数", "搜索曝光次数", "搜索点击次数", "询盘个数", "商机人数", "信保交易订单个数", "信保交易金额(美元)")
COSTS = "产品ID,单件成本,成本币种\n1601825074601,6,USD\n"


def overview(n: int) -> dict[str, float]:
    """The shop's own week, n weeks back."""
    return dict(zip(OVERVIEW, (900 + n, 40_000 + 10 * n, 400 + 3 * n, 20 + n % 3, 30 + n % 4, 4, 1000.25), strict=True))


def product(n: int, which: int) -> dict[str, object]:
    """Product 1 or 2, n weeks back; the newest four weeks bring a third of the inquiries."""
    figures = {
        "全店曝光次数": 3000 * which,
        "全店点击次数": 60 * which,
        "询盘个数": (4 if n < 4 else 12) * which,
        "提交订单个数": which,
    }
    return files.product(which, **figures)


def period(n: int):
    start, end = files.week()
    return start - timedelta(weeks=n), end - timedelta(weeks=n)


def text(title: str, header: list[str], rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[title], header, *rows])
    return out.getvalue().encode()


def overview_file(n: int, peers: bool = True) -> bytes:
    own, (start, end) = overview(n), period(n)
    more = {f"{c}同行平均": v * (2 if c == "搜索点击次数" else 1) for c, v in own.items()} if peers else {}
    made = own | more
    return text(f"店铺概览, 统计周期 {start}~{end}", [*made], [[*made.values()]])


def order_file() -> bytes:
    """Three orders in the newest week, the first of two lines; 100, 50 and 30 USD."""
    header = ["订单编号", "订单创建时间", "商品名称", "SKU规格", "数量", "单价", "订单总价", "订单币种"]
    day, name = period(0)[0], "Canvas Sneaker Model {}"
    rows = [
        ["81", day, name.format(1), "a", 4, 10, 100, "USD"],
        ["81", day, name.format(1), "b", 6, 10, 100, "USD"],
        ["82", day, name.format(2), "a", 5, 10, 50, "USD"],
        ["83", day, "Unheard of", "a", 3, 10, 30, "USD"],
    ]
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def bring_all(shop, weeks: int = 10, peers: bool = True) -> None:
    for n in range(weeks):
        bring(shop, overview_file(n, peers), f"overview-{n}.csv")
        bring(shop, files.export("product_effect", "产品数据", [product(n, 1), product(n, 2)], period(n)), f"products-{n}.csv")
    bring(shop, order_file(), "orders.csv")
    bring(shop, f"产品ID,单件成本,成本币种\n160182507460{1},6,USD\n".encode(), "产品成本.csv")
