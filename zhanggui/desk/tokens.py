"""Verbs about tokens of the API: make one, revoke it, find whose it is. It is shown once; the database holds its hash alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhanggui.desk import access
from zhanggui.desk.clock import now
from zhanggui.desk.history import remember
from zhanggui.desk.models import ApiToken, Company, Person, Shop

MOST = 20  # tokens of one person
LONGEST_NAME = 100
USED_EVERY = timedelta(minutes=1)  # how exactly the last use is kept
PREFIX = "zg_"


class CannotMake(ValueError):
    """The token lacks something; the message says what: name, until, many."""


def tokens(person: Person) -> QuerySet[ApiToken]:
    """A person's own, the newest first."""
    return person.api_tokens.select_related("shop").order_by("-pk")


@transaction.atomic
def make(person: Person, name: str, *, shop: Shop | None = None, until: date | None = None) -> tuple[ApiToken, str]:
    """A token of the person's, and its text, which is kept nowhere. `shop`: it opens that one alone. `NoSuchShop` for another's."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise CannotMake("name")
    if until is not None and until < timezone.localdate(now()):
        raise CannotMake("until")
    Person.objects.select_for_update().get(pk=person.pk)
    if person.api_tokens.count() >= MOST:
        raise CannotMake("many")
    if shop is not None:
        access.shop_for(person, shop.key)
    text = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(person=person, shop=shop, name=name, token=_hash(text), until=until)
    _remember("make_token", made, after={"until": until} if until else {})
    return made, text


@transaction.atomic
def revoke(token: ApiToken) -> None:
    """The token opens nothing any more."""
    _remember("revoke_token", token)
    token.delete()


def holder(text: str) -> ApiToken | None:
    """The token of this text with its person, if it still opens anything."""
    found = ApiToken.objects.select_related("person", "shop").filter(token=_hash(text)).first()
    if found is None or not found.person.is_active or (found.until and found.until < timezone.localdate(now())):
        return None
    return found


def used(token: ApiToken) -> None:
    """Keep when the token was last used, to the minute: not every request writes."""
    moment: datetime = now()
    if token.last_used is None or moment - token.last_used >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used=moment)


def _remember(verb: str, token: ApiToken, after: dict[str, object] | None = None) -> None:
    """In the history of the token's shop, or of every company of the person's."""
    told = Q(memberships__person=token.person)
    for about in [token.shop] if token.shop else Company.objects.filter(told).order_by("pk"):
        remember(verb, token.name, about=about, person=token.person, after=after)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
