"""A day of the last week that is far out of the usual: a fall or a rise that needs a reason."""

from datetime import timedelta

import numpy as np
import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.anomaly import FEWEST, watch

FIGURES = ("visits", "visitors", "shop_exposures", "search_exposures", "shop_clicks", "search_clicks")
SCHEMA = {
    "figure": pl.String, "figure_zh": pl.String, "figure_en": pl.String, "day": pl.Date, "value": pl.Float64,
    "expected": pl.Float64, "low": pl.Float64, "high": pl.Float64, "ratio": pl.Float64, "beyond": pl.Float64,
}  # fmt: skip
WEEK = 7


@check("TR10", key=("figure", "day"))
def odd_day(shop, settings, rules):
    """Daily figures of the overview judged by the days before them; the furthest day of each figure in the last seven."""
    if not shop.has("shop_overview"):
        return NotYet("shop_overview")
    rows = shop.scan("shop_overview").filter(pl.col("period_start") == pl.col("period_end"))
    days = rows.select(pl.col("period_end").alias("at"), *FIGURES).sort("at").collect().tail(settings.days)
    if days.height <= FEWEST:
        return NotYet("shop_overview", FEWEST + 1 - days.height, "day")
    first, last = days["at"][0], days["at"][-1]
    every = pl.DataFrame({"at": pl.date_range(first, last, eager=True)}).join(days, on="at", how="left", maintain_order="left")
    found = []
    for figure in FIGURES:
        values = every[figure].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        told = watch(values, (WEEK,), limit=settings.limit, memory=WEEK)
        recent = np.flatnonzero(told.unusual)
        recent = recent[recent >= len(values) - WEEK]
        if not len(recent):
            continue
        at = int(recent[np.argmax(told.beyond[recent])])
        label = shop.tables["shop_overview"].columns[figure]
        ratio = float(values[at] / told.expected[at]) if told.expected[at] > 0 else 0.0
        numbers = (values[at], told.expected[at], told.low[at], told.high[at], ratio, told.beyond[at])
        found.append((figure, label.zh, label.en, first + timedelta(days=at), *map(float, numbers)))
    return pl.DataFrame(found, schema=SCHEMA, orient="row").sort("beyond", "figure", descending=[True, False])
