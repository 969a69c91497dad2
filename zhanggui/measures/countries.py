"""Countries as exports name them: code, words in both languages, continent, a point on the map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

#: Continent → its words and the ISO codes in it, as the statistics division of the United Nations counts them (M49).
CONTINENTS: dict[str, tuple[str, str, str]] = {
    "asia": ("亚洲", "Asia",
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG "
        "SY TH TJ TL TM TR TW UZ VN YE"),
    "europe": ("欧洲", "Europe",
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT "
        "RO RS RU SE SI SJ SK SM UA VA XK"),
    "africa": ("非洲", "Africa",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW "
        "SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"),
    "north_america": ("北美洲", "North America",
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"),
    "south_america": ("南美洲", "South America", "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
    "oceania": ("大洋洲", "Oceania",
        "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
}  # fmt: skip


@dataclass(frozen=True)
class Country:
    """`at`: longitude and latitude in degrees; None for the few that the outline's source does not place."""

    code: str
    zh: str
    en: str
    continent: str
    at: tuple[float, float] | None


def folded(name: str) -> str:
    """Without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", name).casefold()


@cache
def _known() -> dict[str, Country]:
    where = {code: name for name, (_, _, codes) in CONTINENTS.items() for code in codes.split()}
    found: dict[str, Country] = {}
    given = yaml.safe_load(Path(__file__).with_name("countries.yaml").read_text("utf-8"))
    for code, entry in given.items():
        country = Country(code, entry["zh"], entry["en"], where[code], tuple(entry["at"]) if "at" in entry else None)
        for name in (code, country.zh, country.en, *entry["also"]):
            found.setdefault(folded(name), country)
    return found


def country(name: str) -> Country | None:
    """The country of a code or a name in either language; None for one that is not known."""
    return _known().get(folded(name))


def codes(names: Iterable[str | None]) -> dict[str, str]:
    """Name → what tells its country from others: the code, or the folded name of one that is not known."""
    return {name: found.code if (found := country(name)) else folded(name) for name in names if name}
