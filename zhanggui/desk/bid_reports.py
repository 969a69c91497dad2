"""What reports and other sheets say of a bid sheet: which words carry their new bid, which carry one that nobody expected, and
what a revert would restore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from math import inf

from django.db.models import F, QuerySet

from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidLine, BidSheet, Shop
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import BidKey, bid_days, newest_bids

Bids = Mapping[BidKey, tuple[Decimal, date]]
Since = date | BidSheet
ENTERED = ("applied", "reverted")


@dataclass(frozen=True)
class Moved:
    """A word whose bid is not what the sheet takes it to be, or will not be. `since`: the day of the report, or the other sheet that
    has it. `stands`: what the word carries now; another than `bid` where that sheet is approved but not entered."""

    line: BidLine
    bid: Decimal
    since: Since
    stands: Decimal

    @property
    def source(self) -> Since:
        return self.since


@dataclass(frozen=True)
class Back:
    """What a revert does to a word: from the bid `now` to `to`. `moved`: it was changed since. `other`: who says that another bid than
    the sheet's own held before it, which is `to` then. Either way somebody has to be asked."""

    line: BidLine
    now: Decimal
    to: Decimal
    moved: Moved | None = None
    other: Since | None = None

    @property
    def asks(self) -> bool:
        return self.source is not None

    @property
    def source(self) -> Since | None:
        """Who says what somebody is asked about."""
        return self.other or (self.moved.since if self.moved else None)


def key_of(line: BidLine) -> BidKey:
    return line.plan, line.ad_group, line.word


def mark(asked: Sequence[Moved | Back]) -> str:
    """What tells one set of bids that somebody is asked about from another; "" of none."""
    said = [(one.line.pk, *((one.now, one.to) if isinstance(one, Back) else (one.bid, one.stands))) for one in asked]
    text = repr([tuple(f"{part.normalize():f}" if isinstance(part, Decimal) else part for part in one) for one in said])
    return sha256(text.encode()).hexdigest()[:16] if said else ""


def changes(sheet: BidSheet) -> QuerySet[BidLine]:
    """The lines that change a bid: taken, and not back at the bid of before."""
    return sheet.lines.filter(taken=True).exclude(after=F("before"))


def in_force(shop: Shop, bids: Bids) -> dict[BidKey, float]:
    """The bids that the shop's entered sheets have set and that no report is newer than; 0 is off."""
    found: dict[BidKey, float] = {}
    for line in _set_by(BidLine.objects.filter(sheet__shop=shop), *ENTERED):
        told, since = bids.get(key_of(line)), line.sheet.applied_on
        if told is None or (since is not None and told[1] <= since):
            found[key_of(line)] = float(line.after)
    return found


def moved(sheet: BidSheet, snapshot: Snapshot | None = None) -> list[Moved]:
    """The lines whose bid is not what the sheet takes it to be (of a draft the bid of before, of an applied sheet its own)."""
    known, coming = _known(sheet, newest_bids(snapshot or facts_of(sheet.shop).snapshot(platform_today())))
    found = []
    for line in changes(sheet):
        expected = line.before if sheet.state == "draft" else line.after
        stands, since = known.get(key_of(line), (expected, None))
        bid, since = coming.get(key_of(line), (stands, since))
        if since is not None and (bid != expected or stands != expected):
            found.append(Moved(line, bid, since, stands))
    return found


def _set_by(lines: QuerySet[BidLine], *states: str) -> list[BidLine]:
    """Those that change a bid, of sheets in these states, in the order in which they came into force; what is only approved comes last."""
    told = lines.filter(sheet__state__in=states, taken=True).exclude(after=F("before")).select_related("sheet")
    return sorted(told, key=lambda line: _moment(line.sheet))


def _moment(sheet: BidSheet) -> tuple[date, float, int]:
    """When the bids of an entered sheet came into force."""
    approved = sheet.approved_at.timestamp() if sheet.approved_at else inf
    return sheet.applied_on or date.max, approved, sheet.pk


def _others(sheet: BidSheet, *states: str) -> list[BidLine]:
    """What other sheets in these states give, in that order."""
    return _set_by(BidLine.objects.filter(sheet__shop=sheet.shop_id).exclude(sheet=sheet), *states)


def entered(sheet: BidSheet) -> list[tuple[BidKey, date]]:
    """Words whose bid other sheets have changed, and the days on which that was entered."""
    return [(key_of(line), line.sheet.applied_on) for line in _others(sheet, *ENTERED) if line.sheet.applied_on]


def _known(sheet: BidSheet, bids: Bids) -> tuple[dict[BidKey, tuple[Decimal, Since]], dict[BidKey, tuple[Decimal, Since]]]:
    """The bid of each word as far as it is known, and by what: the newest report, or another sheet that was entered and that no report
    is newer than. And the bids that are approved but not entered. Of an applied sheet only what came after it."""
    done = sheet.applied_on if sheet.state == "applied" else None
    known: dict[BidKey, tuple[Decimal, Since]] = {
        key: (bid, day) for key, (bid, day) in bids.items() if done is None or day > done
    }
    coming: dict[BidKey, tuple[Decimal, Since]] = {}
    others = _others(sheet, "approved", *ENTERED)
    if done is not None:
        others = [line for line in others if _moment(line.sheet) > _moment(sheet)]
    for line in others:
        since = line.sheet.applied_on or line.sheet.approved_on
        told = bids.get(key_of(line))
        if told is None or (since is not None and told[1] <= since):
            (coming if line.sheet.state == "approved" else known)[key_of(line)] = line.after, line.sheet
    return known, coming


def backs(sheet: BidSheet, snapshot: Snapshot | None = None) -> list[Back]:
    """What a revert of an applied sheet would do: every word that it changed and that no revert of it holds already."""
    snapshot = snapshot or facts_of(sheet.shop).snapshot(platform_today())
    held = {key_of(one) for one in BidLine.objects.filter(sheet__reverts=sheet).exclude(sheet__state="discarded")}
    away, was = {one.line.pk: one for one in moved(sheet, snapshot)}, _was(sheet, snapshot)
    found = []
    for line in changes(sheet):
        if key_of(line) in held:
            continue
        since = away.get(line.pk)
        to, other = was.get(key_of(line), (line.before, None))
        found.append(Back(line, since.stands if since else line.after, to, since, other if to != line.before else None))
    return found


def _was(sheet: BidSheet, snapshot: Snapshot) -> dict[BidKey, tuple[Decimal, Since]]:
    """The bid that each word carried before the sheet was entered, as it is known now, a late report included.

    From the approval on, the sheet's own bid in a report shows only that it was entered early.
    """
    if sheet.applied_on is None or sheet.approved_on is None:
        return {}
    lines = {key_of(line): line for line in changes(sheet)}
    found: dict[BidKey, tuple[Decimal, Since]] = {}
    last = sheet.applied_on - timedelta(days=1)
    for key, days in bid_days(snapshot, lines, last=last).items():
        told = [(bid, day) for day, bid in days if day < sheet.approved_on or bid != lines[key].after]
        if told:
            found[key] = told[-1]
    for line in _others(sheet, *ENTERED):
        if _moment(line.sheet) > _moment(sheet):
            break
        known = found.get(key_of(line))
        since = line.sheet.applied_on
        day = known[1] if known and isinstance(known[1], date) else None
        if day is None or (since is not None and day <= since):
            found[key_of(line)] = line.after, line.sheet
    return found


def seen(sheet: BidSheet, bids: Bids) -> tuple[int, int]:
    """How many of the sheet's words the newest report shows with their new bid, and of how many it says a bid since the approval."""
    since = sheet.approved_on
    told = [(line, bids[key_of(line)]) for line in changes(sheet) if key_of(line) in bids]
    told = [(line, one) for line, one in told if since is not None and one[1] >= since]
    return sum(bid == line.after for line, (bid, _) in told), len(told)


def entered_on(sheet: BidSheet, snapshot: Snapshot) -> date | None:
    """The first day since the approval from which the reports show every word with its new bid; None before that."""
    lines = {key_of(line): line.after for line in changes(sheet)}
    told = bid_days(snapshot, lines, first=sheet.approved_on)
    found = []
    for key, after in lines.items():
        day = None
        for on, bid in reversed(told.get(key, [])):
            if bid != after:
                break
            day = on
        if day is None:
            return None
        found.append(day)
    return max(found, default=None)
