"""The words of a bid sheet as rows: from which bid to which, what is expected, and the figures of the report that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from zhanggui.desk.bidding import cents
from zhanggui.desk.models import BidLine
from zhanggui.measures import address_of
from zhanggui.measures.ads import BID_KEY, BidKey
from zhanggui.plans.bid_plan import BidChange
from zhanggui.web import words
from zhanggui.web.bid_words import FIGURES, WHYS, Outlook, Step, money, number, steps
from zhanggui.web.words import said

SORTS = {
    "gain": ("建议的顺序", "as proposed"),
    "word": ("关键词", "word"),
    "before": ("原出价", "bid before"),
    "after": ("新出价", "new bid"),
    "change": ("改动幅度", "size of the change"),
    "cost": ("花费变化", "change of spend"),
    "leads": ("询盘变化", "change of inquiries"),
}
MEASURE = "ads.bids"


@dataclass(frozen=True)
class Source:
    """A figure of the report behind a row; `href` opens it."""

    text: str
    href: str


@dataclass(frozen=True)
class Row:
    """One word as the page shows it. `pk` None: it is proposed, not kept. `after` may differ from what was `proposed`."""

    key: BidKey
    before: Decimal
    proposed: Decimal
    after: Decimal
    taken: bool
    why: str
    now: Outlook | None
    then: Outlook | None
    clicks_seen: int
    days_seen: int
    pk: int | None = None

    @property
    def word(self) -> str:
        return self.key[2]

    @property
    def place(self) -> str:
        return " · ".join(filter(None, self.key[:2]))

    @property
    def by_hand(self) -> bool:
        return self.after != self.proposed

    @property
    def changes(self) -> bool:
        return self.taken and self.after != self.before

    @property
    def code(self) -> str:
        return "hand" if self.by_hand else self.why

    @property
    def reason(self) -> str:
        return said("手改", "by hand") if self.by_hand else words.word(WHYS, self.why)

    @property
    def share(self) -> float:
        return float(self.after / self.before) - 1 if self.before else 0.0

    @property
    def change(self) -> str:
        if self.after == 0:
            return said("停", "off")
        return f"{self.share:+.0%}".replace("-", "−") if self.before else "—"

    @property
    def steps(self) -> list[Step]:
        return steps(self.now, None if self.by_hand else self.then)

    @property
    def seen(self) -> str:
        """How the row stood when the form was made, for the form to say again."""
        return f"{self.after.normalize():f} {'Y' if self.taken else 'N'}"


def proposed(changes: Iterable[BidChange]) -> list[Row]:
    """The changes of a plan that nobody has kept yet."""
    return [
        Row(
            (c.plan, c.ad_group, c.word),
            Decimal(str(c.before)),
            cents(c.after),
            cents(c.after),
            True,
            c.reason,
            asdict(c.now),
            asdict(c.then),
            c.clicks_seen,
            c.days_seen,
        )
        for c in changes
    ]


def kept(lines: Iterable[BidLine]) -> list[Row]:
    """The lines of a sheet."""
    return [
        Row(
            (one.plan, one.ad_group, one.word),
            one.before,
            one.proposed,
            one.after,
            one.taken,
            one.why,
            one.now,
            one.then,
            one.clicks_seen,
            one.days_seen,
            one.pk,
        )
        for one in lines
    ]


def _moves(row: Row, name: str) -> float:
    """How far a figure is expected to move; 0 where that is not known."""
    old, new = ((one or {}).get(name) for one in (row.now, None if row.by_hand else row.then))
    return float(new["value"] - old["value"]) if old and new else 0.0


KEYS: dict[str, Callable[[Row], Any]] = {
    "word": lambda r: r.word,
    "before": lambda r: -r.before,
    "after": lambda r: -r.after,
    "change": lambda r: -abs(r.share),
    "cost": lambda r: -abs(_moves(r, "cost")),
    "leads": lambda r: -abs(_moves(r, "leads")),
}


def narrowed(rows: Sequence[Row], text: str, sort: str, why: str = "") -> list[Row]:
    """The rows whose word, plan or group holds the text, of one reason if it is asked for, in the order that is asked for."""
    low = text.strip().lower()
    found = [r for r in rows if any(low in part.lower() for part in r.key) and (not why or why == r.code)]
    return sorted(found, key=KEYS[sort]) if sort in KEYS else found


@dataclass(frozen=True)
class Chosen:
    """What is expected of the rows that change a bid, added up; rows that were changed by hand have no estimate."""

    words: int
    guessed: int
    by_hand: int
    steps: list[tuple[str, str, str]]


def chosen(rows: Iterable[Row]) -> Chosen:
    """Sums of expected values; no interval, for the words' intervals do not add up."""
    live = [r for r in rows if r.changes]
    known = [r for r in live if not r.by_hand and r.now and r.then]
    found = []
    for name, label in FIGURES.items():
        pairs = [(r.now[name], r.then[name]) for r in known if r.now and r.then]
        sums = [sum(float(p[i]["value"]) for p in pairs) for i in (0, 1)] if pairs and all(a and b for a, b in pairs) else None
        found.append((said(*label), *((number(s, name) for s in sums) if sums else ("—", "—"))))
    return Chosen(len(live), len(known), sum(r.by_hand for r in live), found)


ONES = {"clicks": "click", "inquiries": "inquiry"}


def sources(row: Row, observed: Mapping[BidKey, Mapping[str, Any]], days: int, base: str, day: str) -> list[Source]:
    """The figures of the report that a word rests on, each with the address that opens it down to file and line."""
    told = observed.get(row.key)
    if told is None:
        return []
    key = dict(zip(BID_KEY, row.key, strict=True))
    found = []
    for column, (zh, en) in {
        "clicks": ("点击", "clicks"),
        "cost": ("花费", "spent"),
        "inquiries": ("询盘", "inquiries"),
        "bid": ("出价", "bid"),
    }.items():
        value = told[column]
        if value is None:
            continue
        text = money(value) if column in ("cost", "bid") else f"{value:,}"
        if value == 1 and column in ONES:
            en = ONES[column]
        address = address_of(MEASURE, column, key, days)
        found.append(
            Source(
                said(f"{zh} {text}", f"{text} {en}" if column != "bid" else f"bid {text}"),
                f"{base}?{urlencode({'address': address, 'day': day})}",
            )
        )
    return found


def cells(row: Row) -> dict[str, Any]:
    """A row for the Excel file, by the columns of `documents.bid_file`."""
    then = None if row.by_hand else row.then

    def value(one: Outlook | None, name: str) -> float | None:
        told = one.get(name) if one else None
        return float(told["value"]) if told else None

    told: dict[str, Any] = {
        "plan": row.key[0],
        "ad_group": row.key[1],
        "word": row.word,
        "before": row.before,
        "after": row.after,
        "taken": row.taken,
        "why": row.reason,
        "clicks_seen": row.clicks_seen,
        "days_seen": row.days_seen,
    }
    return told | {f"{n}_{when}": value(one, n) for n in FIGURES for when, one in (("now", row.now), ("then", then))}
