"""Lists of the rulebook: names instead of numbers, with the same duty of label, unit, day and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from zhanggui.rulebook.rules import Bad, Source

FOLDER = Path(__file__).parent / "lists"


@dataclass(frozen=True)
class NameList:
    """A dated list of names with its source."""

    name: str
    zh: str
    en: str
    unit: str
    since: date
    sources: tuple[Source, ...]
    names: tuple[str, ...]


def load_lists(folder: Path = FOLDER) -> dict[str, NameList]:
    """Every list of the folder; `Bad` where a part of one is missing."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text("utf-8"))
        try:
            sources = tuple(Source(s["title"]["zh"], s["title"]["en"], s["grade"], s["read"]) for s in raw["source"])
            label = raw["label"]
            made = NameList(path.stem, label["zh"], label["en"], raw["unit"], raw["since"], sources, tuple(raw["names"]))
        except (KeyError, TypeError) as error:
            raise Bad(f"{path.name}: {error} is missing") from None
        if not (made.sources and made.names and made.zh and made.en and made.unit and all(s.zh and s.en for s in sources)):
            raise Bad(f"{path.name}: label, unit, source and names may not be empty")
        found[path.stem] = made
    return found


LISTS = load_lists()
