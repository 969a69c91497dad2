"""Who may do what: the one place where it is decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from zhanggui.desk.models import Membership, Person, Shop
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Money

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


def membership_in(person: Person, shop: Shop) -> Membership | None:
    """What the person is in the shop's company; None outside of it."""
    return person.memberships.filter(company_id=shop.company_id).first() if person.is_active else None


def role_in(person: Person, shop: Shop) -> str:
    """The person's role in the shop's company; "" outside of it."""
    membership = membership_in(person, shop)
    return membership.role if membership else ""


def sees_column(role: str, table: Table, column: str) -> bool:
    """Whether a role is shown a column: money is for some eyes only, what things cost for fewer."""
    if not isinstance(table.columns.get(column), Money):
        return True
    return role in MAY["see_costs" if table.costs else "see_turnover"]


def only_of(membership: Membership, table: Table) -> str | None:
    """The salesperson's name whose rows alone a member is shown; None: all rows. "" is nobody's: the account is not known yet.

    Sales see their own buyers, unless the owner allows more.
    """
    if membership.role != "sales" or membership.all_buyers or not table.seller:
        return None
    return membership.account


def sees_figure(membership: Membership, cells: Iterable[tuple[str, str]]) -> bool:
    """Whether a member is shown a figure of the whole shop that is made of these (table, column)s: all must be open to them, and
    no table one of which they are shown their own rows only."""
    return all(
        sees_column(membership.role, TABLES[table], column) and only_of(membership, TABLES[table]) is None
        for table, column in cells
    )


def demand_figure(person: Person, shop: Shop, cells: Iterable[tuple[str, str]]) -> None:
    """Raise `Forbidden` unless the person is shown the figure."""
    membership = membership_in(person, shop)
    if membership is None or not sees_figure(membership, cells):
        raise Forbidden("figure")


def may(person: Person, verb: str, shop: Shop) -> bool:
    return role_in(person, shop) in MAY[verb]


def demand(person: Person | None, verb: str, shop: Shop) -> None:
    """Raise `Forbidden` unless the person may. None is the operator of the machine (command line, worker), who may all."""
    if person is not None and not may(person, verb, shop):
        raise Forbidden(verb)
