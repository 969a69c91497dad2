"""Verbs about files: bring, accept, undo. A preview writes no fact."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhanggui.desk.access import demand
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Import, Person, Shop
from zhanggui.facts import Counts, Undone
from zhanggui.facts.manifest import write_durably
from zhanggui.intake import Period, Reading, answers, read

KEPT_ROWS = 200  # problems kept with the row for the page; the download reads them all again


class CannotImport(Exception):
    """The file cannot be taken in as it is; `problems` says why."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class Preview:
    """What a file is and what accepting it would do."""

    reading: Reading
    counts: list[Counts]
    duplicate_of: int | None


def look(
    shop: Shop, data: bytes, name: str, *, period: Period | None = None, table: str | None = None, on: date | None = None
) -> Preview:
    """Read a file and compare it with what is there. Writes nothing."""
    reading = read(data, name, on=on or platform_today(), period=period, table=table)
    facts = facts_of(shop)
    duplicate = facts.find_duplicate(hashlib.sha256(data).hexdigest(), reading) if reading.ok else None
    return Preview(reading, facts.preview(reading), duplicate.id if duplicate else None)


def describe(preview: Preview, name: str) -> dict[str, Any]:
    """A preview as plain data: recognised tables with their counts, and problems in both languages."""
    parts = []
    for part, counts in zip(preview.reading.parts, preview.counts, strict=True):
        parts.append(
            {
                "table": part.table.name,
                "sheet": part.sheet,
                "header_line": part.header_line,
                "period": [d.isoformat() for d in part.period] if part.period else None,
                "as_of": part.as_of.isoformat() if part.as_of else None,
                "columns": part.headers,
                "new": counts.new,
                "changed": counts.changed,
                "unchanged": counts.unchanged,
                "rejected": counts.rejected,
            }
        )
    problems = [*preview.reading.problems, *(p for part in preview.reading.parts for p in part.problems(name))]
    return {
        "ok": preview.reading.ok,
        "duplicate_of": preview.duplicate_of,
        "parts": parts,
        "problems": [p.__dict__ for p in problems[:KEPT_ROWS]],
        "problem_count": len(problems),
    }


def bring(
    shop: Shop,
    data: bytes,
    name: str,
    *,
    person: Person | None = None,
    period: Period | None = None,
    table: str | None = None,
    on: date | None = None,
) -> Import:
    """Keep an uploaded file, read it, and wait for somebody to accept it."""
    demand(person, "import", shop)
    preview = look(shop, data, name, period=period, table=table, on=on)
    sha256 = hashlib.sha256(data).hexdigest()
    folder = home() / "waiting" / shop.key
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / sha256, data)
    return Import.objects.create(
        shop=shop,
        person=person,
        file=name[-300:],
        sha256=sha256,
        size=len(data),
        options=preview.reading.options,
        preview=describe(preview, name),
        state="waiting" if preview.reading.ok else "refused",
    )


def take(
    shop: Shop,
    data: bytes,
    name: str,
    *,
    person: Person | None = None,
    period: Period | None = None,
    table: str | None = None,
    on: date | None = None,
    whole_only: bool = False,
) -> Import:
    """Bring and accept in one step, reading the file once. A file that cannot be taken in is kept as "refused"."""
    demand(person, "import", shop)
    reading = read(data, name, on=on or platform_today(), period=period, table=table)
    item = Import(shop=shop, person=person, file=name[-300:], sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    item.options = reading.options
    rejected = any(part.rejected_rows for part in reading.parts)
    if not reading.ok or (whole_only and rejected):
        item.state = "refused"
        item.preview = describe(Preview(reading, facts_of(shop).preview(reading), None), name) | {"ok": False}
        item.save()
        return item
    by = person.get_username() if person else "cli"
    put = facts_of(shop).put(data, name, reading, at=now().isoformat(timespec="seconds"), by=by)
    item.preview = describe(Preview(reading, put.counts, put.record.id if put.duplicate else None), name)
    item.number, item.accepted = put.record.id, now()
    item.state = "duplicate" if put.duplicate else "accepted"
    item.save()
    return item


def _waiting_file(item: Import) -> bytes:
    return (home() / "waiting" / item.shop.key / item.sha256).read_bytes()


def read_waiting(item: Import) -> Reading:
    """The waiting file, read as when it was brought."""
    return read(_waiting_file(item), item.file, **answers(item.options))


def accept(item: Import, *, person: Person | None = None, whole_only: bool = False) -> Import:
    """Take a waiting file in. Twice is once. `whole_only`: only if no row is rejected (all or nothing)."""
    demand(person, "import", item.shop)
    if item.state in ("accepted", "duplicate"):
        return item
    if item.state != "waiting":
        raise CannotImport(item.preview["problems"])
    data = _waiting_file(item)
    reading = read_waiting(item)
    rejected = [p for part in reading.parts for p in part.problems(item.file) if p.level == "row"]
    if whole_only and rejected:
        raise CannotImport([p.__dict__ for p in rejected[:KEPT_ROWS]])
    by = person.get_username() if person else "cli"
    put = facts_of(item.shop).put(data, item.file, reading, at=now().isoformat(timespec="seconds"), by=by)
    # Facts first: should the process die here, accepting again finds them there and only this row is written.
    with transaction.atomic():
        item.state = "duplicate" if put.duplicate else "accepted"
        item.number = put.record.id
        item.accepted = now()
        item.preview = item.preview | {
            "duplicate_of": put.record.id if put.duplicate else None,
            "parts": [p | c.__dict__ for p, c in zip(item.preview["parts"], put.counts, strict=True)],
        }
        item.save()
    if not item.shop.imports.filter(sha256=item.sha256, state="waiting").exists():  # the same file may have been brought twice
        (home() / "waiting" / item.shop.key / item.sha256).unlink(missing_ok=True)
    return item


def drop(item: Import, *, person: Person | None = None) -> None:
    """Throw a waiting file away."""
    demand(person, "import", item.shop)
    if item.state in ("waiting", "refused"):
        if not item.shop.imports.filter(sha256=item.sha256, state="waiting").exclude(pk=item.pk).exists():
            (home() / "waiting" / item.shop.key / item.sha256).unlink(missing_ok=True)
        item.delete()


def undo(shop: Shop, number: int, *, person: Person | None = None) -> Undone:
    """Take an accepted import back. `LookupError` if there is none of this number, or it is undone already."""
    demand(person, "undo_import", shop)
    undone = facts_of(shop).undo(number, at=now().isoformat(timespec="seconds"))
    shop.imports.filter(number=number, state="accepted").update(state="undone", undone=now())
    return undone
