"""Verbs about files: bring, accept, undo. A preview writes no fact."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from zhanggui.desk import presence
from zhanggui.desk.access import demand
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.mapping import maps_of
from zhanggui.desk.models import Import, Person, Shop
from zhanggui.desk.previewing import Preview, counted, describe, look
from zhanggui.facts import Put, Undone
from zhanggui.facts.manifest import settle
from zhanggui.facts.store import digest
from zhanggui.intake import Period, Reading, answers, read
from zhanggui.intake.cells import Progress

BACKGROUND_BYTES = 8 * 2**20  # a larger upload is read and taken in by the worker
KEEPS_FILE = ("reading", "waiting", "working", "refused")
TELL_SECONDS = 0.5  # how often a long import says how far it is


class CannotImport(Exception):
    """The file cannot be taken in as it is; `problems` says why."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


class Cancelled(Exception):
    """Somebody has asked the running import to stop; nothing of it is done."""


def hold(item: Import, chunks: Iterable[bytes]) -> None:
    """Put a file, chunk by chunk, where files wait for a yes, and save its row; its name there is its SHA-256."""
    folder = home() / "waiting" / item.shop.key
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}.{threading.get_ident()}.part"
    told = hashlib.sha256()
    try:
        with draft.open("wb") as f:
            for chunk in chunks:
                told.update(chunk)
                f.write(chunk)
        item.sha256, item.size = told.hexdigest(), draft.stat().st_size
        with turn(item.shop):
            settle(draft, waiting_file(item))
            item.save()
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def turn(shop: Shop) -> Iterator[None]:
    """One at a time: who brings a file that waits already must not lose it to who has just taken it in."""
    (home() / "waiting").mkdir(parents=True, exist_ok=True)
    with (home() / "waiting" / f"{shop.key}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def bring(
    shop: Shop,
    data: bytes | Iterable[bytes],
    name: str,
    *,
    person: Person | None = None,
    period: Period | None = None,
    table: str | None = None,
    on: date | None = None,
    later: bool = False,
) -> Import:
    """Keep an uploaded file, read it, and wait for somebody to accept it. `later`: a long one is left for `read_brought`."""
    demand(person, "import", shop)
    day = on or platform_today()
    options = {"on": day.isoformat(), "period": [d.isoformat() for d in period] if period else None, "table": table}
    item = Import(shop=shop, person=person, file=name[-300:], options=options, state="reading")
    item.preview = {"ok": False, "duplicate_of": None, "parts": [], "problems": [], "problem_count": 0}
    hold(item, [data] if isinstance(data, bytes) else data)
    if later and item.size > BACKGROUND_BYTES:
        return item
    try:
        return read_brought(item)
    except BaseException:
        item.delete()
        _let_go(item)
        raise


def read_brought(item: Import) -> Import:
    """Read a file that was left for later. Told to stop, it is "cancelled" and thrown away."""
    given = answers(item.options)
    asked = {name: given[name] for name in ("period", "table", "on")}
    try:
        preview = look(item.shop, waiting_file(item), item.file, **asked, progress=_Steps(item, "reading"))
    except Cancelled:
        item.refresh_from_db()
        done = False
    else:
        done = _looked_at(item, preview, "reading")
    if not done and item.state not in KEEPS_FILE:
        _let_go(item)
    return item


def _looked_at(item: Import, preview: Preview, was: str) -> bool:
    """Write down what a look has found, unless somebody else has gone on with the file meanwhile."""
    state = "waiting" if preview.reading.ok else "refused"
    found = {"options": preview.reading.options, "preview": describe(preview, item.file), "state": state}
    done = Import.objects.filter(pk=item.pk, state=was).update(**found)
    item.refresh_from_db()
    return bool(done)


class _Steps:
    """Tells how far an import is, and raises `Cancelled` when it was asked to stop."""

    def __init__(self, item: Import, state: str) -> None:
        self.row, self.state, self.next = Import.objects.filter(pk=item.pk), state, 0.0

    def __call__(self, done: int, total: int, what: str = "") -> None:
        if time.monotonic() < self.next and done < total:
            return
        self.next = time.monotonic() + TELL_SECONDS
        if not self.row.filter(state=self.state, cancel=False).update(done=done, total=total, told=now()):
            raise Cancelled


def stop(item: Import, *, person: Person | None = None) -> None:
    """Ask a long import to stop. What is being read is cancelled; what is being taken in goes back to waiting."""
    demand(person, "import", item.shop)
    Import.objects.filter(pk=item.pk, state="reading").update(state="cancelled", cancel=True)
    Import.objects.filter(pk=item.pk, state="working").update(cancel=True)


def take(
    shop: Shop,
    data: bytes | Path,
    name: str,
    *,
    person: Person | None = None,
    period: Period | None = None,
    table: str | None = None,
    on: date | None = None,
    whole_only: bool = False,
    progress: Progress | None = None,
) -> Import:
    """Bring and accept in one step, reading the file once. A file that cannot be taken in is kept as "refused".

    Without a person it came by itself (a folder, a connection, a command): the import says so, and nobody has decided anything.
    """
    demand(person, "import", shop)
    reading = read(data, name, on=on or platform_today(), period=period, table=table, maps=maps_of(shop), progress=progress)
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    item = Import(shop=shop, person=person, file=name[-300:], sha256=digest(data), size=size, options=reading.options)
    rejected = any(part.rejected_rows for part in reading.parts)
    if not reading.ok or (whole_only and rejected):
        item.state = "refused"
        item.preview = describe(Preview(reading, facts_of(shop).preview(reading), None), name) | {"ok": False}
        hold(item, [data] if isinstance(data, bytes) else _chunks(data))
        return item
    with presence.unbroken():
        put = facts_of(shop).put(data, name, reading, at=now().isoformat(timespec="seconds"), by=_name(person))
        item.preview = describe(Preview(reading, put.counts, put.record.id if put.duplicate else None), name)
        item.number, item.accepted, item.state = put.record.id, now(), _fate(shop, put)
        if person is None:  # a file that came by itself is nobody's decision
            item.save()
        else:
            with transaction.atomic():
                item.save()
                remember("accept_import", item.file, about=shop, person=person, after=_told(item))
    return item


def _told(item: Import) -> dict[str, Any]:
    """What a history says of an import: its number, and what it did to the rows."""
    counts = {name: sum(part[name] for part in item.preview["parts"]) for name in ("new", "changed", "rejected")}
    return {"state": item.state, "number": item.number} | (counts if item.state == "accepted" else {})


def _fate(shop: Shop, put: Put) -> str:
    """A duplicate, unless it is the import itself, whose process died before its row was written."""
    return "duplicate" if put.duplicate and shop.imports.filter(number=put.record.id).exists() else "accepted"


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as f:
        while chunk := f.read(2**20):
            yield chunk


def _name(person: Person | None) -> str:
    return person.get_username() if person else "cli"


def waiting_file(item: Import) -> Path:
    return home() / "waiting" / item.shop.key / item.sha256


def _let_go(item: Import) -> None:
    """Delete the waiting file, unless the same one was brought another time too."""
    with turn(item.shop):
        if not item.shop.imports.filter(sha256=item.sha256, state__in=KEEPS_FILE).exclude(pk=item.pk).exists():
            waiting_file(item).unlink(missing_ok=True)


def read_waiting(item: Import, progress: Progress | None = None) -> Reading:
    """The waiting file, read as when it was brought."""
    return read(waiting_file(item), item.file, **answers(item.options), progress=progress)


def look_again(item: Import, *, person: Person | None = None, period: Period | None = None, later: bool = False) -> Import:
    """Read a waiting or refused file anew, after somebody has said what its headers mean or which period it covers.

    `later`: a long one is left for `read_brought`.
    """
    demand(person, "import", item.shop)
    item.refresh_from_db()
    if item.state not in ("waiting", "refused"):
        return item
    given = answers(item.options)
    asked = {"period": period or given["period"], "table": given["table"], "on": given["on"]}
    if later and item.size > BACKGROUND_BYTES:
        told = [d.isoformat() for d in asked["period"]] if asked["period"] else None
        again = {
            "options": item.options | {"period": told},
            "state": "reading",
            "cancel": False,
            "done": 0,
            "told": now(),
            "tries": 0,
        }
        Import.objects.filter(pk=item.pk, state=item.state).update(**again)
        item.refresh_from_db()
        return item
    _looked_at(item, look(item.shop, waiting_file(item), item.file, **asked), item.state)
    return item


def accept(item: Import, *, person: Person | None = None, whole_only: bool = False, later: bool = False) -> Import:
    """Take a waiting file in. Twice is once. `whole_only`: only if no row is rejected (all or nothing).

    `later`: a long one is only marked as "working", and `carry_out` does it.
    """
    demand(person, "import", item.shop)
    item.refresh_from_db()
    if item.state in ("accepted", "duplicate", "working"):
        return item
    if item.state != "waiting":
        raise CannotImport(item.preview["problems"])
    rejected = sum(part["rejected"] for part in item.preview["parts"])
    if whole_only and rejected:
        raise CannotImport([p for p in item.preview["problems"] if p["level"] == "row"])
    if later and item.size > BACKGROUND_BYTES:
        _start(item, person)
        return item
    return _put(item, _name(person), decided=lambda done: _remember_accept(done, person))


@transaction.atomic
def _start(item: Import, person: Person | None) -> None:
    begun = {"state": "working", "cancel": False, "done": 0, "total": item.size, "told": now(), "tries": 0}
    if Import.objects.filter(pk=item.pk, state="waiting").update(**begun):
        item.state = "working"
        _remember_accept(item, person)


def _remember_accept(item: Import, person: Person | None) -> None:
    remember("accept_import", item.file, about=item.shop, person=person, before={"state": "waiting"}, after=_told(item))


def carry_out(item: Import, by: str) -> Import:
    """Take in a file that was accepted for later. Told to stop, it waits again, with nothing done."""
    if item.state != "working":
        return item
    try:
        return _put(item, by, _Steps(item, "working"))
    except Cancelled:
        Import.objects.filter(pk=item.pk, state="working").update(state="waiting", cancel=False)
        item.refresh_from_db()
        return item


def _put(item: Import, by: str, steps: _Steps | None = None, decided: Callable[[Import], None] = lambda done: None) -> Import:
    try:
        reading = read_waiting(item, steps)
        with presence.unbroken():
            _put_down(item, reading, by, steps, decided)
    except FileNotFoundError:
        item.refresh_from_db()
        if item.state in ("accepted", "duplicate"):  # another request was quicker
            return item
        raise
    item.refresh_from_db()
    _let_go(item)
    return item


def _put_down(item: Import, reading: Reading, by: str, steps: _Steps | None, decided: Callable[[Import], None]) -> None:
    at = now().isoformat(timespec="seconds")
    told = (lambda *_: steps(item.size, item.size)) if steps else None
    put = facts_of(item.shop).put(waiting_file(item), item.file, reading, at=at, by=by, progress=told)
    # Facts first: should the process die here, accepting again finds them there and only this row is written.
    parts = [p | counted(c) for p, c in zip(item.preview["parts"], put.counts, strict=True)]
    state = _fate(item.shop, put)
    preview = item.preview | {"duplicate_of": put.record.id if state == "duplicate" else None, "parts": parts}
    written = {"state": state, "number": put.record.id, "accepted": now(), "preview": preview}
    row = Import.objects.filter(pk=item.pk)
    with transaction.atomic():
        done = bool(row.filter(state__in=("waiting", "working")).update(**written))
        if not done and not row.exists():
            vars(item).update(written)  # thrown away meanwhile: no import is without its row
            item.save(force_insert=True)
            done = True
        item.refresh_from_db()
        if done:
            decided(item)


def drop(item: Import, *, person: Person | None = None) -> None:
    """Throw a waiting file away."""
    demand(person, "import", item.shop)
    with transaction.atomic():
        gone = Import.objects.filter(pk=item.pk, state__in=("waiting", "refused", "cancelled"))
        before = {"state": gone.values_list("state", flat=True).first()}
        dropped = gone.delete()[0]
        if dropped:
            remember("drop_import", item.file, about=item.shop, person=person, before=before)
    if dropped:
        _let_go(item)


def undo(shop: Shop, number: int, *, person: Person | None = None) -> Undone:
    """Take an accepted import back. `LookupError` if there is none of this number, or it is undone already."""
    demand(person, "undo_import", shop)
    return take_back(shop, number, "undo_import", person)


def take_back(shop: Shop, number: int, verb: str, person: Person | None, subject: str = "") -> Undone:
    """Undo, remembered as this verb about this subject (else the file); who may has been asked before. `LookupError` as `undo`."""
    facts = facts_of(shop)
    undone = facts.undo(number, at=now().isoformat(timespec="seconds"))
    record = facts.manifest().record(number)
    with transaction.atomic():
        shop.imports.filter(number=number, state="accepted").update(state="undone", undone=now())
        before = {"number": number, "state": "accepted"}
        after = {"number": number, "state": "undone", "removed": sum(undone.removed.values())}
        after |= {"restored": sum(undone.restored.values())}
        remember(verb, subject or (record.file if record else number), about=shop, person=person, before=before, after=after)
    return undone
