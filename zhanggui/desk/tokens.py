"""Verbs about tokens of the API: make one, revoke it, find whose it is. It is shown once; the database holds its hash alone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhanggui.desk import access
from zhanggui.desk.clock import now
from zhanggui.desk.history import remember
from zhanggui.desk.models import ApiToken, Membership, Person, Shop

MOST = 20  # tokens of one person
LONGEST_NAME = 100
USED_EVERY = timedelta(minutes=1)  # how exactly the last use is kept
PREFIX = "zg_"


class CannotMake(ValueError):
    """The token lacks something; the message says what: name, until, many."""


def tokens(person: Person) -> QuerySet[ApiToken]:
    """A person's own, in every company, the newest first."""
    return _known().filter(membership__person=person)


def of_company(shop: Shop) -> QuerySet[ApiToken]:
    """Those of everybody in the shop's company, person by person."""
    return _known().filter(membership__company_id=shop.company_id).order_by("membership__person__username", "-pk")


def _known() -> QuerySet[ApiToken]:
    return ApiToken.objects.select_related("membership__person", "membership__company", "shop")


@transaction.atomic
def make(member: Membership, name: str, *, shop: Shop | None = None, until: date | None = None) -> tuple[ApiToken, str]:
    """A token of the member's, and its text, which is kept nowhere. `shop`: it opens that one of the company's alone.
    `NoSuchShop` for another's.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise CannotMake("name")
    if until is not None and until < timezone.localdate(now()):
        raise CannotMake("until")
    person = Person.objects.select_for_update().get(pk=member.person_id)
    if tokens(person).count() >= MOST:
        raise CannotMake("many")
    if shop is not None and shop.company_id != member.company_id:
        raise access.NoSuchShop(shop.key)
    text = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(membership=member, shop=shop, name=name, token=_hash(text), until=until)
    _remember("make_token", made, person, {"until": until} if until else {})
    return made, text


@transaction.atomic
def revoke(token: ApiToken) -> None:
    """The person's own token opens nothing any more."""
    end([token], person=token.person)


@transaction.atomic
def take_away(shop: Shop, token: ApiToken, *, person: Person | None = None) -> None:
    """The token of a member of the shop's company opens nothing any more. `LookupError` for one of another company."""
    access.demand(person, "manage_people", shop)
    if token.membership.company_id != shop.company_id:
        raise LookupError(token.pk)
    end([token], person=person)


def end(found: Iterable[ApiToken], *, person: Person | None) -> None:
    """These open nothing any more, and the history says by whom; within the transaction of what ends them."""
    for token in found:
        _remember("revoke_token", token, person, {} if person == token.person else {"member": token.person.get_username()})
        token.delete()


class EndWithPassword:
    """A new password ends the person's tokens. Django tells it to every validator of passwords, whoever sets it and however; a
    password that is only hashed anew is not new.
    """

    def validate(self, password: str, user: Person | None = None) -> None:
        """Any password will do."""

    def get_help_text(self) -> str:
        return ""

    @transaction.atomic
    def password_changed(self, password: str, user: Person) -> None:
        end(tokens(user), person=user)


def holder(text: str) -> ApiToken | None:
    """The token of this text with its person, if it still opens anything."""
    found = _known().filter(token=_hash(text)).first()
    if found is None or not found.person.is_active or (found.until and found.until < timezone.localdate(now())):
        return None
    return found


def used(token: ApiToken) -> None:
    """Keep when the token was last used, to the minute: not every request writes."""
    moment: datetime = now()
    if token.last_used is None or moment - token.last_used >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used=moment)


def _remember(verb: str, token: ApiToken, person: Person | None, after: dict[str, object]) -> None:
    """In the history of the token's shop, or of its company."""
    remember(verb, token.name, about=token.shop or token.membership.company, person=person, after=after)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
