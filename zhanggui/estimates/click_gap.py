"""Clicks that a product does not get: its own click rate against the shop's products of its category, with how sure that is."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.spread import Spread, fit_spread

MONTH_DAYS = 30
ADDED = {
    "typical": pl.Float64,
    "now": pl.Float64,
    "rate_low": pl.Float64,
    "rate_high": pl.Float64,
    "lost": pl.Float64,
    "lost_low": pl.Float64,
    "lost_high": pl.Float64,
}


def click_gap(items: pl.DataFrame, *, least_siblings: int = 20, level: float = 0.8) -> pl.DataFrame:
    """`items` with search_exposures, search_clicks, covered_days and category, and for each the columns of `ADDED`.

    `typical`: click rate of its category, of the whole shop where that has fewer than `least_siblings` products; `now`: its own,
    shrunk towards it, with the interval of `level`. `lost`: clicks a month below the typical rate. It is given only where the
    whole interval lies below the typical rate: three clicks tell nothing. Missing too where the shop has no typical rate yet.
    A product unlike all others is drawn towards them, so its loss errs on the low side.
    Assumes that positions differ between products of a category as they do in its spread. Reference: see `Spread`.
    """
    use = pl.col("search_exposures") > 0
    sizes = items.filter(use, pl.col("category").is_not_null()).group_by("category").len()
    own = sizes.filter(pl.col("len") >= least_siblings)["category"]
    items = items.with_columns(pl.when(pl.col("category").is_in(own.implode())).then("category").alias("_group"))
    parts, whole = [], _spread(items)
    for group in items.partition_by("_group", maintain_order=True):
        x, n, seen = _counts(group)
        spread = whole if group["_group"][0] is None else _spread(group)
        added = {name: np.full(len(x), np.nan) for name in ADDED}
        if spread is not None:
            month = n / group["covered_days"].cast(pl.Float64).to_numpy() * MONTH_DAYS
            low, high = spread.interval(x[seen], n[seen], level)
            now = spread.rate(x[seen], n[seen])
            told = high < spread.typical
            figures = {"typical": spread.typical, "now": now, "rate_low": low, "rate_high": high}
            for name, rate in (("lost", now), ("lost_low", high), ("lost_high", low)):
                figures[name] = np.where(told, month[seen] * (spread.typical - rate), np.nan)
            for name, values in figures.items():
                added[name][seen] = values
        parts.append(group.with_columns(pl.Series(name, values, pl.Float64).fill_nan(None) for name, values in added.items()))
    if not parts:
        return items.drop("_group").with_columns(pl.lit(None, kind).alias(name) for name, kind in ADDED.items())
    return pl.concat(parts).drop("_group")


def _counts(items: pl.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Clicks, exposures, and which of the products have both."""
    x, n = (items[c].cast(pl.Float64).to_numpy() for c in ("search_clicks", "search_exposures"))
    return x, n, np.isfinite(x) & (n > 0)


def _spread(items: pl.DataFrame) -> Spread | None:
    """How the click rates of the products lie."""
    x, n, seen = _counts(items)
    return fit_spread(x[seen], n[seen])
