"""Fewer visitors than the peers' average, for weeks on end: not the asking is short, but the people."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic._peers import lasting, overview

SCHEMA = {
    "visitors": pl.Int64, "visitors_peers": pl.Int64, "ratio": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "missing": pl.Float64,
}  # fmt: skip


@check("TR07")
def few_visitors(shop, settings, rules):
    """The newest period's visitors clearly below the peers', and below them in each of the last four periods."""
    if not shop.has("shop_overview"):
        return NotYet("shop_overview")
    rows = overview(shop, ("visitors", "visitors_peers"), settings.weeks)
    if isinstance(rows, NotYet):
        return rows
    against = lasting(rows, rows["visitors"], [1] * rows.height, rows["visitors_peers"].to_list())
    if against is None or against.ratio > settings.below:
        return pl.DataFrame(schema=SCHEMA)
    numbers = (rows["visitors"][-1], rows["visitors_peers"][-1], against.ratio, against.low, against.high)
    return pl.DataFrame([(*numbers, against.before - against.newest)], schema=SCHEMA, orient="row")
