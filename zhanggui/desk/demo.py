"""Verbs about made-up shops: start, draw, remove. What the sandbox writes is imported like anybody's files."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from zhanggui.desk import checking, importing
from zhanggui.desk.access import demand
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.home import home
from zhanggui.desk.inbox import importable
from zhanggui.desk.models import Person, Run, Shop
from zhanggui.plans import CheckUp

RUN = "sandbox"
SEED = 7
#: Size → arguments of the sandbox.
SIZES: dict[str, tuple[str, ...]] = {
    "small": ("--weeks", "20", "--products", "100", "--words", "120", "--recent", "4"),
    "usual": (),
}
STEPS = ("waiting", "draw", "import", "check")
TRUTH = "truth.json"  # the sandbox's own account of what it has planted; no report
TELL_SECONDS = 0.5  # how often the drawing says how far it is
PLACES = ("facts", "raw", "waiting", "inbox")  # folders of the data folder that have one for each shop

#: step, how much of it is done, and of how much (0: nobody knows)
Tell = Callable[[str, int, int], None]


class NotADemo(Exception):
    """A real shop is never removed here."""


class CannotDraw(Exception):
    """The sandbox has written nothing; the message is its last word."""


class Stopped(Exception):
    """The demo shop was removed while it was being drawn."""


def last_saturday(day: date) -> date:
    """The end of the newest week whose data the platform has by `day`: two days late, weeks end on Saturday."""
    ready = day - timedelta(days=2)
    return ready - timedelta(days=(ready.weekday() - 5) % 7)


def demo_of(shop: Shop) -> Shop | None:
    """The demo shop of the shop's company."""
    return Shop.objects.filter(company_id=shop.company_id, demo=True).order_by("pk").first()


def drawing(shop: Shop) -> Run | None:
    """How the drawing of a demo shop went or is going; None for one that the command line has made."""
    return shop.runs.filter(kind=RUN).first()


@transaction.atomic
def start(beside: Shop, size: str, *, person: Person | None) -> tuple[Run, bool]:
    """A demo shop in the company of a shop, still empty: `draw` fills it. A company has one; whether this one is new."""
    demand(person, "manage_shop", beside)
    if size not in SIZES:
        raise ValueError(size)
    company = type(beside.company).objects.select_for_update().get(pk=beside.company_id)
    known = demo_of(beside)
    if known:
        return drawing(known) or Run.objects.create(shop=known, kind=RUN, finished=now(), ok=True), False
    name = "Demo shop" if person and person.language == "en" else "演示店铺"
    shop = Shop.objects.create(company=company, key=f"demo-{secrets.token_hex(4)}", name=name, demo=True)
    remember("make_demo", shop.key, about=company, person=person, after={"size": size})
    note = {"size": size, "step": "waiting", "done": 0, "total": 0}
    return Run.objects.create(shop=shop, kind=RUN, note=note), True


def draw(run: Run) -> None:
    """Fill the shop of a run, telling the run how far it is. Again after a crash is once; removed meanwhile is the end of it."""
    shop = run.shop
    if shop is None or not shop.demo or run.finished:
        return

    def tell(step: str, done: int, total: int) -> None:
        run.note |= {"step": step, "done": done, "total": total}
        if not Run.objects.filter(pk=run.pk, finished=None).update(note=run.note):
            raise Stopped

    trouble = ""
    try:
        fill(shop, tell, arguments=SIZES[run.note["size"]])
    except Exception as error:
        if not Run.objects.filter(pk=run.pk).exists():
            _clear(shop.key)  # what was written after the removal
            return
        trouble = str(error) if isinstance(error, CannotDraw) else f"{type(error).__name__}: {error}"
        if not isinstance(error, CannotDraw):
            raise
    finally:
        note = run.note | ({"error": trouble[:500]} if trouble else {})
        Run.objects.filter(pk=run.pk, finished=None).update(note=note, ok=not trouble, finished=now())


def fill(
    shop: Shop,
    tell: Tell,
    *,
    arguments: Sequence[str] = (),
    seed: int = SEED,
    day: date | None = None,
    keep: Path | None = None,
) -> CheckUp:
    """Have the sandbox write its files up to the newest week (into `keep`, else into a folder that goes), import and check up.

    The sandbox is a program of its own: nothing of the product imports it. `tell` may raise to stop.
    """
    if not shop.demo:
        raise NotADemo(shop.key)
    end = last_saturday(day or platform_today())
    with nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory(prefix="zhanggui-") as scratch:
        folder = Path(scratch)
        _write(folder, ["--seed", str(seed), "--end", end.isoformat(), *arguments], tell)
        files = [path for path in importable(folder) if path.name != TRUTH]
        for done, path in enumerate(files):
            tell("import", done, len(files))
            importing.take(shop, path, path.name)
    tell("check", 0, 0)
    return checking.check(shop)


def _write(folder: Path, arguments: Sequence[str], tell: Tell) -> None:
    with tempfile.TemporaryFile("w+") as said:
        tell("draw", 0, 0)
        program = [sys.executable, "-m", "sandbox", str(folder), *arguments]
        running = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603  # our own program
        try:
            while running.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    running.wait(TELL_SECONDS)
                tell("draw", len(importable(folder)), 0)
        finally:
            if running.poll() is None:
                running.kill()
                running.wait()
        said.seek(0)
        if running.returncode:
            raise CannotDraw((said.read().strip().splitlines() or [f"exit {running.returncode}"])[-1])


def remove(shop: Shop, *, person: Person | None) -> None:
    """Take a demo shop away with everything in it; being drawn, the drawing ends. `NotADemo` for a real shop."""
    demand(person, "manage_shop", shop)
    with transaction.atomic():
        row = Shop.objects.select_for_update().get(pk=shop.pk)
        if not row.demo:
            raise NotADemo(row.key)
        remember("remove_demo", row.key, about=row.company, person=person)
        row.delete()
    _clear(shop.key)


def _clear(key: str) -> None:
    """The folders of a shop that no longer has a row."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", key) or Shop.objects.filter(key=key).exists():
        raise NotADemo(key)
    for place in PLACES:
        shutil.rmtree(home() / place / key, ignore_errors=True)
    (home() / "waiting" / f"{key}.lock").unlink(missing_ok=True)
