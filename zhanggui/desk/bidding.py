"""Verbs about bids: draft, edit, approve, say that they are entered, revert, discard. Nothing is ever sent to the platform."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from zhanggui.desk.access import demand
from zhanggui.desk.bid_reports import backs, changes, entered_on, key_of, mark, moved
from zhanggui.desk.clock import platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidLine, BidSheet, Person, Shop
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import BidKey, newest_bids
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_plan import BidPlan, BidSettings

CENT = Decimal("0.01")
HIGHEST = Decimal("99999.99")  # more than anybody bids for a click; what a slip of the keys makes is caught here
NOTE = 500
#: Limits of a proposal that a shop may choose, as shares, with what they may be.
LIMITS = {"change": (0.01, 1.0), "dead_band": (0.0, 0.5), "explore": (0.0, 0.5)}
LOGGED = 50  # words of one edit that the history names; of more it tells how many


class CannotBid(ValueError):
    """The step lacks something, or the sheet is not so far or already further; the message says what."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a line. `seen`: bid and tick as they stood when it was written; None: whatever stands there."""

    key: BidKey
    after: Decimal
    taken: bool
    seen: tuple[Decimal, bool] | None = None


@dataclass(frozen=True)
class Edited:
    """`changed`: how many lines are different now; `stale`: those that somebody else had changed meanwhile, left as they are."""

    changed: int
    stale: tuple[BidKey, ...] = ()


def cents(bid: float | Decimal) -> Decimal:
    """A bid as it can be entered: to the cent, half a cent up."""
    return Decimal(str(bid)).quantize(CENT, ROUND_HALF_UP)


def subject(sheet: BidSheet) -> str:
    """Under which the history tells of a sheet."""
    return f"bids #{sheet.pk}"


def _locked(sheet: BidSheet, *states: str) -> BidSheet:
    """The sheet as it is now, nobody else writing it. `CannotBid` in another state."""
    held = BidSheet.objects.select_for_update(of=("self",)).select_related("shop", "reverts").get(pk=sheet.pk)
    if held.state not in states:
        raise CannotBid("state")
    return held


def _move(sheet: BidSheet, verb: str, state: str, note: str, person: Person | None, **more: Any) -> BidSheet:
    before = {"state": sheet.state}
    sheet.state, sheet.version = state, sheet.version + 1
    for name, value in more.items():
        setattr(sheet, name, value)
    sheet.save()
    after = {"state": state} | ({"note": note.strip()[:NOTE]} if note.strip() else {})
    remember(verb, subject(sheet), about=sheet.shop, person=person, before=before, after=after)
    return sheet


def _reason(text: str) -> str:
    if not text.strip():
        raise CannotBid("reason")
    return text.strip()[:NOTE]


@transaction.atomic
def draft(
    shop: Shop,
    plan: BidPlan,
    *,
    source: str = "typed",
    day: date | None = None,
    reason: str = "",
    person: Person | None = None,
) -> BidSheet:
    """A proposal becomes a sheet of the shop. The bids of before are those of the report, to the last digit. `source`: who said
    the budget of the plan."""
    demand(person, "draft_bids", shop)
    if not plan.changes:
        raise CannotBid("changes")
    day = day or platform_today()
    known = newest_bids(facts_of(shop).snapshot(day))
    lines = []
    for one in plan.changes:
        told = known.get((one.plan, one.ad_group, one.word))
        before = told[0] if told and float(told[0]) == one.before else Decimal(str(one.before))
        lines.append(
            BidLine(
                plan=one.plan,
                ad_group=one.ad_group,
                word=one.word,
                before=before,
                proposed=cents(one.after),
                after=cents(one.after),
                why=one.reason,
                now=asdict(one.now),
                then=asdict(one.then),
                clicks_seen=one.clicks_seen,
                days_seen=one.days_seen,
            )
        )
    whole = {k: v for k, v in asdict(plan).items() if k not in ("changes", "budget")}
    sheet = BidSheet.objects.create(
        shop=shop,
        day=day,
        reason=reason.strip()[:NOTE],
        budget=cents(plan.budget),
        budget_from=source,
        outlook=whole,
        made_by=person,
    )
    _write(sheet, lines)
    after = {"state": "draft", "bids": len(lines)} | ({"reason": sheet.reason} if sheet.reason else {})
    remember("draft_bids", subject(sheet), about=shop, person=person, after=after)
    return sheet


def _write(sheet: BidSheet, lines: Iterable[BidLine]) -> None:
    made = list(lines)
    for line in made:
        line.sheet = sheet
    BidLine.objects.bulk_create(made, batch_size=500)


@transaction.atomic
def edit(sheet: BidSheet, wishes: Sequence[Wish], *, person: Person | None = None) -> Edited:
    """Other bids, lines taken out or in again. What somebody else has changed since it was seen stays as they left it."""
    demand(person, "draft_bids", sheet.shop)
    sheet = _locked(sheet, "draft")
    lines = {key_of(line): line for line in sheet.lines.all()}
    changed: list[BidLine] = []
    stale: list[BidKey] = []
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for wish in wishes:
        line = lines.get(wish.key)
        if line is None:
            raise CannotBid("word")
        if not 0 <= wish.after <= HIGHEST:
            raise CannotBid("bid")
        stands, wanted = (line.after, line.taken), (wish.after, wish.taken)
        if wanted in (stands, wish.seen):
            continue
        if wish.seen not in (None, stands):
            stale.append(wish.key)
            continue
        name = " · ".join(filter(None, reversed(wish.key)))
        before[name], after[name] = _said(line), _said(wish)
        line.after, line.taken = wish.after, wish.taken
        changed.append(line)
    if changed:
        BidLine.objects.bulk_update(changed, ["after", "taken"], batch_size=500)
        sheet.version += 1
        sheet.save(update_fields=["version"])
        few = len(changed) <= LOGGED
        old: dict[str, Any] = {"bids": before} if few else {}
        new: dict[str, Any] = {"bids": after} if few else {"changed": len(changed)}
        remember("edit_bids", subject(sheet), about=sheet.shop, person=person, before=old, after=new)
    return Edited(len(changed), tuple(stale))


def _said(one: BidLine | Wish) -> str:
    return f"{one.after.normalize():f}" if one.taken else "—"


@transaction.atomic
def approve(
    sheet: BidSheet,
    *,
    version: int,
    confirmed: Collection[BidKey] = (),
    shown: str | None = None,
    note: str = "",
    person: Person | None = None,
) -> BidSheet:
    """Somebody who may spend agrees with the sheet as they have seen it: `version`. Words whose bid is not any more what the sheet
    calls before must be confirmed; their bid of now becomes the bid of before, which a revert restores. `shown`: the `mark` of the
    words that they were asked about; None: whatever they are. A bid that another sheet is yet to bring is not a bid of now."""
    demand(person, "spend", sheet.shop)
    sheet = _locked(sheet, "draft")
    if sheet.version != version:
        raise CannotBid("version")
    others = moved(sheet)
    if shown not in (None, mark(others)) or not {key_of(one.line) for one in others} <= set(confirmed):
        raise CannotBid("moved")
    for one in others:
        one.line.before = one.stands
    BidLine.objects.bulk_update([one.line for one in others], ["before"], batch_size=500)
    if not changes(sheet).exists():
        raise CannotBid("changes")
    return _move(sheet, "approve_bids", "approved", note, person, approved_on=platform_today(), approved_at=now())


@transaction.atomic
def apply(sheet: BidSheet, *, on: date | None = None, note: str = "", person: Person | None = None) -> BidSheet:
    """Somebody has entered the bids in the back office, today or on an earlier day since the approval."""
    demand(person, "draft_bids", sheet.shop)
    sheet, today = _locked(sheet, "approved"), platform_today()
    day = on or today
    if day > today or (sheet.approved_on is not None and day < sheet.approved_on):
        raise CannotBid("day")
    return _move(sheet, "apply_bids", "applied", note, person, applied_on=day)


@transaction.atomic
def discard(sheet: BidSheet, *, reason: str, person: Person | None = None) -> BidSheet:
    """Nothing comes of the sheet. One that is approved is withdrawn by somebody who may spend."""
    sheet = _locked(sheet, "draft", "approved")
    demand(person, "draft_bids" if sheet.state == "draft" else "spend", sheet.shop)
    reason = _reason(reason)
    if sheet.reverts is not None and sheet.reverts.state == "reverted":
        _move(sheet.reverts, "keep_bids", "applied", reason, person)
    return _move(sheet, "discard_bids", "discarded", reason, person)


@transaction.atomic
def reopen(sheet: BidSheet, *, person: Person | None = None) -> BidSheet:
    """A discarded sheet is a draft again. A revert is not: whoever still wants it reverts anew."""
    demand(person, "draft_bids", sheet.shop)
    sheet = _locked(sheet, "discarded")
    if sheet.reverts_id is not None:
        raise CannotBid("state")
    return _move(sheet, "reopen_bids", "draft", "", person, approved_on=None, approved_at=None)


@transaction.atomic
def revert(
    sheet: BidSheet,
    *,
    confirmed: Collection[BidKey] = (),
    shown: str | None = None,
    reason: str,
    person: Person | None = None,
) -> BidSheet:
    """A new, approved sheet with exactly the bids of before. Words that were changed since, and words of which it has come out that
    another bid held before, are restored only where confirmed; until then the sheet can be reverted again for them. `shown`: the
    `mark` of what the person saw that it would do; None: whatever it does."""
    demand(person, "spend", sheet.shop)
    sheet, reason = _locked(sheet, "applied"), _reason(reason)
    every = backs(sheet)
    if shown not in (None, mark(every)):
        raise CannotBid("other_bids")
    open_ = [one for one in every if one.now != one.to]
    wanted = [one for one in open_ if not one.asks or key_of(one.line) in confirmed]
    if not wanted:
        raise CannotBid("changes")
    made = BidSheet.objects.create(shop=sheet.shop, day=platform_today(), reason=reason, reverts=sheet, made_by=person)
    _write(
        made,
        [
            BidLine(
                plan=one.line.plan,
                ad_group=one.line.ad_group,
                word=one.line.word,
                before=one.now,
                proposed=one.to,
                after=one.to,
                why="revert",
            )
            for one in wanted
        ],
    )
    remember("draft_bids", subject(made), about=sheet.shop, person=person, after={"bids": len(wanted), "reverts": sheet.pk})
    _move(made, "approve_bids", "approved", reason, person, approved_on=platform_today(), approved_at=now())
    _move(sheet, "revert_bids", "reverted" if len(wanted) == len(open_) else "applied", reason, person)
    return made


# ---- by the reports; the shop's own limits, and its file


@transaction.atomic
def notice(shop: Shop, snapshot: Snapshot) -> int:
    """Approved sheets whose every word the newest report shows with its new bid are applied, on the first day that does; how many."""
    found = 0
    for sheet in shop.bid_sheets.filter(state="approved"):
        day = entered_on(sheet, snapshot)
        if day is None:
            continue
        try:
            held = _locked(sheet, "approved")
        except CannotBid:
            continue  # somebody has dealt with it meanwhile
        _move(held, "see_bids", "applied", "", None, applied_on=day)
        found += 1
    return found


def steering(shop: Shop, **wanted: float) -> Steering:
    """Within which limits bids are proposed: as wanted, else the shop's own, else the usual."""
    return replace(BidSettings().steering, **{**shop.bid_limits, **wanted})


@transaction.atomic
def set_limits(shop: Shop, limits: Mapping[str, float], *, person: Person | None = None) -> None:
    """The shop's own limits, by name as in `LIMITS`; none: the usual ones."""
    demand(person, "spend", shop)
    if any(not LIMITS[name][0] <= value <= LIMITS[name][1] for name, value in limits.items()):
        raise CannotBid("limits")
    before = {"limits": shop.bid_limits}
    shop.bid_limits = dict(limits)
    shop.save(update_fields=["bid_limits"])
    remember("set_bid_limits", "bids", about=shop, person=person, before=before, after={"limits": shop.bid_limits})


@transaction.atomic
def set_columns(shop: Shop, columns: Sequence[tuple[str, str]], *, person: Person | None = None) -> None:
    """How the Excel file of a sheet is to look: columns and their headers, in order; none: the usual way."""
    demand(person, "draft_bids", shop)
    before = {"columns": dict(shop.bid_columns)}
    shop.bid_columns = [[name, header] for name, header in columns]
    shop.save(update_fields=["bid_columns"])
    remember("set_bid_columns", "bids", about=shop, person=person, before=before, after={"columns": dict(columns)})
