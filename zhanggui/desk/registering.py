"""Verbs about registers: look at edits, save them, take a save back; who changed a cell, when. A save is one more import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from zhanggui.desk import importing, presence
from zhanggui.desk.access import demand, sight_of
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.edits import Key, Outcome, Row, columns, file_name, keys_of, listing, planned, texts
from zhanggui.desk.history import remember
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import, Person, Shop
from zhanggui.facts import ImportRecord, Stale, Undone
from zhanggui.intake import answers, read
from zhanggui.tables import Table

TRIES = 5
ORPHAN_SECONDS = 60  # a save without its row among the imports after that long was killed between the two


def last_saves(shop: Shop, table: Table) -> list[ImportRecord]:
    """The live imports that hold rows of the register, newest first."""
    return [r for r in reversed(facts_of(shop).imports()) if r.live and any(p["table"] == table.name for p in r.parts)]


def look(shop: Shop, table: Table, rows: Sequence[Row], *, person: Person | None) -> Outcome:
    """What saving would say now; nothing is written."""
    demand(person, "edit_register", shop)
    return planned(shop, table, rows, sight_of(person, shop, table)).outcome


# ---- writing


def save(shop: Shop, table: Table, rows: Sequence[Row], *, person: Person | None, whole_only: bool = False) -> Outcome:
    """Write the edits as one import. Cells that somebody else has changed, and rows that cannot be read, are left out and said.

    `whole_only`: nothing is written unless everything can be. Raises `Stale` if others keep writing in between.
    """
    demand(person, "edit_register", shop)
    facts, sight = facts_of(shop), sight_of(person, shop, table)
    _settle(shop)
    for _ in range(TRIES):
        plan = planned(shop, table, rows, sight)
        outcome = plan.outcome
        if plan.reading is None or not outcome.written or (whole_only and not outcome.clean):
            return replace(outcome, written=0, done=frozenset() if whole_only and not outcome.clean else outcome.done)
        name, by = file_name(table, platform_today()), person.get_username() if person else "cli"
        with presence.unbroken():
            try:
                put = facts.put(plan.data, name, plan.reading, at=now().isoformat(timespec="seconds"), by=by, expect=plan.swaps)
            except Stale:
                continue
            if not put.duplicate:
                _note(shop, put.record, len(plan.data), person)
        return replace(outcome, number=put.record.id)
    raise Stale(table.name)


@transaction.atomic
def _note(shop: Shop, record: ImportRecord, size: int, person: Person | None) -> None:
    """The save among the shop's imports, and among what people have decided."""
    parts = [
        {k: v for k, v in p.items() if k not in ("counts", "headers")} | {"columns": p["headers"]} | p["counts"]
        for p in record.parts
    ]
    Import.objects.create(
        shop=shop,
        person=person,
        file=record.file[-300:],
        sha256=record.sha256,
        size=size,
        options=record.options,
        preview={"ok": True, "duplicate_of": None, "parts": parts, "problems": [], "problem_count": 0},
        state="accepted",
        number=record.id,
        accepted=datetime.fromisoformat(record.at),
    )
    rows = {name: sum(part["counts"][name] for part in record.parts) for name in ("new", "changed")}
    after = {"number": record.id} | rows
    remember("save_register", record.parts[0]["table"], about=shop, person=person, after=after)


def _settle(shop: Shop) -> None:
    """Saves whose process died after the facts were in and before the import was noted down get their row."""
    facts = facts_of(shop)
    before = (now() - timedelta(seconds=ORPHAN_SECONDS)).isoformat(timespec="seconds")
    saves = {r.id: r for r in facts.imports() if r.live and r.options.get("grid") and r.at < before}
    for number in sorted(set(saves) - set(shop.imports.filter(number__in=list(saves)).values_list("number", flat=True))):
        record = saves[number]
        _note(shop, record, len(facts.raw_file(record.sha256)), Person.objects.filter(username=record.by).first())


def own_save(shop: Shop, table: Table, person: Person) -> tuple[ImportRecord | None, list[ImportRecord]]:
    """The person's last save of the register in the grid, and what others have brought since (newest first)."""
    since: list[ImportRecord] = []
    for record in last_saves(shop, table):
        if record.by == person.get_username() and record.options.get("grid"):
            return record, since
        if record.by != person.get_username():
            since.append(record)
    return None, []


def undo(shop: Shop, table: Table, number: int, *, person: Person) -> Undone:
    """Take the person's last save back. `LookupError` if it is not this one. Rows that were saved again since stay as they are."""
    demand(person, "edit_register", shop)
    record, _ = own_save(shop, table, person)
    if record is None or record.id != number:
        raise LookupError(number)
    return importing.take_back(shop, number, "undo_save", person, table.name)


# ---- history


@dataclass(frozen=True)
class Change:
    """One cell before and after an import. `after` is None where the row was removed, `before` where it was not there."""

    record: ImportRecord
    as_of: date
    column: str
    before: str | None
    after: str | None


def history(shop: Shop, table: Table, key: Key, column: str = "", *, person: Person | None) -> list[Change]:
    """What the live imports have said of a row (of one cell), newest first, from their raw files in order.

    Only what the person is shown: no hidden cells, and nothing of rows that are not theirs today.
    """
    sight = sight_of(person, shop, table)
    if sight.only is not None and listing(shop, table, sight).find(key) is None:
        return []
    facts = facts_of(shop)
    states: list[tuple[date, int, ImportRecord, dict[str, str] | None]] = []
    for record in reversed(last_saves(shop, table)):
        data = facts.raw_file(record.sha256)
        if record.options.get("grid") and not all(k.replace('"', '""').encode() in data for k in key):
            continue
        for part in read(data, record.file, **answers(record.options)).parts:
            if part.table.name == table.name:
                rows = ((row, texts(table, row)) for row in _of_key(table, part.rows, key).iter_rows(named=True))
                states += [(row["as_of"], record.id, record, None if row["removed"] else cells) for row, cells in rows]
    changes: list[Change] = []
    was: dict[str, str] | None = None
    for as_of, _, record, cells in sorted(states, key=lambda s: s[:2]):
        for name in {column} - sight.hidden if column else [c for c in columns(table) if c not in sight.hidden]:
            before, after = (was.get(name) if was else None), (cells.get(name) if cells else None)
            if (before or None) != (after or None):
                changes.append(Change(record, as_of, name, before, after))
        was = cells
    return changes[::-1]


def _of_key(table: Table, rows: pl.DataFrame, key: Key) -> pl.DataFrame:
    return rows.filter(pl.Series([k == key for k in keys_of(table, rows)], dtype=pl.Boolean))
