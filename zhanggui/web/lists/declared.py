"""The declaration of a list: where its rows come from, what they are called, what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import polars as pl

from zhanggui.desk.models import Shop
from zhanggui.facts import Snapshot
from zhanggui.measures import MEASURES, Measure
from zhanggui.tables import TABLES, Table
from zhanggui.web.columns import Chip
from zhanggui.web.words import said

Also = Callable[[Snapshot, pl.LazyFrame, Hashable], pl.LazyFrame]


@dataclass(frozen=True)
class Extra:
    """A column that `also` adds and no table has."""

    zh: str
    en: str
    kind: str
    missing: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One list. `name` is its address and the section of its saved views.

    `table`: the report whose rows fill it: the newest row of each key of a state, the rows of the last days of events. With a
    `measure` its rows are that measure's over the last days instead, and each figure opens. `key` tells rows apart, `called`
    names a row, `note` stands under the name. `shown`: the columns unless others are asked for; every other one is offered.
    `chips` and `also` (more columns) may depend on the shop's `own` settings. `apart`: see `Table`. `days`: the window at first. `opens`: the page that a row opens, in place of the rows behind it.
    """

    name: str
    section: str
    zh: str
    en: str
    table: str
    key: tuple[str, ...]
    called: str
    shown: tuple[str, ...]
    sort: str
    search: tuple[str, ...]
    measure: str = ""
    note: str = ""
    opens: str = ""
    days: int = 28
    apart: tuple[str, ...] = ()
    chips: Callable[[Hashable], tuple[Chip, ...]] = lambda own: ()
    own: Callable[[Shop], Hashable] = lambda shop: None
    also: Also | None = None
    extra: Mapping[str, Extra] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return said(self.zh, self.en)

    @property
    def source(self) -> Table:
        return TABLES[self.table]

    @property
    def figures(self) -> Measure | None:
        return MEASURES[self.measure] if self.measure else None

    @property
    def windowed(self) -> bool:
        """Whether its rows are those of the last days."""
        return bool(self.measure) or self.source.time != "state"
