"""The whole shop's traffic has risen beyond its own noise: worth knowing why, so that it can be done again."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic.shop_fall import FIGURES
from zhanggui.estimates import change
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.measures import traffic


@check("TR11", key=("figure",), needs=("product_effect",))
def shop_rise(shop, settings, rules):
    """Sums over all products, newest period against the ones before; never single days."""
    weeks = traffic.weekly(shop, settings.weeks * 7).collect()
    weeks = weeks.filter(pl.col("length") == pl.lit(weeks["length"].last(), pl.Int64), pl.col("length") >= 7)
    if weeks.height < FEWEST_PERIODS:
        return NotYet("product_effect", FEWEST_PERIODS - weeks.height, "week")
    rows = []
    for figure in FIGURES:
        moved = change(weeks[figure], rise=True)
        if moved and moved.p * len(FIGURES) <= settings.chance and moved.ratio >= settings.above:
            label = shop.tables["product_effect"].columns[figure]
            numbers = (moved.newest, moved.before, moved.ratio, moved.low, moved.high, moved.periods, weeks.height)
            rows.append((figure, label.zh, label.en, *numbers))
    names = ("figure", "figure_zh", "figure_en", "newest", "before", "ratio", "low", "high", "risen", "periods")
    return pl.DataFrame(rows, schema=names, orient="row")
