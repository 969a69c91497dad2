"""Verbs about findings as time goes by: a check-up makes them new, ongoing, resolved, regressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl
from django.db import transaction

from zhanggui import checks
from zhanggui.checks import Check, Outcome
from zhanggui.checks.run import Settings
from zhanggui.desk import bid_weekly, bidding
from zhanggui.desk.access import demand
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Finding, Person, Run, Shop, Task
from zhanggui.facts import Snapshot
from zhanggui.measures import MEASURES, NoFigure, parse_address, trace
from zhanggui.plans import CheckUp, check_up
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.rules import Overrides

NUMBERS = ("verdict", "needs", "gain", "gain_low", "gain_high")


def own_rules(shop: Shop) -> Overrides:
    """The shop's own rulebook values: name → day → value."""
    found: dict[str, dict[date, float]] = {}
    for name, since, value in shop.rule_overrides.values_list("name", "since", "value"):
        found.setdefault(name, {})[since] = value
    return found


def data_lag(shop: Shop, day: date) -> int:
    """Days until a report of the platform is there, by the rulebook and the shop's own value."""
    return int(RULEBOOK.on(day, own_rules(shop))["data_lag_days"])


def own_settings(shop: Shop) -> Settings:
    """The shop's own settings of checks: code → name → value."""
    found: dict[str, dict[str, Any]] = {}
    for code, name, value in shop.check_settings.values_list("code", "name", "value"):
        found.setdefault(code, {})[name] = value
    return found


def look_at(
    shop: Shop, day: date | None = None, what_if: Mapping[str, float] | None = None, settings_if: Settings | None = None
) -> CheckUp:
    """A check-up of the shop; nothing is written. `what_if`: rulebook numbers, `settings_if`: settings of checks, both supposed
    in place of the shop's own."""
    settings = {**own_settings(shop)}
    for code, values in (settings_if or {}).items():
        settings[code] = {**settings.get(code, {}), **values}
    day = day or platform_today()
    return check_up(home(), shop.key, day, overrides=own_rules(shop), what_if=what_if, settings=settings)


def check(shop: Shop, *, day: date | None = None, person: Person | None = None) -> CheckUp:
    """A check-up, and its findings written down. A day before the last check-up is looked at and not written."""
    demand(person, "check", shop)
    run = Run.objects.create(shop=shop, kind="check")
    try:
        result = look_at(shop, day)
        if shop.checked_on is None or result.day >= shop.checked_on:
            record(shop, result)
        look_back(shop, result.day)
        known = facts_of(shop).snapshot(result.day)
        bidding.notice(shop, known)
        bid_weekly.draft_if_due(shop, known, data_lag(shop, result.day))
    except Exception as error:
        run.note = {"error": f"{type(error).__name__}: {error}"[:500]}
        run.ok, run.finished = False, now()
        run.save()
        raise
    run.note = {
        "day": result.day.isoformat(),
        "findings": sum(len(o.findings) for o in result.outcomes),
        "waiting": [{"code": o.check.code} | asdict(o.waiting) for o in result.outcomes if o.waiting],
    }
    run.ok, run.finished = True, now()
    run.save()
    return result


def plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@transaction.atomic
def record(shop: Shop, result: CheckUp) -> None:
    """Move every finding of the shop to its state on the day."""
    day = result.day
    Shop.objects.select_for_update().get(pk=shop.pk)
    known = {f.fingerprint: f for f in shop.findings.all()}
    late = {f.key["table"] for o in result.outcomes if o.check.code == "DA01" for f in o.findings}
    seen: set[str] = set()
    made: list[Finding] = []
    moved: list[Finding] = []
    for outcome in result.outcomes:
        for found in outcome.findings:
            seen.add(found.fingerprint)
            row = known.get(found.fingerprint)
            if row is None:
                row = Finding(shop=shop, code=found.code, fingerprint=found.fingerprint, first_seen=day, changed_on=day)
                made.append(row)
            else:
                moved.append(row)
                _move(row, day)
            row.key = {k: plain(v) for k, v in found.key.items()}
            row.values = {k: plain(v) for k, v in found.values.items()}
            row.last_seen = day
            for name, value in asdict(found).items():
                if name in NUMBERS:
                    setattr(row, name, value)
            _wake(row, outcome, day)
    fresh = {o.check.code for o in result.outcomes if o.waiting is None and not late & set(o.check.needs)}
    for row in known.values():
        if row.fingerprint not in seen and row.state != "resolved" and row.code in fresh:
            row.state, row.changed_on = "resolved", day
            moved.append(row)
    Finding.objects.bulk_create(made)
    fields = ["key", "values", "last_seen", "state", "changed_on", "snoozed_until", "snoozed_at_size", *NUMBERS]
    Finding.objects.bulk_update(moved, fields, batch_size=500)
    shop.checked_on = day
    shop.save(update_fields=["checked_on"])


def look_back(shop: Shop, day: date) -> int:
    """Keep what became of the followed figures of done tasks' findings (fingerprint → figure) once their day has come; how many tasks.

    Each figure is that of the look-back day, over as many days as before; or, should not all of these be after the task was done,
    that of the first check-up at which they are. Until then nothing is kept. One that no measure says is left out.
    """
    known, settings, snapshot = checks.load(), own_settings(shop), cache(facts_of(shop).snapshot)
    due = shop.tasks.filter(
        state="done", after__isnull=True, closed_on__isnull=False, look_back_on__lte=day, code__in=known
    ).prefetch_related("findings")
    kept = 0
    for task in due:
        for seen in dict.fromkeys((task.look_back_on or day, day)):
            task.after = _after(task, known[task.code], settings.get(task.code), snapshot(seen))
            if task.after is not None:
                task.save(update_fields=["after"])
                kept += 1
                break
    return kept


def _after(task: Task, check: Check, own: Mapping[str, Any] | None, snapshot: Snapshot) -> dict[str, Any] | None:
    """Fingerprint → figure; None while there are none of the days after the task."""
    found = {}
    for finding in task.findings.all():
        addresses = check.figures(as_core(finding), own)
        address = next((a for a in addresses if parse_address(a)[1] == check.followed), "")
        if not address:
            continue
        begins = _begins(snapshot, address, counts_days="days" in check.settings)
        if begins is None or task.closed_on is None or begins <= task.closed_on:
            return None
        try:
            value = plain(trace(snapshot, address).value)
        except NoFigure:
            continue
        if value is not None:
            found[finding.fingerprint] = value
    return found


def _begins(snapshot: Snapshot, address: str, *, counts_days: bool) -> date | None:
    """The first day that a figure is about; None without data. Of what is so on a day it is the newest such day, or, where the
    check counts over a stretch of days, the first of these if that is earlier."""
    name, _, key, days = parse_address(address)
    window = MEASURES[name].window(snapshot, days)
    if window is None or window.table.time != "state":
        return window.start if window else None
    rows = window.rows.filter(*[pl.col(k).cast(pl.String).fill_null("") == v for k, v in key.items()])
    newest: date | None = rows.select(window.table.dated.max()).collect().item()
    return min(newest, snapshot.day - timedelta(days=days - 1)) if newest and counts_days else newest


def _move(row: Finding, day: date) -> None:
    """The state of a known finding that is seen again."""
    if row.state == "resolved":
        row.state, row.changed_on = "regressed", day
    elif row.state in ("new", "regressed") and row.changed_on < day:
        row.state, row.changed_on = "ongoing", day


WORSE = 1.25  # a quarter more than when it was snoozed


def _wake(row: Finding, outcome: Outcome, day: date) -> None:
    """End a snooze whose day has come, or whose offender has become clearly worse."""
    size, then = row.values.get(outcome.check.size), row.snoozed_at_size
    worse = then is not None and isinstance(size, int | float) and size > then and size >= then * WORSE
    due = row.snoozed_until is not None and row.snoozed_until <= day
    if worse or due:
        row.snoozed_until = row.snoozed_at_size = None


def as_core(row: Finding) -> checks.Finding:
    """A stored finding as the core knows it, for its sentence."""
    return checks.Finding(row.code, row.key, row.values, row.verdict, row.needs, row.gain, row.gain_low, row.gain_high)


def hidden(shop: Shop) -> frozenset[str]:
    """Fingerprints of findings that people have put aside: snoozed or dismissed."""
    rows = shop.findings.exclude(dismissed_reason="", snoozed_until=None, snoozed_at_size=None)
    return frozenset(rows.values_list("fingerprint", flat=True))
