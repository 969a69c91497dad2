"""What the reports say of a bid sheet: which words carry their new bid, and which carry one that nobody expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidLine, BidSheet
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import newest_bids

Key = tuple[str, str, str]
Bids = Mapping[Key, tuple[Decimal, date]]


@dataclass(frozen=True)
class Moved:
    """A word whose bid is not what the sheet takes it to be. `since`: the day of the report, or the later sheet that has it."""

    line: BidLine
    bid: Decimal
    since: date | BidSheet


def key_of(line: BidLine) -> Key:
    return line.plan, line.ad_group, line.word


def changes(sheet: BidSheet) -> QuerySet[BidLine]:
    """The lines that change a bid: taken, and not back at the bid of before."""
    return sheet.lines.filter(taken=True).exclude(after=F("before"))


def moved(sheet: BidSheet, snapshot: Snapshot | None = None) -> list[Moved]:
    """The lines whose bid is not what the sheet takes it to be (of a draft the bid of before, of an applied sheet its own)."""
    known = _known(sheet, newest_bids(snapshot or facts_of(sheet.shop).snapshot(platform_today())))
    found = []
    for line in changes(sheet):
        bid, since = known.get(key_of(line), (None, None))
        if bid is not None and since is not None and bid != (line.before if sheet.state == "draft" else line.after):
            found.append(Moved(line, bid, since))
    return found


def _known(sheet: BidSheet, bids: Bids) -> dict[Key, tuple[Decimal, date | BidSheet]]:
    """The bid of each word as far as it is known, and by what: the newest report, or another sheet that no report is newer than.

    Of an applied sheet only what came after it.
    """
    done = sheet.applied_on if sheet.state == "applied" else None
    known: dict[Key, tuple[Decimal, date | BidSheet]] = {
        key: (bid, day) for key, (bid, day) in bids.items() if done is None or day > done
    }
    others = BidLine.objects.filter(sheet__state__in=("approved", "applied"), sheet__shop=sheet.shop_id, taken=True)
    others = others.exclude(after=F("before")).exclude(sheet=sheet).select_related("sheet")
    if done is not None:
        same_day = Q(sheet__approved_on=sheet.approved_on, sheet__pk__gt=sheet.pk)
        others = others.filter(same_day | Q(sheet__approved_on__gt=sheet.approved_on))
    for line in others.order_by("sheet__approved_on", "sheet_id"):
        since = line.sheet.applied_on or line.sheet.approved_on
        told = bids.get(key_of(line))
        if told is None or (since is not None and told[1] <= since):
            known[key_of(line)] = line.after, line.sheet
    return known


def seen(sheet: BidSheet, bids: Bids) -> tuple[int, int]:
    """How many of the sheet's words the newest report shows with their new bid, and of how many it says a bid since the approval."""
    since = sheet.approved_on
    told = [(line, bids[key_of(line)]) for line in changes(sheet) if key_of(line) in bids]
    told = [(line, one) for line, one in told if since is not None and one[1] >= since]
    return sum(bid == line.after for line, (bid, _) in told), len(told)
