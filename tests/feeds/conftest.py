"""A clock that nobody waits for, and what a source is asked with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.feeds.server import APP_KEY, APP_SECRET
from zhanggui.feeds.ask import Ask
from zhanggui.feeds.wire import Wire

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Time that passes only when somebody sleeps; `slept` are the pauses."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asking(clock: Clock) -> Callable[..., Ask]:
    """`asking(address, settings, secret, state)`: an Ask of a server on this machine. `ask.kept` is every secret that was stored."""

    def made(
        address: str, settings: dict[str, Any], secret: dict[str, Any] | None = None, state: Any = None, **wire: Any
    ) -> Ask:
        kept: list[dict[str, Any]] = []
        line = Wire(**{"allowed": {"127.0.0.1"}, "clock": clock, "sleep": clock.sleep} | wire)
        ask = Ask(
            {"base": address} | settings,
            dict(secret or {}),
            state or {},
            lambda s: kept.append(dict(s)),
            NOW,
            line,
            {"127.0.0.1"},
        )
        ask.kept = kept  # type: ignore[attr-defined]
        return ask

    return made


@pytest.fixture
def platform_asking(asking: Callable[..., Ask]) -> Callable[..., Ask]:
    """The same for the Open Platform, with a token in hand."""

    def made(address: str, state: Any = None, secret: dict[str, Any] | None = None, wire: Any = None, **settings: Any) -> Ask:
        token = {"app_secret": APP_SECRET, "access_token": "t1", "refresh_token": "r1"} if secret is None else secret
        return asking(address, {"app_key": APP_KEY} | settings, token, state, **(wire or {}))

    return made
