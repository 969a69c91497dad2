"""A figure of each country, channel or product, period by period: for what has fallen by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.facts import Snapshot

WEEK = 7


@dataclass(frozen=True)
class ByWeek:
    """`counts`: one row per name, one column per period that ends on `ends`, oldest first; all periods have `length` days. A name
    that a period does not list had nothing there; NaN where its cell is missing. `column` is the figure."""

    column: str
    names: list[str]
    ends: list[date]
    length: int
    counts: NDArray[np.float64]


def by_week(shop: Snapshot, table: str, key: str, columns: tuple[str, ...], weeks: int) -> ByWeek | None:
    """The first of the columns of which no cell is missing in the last `weeks` weeks (else the one of fewest missing), over the
    periods as long as the newest: never single days. None without such a period, or where all columns are empty."""
    window = shop.last(table, weeks * WEEK)
    if window is None:
        return None
    length = (window.tiles[-1][1] - window.tiles[-1][0]).days + 1
    ends = [end for start, end in window.tiles if (end - start).days + 1 == length]
    if length < WEEK:
        return None
    rows = window.rows.filter(pl.col("period_end").is_in(ends), pl.col(key).is_not_null())
    frame = rows.select(key, "period_end", *columns).collect()
    missing = {c: frame[c].null_count() for c in columns}
    column = min(columns, key=lambda c: missing[c])
    if frame.is_empty() or missing[column] == frame.height:
        return None
    figures = frame.group_by(key, "period_end").agg(pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()))
    names = frame[key].unique().sort()
    when = pl.Series(ends)
    counts = np.zeros((len(names), len(ends)))
    at = figures.select(
        pl.col(key).replace_strict(names, pl.int_range(len(names), eager=True)).alias("row"),
        pl.col("period_end").replace_strict(when, pl.int_range(len(ends), eager=True)).alias("at"),
        pl.col(column).cast(pl.Float64).fill_null(float("nan")),
    )
    counts[at["row"].to_numpy(), at["at"].to_numpy()] = at[column].to_numpy()
    return ByWeek(column, names.to_list(), ends, length, counts)


def large(found: ByWeek, share: float) -> tuple[list[str], NDArray[np.float64]]:
    """The names that hold at least a share of the figure over all periods, with their counts, and all others as one last row."""
    counts = np.nan_to_num(found.counts)
    whole = counts.sum()
    kept = np.flatnonzero(counts.sum(axis=1) >= share * whole) if whole else np.zeros(0, np.int64)
    rest = np.delete(counts, kept, axis=0).sum(axis=0, keepdims=True)
    return [found.names[i] for i in kept], np.concatenate([found.counts[kept], rest])
