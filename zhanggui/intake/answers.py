"""An answer in JSON → sheets of text cells, like those of any file.

Every list of records becomes a sheet: headers are keys, and what encloses the list stands in every row as far as the list's own
table knows it. An object of figures becomes a sheet of one row. A refusal becomes a problem. No figure loses a digit.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import polars as pl

from zhanggui.intake import stars
from zhanggui.intake.answer_days import ONE_DAY, agreed, of_one_day, statement_of
from zhanggui.intake.answer_links import link
from zhanggui.intake.answer_records import Found, TooMuch, harvest
from zhanggui.intake.answer_text import Unreadable, parse
from zhanggui.intake.cells import MAX_COLUMNS, Sheet, decode
from zhanggui.tables import TABLES, Problem


def read_json(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Sheets of one answer, and what is wrong with it. Lines: the header is 1, the first record 2; the title with the period 0."""
    text, problems = decode(data, name)
    if problems:
        return [], problems
    try:
        document, notes = parse(text)
        found, refusals = harvest(document)
        link(found)
    except Unreadable as error:
        return [], [Problem("unreadable", file=name, line=error.line, column=str(error.column), value=str(error))]
    except TooMuch as error:
        return [], [Problem("too_large", file=name, value=f"JSON, {error.found}", limit=error.limit)]
    problems = [Problem(code, "note", file=name, value=value) for code, value in notes]
    problems += [Problem("answer_error", file=name, sheet=place, value=said) for place, said in refusals]
    problems += stars.settle(document, [(part.place, part.records) for part in found], name)
    whole = statement_of(document)
    often = Counter(part.place for part in found)
    sheets: list[Sheet] = []
    for part in found:
        place = f"{part.place} {part.period or ''}".strip() if often[part.place] > 1 else part.place
        keys = _keys(part) if len(part.own) <= MAX_COLUMNS else list(part.own)
        if len(keys) > MAX_COLUMNS:
            said = f"{len(keys)} columns"
            problems.append(Problem("too_large", file=name, sheet=place, value=said, limit=str(MAX_COLUMNS)))
        elif keys:
            sheets.append(_sheet(place, part, keys, part.period or agreed(part.records) or whole))
    if not sheets and not any(p.level == "error" for p in problems):
        problems.append(Problem("answer_empty", file=name))
    return sheets, problems


@lru_cache(1)
def _labels() -> dict[str, frozenset[str]]:
    """Table → every header under which a column of it is known."""
    return {t.name: frozenset(h for c in t.columns.values() for h in c.headers) for t in TABLES.values()}


def _end(key: str) -> str:
    return key.rsplit(".", 1)[-1]


def _keys(part: Found) -> list[str]:
    """The records' own keys, and of what encloses them the keys that the tables which know their own keys best know too.

    So a line of an order carries its order's number and day, and is not taken for the order itself. What two of them say behind
    a dot is only known by the whole of the key. The last day of a longer stretch is no column: it would be read as the day of
    the figures.
    """
    stretch = () if all(of_one_day(r) for r in part.records) else ONE_DAY
    own = [k for k in part.own if k not in stretch]
    count = {t: sum(k in labels or _end(k) in labels for k in own) for t, labels in _labels().items()}
    most = max(count.values(), default=0)
    near = frozenset[str]().union(*(_labels()[t] for t, n in count.items() if n == most)) if most else None
    enclosing = dict.fromkeys(k for r in part.records for k in r if k not in part.own and k not in stretch)
    said = {*own, *enclosing}
    return own + [
        k for k in enclosing if near is None or k in near or (_end(k) in near and (_end(k) == k or _end(k) not in said))
    ]


def _header(keys: list[str]) -> list[str]:
    """A key behind dots is known by the whole of it, or by its last part where only one key ends so and a table knows it."""
    known = frozenset[str]().union(*_labels().values())
    ends = [_end(k) for k in keys]
    return [
        end if key not in known and end in known and ends.count(end) == 1 else key for key, end in zip(keys, ends, strict=True)
    ]


def _sheet(place: str, part: Found, keys: list[str], period: str | None) -> Sheet:
    """Under a title that names the period, as the platform's own exports do."""
    rows: list[list[str | None]] = [list(_header(keys)), *([r.get(k) for k in keys] for r in part.records)]
    lines = list(range(1, len(rows) + 1))
    if period:
        rows.insert(0, [f"{place}, 时间周期 {period}", *[None] * (len(keys) - 1)])
        lines.insert(0, 0)
    columns = {f"c{i}": [r[i] for r in rows] for i in range(len(keys))}
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Sheet(place, cells, pl.Series("line", lines, dtype=pl.Int32))
