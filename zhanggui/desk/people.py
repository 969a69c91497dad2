"""Verbs about companies, shops and people."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from zhanggui.desk.access import EVERYONE, demand
from zhanggui.desk.history import remember
from zhanggui.desk.models import Company, Membership, Person, Shop

#: Languages in which a shop may write its titles: code → its name in Chinese and English.
TITLE_LANGUAGES = {
    "en": ("英语", "English"), "zh": ("中文", "Chinese"), "es": ("西班牙语", "Spanish"), "pt": ("葡萄牙语", "Portuguese"),
    "fr": ("法语", "French"), "de": ("德语", "German"), "it": ("意大利语", "Italian"), "ru": ("俄语", "Russian"),
    "ar": ("阿拉伯语", "Arabic"), "tr": ("土耳其语", "Turkish"), "ja": ("日语", "Japanese"), "ko": ("韩语", "Korean"),
    "vi": ("越南语", "Vietnamese"), "th": ("泰语", "Thai"), "id": ("印尼语", "Indonesian"), "hi": ("印地语", "Hindi"),
    "nl": ("荷兰语", "Dutch"), "pl": ("波兰语", "Polish"), "he": ("希伯来语", "Hebrew"),
}  # fmt: skip


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
def open_further(shop: Shop, name: str, *, person: Person | None = None) -> Shop:
    """A further shop in the company of `shop`. Its key is made here: a key that is taken would tell of another company's shop."""
    demand(person, "open_shop", shop)
    name = _name(name)
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].strip("-") or "shop"
    made = open_shop(f"{stem}-{secrets.token_hex(4)}", name, company=shop.company)
    remember("open_shop", made.name, about=made, person=person, after={"key": made.key})
    return made


@transaction.atomic
def change_shop(
    shop: Shop,
    *,
    name: str,
    industry: str = "",
    languages: Sequence[str] = (),
    time_zone: str = "Asia/Shanghai",
    person: Person | None = None,
) -> None:
    """What a shop is called, sells, writes its titles in, and by which clock its people work. `ValueError`: the field."""
    demand(person, "manage_shop", shop)
    if set(languages) - set(TITLE_LANGUAGES):
        raise ValueError("languages")
    if time_zone not in available_timezones():
        raise ValueError("time_zone")
    fields = ("name", "industry", "languages", "time_zone")
    before = {f: getattr(shop, f) for f in fields}
    shop.name, shop.industry, shop.time_zone = _name(name), industry.strip()[:200], time_zone
    shop.languages = [code for code in TITLE_LANGUAGES if code in languages]
    after = {f: getattr(shop, f) for f in fields}
    if before != after:
        shop.save(update_fields=fields)
        remember("change_shop", shop.key, about=shop, person=person, before=before, after=after)


def _name(text: str) -> str:
    if not (name := text.strip()) or len(name) > 200:
        raise ValueError("name")
    return name


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


def set_email(person: Person, email: str) -> None:
    """Where letters to a person go; "" is nowhere."""
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ValueError(email) from None
    person.email = email
    person.save(update_fields=["email"])


def take_off_second_factor(person: Person) -> None:
    """For somebody whose phone is lost: sign-in by password alone, and no recovery codes, until it is set up anew."""
    Authenticator.objects.filter(user=person).delete()


CURRENCIES = ("", "USD", "CNY")


def set_currency(person: Person, currency: str) -> None:
    """What money is shown in to a person; "" is as the report says it."""
    if currency not in CURRENCIES:
        raise ValueError(currency)
    person.currency = currency
    person.save(update_fields=["currency"])
