"""Parts of the traffic that have fallen by themselves: what the checks of countries and of channels both look at."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.estimates.parts import moved_parts
from zhanggui.measures.by_week import ByWeek, by_week

NAMES = ("newest", "before", "ratio", "low", "high", "fallen", "periods", "share", "figure_zh", "figure_en")


def weeks_of(shop, table: str, key: str, columns: tuple[str, ...], settings, share: float = 0.0) -> ByWeek | NotYet:
    """The figure week by week, or what is lacking for a comparison."""
    found = by_week(shop, table, key, columns, settings.weeks, share)
    if found is None:
        return NotYet(table, FEWEST_PERIODS, "week")
    if len(found.ends) < FEWEST_PERIODS:
        return NotYet(table, FEWEST_PERIODS - len(found.ends), "week")
    return found


def fallen(shop, table: str, key: str, columns: tuple[str, ...], settings) -> pl.DataFrame | NotYet:
    """One row per part whose newest figure is clearly below its own past, and more so than the rest's, the clearest first.

    `share`: of all that the falling parts have lost; missing for people, who are not added up.
    """
    found = weeks_of(shop, table, key, columns, settings)
    if isinstance(found, NotYet):
        return found
    label = shop.tables[table].columns[found.column]
    rows = []
    for part in moved_parts(found.counts, added=label.additive):
        moved = part.own
        if part.p * len(found.names) > settings.chance or max(moved.ratio, part.beside.ratio) > settings.below:
            continue
        numbers = (moved.newest, moved.before, moved.ratio, moved.low, moved.high, moved.periods, len(found.ends))
        rows.append((found.names[part.place], *numbers, part.share if label.additive else None, label.zh, label.en))
    told = pl.DataFrame(rows, schema=(key, *NAMES), schema_overrides={"share": pl.Float64}, orient="row")
    return told.with_columns((pl.col("before") - pl.col("newest")).alias("lost"))
