"""The one way by which a decision is remembered: who, when, what, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhanggui.desk.models import Change, Company, Person, Shop


def remember(
    verb: str,
    subject: object,
    *,
    about: Shop | Company,
    person: Person | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Change:
    """Write a decision down, in the transaction of the decision itself. Of `before` and `after` only what differs is kept."""
    old, new = dict(before or {}), dict(after or {})
    differ = [k for k in {**old, **new} if old.get(k) != new.get(k)]
    shop = about if isinstance(about, Shop) else None
    return Change.objects.create(
        company_id=about.company_id if isinstance(about, Shop) else about.pk,
        shop=shop,
        person=person,
        name=person.get_username() if person else "",
        verb=verb,
        subject=str(subject)[:300],
        before={k: _plain(old[k]) for k in differ if k in old},
        after={k: _plain(new[k]) for k in differ if k in new},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
