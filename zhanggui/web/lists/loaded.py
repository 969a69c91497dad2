"""The rows of a list, worked out once for each state of the shop's facts and kept for the next page."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from zhanggui.desk import seeing
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Snapshot, Window
from zhanggui.measures import money
from zhanggui.tables.columns import Money
from zhanggui.web.lists import LISTS, Listing
from zhanggui.web.lists.offered import CURRENCIES, unit_of

KEPT = 24  # frames: of 20,000 rows each they take about 150 MB


@dataclass(frozen=True)
class Loaded:
    """All rows of a list, money in the wanted currency. `window`: the days that they are of, None for a list as of a day."""

    frame: pl.DataFrame
    window: Window | None
    newest: date


@lru_cache(maxsize=KEPT)
def loaded(seen: Seen, name: str, days: int, own: Hashable, into: str) -> Loaded | None:
    """The rows of a list as one member sees them; None where there is no data."""
    listing, snapshot = LISTS[name], seeing.snapshot(seen)
    newest = snapshot.newest(listing.table)
    if newest is None:
        return None
    window = snapshot.last(listing.table, days) if listing.windowed else None
    frame = rows(listing, snapshot, window, days)
    frame = listing.also(snapshot, frame, own) if listing.also else frame
    return Loaded(_priced(listing, snapshot, frame.collect(), window.end if window else newest, into), window, newest)


def rows(listing: Listing, snapshot: Snapshot, window: Window | None, days: int) -> pl.LazyFrame:
    """The rows before anything is chosen of them."""
    if listing.figures:
        return listing.figures.function(snapshot, days)
    return window.rows if window else snapshot.scan(listing.table)


def _priced(listing: Listing, snapshot: Snapshot, frame: pl.DataFrame, end: date, into: str) -> pl.DataFrame:
    """Money in the wanted currency where the row's own is known and has a rate; an amount of a day by the rate of that day."""
    known = money.rates(snapshot)
    clock = listing.source.clock
    day = pl.col(clock) if clock in frame.columns else pl.lit(end)
    own = next((pl.col(c) for c in CURRENCIES if c in frame.columns), pl.lit(None, pl.String))
    for column in [c for c in frame.columns if _is_money(listing, c)]:
        unit = unit_of(listing, column)
        frame = money.converted(frame, column, pl.lit(unit) if unit else own, day, into, known)
    return frame


def _is_money(listing: Listing, column: str) -> bool:
    if listing.figures:
        formula = listing.figures.formulas.get(column)
        if formula is None or formula.how in ("count", "any"):
            return False
        return isinstance(listing.source.columns[formula.of[0]], Money)
    return isinstance(listing.source.columns.get(column), Money)
