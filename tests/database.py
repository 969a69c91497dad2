"""The database of a process that a test starts: of its own, as its data folder is."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


def of_its_own(home: Path, *, sqlite: bool = False) -> dict[str, str]:
    """The environment of a process whose data folder is `home`: on PostgreSQL, the database that belongs to the folder as well.

    `sqlite`: the other kind, though the tests run on PostgreSQL.
    """
    if sqlite:
        return {"ZHANGGUI_HOME": str(home), "DATABASE_URL": ""}
    url = os.environ.get("DATABASE_URL", "")
    return {"ZHANGGUI_HOME": str(home)} | ({"DATABASE_URL": _made(url, home)} if url else {})


def _made(url: str, home: Path) -> str:
    name = "zhanggui_" + hashlib.sha256(str(home).encode()).hexdigest()[:16]
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(url)._replace(path=f"/{name}").geturl()
