"""Which of two or more variants is better, however often one looks: an answer that holds after every look, and how much is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf, log, sqrt
from typing import Literal

SURE = 0.05  # how often equal variants may ever be called unequal
MOST_EVENTS = 10_000_000

Kind = Literal["better", "same", "open"]


@dataclass(frozen=True)
class Pair:
    """The best variant's rate over another's: `ratio` (None without an event of the other) and the range that holds at every look."""

    other: int
    ratio: float | None
    low: float
    high: float
    kind: Kind


@dataclass(frozen=True)
class Sequel:
    """`best`: index of the highest rate; `kind`: it is better than all others, those `left` do not differ by what matters, or it is
    not decided. `pairs`: the best beside each other one. `events` of all; `needs`: further events of all until it is likely to be
    decided (0: decided; inf: never). `power`: how often a difference that matters would have been told by now."""

    kind: Kind
    best: int
    left: tuple[int, ...]
    pairs: tuple[Pair, ...]
    events: int
    needs: float
    power: float


def sequel(events: Sequence[int], trials: Sequence[int], worth: float, sure: float = SURE) -> Sequel:
    """The verdict on variants with events among trials. `worth`: the smallest difference that matters, as a part of the lower rate.

    Each pair is judged by which of the two brought each event. Were the rates in a given ratio, that would be a coin of known
    bias; the bets against it are mixed over biases around a difference of `worth` (a beta mixture), and the ratio is out of
    the range as soon as they have won 1/`sure` (shared among the pairs). This holds at every look and for one event as for a
    thousand. Assumes that the variants are shown side by side in a steady proportion, one event in a trial at the most, and events
    that do not hang together: not variants that take turns, since a good day then counts for one of them only. Reference: Robbins, Ann. Math. Stat. 41 (1970); Johari and others, Operations Research 70 (2022), mSPRT.
    """
    if len(events) < 2 or any(n <= 0 or not 0 <= e <= n for e, n in zip(events, trials, strict=True)):
        raise ValueError(f"not variants: {list(events)} of {list(trials)}")
    if worth <= 0 or not 0 < sure < 1:
        raise ValueError(f"not to be told apart: a difference of {worth}, wrong {sure} of the time")
    among = len(events)
    level = sure / (among * (among - 1) / 2)
    rates = [e / n for e, n in zip(events, trials, strict=True)]
    best = rates.index(max(rates))
    pairs, missing, powers = [], [], []
    for other in (i for i in range(among) if i != best):
        share = trials[best] / (trials[best] + trials[other])
        both = events[best] + events[other]
        low, high = ratio_range(events[best], both, share, worth, level)
        kind: Kind = "better" if low > 1 else "same" if low > 1 / (1 + worth) and high < 1 + worth else "open"
        pairs.append(Pair(other, rates[best] / rates[other] if events[other] else None, low, high, kind))
        powers.append(power(both, share, worth, level))
        if kind == "open":
            missing.append(_further(events[best], both, share, worth, level) * sum(trials) / (trials[best] + trials[other]))
    left = (best, *(p.other for p in pairs if p.kind != "better"))
    whole: Kind = "open" if missing else "better" if len(left) == 1 else "same"
    return Sequel(whole, best, left, tuple(pairs), sum(events), max(missing, default=0), min(powers))


def ratio_range(first: int, both: int, share: float, worth: float, level: float) -> tuple[float, float]:
    """The ratios of two rates that are still possible, when `first` of `both` events are the first's, who has `share` of the trials."""
    from scipy.optimize import brentq

    odds, tiny, at = (1 - share) / share, 1e-12, first / both if both else share

    def bets(coin: float) -> float:
        return _bets(coin, first, both, share, worth) + log(level)

    low = brentq(bets, tiny, at) if first and bets(tiny) > 0 else 0.0
    high = brentq(bets, at, 1 - tiny) if first < both and bets(1 - tiny) > 0 else 1.0
    return low / (1 - low) * odds, high / (1 - high) * odds if high < 1 else inf


def _bets(coin: float, first: int, both: int, share: float, worth: float) -> float:
    """What the mixed bets against a coin have made of a stake of one (log)."""
    from scipy.special import betaln

    many = 1 / (share * (1 - share) * log(1 + worth) ** 2)  # so wide that a difference of `worth` is a likely one
    a, b = many * share, many * (1 - share)
    seen = (first * log(coin) if first else 0.0) + ((both - first) * log(1 - coin) if first < both else 0.0)
    return float(betaln(a + first, b + both - first) - betaln(a, b)) - seen


def _out(ratio: float, first: int, both: int, share: float, worth: float, level: float) -> bool:
    """Whether a ratio of the two rates is out of the range."""
    odds = ratio * share / (1 - share)
    return _bets(odds / (1 + odds), first, both, share, worth) + log(level) >= 0


def power(both: int, share: float, worth: float, level: float) -> float:
    """How often `both` events tell that the first's rate is higher by `worth`, if it is."""
    from scipy.stats import binom

    low, high = ceil(both * share), both + 1  # the fewest events of the first that tell
    while low < high:
        middle = (low + high) // 2
        if _out(1, middle, both, share, worth, level):
            high = middle
        else:
            low = middle + 1
    odds = (1 + worth) * share / (1 - share)
    return float(binom.sf(low - 1, both, odds / (1 + odds)))


def events_needed(worth: float, among: int = 2, sure: float = SURE, wanted: float = 0.8) -> int:
    """Events of all variants together, shown alike, until a difference of `worth` is told `wanted` of the time, and so is that there is none."""
    return ceil(_planned(0.5, worth, sure / (among * (among - 1) / 2), wanted) * among / 2)


@lru_cache(maxsize=256)
def _planned(share: float, worth: float, level: float, wanted: float = 0.8) -> int:
    from scipy.stats import norm

    wide = float(norm.ppf((1 + wanted) / 2))

    def enough(both: int) -> bool:
        most = min(both, round(both * share + wide * sqrt(both * share * (1 - share))))
        return _out(1 + worth, most, both, share, worth, level) and power(both, share, worth, level) >= wanted

    return _first(enough, 8)


def _further(first: int, both: int, share: float, worth: float, level: float) -> float:
    """Further events of a pair: up to the plan; beyond it, until the ratio as it is now would decide."""
    planned = _planned(min(max(round(share, 2), 0.01), 0.99), worth, level)
    if both < planned:
        return planned - both
    at = first / both

    def decided(many: int) -> bool:
        gone = [_out(ratio, round(at * many), many, share, worth, level) for ratio in (1, 1 / (1 + worth), 1 + worth)]
        return gone[0] or (gone[1] and gone[2])

    many = _first(decided, both)
    return many - both if many < MOST_EVENTS else inf


def _first(true: Callable[[int], bool], start: int) -> int:
    """The first number from `start` for which something holds that then goes on holding; `MOST_EVENTS` if none does."""
    high = start
    while high < MOST_EVENTS and not true(high):
        high *= 2
    if high >= MOST_EVENTS:
        return MOST_EVENTS
    low = max(start, high // 2)
    while low < high:
        middle = (low + high) // 2
        if true(middle):
            high = middle
        else:
            low = middle + 1
    return high
