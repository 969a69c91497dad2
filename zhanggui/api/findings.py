"""Shops, checks, findings and today's ranking, as the member is shown them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhanggui.api.asked import Asked, Rows, plain
from zhanggui.api.parameters import Refused
from zhanggui.checks import Check, gain_formula, load, sentence, waiting_text
from zhanggui.desk import access, checking
from zhanggui.desk.agenda import agenda_for, shows
from zhanggui.desk.models import Finding, Task
from zhanggui.measures import parse_address
from zhanggui.plans import Action

LANGUAGES = ("zh", "en")


def shops(asked: Asked) -> Mapping[str, Any]:
    """Those of the token's company; a token of one shop knows that one alone."""
    role = asked.token.membership.role
    fields = ("key", "name", "demo", "industry", "time_zone", "checked_on")
    return {
        "shops": [
            {f: plain(getattr(shop, f)) for f in fields} | {"company": shop.company.name, "role": role}
            for shop in access.opened_by(asked.token)
        ]
    }


def checks(asked: Asked) -> Mapping[str, Any]:
    """Each check in words, with its settings as they are in this shop."""
    own = checking.own_settings(asked.shop)
    fields = ("code", "name", "subject", "severity", "role", "cadence", "minutes", "claims", "gain_unit", "requirements")
    return {
        "checks": [
            {f: getattr(check, f) for f in fields}
            | {word: check.words[word] for word in ("title", "why", "do")}
            | {"needs": check.needs, "settings": _settings(check, own.get(check.code, {}))}
            for check in load().values()
        ]
    }


def _settings(check: Check, own: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {part: one[part] for part in ("zh", "en", "unit", "default")} | {"value": own.get(name, one["default"])}
        for name, one in check.settings.items()
    }


def findings(asked: Asked) -> Rows:
    """Oldest first, those that are gone included."""
    known = load()
    found = asked.shop.findings.filter(access.shown_findings(asked.member, known.values()), code__in=known)
    for name, field in (("code", "code"), ("state", "state"), ("since", "changed_on__gte")):
        if asked.values[name] is not None:
            found = found.filter(**{field: asked.values[name]})
    limit = asked.values["limit"]
    rows = list(found.filter(pk__gt=asked.begins()).order_by("pk")[: limit + 1])
    more = asked.cursor(rows[limit - 1].pk) if len(rows) > limit else None
    told = [_finding(row) for row in rows[:limit]]
    return Rows([{"name": name} for name in _FIELDS], told, more)


_FIELDS = (
    "id", "code", "title", "says", "state", "verdict", "key", "values", "needs", "gain", "gain_low", "gain_high", "gain_unit",
    "first_seen", "last_seen", "changed_on", "put_aside",
)  # fmt: skip


def _finding(row: Finding) -> dict[str, Any]:
    check, core = load()[row.code], checking.as_core(row)
    told = {name: plain(getattr(row, name)) for name in _FIELDS if hasattr(row, name)}
    told |= {"title": check.words["title"], "says": {lang: sentence(check, core, lang) for lang in LANGUAGES}}
    aside = bool(row.dismissed_reason or row.snoozed_until or row.snoozed_at_size is not None)
    return told | {"gain_unit": check.gain_unit if row.gain is not None else "", "put_aside": aside}


def finding(asked: Asked) -> Mapping[str, Any]:
    """One finding with everything behind it, as of the day on which it was last seen."""
    row = asked.shop.findings.filter(pk=asked.path["pk"], code__in=load()).first()
    if row is None:
        raise Refused(404, "没有这条结果", "there is no such finding")
    if not shows(asked.member, row):
        raise access.Forbidden("see")
    check, own = load()[row.code], checking.own_settings(asked.shop).get(row.code)
    core = checking.as_core(row)
    told = {part: check.words[part] for part in ("why", "do")}
    addresses = [a for a in dict.fromkeys(check.figures(core, own)) if access.sees_figure(asked.member, *parse_address(a)[:3])]
    return {
        **_finding(row),
        **told,
        "how_gain": {lang: gain_formula(check, core, lang) for lang in LANGUAGES},
        "settings": {name: plain(value) for name, value in vars(check.values(own)).items()},
        "evidence": [{"address": address, "day": row.last_seen.isoformat()} for address in addresses],
    }


def tasks(asked: Asked) -> Mapping[str, Any]:
    """Today's ranking, what is too early to judge, checks that wait for data, and the open tasks."""
    held = agenda_for(asked.shop, asked.day, asked.member)
    return {
        "day": asked.day.isoformat(),
        "checked_on": plain(asked.shop.checked_on),
        "worth": [_action(a, held.rows) | {"rank": n} for n, a in enumerate(held.told.actions, 1)],
        "early": [_action(a, held.rows) for a in held.told.early],
        "waiting": [
            {"code": o.check.code, "title": o.check.words["title"], "says": {x: waiting_text(o.waiting, x) for x in LANGUAGES}}
            for o in held.told.waiting
            if o.waiting
        ],
        "open": [_task(task, list(held.rows.values())) for task in held.open_tasks],
    }


def _action(action: Action, rows: Mapping[str, Finding]) -> dict[str, Any]:
    check = action.check
    told = {f: getattr(check, f) for f in ("code", "severity", "role")} | {w: check.words[w] for w in ("title", "why", "do")}
    told |= {f: getattr(action, f) for f in ("minutes", "gain", "gain_low", "gain_high", "also")}
    says = [
        {"id": rows[f.fingerprint].pk, "says": {lang: sentence(check, f, lang) for lang in LANGUAGES}} for f in action.findings
    ]
    return told | {"gain_unit": check.gain_unit if action.gain is not None else "", "findings": says}


def _task(task: Task, shown: Sequence[Finding]) -> dict[str, Any]:
    check, about = load().get(task.code), {f.pk for f in task.findings.all()}
    return {
        "id": task.pk,
        "code": task.code,
        "title": check.words["title"] if check else None,
        "list": task.subject.get("list"),
        "count": len(task.subject["keys"]) if task.subject else len(about),
        "findings": [f.pk for f in shown if f.pk in about],
        "assignee": task.assignee.get_username() if task.assignee else None,
        "due": task.due.isoformat(),
        "note": task.note,
    }
