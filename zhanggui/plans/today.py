"""Findings → actions, ranked; one cause is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhanggui.checks import CHECKS, Check, Finding, Outcome
from zhanggui.checks.check import SEVERITIES

#: Actions with a gain in leads come before those with money saved: a lead is what the shop is for, and no exchange rate between
#: the two is known unless the shop names one.
UNITS = ("lead", "USD", "CNY", "")


@dataclass(frozen=True)
class Action:
    """One card: findings of one check that one person handles in one go. `also`: checks that found the same cause.

    Gain per month in the check's unit, with interval; None where the data carry none. Minutes are for all of it.
    """

    check: Check
    findings: tuple[Finding, ...]
    also: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return self.check.minutes * (1 if self.check.together else len(self.findings))

    @property
    def gain(self) -> float | None:
        return self.findings[0].gain

    @property
    def gain_low(self) -> float | None:
        return self.findings[0].gain_low

    @property
    def gain_high(self) -> float | None:
        return self.findings[0].gain_high

    @property
    def rank(self) -> tuple[object, ...]:
        """Late data first (all else rests on them), then gain per minute, then what is more severe and quicker."""
        late = 0 if self.check.code == "DA01" else 1
        unit = UNITS.index(self.check.gain_unit) if self.gain is not None else len(UNITS)
        worth = -(self.gain or 0.0) / self.check.minutes
        names = tuple(sorted(f.fingerprint for f in self.findings))
        return late, unit, worth, SEVERITIES.index(self.check.severity), self.minutes, self.check.code, names


@dataclass(frozen=True)
class Agenda:
    """`actions` in the order of their worth; `early`: too few data for a verdict, per check; `waiting`: checks that cannot run."""

    actions: tuple[Action, ...]
    early: tuple[Action, ...]
    waiting: tuple[Outcome, ...]


def agenda(outcomes: Iterable[Outcome], hidden: frozenset[str] = frozenset()) -> Agenda:
    """The agenda of a day. `hidden`: fingerprints that people have snoozed or dismissed."""
    outcomes = list(outcomes)
    shown = [f for o in outcomes for f in o.findings if not hidden or f.fingerprint not in hidden]
    # By its words, two checks may see one cause in one subject: the one with the larger gain speaks, the other is named.
    by_cause: dict[tuple[str, tuple[tuple[str, str], ...]], list[Finding]] = {}
    for finding in shown:
        place = (CHECKS[finding.code].cause, tuple(sorted((k, str(v)) for k, v in finding.key.items())))
        by_cause.setdefault(place, []).append(finding)
    speakers: dict[tuple[str, bool], list[tuple[Finding, tuple[str, ...]]]] = {}
    for same in by_cause.values():
        first = min(
            same, key=lambda f: (f.verdict != "found", -(f.gain or 0), SEVERITIES.index(CHECKS[f.code].severity), f.code)
        )
        also = tuple(sorted(f.code for f in same if f is not first))
        speakers.setdefault((first.code, first.verdict == "found"), []).append((first, also))
    actions: list[Action] = []
    early: list[Action] = []
    for (code, found), members in speakers.items():
        check = CHECKS[code]
        if not found:
            early.append(_group(check, members))
        elif check.gain_unit:
            actions += [Action(check, (finding,), also) for finding, also in members]
        else:
            actions.append(_group(check, members))
    waiting = tuple(o for o in outcomes if o.waiting)
    return Agenda(
        tuple(sorted(actions, key=lambda a: a.rank)),
        tuple(sorted(early, key=lambda a: (SEVERITIES.index(a.check.severity), a.check.code))),
        waiting,
    )


def _group(check: Check, members: list[tuple[Finding, tuple[str, ...]]]) -> Action:
    return Action(check, tuple(f for f, _ in members), tuple(sorted({c for _, also in members for c in also})))
