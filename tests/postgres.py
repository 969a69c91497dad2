"""Tests on PostgreSQL: `python -m tests.postgres [PYTEST ARGUMENTS]`, on the server of `DATABASE_URL` or on a throw-away one.

The throw-away server stands in a temporary folder, answers on a socket there, and is gone when the tests are. Without
arguments: the folders that touch the database; under `make proof`, everything. Exit code 77 where no PostgreSQL is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("tests/desk", "tests/web", "tests/cli")  # those that touch the database
EVERYTHING = ("tests",)  # under `make proof`
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadscope", "-m", "not proof")
SKIPPED = 77
#: Nothing here outlives the tests, so nothing need reach the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: on the path, or the newest of Debian's."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((p.parent for p in versions), key=lambda p: int(p.parent.name), default=None)


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """A server of its own, while it is needed; its address. PostgreSQL refuses to run as root, so root lends it to `postgres`."""
    with tempfile.TemporaryDirectory(prefix="zhanggui-postgres-") as folder:
        user: dict[str, str] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            user = {"user": "postgres", "group": "postgres"}
        place = Path(folder) / "data"

        def run(*line: str | Path) -> None:
            subprocess.run(line, cwd=folder, check=True, stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]

        run(bin_folder / "initdb", "-D", place, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C", "-N")
        run(bin_folder / "pg_ctl", "-D", place, "-w", "-l", f"{folder}/log", "-o", f"{QUICK} -k {folder}", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            run(bin_folder / "pg_ctl", "-D", place, "-w", "-m", "immediate", "stop")


def pytest(url: str, arguments: list[str]) -> int:
    usual = EVERYTHING if os.environ.get("ZHANGGUI_PROOF") else FOLDERS
    command = [sys.executable, "-m", "pytest", *(arguments or (*usual, *SIDE_BY_SIDE))]
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


def main(arguments: list[str]) -> int:
    if url := os.environ.get("DATABASE_URL", ""):
        return pytest(url, arguments)
    found = programs()
    if found is None:
        print("skipped: no PostgreSQL here (Debian: apt-get install postgresql), and DATABASE_URL names none", file=sys.stderr)
        return SKIPPED
    with server(found) as url:
        return pytest(url, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
