"""What every source is asked with, and the shape in which many small answers become one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from zhanggui.feeds.wire import Wire

OVERLAP = timedelta(days=1)  # asked again behind the last pull: clocks and time zones differ
MAX_PAGES = 1000


@dataclass
class Ask:
    """One pull: settings and secret of the connection, where the last pull ended, and the line.

    `keep` stores a renewed secret at once. `until` is when the pull must have ended; what is left comes with the next one.
    """

    settings: Mapping[str, Any]
    secret: dict[str, Any] = field(repr=False)
    state: Mapping[str, Any]
    keep: Callable[[dict[str, Any]], None] = field(repr=False)
    now: datetime
    wire: Wire
    allowed: Collection[str] = ()
    until: float = float("inf")
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.wire.clock()

    @property
    def moment(self) -> datetime:
        """Now, as a pull goes on."""
        return self.now + timedelta(seconds=self.wire.clock() - self.began)

    @property
    def day(self) -> str:
        return self.now.date().isoformat()

    @property
    def late(self) -> bool:
        """Whether the pull has used up its time."""
        return self.wire.clock() > self.until

    def since(self, subject: str) -> datetime | None:
        """From when on to ask for a subject; None the first time."""
        said = self.state.get(subject)
        return datetime.fromisoformat(said) - OVERLAP if said else None

    def round(self, subject: str) -> tuple[str, str]:
        """Of a subject that one pull does not finish: when the round over it began, and the last key that came ("" at its start)."""
        began, after = self.state.get(f"{subject} so far") or (self.now.isoformat(), "")
        return str(began), str(after)

    def origin(self, usual: str) -> str:
        """Where the source lives. A setting `base` counts only for a host that the operator of the machine allows."""
        other = str(self.settings.get("base") or "")
        return other.rstrip("/") if other and httpx.URL(other).host in self.allowed else usual


def went_on(subject: str, began: str, after: str) -> dict[str, Any]:
    """The state of a round that goes on behind a key."""
    return {f"{subject} so far": [began, after]}


def finished(subject: str, began: str) -> dict[str, Any]:
    """The state after a round: the next asks for what has changed since this one began."""
    return {subject: began, f"{subject} so far": None}


def ends(said: Any, moment: datetime) -> str | None:
    """When a token ends whose lifetime (seconds) the other side says; None where it says none that makes sense."""
    try:
        return (moment + timedelta(seconds=int(said))).isoformat()
    except (TypeError, ValueError, OverflowError):
        return None


def together(method: str, answers: Iterable[bytes], **said: Any) -> bytes:
    """Many answers of one method as one document `{"method": …, "answers": [as they came, …]}`; `said` stands beside them."""
    head = json.dumps({"method": method} | said, ensure_ascii=False).encode()
    return head[:-1] + b', "answers": [' + b",".join(a.strip() for a in answers) + b"]}"


def beside(answer: bytes, **said: Any) -> bytes:
    """One answer of `together` with what it is about (what was asked, the order of the items), where it does not say so itself."""
    return json.dumps(said).encode()[:-1] + b', "answer": ' + answer.strip() + b"}"
