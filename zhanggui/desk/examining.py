"""What can be wrong with an installation, looked at without changing anything. The words are in `complaints`."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from zhanggui.desk import importing, keeping, presence, vault
from zhanggui.desk.answers import Trouble
from zhanggui.desk.clock import PLATFORM, now
from zhanggui.desk.complaints import Complaint
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Run, Shop
from zhanggui.facts.store import digest

LITTLE_ROOM = 2 * 2**30  # bytes
STUCK = timedelta(hours=1)
LATE = timedelta(minutes=30)
NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "glusterfs", "ceph"}
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
WAIT = {"reading", "working"}


def examine(*, deep: bool = False) -> list[Complaint]:
    """Everything that was looked at, in the order of what rests on what. `deep`: the raw files' content too."""
    found = [*_or_well(_programs(), "programs", platform.python_version()), *_folder(), *_clock_zones(), *_doors()]
    trouble = list(_database())
    found += trouble
    if any(c.level == "bad" or c.code == "nothing_yet" for c in trouble):
        return found
    for shop in Shop.objects.order_by("key"):
        found += [*_facts(shop, deep), *_imports(shop), *_outside(shop)]
    return [*found, *_clock(), *_worker()]


def _or_well(found: Iterator[Complaint], code: str, value: str, where: str = "") -> list[Complaint]:
    """What was found, or that nothing is wrong."""
    return list(found) or [Complaint(code, "ok", where, value)]


def _programs() -> Iterator[Complaint]:
    if not SpecifierSet(metadata.metadata("zhanggui")["Requires-Python"]).contains(platform.python_version()):
        yield Complaint("wrong_package", "bad", "Python", platform.python_version())
    for line in metadata.requires("zhanggui") or []:
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            version = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            version = "—"
        if version == "—" or not wanted.specifier.contains(version, prereleases=True):
            yield Complaint("wrong_package", "bad", wanted.name, version)


def _folder() -> Iterator[Complaint]:
    here, free = home(), shutil.disk_usage(home()).free
    found = []
    if keeping.pending():
        found.append(Complaint("restore_pending"))
    else:
        found += [Complaint("leftover", "warn", name) for name in keeping.leftovers()]
    if not os.access(here, os.W_OK | os.X_OK):
        found.append(Complaint("not_writable", "bad", str(here)))
    for path in (here, here / "secret_key"):
        if path.exists() and (mode := path.stat().st_mode & 0o777) & 0o077:
            found.append(Complaint("open_to_others", "bad", str(path), f"{mode:o}"))
    if free < LITTLE_ROOM:
        found.append(Complaint("little_room", "warn", value=f"{free / 2**30:.1f}"))
    yield from found or [Complaint("folder", "ok", str(here), f"{free / 2**30:.0f}")]


def _clock_zones() -> Iterator[Complaint]:
    for zone in (str(PLATFORM), settings.TIME_ZONE):
        try:
            ZoneInfo(zone)
        except ZoneInfoNotFoundError:
            yield Complaint("no_time_zones", "bad", zone)


def _doors() -> Iterator[Complaint]:
    outer = [h for h in settings.ALLOWED_HOSTS if h not in LOOPBACK]
    found = []
    if "*" in outer:
        found.append(Complaint("any_host", "bad"))
    if outer and not settings.HTTPS:
        found.append(Complaint("no_https", "warn", value=", ".join(outer)))
    yield from found or [Complaint("doors", "ok", value=", ".join(settings.ALLOWED_HOSTS))]


# ---- the database


def _database() -> Iterator[Complaint]:
    file = connection.settings_dict["NAME"]
    lite = connection.vendor == "sqlite"
    if lite and isinstance(file, Path) and not file.exists():
        yield Complaint("nothing_yet", "warn", str(home()))
        return
    if lite and (kind := disk_of(home(), Path("/proc/mounts"))) in NETWORK_DISKS:
        yield Complaint("network_disk", "warn", value=kind)
    try:
        if lite:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA quick_check(1)")
                said = str(cursor.fetchone()[0])
            if said != "ok":
                yield Complaint("damaged_database", "bad", value=" ".join(said.split()))
                return
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Complaint("no_database", "bad", value=" ".join(str(error).split())[:200])
        return
    if behind:
        yield Complaint("old_database", "bad", value=str(len(behind)))
    else:
        yield Complaint("database", "ok", value=connection.display_name)


def disk_of(folder: Path, mounts: Path) -> str:
    """The kind of file system on which a folder lies; "" where the system does not tell."""
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    above = [(len(line[1]), line[2]) for line in lines if folder.is_relative_to(line[1].replace("\\040", " "))]
    return max(above, default=(0, ""))[1]


# ---- each shop


def _facts(shop: Shop, deep: bool) -> Iterator[Complaint]:
    facts = facts_of(shop)
    try:
        manifest = facts.manifest()
    except (ValueError, KeyError, TypeError, OSError) as error:
        yield Complaint("broken_manifest", "bad", shop.key, type(error).__name__)
        return
    found = []
    for name in sorted(manifest.live_files()):
        path = facts.folder / name
        if not path.exists():
            found.append(Complaint("table_missing", "bad", shop.key, name))
        elif digest(path)[:16] != path.stem.rsplit("-", 1)[-1]:
            found.append(Complaint("table_damaged", "bad", shop.key, name))
    for sha256 in sorted({r.sha256 for r in manifest.imports}):
        if not (facts.raw / sha256).exists():
            found.append(Complaint("raw_missing", "bad", shop.key, sha256))
        elif deep and digest(facts.raw / sha256) != sha256:
            found.append(Complaint("raw_damaged", "bad", shop.key, sha256))
    rows = dict(shop.imports.exclude(number=None).exclude(state="duplicate").order_by("id").values_list("number", "state"))
    accepted = {n for n, state in rows.items() if n is not None and state == "accepted"}
    live = {r.id for r in manifest.imports if r.live}
    noted_later = {r.id for r in manifest.imports if r.options.get("grid")}  # by the next save of a register
    found += [Complaint("import_unknown", "bad", shop.key, str(n)) for n in sorted(live - set(rows) - noted_later)]
    found += [Complaint("import_absent", "bad", shop.key, str(n)) for n in sorted(accepted - live)]
    counted = f"{len(manifest.live_files())} Parquet, {len(manifest.imports)} raw"
    yield from found or [Complaint("shop", "ok", shop.key, counted)]


def _imports(shop: Shop) -> Iterator[Complaint]:
    for item in shop.imports.filter(state__in=importing.KEEPS_FILE).select_related("shop").order_by("id"):
        if not importing.waiting_file(item).exists():
            yield Complaint("waiting_lost", "bad", shop.key, item.file)
        elif item.state in WAIT and item.brought < now() - STUCK:
            yield Complaint("import_stuck", "warn", shop.key, item.file)


def _outside(shop: Shop) -> Iterator[Complaint]:
    """The watched folder and the connections."""
    folder = home() / "inbox" / shop.key
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        yield Complaint("no_inbox", "bad", str(folder))
    for one in shop.connections.all():
        troubles = [Trouble(**t) for t in one.trouble]
        try:
            vault.open_sealed(one.secret)
        except vault.SecretLost:
            troubles = [Trouble("secret_lost")]
        for trouble in troubles:
            says = {lang: f"{one.name} · {trouble.says(lang)}" for lang in ("zh", "en")}
            yield Complaint("connection", "warn", shop.key, says)


# ---- time


def _clock() -> Iterator[Complaint]:
    last = Run.objects.order_by("-started").values_list("started", flat=True).first()
    if last and last > now() + timedelta(minutes=5):
        yield Complaint("clock_wrong", "bad", _moment(last), _moment(now()))
    else:
        yield Complaint(
            "clock", "ok", value=f"{timezone.localtime():%Y-%m-%d %H:%M %Z}, {now().astimezone(PLATFORM):%Y-%m-%d %H:%M %Z}"
        )


def _moment(value: object) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def _worker() -> Iterator[Complaint]:
    from django_q.models import Schedule

    if not presence.runs("worker"):
        yield Complaint("no_worker", "warn")
        return
    late = list(Schedule.objects.filter(next_run__lt=now() - LATE).order_by("name"))
    yield from [Complaint("late", "bad", str(s.name), _moment(s.next_run)) for s in late] or [Complaint("worker", "ok")]
