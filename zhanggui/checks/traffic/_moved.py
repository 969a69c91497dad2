"""The whole shop's traffic, the newest period against the ones before."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates import change
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.measures import traffic

FIGURES = ("search_exposures", "search_clicks", "shop_clicks", "inquiries")


def moved(shop, settings, *, rise: bool) -> pl.DataFrame | NotYet:
    """Sums over all products that rose (or fell) beyond their own noise: `settings` names the weeks, the chance of a false alarm
    over all figures, and the ratio `above` (or `below`) that counts."""
    weeks = traffic.weekly(shop, settings.weeks * 7).collect()
    weeks = weeks.filter(pl.col("length") == pl.lit(weeks["length"].last(), pl.Int64), pl.col("length") >= 7)
    if weeks.height < FEWEST_PERIODS:
        return NotYet("product_effect", FEWEST_PERIODS - weeks.height, "week")
    rows = []
    for figure in FIGURES:
        one = change(weeks[figure], rise=rise)
        if one is None or one.p * len(FIGURES) > settings.chance:
            continue
        if one.ratio >= settings.above if rise else one.ratio <= settings.below:
            label = shop.tables["product_effect"].columns[figure]
            rows.append(
                (figure, label.zh, label.en, one.newest, one.before, one.ratio, one.low, one.high, one.periods, weeks.height)
            )
    run = "risen" if rise else "fallen"
    names = ("figure", "figure_zh", "figure_en", "newest", "before", "ratio", "low", "high", run, "periods")
    told = pl.DataFrame(rows, schema=names, orient="row")
    return told.with_columns((pl.col("before") - pl.col("newest")).alias("lost"))
