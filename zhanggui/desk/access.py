"""Who may do what: the one place where it is decided."""

from __future__ import annotations

from django.db.models import QuerySet

from zhanggui.desk.models import Person, Shop

EVERYONE = frozenset({"owner", "manager", "operator", "sales", "merchandiser", "designer", "supply", "reader"})
LEADS = frozenset({"owner", "manager"})
DOERS = LEADS | {"operator"}
WORKERS = EVERYONE - {"reader"}

#: Verb → roles that may.
MAY: dict[str, frozenset[str]] = {
    "see": EVERYONE,
    "import": DOERS,
    "undo_import": DOERS,
    "edit_register": WORKERS,
    "connect": LEADS,
    "check": DOERS,
    "decide": DOERS,
    "assign": DOERS,
    "finish_task": WORKERS,
    "change_rules": LEADS,
    "manage_people": frozenset({"owner"}),
    "manage_shop": LEADS,
    "see_history": LEADS,
    "share_views": DOERS,
    "see_costs": LEADS | {"supply"},
    "see_turnover": DOERS | {"sales", "merchandiser", "supply"},
}


class Forbidden(Exception):
    """The person may see the shop but not do this."""


class NoSuchShop(Exception):
    """There is no such shop for this person: it does not exist, or it is another company's. The two look the same."""


def shops_of(person: Person) -> QuerySet[Shop]:
    """The shops of the companies that a person belongs to."""
    if not person.is_active:
        return Shop.objects.none()
    return Shop.objects.filter(company__memberships__person=person).select_related("company").order_by("name", "id")


def shop_for(person: Person, key: str) -> Shop:
    """The shop of this key, if it is one of the person's."""
    shop = shops_of(person).filter(key=key).first()
    if shop is None:
        raise NoSuchShop(key)
    return shop


def role_in(person: Person, shop: Shop) -> str:
    """The person's role in the shop's company; "" outside of it."""
    membership = person.memberships.filter(company_id=shop.company_id).first()
    return membership.role if membership and person.is_active else ""


def may(person: Person, verb: str, shop: Shop) -> bool:
    return role_in(person, shop) in MAY[verb]


def demand(person: Person | None, verb: str, shop: Shop) -> None:
    """Raise `Forbidden` unless the person may. None is the operator of the machine (command line, worker), who may all."""
    if person is not None and not may(person, verb, shop):
        raise Forbidden(verb)
