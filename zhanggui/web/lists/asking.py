"""The products by how many clicks they get and how many of these become inquiries; those of too few clicks are grey."""

from __future__ import annotations

import polars as pl

from zhanggui.estimates.spread import Spread, fit_spread
from zhanggui.web import charts
from zhanggui.web.charts import Chart
from zhanggui.web.words import said

MOST = 60  # points that can be told apart
LEVEL = 0.8


def asking(rows: pl.DataFrame) -> Chart | None:
    """The products of most clicks. A product is told to ask more or less than the others together where the 80 % range of its
    own rate leaves out theirs. None without clicks."""
    wanted = {"product_id", "product_name", "shop_clicks", "inquiries", "inquiry_per_click"}
    seen = rows.filter(pl.col("shop_clicks") > 0) if wanted <= set(rows.columns) else rows.clear()
    if seen.is_empty():
        return None
    known = seen.drop_nulls("inquiries")
    spread = fit_spread(known["inquiries"], known["shop_clicks"])
    clicks = int(known["shop_clicks"].sum())
    typical = float(known["inquiries"].sum()) / clicks if clicks else 0.0
    drawn = seen.sort("shop_clicks", "product_id", descending=[True, False]).head(MOST)
    points = [
        charts.Point(name or key, x, y, _thin(spread, typical, events, x))
        for key, name, x, events, y in drawn.select(
            "product_id", "product_name", "shop_clicks", "inquiries", "inquiry_per_click"
        ).iter_rows()
    ]
    mean = round(float(seen["shop_clicks"].sum()) / seen.height)
    corners = (
        said("点击多、询盘多", "many clicks, ask more"),
        said("点击少、询盘多", "few clicks, ask more"),
        said("点击少、询盘少", "few clicks, ask less"),
        said("点击多、询盘少", "many clicks, ask less"),
    )
    left = seen.height - drawn.height
    x = charts.Axis(
        said("全店点击", "Whole-shop clicks"),
        mean,
        why=said("每个产品的平均", "the mean of a product")
        + (said(f"；其余 {left} 个点击更少的产品不在图上", f"; {left} products of fewer clicks are not drawn") if left else ""),
    )
    y = charts.Axis(
        said("每次点击询盘", "Inquiries per click"), typical, charts.RATE, why=said("这些产品合起来", "these products together")
    )
    drawing = charts.Quadrant("", x, y, points, corners)
    return charts.Quadrant(_conclusion(drawing, spread), x, y, points, corners)


def _thin(spread: Spread | None, typical: float, events: int | None, trials: int) -> bool:
    """Whether the product's rate cannot be told from that of all."""
    if events is None:
        return False
    if spread is None:
        return True
    low, high = spread.interval(events, trials, LEVEL)
    return bool(low <= typical <= high)


def _conclusion(drawing: charts.Quadrant, spread: Spread | None) -> str:
    if spread is None:
        return said("询盘还太少，分不出哪些产品更会带来询盘", "Too few inquiries to tell which products bring more of them")
    count = [sum(drawing.corner(p) == place for p in drawing.points) for place in range(4)]
    if count[3]:
        return said(
            f"{count[3]} 个产品点击多、询盘明显偏少：先看它们的价格和详情页",
            f"{count[3]} products get many clicks and clearly fewer inquiries: their price and page first",
        )
    if count[1]:
        return said(
            f"{count[1]} 个产品点击少、询盘明显偏多：给它们加流量",
            f"{count[1]} products of few clicks clearly bring more inquiries: show them more",
        )
    return said("没有哪个产品的询盘明显多于或少于其余的", "No product clearly asks more or less than the rest")
