"""Star levels inside an answer: which track an indicator belongs to, and figures that were never computed.

The platform sends zeros where it has not computed a track: then every value and every next level's average of the track is zero,
a risk score and a reply time included. Such figures are missing. One figure above zero, and the zeros beside it stay zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zhanggui.tables import Problem

INDICATOR, VALUE, NEXT = "indicatorName", "indicatorPureValue", "indicatorNextLevelAvgPureValue"
FIGURES = (
    VALUE, NEXT, "indicatorValue", "indicatorNextLevelAvgValue", "abilityStarLevel", "abilityItemValue", "abilityItemPureValue",
    "star", "predictedStar",
)  # fmt: skip
LEVELS = {"rts": "rtsStar", "custom": "customStar"}
CONCLUSION = re.compile(r"评定星等级：(\d)星，预测星等级：(\d)星")

Record = dict[str, str | None]


def settle(document: Any, parts: list[tuple[str, list[Record]]], file: str) -> list[Problem]:
    """Name the track and the stars of each indicator, and take away what was not computed; a note for each such track."""
    tracks: dict[str, list[Record]] = {}
    for path, records in parts:
        for record in records:
            if record.get(INDICATOR) is not None and VALUE in record:
                record["type"] = record.get("type") or _track(path)
                tracks.setdefault(record["type"] or "", []).append(record)
    levels = _levels(document) if tracks else {}
    problems: list[Problem] = []
    for track, records in tracks.items():
        for record in records:
            said = CONCLUSION.search(record.pop("conclusion", None) or "")
            record["star"] = levels.get(LEVELS.get(track, "")) or (said[1] if said else None)
            record["predictedStar"] = said[2] if said else None
            record.pop("advice", None)
        if all(_is_zero(r.get(key)) for r in records for key in (VALUE, NEXT)):
            for record in records:
                record |= {key: None for key in FIGURES if key in record}
            problems.append(Problem("not_computed", "note", file=file, value=track or "—"))
    return problems


def _track(path: str) -> str | None:
    """`rts` or `custom` from the names on the way to the list."""
    return next((track for track in LEVELS for part in path.split(".") if part.lower().startswith(track)), None)


def _is_zero(text: str | None) -> bool:
    try:
        return text is None or float(text) == 0
    except ValueError:
        return False


def _levels(node: Any) -> dict[str, str]:
    """Star per track, wherever the document says them."""
    return {key: value for key, value in _texts(node) if key in LEVELS.values()}


def _texts(node: Any) -> Iterator[tuple[str, str]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(value, str):
            yield str(key), value
        else:
            yield from _texts(value)
