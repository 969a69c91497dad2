"""Orders that were not dispatched as agreed."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import star


@check("ST08")
def late_dispatch(shop, settings, rules):
    """Orders of the last `days` days whose 实际发货时间 is after 约定发货时间, or missing though that is over. Our calculation."""
    if not shop.has("order_lines"):
        return NotYet("order_lines")
    told = star.dispatch(shop, settings.days).collect()
    if not told["dispatched"].item():
        return NotYet("order_lines", 1, "row")
    aim = rules["star_on_time_share"]
    return told.filter((pl.col("on_time_share") < aim) | (pl.col("overdue") > 0)).with_columns(
        pl.lit(aim).alias("aim"), pl.lit(settings.days).alias("days")
    )
