"""Who is at work in the data folder: locks that the system frees when a process dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from zhanggui.desk.home import home

PROGRAMS = ("serve", "worker")

_held: list[IO[str]] = []


def _file(name: str) -> IO[str]:
    folder = home() / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / name).open("w")


def stay(program: str) -> None:
    """Say that a program of `PROGRAMS` runs here, until this process and those that it forks have ended."""
    handle = _file(program)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _held.append(handle)


def runs(program: str) -> bool:
    """Whether a program runs on this machine, in this data folder."""
    if not (home() / "locks" / program).exists():
        return False
    with _file(program) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def unbroken() -> Iterator[None]:
    """Around writing facts and the row that tells of them: no backup looks in between."""
    with _file("writing") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextmanager
def moment() -> Iterator[None]:
    """Alone for a moment, once everybody inside `unbroken` is through."""
    with _file("writing") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def nobody_else() -> Iterator[None]:
    """While the data folder is changed under everybody's feet. `BlockingIOError` if a program runs or something is written."""
    handles = [_file(name) for name in (*PROGRAMS, "writing")]
    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        for handle in handles:
            with suppress(OSError):
                handle.close()
