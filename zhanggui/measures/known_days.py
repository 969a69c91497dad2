"""Days of which a list of single events is known: those that its files reach over. A day without an event is a zero there only."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

import polars as pl

from zhanggui.facts import Snapshot

UNLIKELY = 0.01


def known_days(shop: Snapshot, table: str) -> set[date]:
    """The days between the first and the last event of each file, and short silences between files.

    A silence between two files that the mean number of events a day makes unlikely was never brought. The newest day before such a
    silence, and that of the whole list, is not known where events have moments: the day may have gone on.
    """
    declared = shop.tables[table]
    rows = shop.scan(table).select("_import", declared.dated.alias("day")).drop_nulls("day").group_by("_import")
    files = rows.agg(pl.col("day").min().alias("first"), pl.col("day").max().alias("last"), pl.len()).sort("first").collect()
    brought: list[tuple[date, date, int]] = files.select("first", "last", "len").rows()
    if not brought:
        return set()
    spans: list[tuple[date, date]] = []
    whole = (max(last for _, last, _ in brought) - brought[0][0]).days + 1
    a_day = sum(many for *_, many in brought) / whole
    for first, last, _ in brought:
        silent = (first - spans[-1][1]).days - 1 if spans else 0
        if spans and (silent <= 0 or exp(-a_day * silent) >= UNLIKELY):
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    goes_on = declared.columns[declared.day].kind == "moment"
    return {first + timedelta(days=i) for first, last in spans for i in range((last - first).days + (not goes_on))}
