"""What a bid plan says: from which bid to which, word by word, and what that is expected to bring a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """A figure a day, with the middle 80 % of what is known of it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """What is expected a day. `cost` in the account's currency. `leads` None: the reports do not say what a click is worth."""

    clicks: Range
    cost: Range
    leads: Range | None


@dataclass(frozen=True)
class BidChange:
    """One word of one plan. Bids in the account's currency; `after` 0 stops the word. `reason`: a code that the pages have words for
    ("more", "less", "explore", "stop"). `clicks_seen`, `days_seen`: what the outlook rests on."""

    plan: str
    ad_group: str
    word: str
    before: float
    after: float
    reason: str
    now: Outlook
    then: Outlook
    clicks_seen: int
    days_seen: int


@dataclass(frozen=True)
class BidPlan:
    """`changes`: greatest expected gain first. `kept`: words whose bid stays. `budget` a day. `gap`: how far the plan may be below
    the bound of a linear programme, as a part of the bound. `uniform`: what the best single bid for all words is expected to bring, and
    `beats_uniform`: whether the plan's lower bound is above that; where it is not, `changes` are those towards the single bid.
    `explored`: money a day that is spent knowingly to learn. `missing`: what the plan waits for, by code, where there is none."""

    changes: tuple[BidChange, ...]
    kept: int
    budget: float
    now: Outlook
    then: Outlook
    gap: float
    uniform: Outlook | None = None
    beats_uniform: bool | None = None
    explored: float = 0
    missing: tuple[str, ...] = ()
