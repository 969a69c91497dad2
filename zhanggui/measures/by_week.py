"""A figure of each country, channel or product, period by period: for what has fallen by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.facts import Snapshot, whole_sum

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


def by_week(shop: Snapshot, table: str, key: str, columns: tuple[str, ...], weeks: int, share: float = 0.0) -> ByWeek | None:
    """The first of the columns of which no cell is missing in the last `weeks` weeks (else the one of fewest missing), over the
    periods as long as the newest: never single days. None without such a period, or where all columns are empty.

    With a `share` only the names that hold at least so much of the figure have a row, and all others together one more, the last:
    NaN where a cell of theirs is missing.
    """
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
    added = whole_sum(column).cast(pl.Float64)
    figures = frame.group_by(key, "period_end").agg(added)
    rest = figures.clear()
    if share:
        whole = float(figures[column].sum())
        large = figures.group_by(key).agg(pl.col(column).sum()).filter(pl.col(column) >= share * whole)[key]
        rest = figures.filter(~pl.col(key).is_in(large.implode())).group_by("period_end").agg(added)
        figures = figures.filter(pl.col(key).is_in(large.implode()))
    names = figures[key].unique().sort()
    counts = np.zeros((len(names) + bool(share), len(ends)))
    when = dict(zip(ends, range(len(ends)), strict=True))
    at = names.search_sorted(figures[key]).to_numpy()
    counts[at, [when[end] for end in figures["period_end"]]] = figures[column].fill_null(float("nan")).to_numpy()
    if rest.height:
        counts[-1, [when[end] for end in rest["period_end"]]] = rest[column].fill_null(float("nan")).to_numpy()
    return ByWeek(column, names.to_list(), ends, length, counts)
