"""Where visitors come from, continent by continent, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.measures.countries import CONTINENTS, country
from zhanggui.plans.regions import Place, Regions
from zhanggui.web.charts.chart import joined
from zhanggui.web.words import said


@dataclass(frozen=True)
class Continent:
    """A continent with its countries as rows."""

    name: str
    share: str
    rows: list[PlaceRow]


@dataclass(frozen=True)
class PlaceRow:
    """One country: `asked` of its visitors, `silent` where it is no target and nobody asked where somebody would have."""

    name: str
    cities: str
    target: str
    value: str
    share: str
    asked: str
    silent: bool


MOST_PLACES = 8


def continents(one: Regions) -> list[Continent]:
    """The largest first; of each the largest countries, the others together."""
    found = []
    for name, (share, places) in one.by_continent().items():
        words_of = CONTINENTS.get(name)
        title = said(*words_of[:2]) if words_of else said("名称不认识", "Name not known")
        found.append(Continent(title, f"{share:.0%}", [_place(p) for p in places[:MOST_PLACES]]))
    return found


def _place(one: Place) -> PlaceRow:
    known = country(one.name)
    asked = "—"
    if one.visitors is not None and one.askers is not None:
        asked = said(f"{one.visitors:,} 人中 {one.askers:,}", f"{one.askers:,} of {one.visitors:,}")
    name = said(known.zh, known.en) if known else one.name
    cities = said("、", ", ").join(one.cities)
    return PlaceRow(name, cities, one.target, f"{one.value:,.0f}", f"{one.share:.1%}", asked, one.silent)


def regions_say(one: Regions) -> str:
    """How much comes from target countries."""
    if not one.targets:
        return said(
            "还没有填目标国家，分不出目标和非目标。", "No target countries are set, so targets cannot be told from others."
        )
    inside = sum(p.share for p in one.places if p.target)
    silent = [p for p in one.places if p.silent]
    text = said(f"目标国家占 {inside:.0%}。", f"Target countries make {inside:.0%}.")
    if silent:
        names = joined(_place(p).name for p in silent[:5])
        text += said(
            f"非目标，访客够多却没有一位询问的：{names}，占 {sum(p.share for p in silent):.0%}，推广里可以先排除。",
            f" No target, visitors enough, and not one who asked: {names}, {sum(p.share for p in silent):.0%} of it; promotion can leave them out first.",
        )
    return text
