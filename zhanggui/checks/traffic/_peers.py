"""The shop's overview beside its peers, period by period: what the checks of steps and of visitors both look at."""

from datetime import timedelta

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.estimates.comparison import Comparison, behind

LASTING = 4  # periods in a row, below which a shop is not called behind


def overview(shop, columns, weeks: int) -> pl.DataFrame | NotYet:
    """One row per period as long as the newest, oldest first, with these columns; what is lacking where they are too few."""
    window = shop.last("shop_overview", weeks * 7)
    rows = window.rows.sort("period_end").select("period_start", "period_end", *columns).collect()
    length = pl.col("period_end") - pl.col("period_start")
    rows = rows.filter(length == length.last(), length >= pl.duration(days=6))
    if rows.height < FEWEST_PERIODS:
        return NotYet("shop_overview", FEWEST_PERIODS - rows.height, "week")
    return rows


def lasting(rows: pl.DataFrame, own, trials, peers) -> Comparison | None:
    """The newest period against the peers' average, if the shop stood below it in each of the last four periods, and now
    clearly; None else, where a figure is missing, and where those periods of `rows` (of `overview`) do not adjoin."""
    newest = rows.tail(LASTING)
    if ((newest["period_start"] - newest["period_end"].shift(1)).drop_nulls() != timedelta(days=1)).any():
        return None
    last = [(e, n, p) for e, n, p in zip(own, trials, peers, strict=True)][-LASTING:]
    if any(None in cells or cells[1] <= 0 or cells[0] >= cells[1] * cells[2] for cells in last):
        return None
    events, asked = ([float("nan") if v is None else float(v) for v in column] for column in (own, trials))
    found = behind(events, asked, float(peers[-1]))
    return found if found and found.high is not None and found.high < 1 else None
