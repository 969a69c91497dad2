"""The Excel file of a bid sheet, out and back in.

Which layout the platform takes for an upload of bids is not known, so columns and headers are the shop's to choose. Only the
word and its new bid are needed to read a file back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhanggui.documents.excel import Sheet, workbook
from zhanggui.intake.sheets import read_sheets
from zhanggui.measures.ads import BidKey
from zhanggui.tables import Problem

MAX_BYTES = 16 * 2**20
HEADER_ROWS = 20  # a header stands among the first lines
LONGEST = 24  # characters of a number
CENT = Decimal("0.01")
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+")
TITLE = re.compile(r"\D*(\d+)\s+v(\d+)\s*(?:\(\d+\))?\s*")  # Excel calls a copy of a tab "… (2)"
YES, NO = frozenset({"y", "yes", "是", "1", "true", "采用"}), frozenset({"n", "no", "否", "0", "false", "不采用"})

#: Column → its usual headers zh and en, and the kind of its cells.
COLUMNS: dict[str, tuple[str, str, str]] = {
    "plan": ("推广计划", "Campaign", "text"),
    "ad_group": ("推广组", "Ad group", "text"),
    "word": ("关键词", "Keyword", "text"),
    "before": ("原出价", "Bid before", "money"),
    "after": ("新出价", "New bid", "money"),
    "taken": ("采用", "Take", "flag"),
    "why": ("理由", "Reason", "text"),
    "clicks_now": ("现在点击/天", "Clicks a day now", "number"),
    "clicks_then": ("预计点击/天", "Clicks a day then", "number"),
    "cost_now": ("现在花费/天", "Spend a day now", "money"),
    "cost_then": ("预计花费/天", "Spend a day then", "money"),
    "leads_now": ("现在询盘/天", "Inquiries a day now", "number"),
    "leads_then": ("预计询盘/天", "Inquiries a day then", "number"),
    "clicks_seen": ("依据的点击", "Clicks it rests on", "count"),
    "days_seen": ("依据的天数", "Days it rests on", "count"),
}
NEEDED = ("word", "after")
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """A row of the file that reads well. None: the file does not say. `rounded`: the bid was finer than a cent."""

    line: int
    key: BidKey
    after: Decimal | None
    taken: bool | None
    rounded: bool


@dataclass(frozen=True)
class Brought:
    """What a file says. With any problem nothing of it should be used. `missing`: how many words of the sheet it leaves out."""

    rows: tuple[Typed, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: int = 0


def usual(lang: str) -> list[tuple[str, str]]:
    """Every column with its usual header."""
    return [(name, zh if lang == "zh" else en) for name, (zh, en, _) in COLUMNS.items()]


def telling(keys: Collection[BidKey], columns: Columns, lang: str) -> list[tuple[str, str]]:
    """The columns, with campaign and group at the end where the words alone do not say which row is which."""
    words = [word.strip() for _, _, word in keys]
    if len(set(words)) == len(words):
        return list(columns)
    absent = [n for n in ("plan", "ad_group") if n not in dict(columns)]
    return [*columns, *((n, header) for n, header in usual(lang) if n in absent)]


def written(rows: Sequence[Mapping[str, Any]], columns: Columns, title: str, pk: int, version: int) -> bytes:
    """An .xlsx with these columns; its tab says of which sheet and version it is."""
    kinds = [COLUMNS[name][2] for name, _ in columns]
    cells = [[row[name] for name, _ in columns] for row in rows]
    return workbook({f"{title} {pk} v{version}": Sheet([header for _, header in columns], cells, kinds)})


def bid(text: str) -> tuple[Decimal, bool]:
    """A bid as somebody writes it, to the cent, and whether that took something off. `ValueError` where it is no number, or so small
    that it would become 0, which stops a word."""
    plain = text.strip().removeprefix("¥").removeprefix("￥").strip()
    if len(plain) > LONGEST or not NUMBER.fullmatch(plain):
        raise ValueError(text)
    value = Decimal(plain.replace(",", ""))
    rounded = value.quantize(CENT, ROUND_HALF_UP)
    if value > 0 and not rounded:
        raise ValueError(text)
    return rounded, abs(rounded - value) > Decimal(
        "1e-9"
    )  # what a spreadsheet's arithmetic leaves behind is not a person's digit


def read(
    data: bytes,
    name: str,
    *,
    keys: Collection[BidKey],
    columns: Columns,
    pk: int,
    version: int,
    highest: Decimal,
    over: bool = False,
) -> Brought:
    """What somebody has made of the file of sheet `pk`, whose words are `keys`. `columns`: headers of the shop's own, beside the
    usual ones. `over`: a file of an older version, or of none, is as good."""
    if len(data) > MAX_BYTES:
        size, limit = (f"{n / 2**20:.0f} MB" for n in (len(data), MAX_BYTES))
        return Brought(problems=(Problem("too_large", file=name, value=size, limit=limit),))
    sheets, trouble = read_sheets(data, name)
    if not sheets:
        return Brought(problems=tuple(trouble))
    for sheet in sheets:
        cells, lines = sheet.whole()
        rows = list(cells.iter_rows())
        for at, row in enumerate(rows[:HEADER_ROWS]):
            where = _where([str(c or "").strip() for c in row], columns)
            if all(n in where for n in NEEDED):
                if stale := _of_another(sheet.name, pk, version, over):
                    return Brought(problems=(stale,))
                body = [(int(line), row) for line, row in zip(lines[at + 1 :], rows[at + 1 :], strict=True)]
                return _Reader(keys, where, columns, highest, sheet.name).all(body)
    where = _where([str(c or "").strip() for c in next(iter(sheets[0].cells.iter_rows()), ())], columns)
    wanted = next(n for n in NEEDED if n not in where or n == NEEDED[-1])
    return Brought(problems=(Problem("bid_no_column", file=name, line=1, column=_label(wanted, columns)),))


def _where(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """Column → its place. A header of the shop's own counts before a usual one."""
    own = {text.lower(): name for name, text in columns}
    known = {text.lower(): name for name, (zh, en, _) in COLUMNS.items() for text in (zh, en)} | own
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        name = known.get(text.lower())
        if name and name not in found:
            found[name] = place
    return found


def _label(name: str, columns: Columns) -> str:
    return dict(columns).get(name) or COLUMNS[name][0]


def _of_another(title: str, pk: int, version: int, over: bool) -> Problem | None:
    """The tab says what the file is of. One that somebody has renamed, and a CSV file, say nothing, and are taken only with `over`."""
    said = TITLE.fullmatch(title)
    if said is None:
        return None if over else Problem("bid_no_version", value=title[:80])
    if int(said[1]) != pk:
        return Problem("bid_other_sheet", value=said[1], limit=str(pk))
    if int(said[2]) != version and not over:
        return Problem("bid_old_file", value=said[2], limit=str(version))
    return None


class _Reader:
    """Rows of one file, read one after the other."""

    def __init__(
        self, keys: Collection[BidKey], where: Mapping[str, int], columns: Columns, highest: Decimal, sheet: str
    ) -> None:
        self.keys, self.where, self.columns, self.highest, self.sheet = set(keys), where, columns, highest, sheet
        self.of_word: dict[str, list[BidKey]] = {}
        for key in keys:
            self.of_word.setdefault(key[2].strip(), []).append(key)
        self.lines: dict[BidKey, int] = {}
        self.problems: list[Problem] = []

    def all(self, body: Sequence[tuple[int, Sequence[Any]]]) -> Brought:
        read = [self._row(line, row) for line, row in body if any(str(c or "").strip() for c in row)]
        rows = tuple(one for one in read if one)
        return Brought(() if self.problems else rows, tuple(self.problems), len(self.keys) - len(self.lines))

    def _cell(self, row: Sequence[Any], name: str) -> str:
        return str(row[self.where[name]] or "").strip() if name in self.where else ""

    def _wrong(self, code: str, line: int, column: str, value: str, **more: Any) -> None:
        label = _label(column, self.columns)
        self.problems.append(Problem(code, "row", sheet=self.sheet, line=line, column=label, value=value[:80], **more))

    def _row(self, line: int, row: Sequence[Any]) -> Typed | None:
        key = self._key(line, row)
        taken = self._taken(line, row)
        after = self._after(line, row, taken is False)
        if key is None or after is None:
            return None
        return Typed(line, key, after[0], taken, after[1])

    def _key(self, line: int, row: Sequence[Any]) -> BidKey | None:
        word = self._cell(row, "word")
        if not word:
            self._wrong("bid_no_word", line, "word", "")
            return None
        named = [n for n in ("plan", "ad_group") if n in self.where]
        places = {"plan": 0, "ad_group": 1}
        fits = [k for k in self.of_word.get(word, []) if all(k[places[n]].strip() == self._cell(row, n) for n in named)]
        if len(fits) != 1:
            said = " · ".join(filter(None, (word, *(self._cell(row, n) for n in named))))
            self._wrong("bid_which_plan" if fits else "bid_unknown_word", line, "word", said)
            return None
        if first := self.lines.get(fits[0]):
            self._wrong("bid_same_word", line, "word", word, other=first)
            return None
        self.lines[fits[0]] = line
        return fits[0]

    def _taken(self, line: int, row: Sequence[Any]) -> bool | None:
        text = self._cell(row, "taken")
        if text and text.lower() not in YES | NO:
            self._wrong("bid_not_a_tick", line, "taken", text)
        return text.lower() in YES if text else None

    def _after(self, line: int, row: Sequence[Any], out: bool) -> tuple[Decimal | None, bool] | None:
        """The new bid; that of a word which is left out (`out`) need not be there."""
        text = self._cell(row, "after")
        if not text and out:
            return None, False
        if not text:
            self._wrong("bid_empty", line, "after", "")
            return None
        try:
            value, rounded = bid(text)
        except ValueError:
            self._wrong("bid_not_a_number", line, "after", text)
            return None
        if not 0 <= value <= self.highest:
            self._wrong("bid_out_of_range", line, "after", text, limit=f"{self.highest:,}")
            return None
        return value, rounded
