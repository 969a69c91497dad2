"""The text of an answer → its document, within limits that are counted before anything is built."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NoReturn

MAX_DEPTH = 40
MAX_NODES = 2_000_000  # commas, colons and brackets outside of strings

MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},:]', re.DOTALL)
CLOSERS = "]} \t\r\n"
FILLED = re.compile(r"[^ \t\r\n]")


class Unreadable(ValueError):
    """No JSON: what was met, and where (both from 1; 0 where it is not known)."""

    def __init__(self, said: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"JSON {line}:{column} {said}" if line else f"JSON {said}")
        self.line, self.column = line, column


class TooMuch(ValueError):
    """More than an answer may hold."""

    def __init__(self, found: str, limit: str) -> None:
        super().__init__(found)
        self.found, self.limit = found, limit


def parse(text: str) -> tuple[Any, list[tuple[str, str]]]:
    """The document and notes about it: keys that stand twice in one object, brackets too many at the end.

    Numbers stay as they are written. Several documents on end (one a line) are one list.
    """
    _within_limits(text)
    twice: dict[str, None] = {}

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) < len(items):
            twice.update(dict.fromkeys(k for k, n in Counter(k for k, _ in items).items() if n > 1))
        return made

    def refuse(constant: str) -> NoReturn:
        raise Unreadable(constant)

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=refuse)
    documents: list[Any] = []
    surplus = ""
    start = FILLED.search(text)
    while start:
        at = start.start()
        if documents and text[at] in CLOSERS and not text[at:].strip(CLOSERS):
            surplus = text[at:].strip()
            break
        try:
            document, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Unreadable(error.msg, error.lineno, error.colno) from None
        documents.append(document)
        start = FILLED.search(text, end)
    notes = [("answer_key_twice", ", ".join(list(twice)[:10]))] if twice else []
    notes += [("answer_tail", surplus[:20])] if surplus else []
    return documents[0] if len(documents) == 1 else documents, notes


def _within_limits(text: str) -> None:
    depth = nodes = 0
    for match in MARK.finditer(text):
        mark = match[0]
        if mark[0] == '"':
            continue
        nodes += 1
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise TooMuch(f"depth {depth}", str(MAX_DEPTH))
        if nodes > MAX_NODES:
            raise TooMuch(f"more than {MAX_NODES:,} nodes", f"{MAX_NODES:,}")
