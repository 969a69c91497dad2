"""The page of one number or one setting: its form, and what saving would change today. Both kinds share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhanggui.checks import Check, Finding, sentence, waiting_text
from zhanggui.desk.models import Shop
from zhanggui.desk.supposing import Trial
from zhanggui.plans import Difference
from zhanggui.web import rule_words, words
from zhanggui.web.page import page
from zhanggui.web.words import said

FIRST = 5  # sentences of one check that are shown


@dataclass(frozen=True)
class Part:
    """Findings of one check that would appear, vanish or change: how many, and the first sentences (the changed ones before and after)."""

    kind: str
    count: int
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """What one check would say otherwise."""

    check: Check
    parts: list[Part]
    waiting: str


def told(difference: Difference) -> Told:
    check = difference.check

    def says(finding: Finding) -> str:
        return sentence(check, finding, words.lang())

    def one(kind: str, findings: Sequence[Finding]) -> Part:
        return Part(kind, len(findings), [("", says(f)) for f in findings[:FIRST]])

    changed = [(says(old), says(new)) for old, new in difference.changed[:FIRST]]
    parts = [one("appear", difference.appear), one("vanish", difference.vanish)]
    parts.append(Part("change", len(difference.changed), changed))
    waiting = ""
    if difference.waiting != difference.waited:
        waiting = (
            waiting_text(difference.waiting, words.lang()) if difference.waiting else said("可以判断了", "it can judge then")
        )
    return Told(check, [part for part in parts if part.count], waiting)


def answer(request: HttpRequest, shop: Shop, *, trial: Trial | None, wrong: dict[str, str], **values: Any) -> HttpResponse:
    """The page. What the form holds wrong is said at its field; htmx is answered with 200, so that it shows the page."""
    found = [told(d) for d in trial.differences] if trial else []
    totals = {
        kind: sum(p.count for one in found for p in one.parts if p.kind == kind) for kind in ("appear", "vanish", "change")
    }
    status = 422 if wrong and not request.headers.get("HX-Request") else 200
    made: dict[str, Any] = {"trial": trial, "told": found, "totals": totals, "wrong": wrong, "shown": rule_words.shown}
    made |= {"typed": rule_words.typed, "unit": rule_words.unit, "grade": rule_words.grade}
    return page(request, "number.jinja", shop, section="rules", status=status, **made, **values)
