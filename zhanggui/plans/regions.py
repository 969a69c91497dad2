"""Visitors by continent, country and city: which are targets, who asks, and whose visits bring nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from zhanggui.checks import load, run_one
from zhanggui.facts import Snapshot
from zhanggui.facts.snapshot import Tile
from zhanggui.measures import traffic
from zhanggui.measures.countries import codes, country
from zhanggui.rulebook import RULEBOOK

FIGURES = ("visits", "clicks", "exposures")
CITIES = 3


@dataclass(frozen=True)
class Place:
    """One country or region as the report names it. `share` of the figure over all; `target` its priority, "" where it is none;
    `visitors` and `askers` (inquired or chatted) of the visitors' page; `cities` of the shop's own site, most visits first.
    `silent`: no target, and so many visitors that somebody would have asked."""

    name: str
    continent: str
    value: float
    share: float
    target: str
    visitors: int | None
    askers: int | None
    cities: tuple[str, ...]
    silent: bool = False


@dataclass(frozen=True)
class Regions:
    """`places`, the most first, of a figure that may be added up. `targets`: whether the register names any."""

    column: str
    tiles: tuple[Tile, ...]
    places: tuple[Place, ...]
    targets: bool

    def by_continent(self) -> Mapping[str, tuple[float, tuple[Place, ...]]]:
        """Continent ("" for names that are not known) → its share and its places; the largest share first."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.continent, []).append(place)
        told = {name: (sum(p.share for p in places), tuple(places)) for name, places in found.items()}
        return dict(sorted(told.items(), key=lambda x: -x[1][0]))


def regions(shop: Snapshot, days: int) -> Regions | None:
    """None where no report tells countries, or none of its figures may be added up."""
    window = shop.last("shop_region", days)
    if window is None:
        return None
    rows = traffic.by_country(shop, days).filter(pl.col("country").is_not_null()).collect()
    column = next((c for c in FIGURES if rows.height and not rows[c].null_count()), None)
    if column is None or not (whole := float(rows[column].sum())):
        return None
    names = rows["country"].to_list()
    wanted, seen, cities = traffic.targets(shop, names), _visitors(shop, days), _cities(shop, days)
    silent = _silent(shop, days)
    told = codes(names)
    places = []
    for name, value in rows.sort(column, "country", descending=[True, False]).select("country", column).iter_rows():
        known, code = country(name), told.get(name, "")
        visitors, askers = seen.get(code, (None, None))
        places.append(
            Place(
                name,
                known.continent if known else "",
                float(value),
                float(value) / whole,
                wanted.get(name, ""),
                visitors,
                askers,
                cities.get(code, ()),
                code in seen and code in silent,
            )
        )
    return Regions(column, window.tiles, tuple(places), shop.has("target_country"))


def _visitors(shop: Snapshot, days: int) -> dict[str, tuple[int, int | None]]:
    """Code of a country → different visitors, and those of them that asked. A country under two names is left out: the same
    visitor might stand under both."""
    rows = traffic.visitors_by_country(shop, days).select("country", "visitors", "askers").collect()
    told, found = codes(rows["country"]), {}
    for name, visitors, askers in rows.iter_rows():
        if name and list(told.values()).count(told[name]) == 1:
            found[told[name]] = (visitors, askers)
    return found


def _silent(shop: Snapshot, days: int) -> set[str]:
    """Codes of the countries of which check TR08 says so: of one without a visitor who asks nothing is known yet."""
    found = run_one(load()["TR08"], shop, RULEBOOK.on(shop.day), {"days": days}).findings
    return set(codes([f.key["country"] for f in found]).values())


def _cities(shop: Snapshot, days: int) -> dict[str, tuple[str, ...]]:
    rows = traffic.by_city(shop, days).drop_nulls(["country", "city"]).collect()
    ordered = rows.sort("sessions", "city", descending=[True, False], nulls_last=True)
    told = codes(ordered["country"])
    found: dict[str, list[str]] = {}
    for name, city in ordered.select("country", "city").iter_rows():
        if name in told:
            found.setdefault(told[name], []).append(city)
    return {code: tuple(dict.fromkeys(cities))[:CITIES] for code, cities in found.items()}
