"""Countries as exports name them: code, words in both languages, a point on the map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from zhanggui.web import words


@dataclass(frozen=True)
class Country:
    """`at`: longitude and latitude in degrees; None for the few that the outline's source does not place."""

    code: str
    zh: str
    en: str
    at: tuple[float, float] | None

    @property
    def name(self) -> str:
        return words.said(self.zh, self.en)


def folded(name: str) -> str:
    """Without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", name).casefold()


@cache
def _known() -> dict[str, Country]:
    found: dict[str, Country] = {}
    given = yaml.safe_load(Path(__file__).with_name("countries.yaml").read_text("utf-8"))
    for code, entry in given.items():
        country = Country(code, entry["zh"], entry["en"], tuple(entry["at"]) if "at" in entry else None)
        for name in (code, country.zh, country.en, *entry["also"]):
            found.setdefault(folded(name), country)
    return found


def country(name: str) -> Country | None:
    """The country of a code or a name in either language; None for one that is not known."""
    return _known().get(folded(name))
