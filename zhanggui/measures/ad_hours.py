"""What P4P cost and brought while the target markets work, and while they sleep."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures.countries import Country, country
from zhanggui.measures.time_zones import hour_of, open_hours, zones

SUMS = ("cost", "clicks", "inquiries")


def markets(shop: Snapshot) -> tuple[dict[str, Country], tuple[str, ...]]:
    """The target countries by the code of theirs, the first first; and the names of those whose clock is not known."""
    names = shop.scan("target_country").sort("priority", "country").select("country").collect()["country"].to_list()
    told = {name: found for name in names if (found := country(name)) and found.code in zones()}
    return {found.code: found for found in told.values()}, tuple(name for name in names if name not in told)


def by_open(shop: Snapshot, days: int, codes: Collection[str], opens: int, closes: int) -> pl.DataFrame:
    """One row per `hour` (0 to 23) of the platform's day and `open`, whether it is `opens`..`closes` o'clock in one of the countries: cost
    (in the account's currency), clicks, inquiries; missing where a cell is. Each period is read by the clocks of its own middle day, for not all countries
    turn theirs when the platform does. Rows without an hour are left out."""
    window = shop.last("p4p_hour", days)
    if window is None:
        return pl.DataFrame(schema={"hour": pl.Int64, "open": pl.Boolean, **dict.fromkeys(SUMS, pl.Float64)})
    clock = []
    for start, end in window.tiles:
        at = open_hours(codes, start + (end - start) / 2, opens, closes)
        clock += [(start, end, hour, hour in at) for hour in range(24)]
    names = ("period_start", "period_end", "at", "open")
    told = window.rows.select("period_start", "period_end", "hour", *SUMS).collect()
    told = told.with_columns(pl.Series("at", [hour_of(text) for text in told["hour"]], pl.Int64)).drop("hour")
    marked = told.join(pl.DataFrame(clock, schema=names, orient="row"), on=names[:3]).rename({"at": "hour"})
    sums = [whole_sum(c).cast(pl.Float64) for c in SUMS]
    return marked.group_by("hour", "open").agg(sums).sort("hour", "open")
