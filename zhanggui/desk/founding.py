"""The first person and the first shop of an installation."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from zhanggui.desk.access import Forbidden, may_open_first_shop
from zhanggui.desk.history import remember
from zhanggui.desk.home import home
from zhanggui.desk.models import Company, Membership, Person, Shop
from zhanggui.desk.people import set_currency

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for each other
LONGEST_KEY = 40
ZONE = "Asia/Shanghai"


class TooLate(Exception):
    """Somebody is here already."""


class WrongCode(Exception):
    """Not the code that this installation has shown to its operator."""


def is_empty() -> bool:
    """Whether nobody can sign in yet."""
    return not Person.objects.exists()


def code_file() -> Path:
    return home() / "setup_code"


def setup_code() -> str:
    """The code that whoever started this installation can read, made on first use; "" once there is a person.

    It stands in a file of the data folder that only its owner can read, and goes when it has been used.
    """
    with _turn():
        return _code() if is_empty() else ""


def _code() -> str:
    path = code_file()
    if not path.exists():
        made = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
            f.write(made)
    return path.read_text()


@contextmanager
def _turn() -> Iterator[None]:
    """One at a time, across processes: of two people at a fresh installation one is the first."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "setup.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def found(code: str, username: str, password: str, *, language: str = "zh") -> Person:
    """The first person: owner of the companies that the command line has made, if there are any.

    `TooLate` if there is a person, `WrongCode`, or `ValidationError` by field (username, password).
    """
    with _turn():
        if not is_empty():
            raise TooLate
        if not secrets.compare_digest(_bare(code), _bare(_code())):
            raise WrongCode
        person = Person(username=username.strip(), language=language if language in ("zh", "en") else "zh")
        _validate(person, password)
        person.set_password(password)
        with transaction.atomic():
            person.save()
            for company in Company.objects.all():
                Membership.objects.create(person=person, company=company, role="owner")
                remember("found", person.username, about=company, person=person)
        code_file().unlink(missing_ok=True)
    return person


def _bare(code: str) -> bytes:
    return re.sub(r"[\s-]", "", code).lower().encode()


def _validate(person: Person, password: str) -> None:
    wrong: dict[str, list[str]] = {}
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        wrong |= error.message_dict
    try:
        validate_password(password, person)
    except ValidationError as error:
        wrong["password"] = error.messages
    if wrong:
        raise ValidationError(wrong)


def propose_key(name: str) -> str:
    """A shop's key out of its name, free to take; a name without Latin letters gives "shop"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_KEY].strip("-") or "shop"
    taken = set(Shop.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(k for k in (stem, *(f"{stem}-{i}" for i in range(2, len(taken) + 3))) if k not in taken)


def open_first_shop(
    person: Person,
    name: str,
    *,
    key: str = "",
    industry: str = "",
    languages: list[str] | None = None,
    time_zone: str = ZONE,
    currency: str = "",
) -> Shop:
    """The founder's shop, in a company of its name unless the founder owns one that is still without a shop.

    No key: one is made of the name. `currency` is what the founder is shown money in. `Forbidden` for anybody else and once there
    is a shop; `ValidationError` by field.
    """
    with _turn():
        if not may_open_first_shop(person):
            raise Forbidden("open_first_shop")
        company = Company.objects.filter(memberships__person=person, memberships__role="owner", shops=None).first()
        name = name.strip()
        shop = Shop(
            company=company or Company(name=name),
            key=key.strip().lower() or propose_key(name),
            name=name,
            industry=industry.strip(),
            languages=languages or [],
            time_zone=time_zone.strip() or ZONE,
        )
        wrong: dict[str, list[ValidationError]] = {}
        try:
            shop.full_clean(exclude=["company"])
        except ValidationError as error:
            wrong |= error.error_dict
        try:
            ZoneInfo(shop.time_zone)
        except (LookupError, ValueError, OSError):
            wrong["time_zone"] = [ValidationError(shop.time_zone, code="unknown_zone")]
        if wrong:
            raise ValidationError(wrong)
        with transaction.atomic():
            if company is None:
                shop.company.save()
                Membership.objects.create(person=person, company=shop.company, role="owner")
                remember("found", person.username, about=shop.company, person=person)
            shop.company_id = shop.company.pk
            shop.save()
            remember("open_shop", shop.key, about=shop, person=person, after={"name": shop.name, "industry": shop.industry})
            set_currency(person, currency)
    return shop
