"""Frames that were worked out from snapshots, kept while there is room: what was not looked at for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import polars as pl

ROOM = 128 * 2**20  # bytes, for all snapshots of a process


class Kept:
    """Frames by name, of at most `room` bytes together. One that alone would take half of it is given and not kept."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._frames: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._lock = Lock()

    def frame(self, name: Hashable, make: Callable[[], pl.LazyFrame]) -> pl.DataFrame:
        """The frame of this name; `make` is asked where it is not kept."""
        with self._lock:
            if name in self._frames:
                self._frames.move_to_end(name)
                return self._frames[name]
        found = make().collect()
        size = int(found.estimated_size())
        if size * 2 <= self.room:
            with self._lock:
                self._frames[name], self._sizes[name] = found, size
                while sum(self._sizes.values()) > self.room:
                    del self._sizes[self._frames.popitem(last=False)[0]]
        return found


KEPT = Kept(ROOM)
