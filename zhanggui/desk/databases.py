"""A second database beside the one in use, in which a restore is built, and the exchange of the two.

With SQLite it is another file, which is moved with the other files. With PostgreSQL it is another schema of the same database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from zhanggui.desk import rows

FILE = "desk.sqlite3"
ALIAS = SCHEMA = "zhanggui_restoring"


def unknown(migrations: dict[str, list[str]]) -> str:
    """The first migration that this version does not know; "" if it knows them all."""
    known = MigrationLoader(None).graph.nodes
    strange = [f"{app} {n}" for app, names in sorted(migrations.items()) for n in names if (app, n) not in known]
    return strange[0] if strange else ""


@contextmanager
def fresh(file: Path, migrations: dict[str, list[str]]) -> Iterator[str]:
    """The alias of an empty database of the shape that these migrations make; brought to this version's shape at the end."""
    settings = dict(connections[DEFAULT_DB_ALIAS].settings_dict)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        settings["OPTIONS"] = {**settings["OPTIONS"], "options": f"-c search_path={SCHEMA}"}
    else:
        settings["NAME"] = file
    connections.databases[ALIAS] = settings
    try:
        executor = MigrationExecutor(connections[ALIAS])
        executor.migrate(rows.ends(migrations))
        yield ALIAS
        call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
        call_command("createcachetable", database=ALIAS, verbosity=0)
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def forget() -> None:
    """Drop what was being built."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def exchange(aside: str) -> None:
    """Put the built tables in the place of those in use, which move to the schema `aside`; done before, nothing happens.

    SQLite's file is exchanged by whoever moves the files; only our hold on it ends here.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA])
            if cursor.fetchone():
                cursor.execute("SELECT current_schema()")
                in_use = cursor.fetchone()[0]
                cursor.execute(f'CREATE SCHEMA "{aside}"')
                _move(cursor, in_use, aside)
                _move(cursor, SCHEMA, in_use)
                cursor.execute(f"DROP SCHEMA {SCHEMA}")
    connection.close()


def _move(cursor: object, source: str, target: str) -> None:
    """All tables of a schema to another; indexes and sequences go with them."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [source])  # type: ignore[attr-defined]
    for (name,) in cursor.fetchall():  # type: ignore[attr-defined]
        cursor.execute(f'ALTER TABLE "{source}"."{name}" SET SCHEMA "{target}"')  # type: ignore[attr-defined]
