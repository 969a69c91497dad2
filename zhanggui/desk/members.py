"""Verbs about the people of a company: what one is there, and the end of it. An owner always remains."""

from __future__ import annotations

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.db import transaction

from zhanggui.desk import tokens
from zhanggui.desk.access import EVERYONE, WORKERS, demand
from zhanggui.desk.clock import now
from zhanggui.desk.history import remember
from zhanggui.desk.models import Company, Membership, Person, Shop, Task


class CannotChange(ValueError):
    """The change would leave the company without what it needs; the message says what: role, last_owner, heir."""


def members(shop: Shop) -> list[Membership]:
    """Everybody of the shop's company."""
    found = Membership.objects.filter(company_id=shop.company_id).select_related("person")
    return list(found.order_by("person__username"))


def open_tasks(member: Membership) -> int:
    """How many open tasks the member has, over all shops of the company."""
    return _open_tasks(member).count()


def heirs(member: Membership) -> list[Membership]:
    """Who may take the member's tasks over."""
    found = Membership.objects.filter(company_id=member.company_id, person__is_active=True, role__in=WORKERS)
    return list(found.exclude(pk=member.pk).select_related("person").order_by("person__username"))


@transaction.atomic
def change(
    shop: Shop, member: Membership, *, role: str, account: str = "", all_buyers: bool = False, person: Person | None = None
) -> None:
    """What a member is from now on."""
    demand(person, "manage_people", shop)
    member = _locked(shop, member)
    if role not in EVERYONE:
        raise CannotChange("role")
    if role != "owner":
        _an_owner_remains(member)
    before = _plain(member)
    member.role, member.account, member.all_buyers = role, account.strip()[:100], all_buyers
    if before == _plain(member):
        return
    member.save()
    if before["role"] == "owner" and role != "owner":
        _take_back_invitations(member)
    remember("change_member", member.person, about=member.company, person=person, before=before, after=_plain(member))


@transaction.atomic
def remove(shop: Shop, member: Membership, *, heir: Person | None = None, person: Person | None = None) -> int:
    """End a membership; the member's open tasks go to `heir`, and how many did. What the person decided and did keeps the name.

    The person stays in other companies. Invitations that the person made and nobody has taken end too, and so do the tokens of
    the API that open this company.
    """
    demand(person, "manage_people", shop)
    member = _locked(shop, member)
    _an_owner_remains(member)
    tasks = list(_open_tasks(member).values_list("pk", flat=True))
    if tasks and (heir is None or heir not in [m.person for m in heirs(member)]):
        raise CannotChange("heir")
    after: dict[str, object] = {}
    if tasks:
        Task.objects.filter(pk__in=tasks).update(assignee=heir)
        after = {"tasks": len(tasks), "tasks_to": heir.get_username() if heir else ""}
    _take_back_invitations(member)
    tokens.end(member.api_tokens.select_related("membership__person", "membership__company", "shop"), person=person)
    remember("remove_member", member.person, about=member.company, person=person, before=_plain(member), after=after)
    member.delete()
    return len(tasks)


@transaction.atomic
def ask_second_factor(shop: Shop, roles: Collection[str], *, person: Person | None = None) -> None:
    """From now on members of these roles, and of no others, need the second factor: in every shop of the company."""
    demand(person, "manage_people", shop)
    if set(roles) - EVERYONE:
        raise CannotChange("role")
    company = Company.objects.select_for_update().get(pk=shop.company_id)
    before, after = list(company.second_factor), sorted(set(roles))
    if before == after:
        return
    company.second_factor = after
    company.save(update_fields=["second_factor"])
    told = {"before": {"roles": before}, "after": {"roles": after}}
    remember("ask_second_factor", company.name, about=company, person=person, **told)


def with_second_factor(found: Collection[Membership]) -> set[int]:
    """The persons, by their number, who have set it up."""
    own = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=[m.person_id for m in found])
    return set(own.values_list("user_id", flat=True))


def _locked(shop: Shop, member: Membership) -> Membership:
    """The member as it is now; nobody else changes this company's people meanwhile. `LookupError` for one of another company."""
    Company.objects.select_for_update().get(pk=shop.company_id)
    found = Membership.objects.filter(pk=member.pk, company_id=shop.company_id).select_related("person", "company").first()
    if found is None:
        raise LookupError(member.pk)
    return found


def _an_owner_remains(member: Membership) -> None:
    others = Membership.objects.filter(company_id=member.company_id, role="owner", person__is_active=True).exclude(pk=member.pk)
    if member.role == "owner" and not others.exists():
        raise CannotChange("last_owner")


def _open_tasks(member: Membership):  # type: ignore[no-untyped-def]
    return Task.objects.filter(shop__company_id=member.company_id, assignee_id=member.person_id, state="open")


def _take_back_invitations(member: Membership) -> None:
    """Whoever may not invite any more has no links out either: one could lead back in."""
    member.company.invitations.filter(made_by_id=member.person_id, accepted=None, revoked=None).update(revoked=now())


def _plain(member: Membership) -> dict[str, object]:
    return {"role": member.role, "account": member.account, "all_buyers": member.all_buyers}
