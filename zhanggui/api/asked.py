"""A question as it is answered: whose token, which shop, which page of the rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import isfinite
from typing import Any

import polars as pl

from zhanggui.api.parameters import Choice, Day, Parameter, Refused, Whole
from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import ApiToken, Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Snapshot

MOST_ROWS = 10_000
DAY = Day(name="day", zh="看到哪一天为止（缺省：今天，美西）", en="nothing dated later is seen (default: today, US Pacific)")
LIMIT = Whole(name="limit", zh="一次最多几行", en="rows in one answer", default=1000, low=1, high=MOST_ROWS)
CURSOR = Parameter(name="cursor", zh="上一页给的 next", en="`next` of the answer before, for the rows after it")
FORMAT = Choice(name="format", zh="json 或 csv", en="json or csv", default="json", options=lambda: ("json", "csv"))
PAGE = (LIMIT, CURSOR)


@dataclass(frozen=True)
class Rows:
    """An answer of rows. `columns` says what each part of a row is; a part that a row lacks is not for this member's eyes, while
    null is missing in the data. `next` is the cursor of the rows after these; `about` stands beside them."""

    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    next: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """`path`: the variable parts of the address; `values`: the parameters; `question`: address and parameters but the page."""

    token: ApiToken
    path: Mapping[str, Any]
    values: Mapping[str, Any]
    question: str

    @cached_property
    def shop(self) -> Shop:
        """`NoSuchShop` for one that the token does not open."""
        found = access.opened_by(self.token).filter(key=self.path["key"]).first()
        if found is None:
            raise access.NoSuchShop(self.path["key"])
        return found

    @cached_property
    def member(self) -> Membership:
        return seeing.membership(self.token.person, self.shop)

    @cached_property
    def day(self) -> date:
        return self.values.get("day") or platform_today()

    @cached_property
    def seen(self) -> Seen:
        return seeing.seen(self.member, self.shop, self.day)

    @property
    def facts(self) -> Snapshot:
        """What the member is shown of the shop's facts."""
        return seeing.snapshot(self.seen)

    def begins(self, state: object = None) -> int:
        """The place at which the asked-for page begins. `Refused` for a cursor of another question, or of another `state`."""
        cursor = self.values.get("cursor")
        if cursor is None:
            return 0
        found = re.fullmatch(r"([0-9]{1,12})-([0-9a-f]{16})", cursor)
        if not found:
            raise CURSOR.refused("请照抄上一页的 next", "copy `next` of the answer before")
        if found[2] != self._mark(state):
            zh, en = "数据或问题变了，请从第一页重新取", "data or question have changed since; begin again without cursor"
            raise Refused(409, f"cursor：{zh}", f"cursor: {en}", "cursor")
        return int(found[1])

    def cursor(self, place: int, state: object = None) -> str:
        return f"{place}-{self._mark(state)}"

    def _mark(self, state: object) -> str:
        return hashlib.sha256(repr((self.question, state)).encode()).hexdigest()[:16]

    def page(self, frame: pl.LazyFrame) -> tuple[list[dict[str, Any]], str | None]:
        """The asked-for rows of a sorted frame of the member's facts, and the cursor of those after them."""
        begins, limit = self.begins(self.seen), self.values["limit"]
        found = frame.slice(begins, limit + 1).collect()
        rows = [{k: plain(v) for k, v in row.items()} for row in found.head(limit).iter_rows(named=True)]
        return rows, self.cursor(begins + limit, self.seen) if found.height > limit else None


def plain(value: Any) -> Any:
    """A value that JSON can hold: days as text, amounts as numbers; what is no number is missing."""
    made = checking.plain(value)
    return None if isinstance(made, float) and not isfinite(made) else made
