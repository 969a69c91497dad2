"""Verbs about invitations: make one, take it back, accept it. The link is shown once; the database holds its hash alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from zhanggui.desk.access import EVERYONE, demand
from zhanggui.desk.clock import now
from zhanggui.desk.history import remember
from zhanggui.desk.models import Invitation, Membership, Person, Shop

DAYS = 7


class NoInvitation(LookupError):
    """The link opens nothing: it never did, it has been used, taken back, or its days are over. They all look the same."""


def open_invitations(shop: Shop) -> QuerySet[Invitation]:
    """Those of the shop's company that somebody may still accept."""
    return shop.company.invitations.filter(accepted=None, revoked=None, expires__gt=now()).select_related("made_by")


@transaction.atomic
def invite(
    shop: Shop, role: str, *, email: str = "", account: str = "", person: Person | None = None
) -> tuple[Invitation, str]:
    """An invitation into the shop's company, and the token of its link, which is kept nowhere. Raises `ValueError`: role, email."""
    demand(person, "manage_people", shop)
    if role not in EVERYONE:
        raise ValueError("role")
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ValueError("email") from None
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        company_id=shop.company_id,
        email=email,
        role=role,
        account=account.strip()[:100],
        token=_hash(token),
        made_by=person,
        expires=now() + timedelta(days=DAYS),
    )
    remember("invite", email or made.pk, about=shop.company, person=person, after={"role": role})
    return made, token


@transaction.atomic
def revoke(shop: Shop, invitation: Invitation, *, person: Person | None = None) -> None:
    """Take an invitation back; its link opens nothing any more. One that is not open any more stays as it is."""
    demand(person, "manage_people", shop)
    if open_invitations(shop).filter(pk=invitation.pk).update(revoked=now()):
        remember("revoke_invitation", invitation.email or invitation.pk, about=shop.company, person=person)


def find(token: str) -> Invitation:
    """The open invitation behind a link."""
    found = Invitation.objects.select_related("company").filter(token=_hash(token)).first()
    if found is None or found.accepted or found.revoked or found.expires <= now():
        raise NoInvitation
    return found


@transaction.atomic
def accept(token: str, person: Person) -> Membership:
    """The person joins; one who is there already keeps the role. The link is used up."""
    return _take(_claimed(token), person)


@transaction.atomic
def accept_anew(token: str, username: str, password: str, *, language: str = "zh") -> Person:
    """Somebody new signs up by a link and joins. Raises `ValidationError` by field where name or password will not do."""
    invitation = _claimed(token)
    person = Person(username=Person.normalize_username(username.strip()), language=language, email=invitation.email)
    person.clean_fields(exclude=["password"])
    if Person.objects.filter(username__iexact=person.username).exists():
        raise ValidationError({"username": ValidationError("", code="unique")})
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error}) from None
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody has taken the name since it was asked for
        raise ValidationError({"username": ValidationError("", code="unique")}) from None
    _take(invitation, person)
    return person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _claimed(token: str) -> Invitation:
    """The invitation, used up; of two who use it at once one gets it."""
    found = find(token)
    if not Invitation.objects.filter(pk=found.pk, accepted=None, revoked=None).update(accepted=now()):
        raise NoInvitation
    return found


def _take(invitation: Invitation, person: Person) -> Membership:
    values = {"role": invitation.role, "account": invitation.account}
    member, new = Membership.objects.get_or_create(person=person, company=invitation.company, defaults=values)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    if new:
        remember("join", person, about=invitation.company, person=person, after={"role": member.role})
    return member
