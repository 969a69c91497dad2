"""The decisions as lines of JSON, the same from either database: table by table, a row that is referred to before those that refer.

Left out is what an installation makes for itself: sessions, cache, queue, the frameworks' own lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LEFT_OUT = {"admin", "auth", "contenttypes", "django_q", "sessions"}
AT_ONCE = 1000  # rows held in memory

Model = type[models.Model]


def applied(alias: str = DEFAULT_DB_ALIAS) -> dict[str, list[str]]:
    """The migrations behind the database's shape, by app."""
    found: dict[str, list[str]] = {}
    known = MigrationLoader(None).migrated_apps
    for app, name in MigrationRecorder(connections[alias]).applied_migrations():
        if app in known:
            found.setdefault(app, []).append(name)
    return {app: sorted(names) for app, names in sorted(found.items())}


def ends(migrations: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Of these migrations, those on which no other of them builds."""
    graph = MigrationLoader(None).graph
    named = {(app, name) for app, names in migrations.items() for name in names} & set(graph.nodes)
    return sorted(n for n in named if not named & {child.key for child in graph.node_map[n].children})


def shape(migrations: dict[str, list[str]]) -> Apps:
    """The models as they were when these migrations, and no others, were applied."""
    return MigrationLoader(None).project_state(ends(migrations)).apps


def tables(apps: Apps) -> list[Model]:
    """The models whose rows are kept, many-to-many tables among them; each after those that it points to."""
    kept = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    rest = {m._meta.db_table: m for m in kept if not {m._meta.app_label, *(t._meta.app_label for t in _told(m))} & LEFT_OUT}
    ordered: list[Model] = []
    while rest:
        ready = sorted(n for n, m in rest.items() if not {t._meta.db_table for t in _told(m)} & (set(rest) - {n}))
        if not ready:
            raise ValueError(f"tables that refer to each other in a circle: {', '.join(sorted(rest))}")
        ordered += [rest.pop(n) for n in ready]
    return ordered


def _told(model: Model) -> list[Model]:
    """The models that rows of this one refer to."""
    return [f.related_model for f in model._meta.concrete_fields if f.related_model]  # type: ignore[misc]


def lines(model: Model, alias: str = DEFAULT_DB_ALIAS) -> Iterator[bytes]:
    """Every row as a line, in the order of its number. The same row gives the same line on either database."""
    names = [f.attname for f in model._meta.concrete_fields]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=AT_ONCE):
        yield json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _plain(value: Any) -> Any:
    """As JSON. A whole number is written without a point: PostgreSQL does not tell 1e20 from its digits."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def load(model: Model, written: Iterable[bytes], alias: str = DEFAULT_DB_ALIAS) -> int:
    """Put the rows of these lines into an empty table as they are, their moments included; how many."""
    connection, fields = connections[alias], list(model._meta.concrete_fields)
    quoted = [connection.ops.quote_name(str(f.column)) for f in fields]
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(quoted)}) VALUES ({marks})"  # noqa: S608
    count, rest = 0, iter(written)
    with connection.cursor() as cursor:
        while batch := [json.loads(line) for line in islice(rest, AT_ONCE)]:
            rows = [[f.get_db_prep_save(f.to_python(row[f.attname]), connection) for f in fields] for row in batch]
            cursor.executemany(insert, rows)
            count += len(rows)
    return count


def number_on(found: list[Model], alias: str = DEFAULT_DB_ALIAS) -> None:
    """Let new rows be numbered after those that were loaded."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def any_rows(found: list[Model], alias: str = DEFAULT_DB_ALIAS) -> bool:
    return any(m._base_manager.using(alias).exists() for m in found)


class Still:
    """The database as it is at this moment, however long it takes to read it; nobody has to wait."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.connection = connections[alias]

    def __enter__(self) -> None:
        self.ours = not self.connection.in_atomic_block
        if not self.ours:
            return
        postgres = self.connection.vendor == "postgresql"
        with self.connection.cursor() as cursor:
            # Not `atomic`, which on SQLite takes the only writer's place.
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN")
            cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is that of the first question

    def __exit__(self, *_: object) -> None:
        if self.ours:
            with self.connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def whole(alias: str = DEFAULT_DB_ALIAS) -> Any:
    """All of a load or nothing."""
    return transaction.atomic(using=alias)
