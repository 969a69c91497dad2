"""The document of an answer → records by their place, each with what encloses it; and what the answer refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhanggui.intake.answer_days import DAYS, moment, period_of
from zhanggui.intake.answer_text import TooMuch

__all__ = ["Found", "Record", "TooMuch", "harvest"]

MAX_CELLS = 5_000_000
MAX_PARTS = 500

#: What the envelope of an answer says about the call, and a page of a list about its paging; neither is about the shop.
ENVELOPE = frozenset(
    ["request_id", "_trace_id_", "trace_id", "success", "errorMsg", "errorCode", "error_msg", "error_code", "msg", "message",
     "dateline", "receipt", "class", "simplify"]
)  # fmt: skip
CALL = frozenset(["request_id", "_trace_id_", "trace_id", "message", "msg"])
WORDS_OF_REFUSAL = ("code", "errorCode", "error_code", "sub_code", "msg", "message", "errorMsg", "error_msg", "sub_msg")
FINE = ("0", "200", "", None)

#: Parts that are known by their name and may lack the very figure by which their table is recognised: it is there, and missing.
ALWAYS = {
    "STORE_DATA_OVERVIEW": ("uvCnt", "seImpsCnt"),
    "alibaba_mydata_overview_indicator_basic_get_response": ("visitor", "seImpsCnt"),
}

#: What a record calls itself. The records right below it have such words of their own, so there it stands behind its list's
#: name (`orders.id`); further down the record between has taken its place.
ITSELF = ("id", "name")

Record = dict[str, str | None]
Path = tuple[str, ...]


@dataclass
class Found:
    """The records of one place (indexes left out) and period. `own`: keys of the records themselves, not of what encloses them."""

    place: str
    period: str | None
    own: dict[str, None] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)


def harvest(document: Any) -> tuple[list[Found], list[tuple[str, str]]]:
    """Records by place and period, and refusals: place and words. Raises `TooMuch`."""
    walk = _Walk()
    if isinstance(document, list):
        walk.rows(document, (), {}, None)
    else:
        walk.into(document, (), {}, None)
    return list(walk.found.values()), walk.refusals


class _Walk:
    """What is gathered while walking; the depth of the document is limited, so a walk may call itself."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str | None], Found] = {}
        self.refusals: list[tuple[str, str]] = []
        self.cells = 0

    def within(self, around: Record, own: Record) -> Record:
        """The record with what encloses it."""
        self.cells += len(around) + len(own)
        if self.cells > MAX_CELLS:
            raise TooMuch(f"more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        return around | own

    def add(self, path: Path, own: Record, around: Record, period: str | None) -> None:
        record = self.within(around, own)
        place = ".".join(path) or "answer"
        part = self.found.setdefault((place, period), Found(place, period))
        if len(self.found) > MAX_PARTS:
            raise TooMuch(f"more than {MAX_PARTS} lists", str(MAX_PARTS))
        part.own.update(dict.fromkeys(own))
        part.records.append(record)

    def into(self, node: Any, path: Path, around: Record, period: str | None) -> None:
        """An object: its own figures are a record if there are any, its lists and inner objects are looked into."""
        if not isinstance(node, dict):
            return
        if said := _refusal(node):
            self.refusals.append((".".join(path), said))
            return
        period = period_of(node) or period
        own = {k: v for k, v in node.items() if k not in ENVELOPE and (k != "code" or not CALL & node.keys())}
        refused = {k: said for k, v in own.items() if isinstance(v, dict) and (said := _refusal(v))}
        self.refusals += [(".".join((*path, k)), said) for k, said in refused.items()]
        own = {k: v for k, v in own.items() if k not in refused}
        plain = _plain(own)
        figures = bool(plain.keys() - DAYS)
        here = _flat(own) if figures else plain
        always = next((ALWAYS[p] for p in path if p in ALWAYS), ())
        if figures and (len(here) > 1 or always):
            self.add(path, dict.fromkeys(always) | here, around, period)
        inner = {k: v for k, v in own.items() if isinstance(v, dict | list)}
        around = self.within(around, here) if inner else around
        for key, value in inner.items():
            if isinstance(value, list):
                self.rows(value, (*path, key), around, period)
            elif figures:
                self.lists(value, (*path, key), around, period)
            else:
                self.into(value, (*path, key), around, period)

    def rows(self, items: list[Any], path: Path, around: Record, period: str | None) -> None:
        """Each object of a list is a record; lists inside it are of their own, with the record around them."""
        for item in items:
            if not isinstance(item, dict):
                continue
            if not path and (said := _refusal(item)):
                self.refusals.append(("", said))
            elif not path and not _plain(item).keys() - DAYS:
                self.into(item, path, around, period)
            else:
                here = _flat(item)
                if here:
                    self.add(path, here, around, period_of(item, whole=False) or period)
                if any(isinstance(v, dict | list) for v in item.values()):
                    below = {f"{path[-1]}.{k}" if path and k in ITSELF else k: v for k, v in here.items()}
                    outer = {f"{name}.{k}" for name in path[:-1] for k in ITSELF}
                    beyond = {k: v for k, v in around.items() if k not in outer}
                    self.inside(item, path, self.within(beyond, below), period_of(item) or period)

    def lists(self, node: Any, path: Path, around: Record, period: str | None) -> None:
        """The lists below an object whose figures stand in a record already; what the object says stands in their rows too."""
        if isinstance(node, dict):
            self.inside(node, path, self.within(around, _plain(node)), period_of(node) or period)

    def inside(self, node: dict[str, Any], path: Path, around: Record, period: str | None) -> None:
        for key, value in node.items():
            if isinstance(value, list):
                self.rows(value, (*path, key), around, period)
            elif isinstance(value, dict):
                self.lists(value, (*path, key), around, period)


def _flat(node: dict[str, Any], prefix: str = "") -> Record:
    """Keys → text, keys of inner objects behind a dot. A list of plain values is one cell; a list of objects is left out."""
    cells: Record = {}
    for key, value in node.items():
        if key in ENVELOPE:
            continue
        if isinstance(value, dict):
            when = moment(value)
            cells |= {f"{prefix}{key}": when} if when else _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            if texts := [t for t in map(_text, value) if t is not None]:
                cells[f"{prefix}{key}"] = ", ".join(texts)
        else:
            cells[f"{prefix}{key}"] = _text(value)
    return cells


def _plain(node: dict[str, Any]) -> Record:
    """What the object says by itself, inner objects and lists left out."""
    return {k: t for k, v in node.items() if k not in ENVELOPE and (t := _text(v)) is not None}


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _refusal(node: dict[str, Any]) -> str:
    """What an answer says that gives no data: a refusal of the platform, or a failure inside an outer success. "" if it gives."""
    told = node.get("error_response")
    if isinstance(told, dict):
        return _said(told)
    code = node.get("code")
    if CALL & node.keys() and not isinstance(code, dict | list) and code not in FINE:
        return _said(node)
    return _said(node) if node.get("success") in (False, "false") else ""


def _said(node: dict[str, Any]) -> str:
    """The refusal's own words, codes first."""
    return " · ".join(node[k] for k in WORDS_OF_REFUSAL if isinstance(node.get(k), str) and node[k]) or "success: false"
