"""Verbs about companies, shops and people."""

from __future__ import annotations

from django.db import transaction

from zhanggui.desk.access import EVERYONE
from zhanggui.desk.models import Company, Membership, Person, Shop


@transaction.atomic
def open_shop(key: str, name: str, *, company: Company | None = None, demo: bool = False) -> Shop:
    """Make a shop, and a company for it unless one is given. The same key again gives the shop that is there."""
    known = Shop.objects.filter(key=key).first()
    if known:
        return known
    shop = Shop(company=company or Company.objects.create(name=name), key=key, name=name, demo=demo)
    shop.full_clean(exclude=["company"])
    shop.save()
    return shop


@transaction.atomic
def add_person(username: str, password: str, company: Company, role: str, *, language: str = "zh", email: str = "") -> Person:
    """Somebody new with a role in a company; a known person gets the role as well (password unchanged)."""
    if role not in EVERYONE:
        raise ValueError(f"no role {role!r}; there are {', '.join(sorted(EVERYONE))}")
    person = Person.objects.filter(username=username).first()
    if person is None:
        person = Person.objects.create_user(username, email=email, password=password, language=language)
    Membership.objects.update_or_create(person=person, company=company, defaults={"role": role})
    return person


def set_language(person: Person, language: str) -> None:
    """The language in which a person reads."""
    if language not in ("zh", "en"):
        raise ValueError(language)
    person.language = language
    person.save(update_fields=["language"])


CURRENCIES = ("", "USD", "CNY")


def set_currency(person: Person, currency: str) -> None:
    """What money is shown in to a person; "" is as the report says it."""
    if currency not in CURRENCIES:
        raise ValueError(currency)
    person.currency = currency
    person.save(update_fields=["currency"])
