"""Who may do what: the one place where it is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from zhanggui.checks import Check
from zhanggui.desk.models import ApiToken, Company, Membership, Person, Shop
from zhanggui.measures import MEASURES
from zhanggui.measures.star import WORDS
from zhanggui.rulebook.star import INDICATORS
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
    "draft_bids": DOERS,
    "spend": LEADS,
    "manage_people": frozenset({"owner"}),
    "manage_shop": LEADS,
    "open_shop": frozenset({"owner"}),
    "see_history": LEADS,
    "share_views": DOERS,
    "see_costs": LEADS | {"supply"},
    "see_turnover": DOERS | {"sales", "merchandiser", "supply"},
}

#: Reports behind a list of the pages.
LISTED = frozenset(
    {"buyer", "chat", "dispute", "inquiry", "logistics_order", "order_fund", "quotation", "review", "rfq", "stock_level"}
)
#: Reports behind a measure, with which every figure opens down to its cells.
COUNTED = frozenset(t for m in MEASURES.values() for f in m.formulas.values() for t, _ in f.columns(m.table))


class Forbidden(Exception):
    """The person may see the shop but not do this."""


class NoSuchShop(Exception):
    """There is no such shop for this person: it does not exist, or it is another company's. The two look the same."""


def shops_of(person: Person) -> QuerySet[Shop]:
    """The shops of the companies that a person belongs to."""
    if not person.is_active:
        return Shop.objects.none()
    return Shop.objects.filter(company__memberships__person=person).select_related("company").order_by("name", "id")


def may_open_first_shop(person: Person) -> bool:
    """The founder, while there is no company at all; later the owner of a company that has no shop."""
    if not person.is_active:
        return False
    return person.memberships.filter(role="owner", company__shops=None).exists() or not Company.objects.exists()


def shop_for(person: Person, key: str) -> Shop:
    """The shop of this key, if it is one of the person's."""
    shop = shops_of(person).filter(key=key).first()
    if shop is None:
        raise NoSuchShop(key)
    return shop


def opened_by(token: ApiToken) -> QuerySet[Shop]:
    """The shops that a token of the API opens: one, or those of the company for which it was made."""
    shops = shops_of(token.person).filter(company_id=token.membership.company_id)
    return shops.filter(pk=token.shop_id) if token.shop_id else shops


def membership_in(person: Person, shop: Shop) -> Membership | None:
    """What the person is in the shop's company; None outside of it."""
    return person.memberships.filter(company_id=shop.company_id).first() if person.is_active else None


def role_in(person: Person, shop: Shop) -> str:
    """The person's role in the shop's company; "" outside of it."""
    membership = membership_in(person, shop)
    return membership.role if membership else ""


def owes_second_factor(person: Person) -> bool:
    """Whether a company asks the person's role for the second factor: without one the person may do nothing but set it up."""
    return any(m.role in m.company.second_factor for m in person.memberships.select_related("company"))


def sees_column(role: str, table: Table, column: str) -> bool:
    """Whether a role is shown a column: money is for some eyes only, what things cost (or tells it) for fewer."""
    known = table.columns.get(column)
    if known is not None and known.costs:
        return role in MAY["see_costs"]
    if not isinstance(known, Money):
        return True
    return role in MAY["see_costs" if table.costs else "see_turnover"]


def sees_bids(role: str) -> bool:
    """Whether a role is shown bids and what they cost."""
    return all(sees_column(role, TABLES["p4p_keyword"], column) for column in ("bid", "cost"))


def sees_rows(membership: Membership, table: Table) -> bool:
    """Whether a member is shown a table row by row, within `sight`. A report that stands behind no list and no measure is shown on
    no page: its rows are for those who bring the files.
    """
    return table.kind == "register" or table.name in LISTED | COUNTED or membership.role in MAY["import"]


def sees_budget(role: str, source: str) -> bool:
    """Whether a role is shown a budget that comes from `source`: that of the register only who sees the column."""
    return source != "register" or sees_column(role, TABLES["budget"], "amount")


def only_of(membership: Membership, table: Table) -> str | None:
    """The salesperson's name whose rows alone a member is shown; None: all rows. "" is nobody's: the account is not known yet.

    Sales see their own buyers, unless the owner allows more.
    """
    if membership.role != "sales" or membership.all_buyers or not table.seller:
        return None
    return membership.account


@dataclass(frozen=True)
class Sight:
    """What a member is shown of a table: all columns but `hidden`; the rows of salesperson `only`, all where it is None.

    Whoever may edit a register edits what they are shown of it. Cells that they are not shown stay as they are, so a row with such
    cells is theirs to change but not to remove, nor to add where such a cell is needed; and they bring no file of the register,
    for its empty columns would clear those cells.
    """

    hidden: frozenset[str] = frozenset()
    only: str | None = None

    @property
    def whole(self) -> bool:
        return not self.hidden and self.only is None

    def adds_to(self, table: Table) -> bool:
        """Whether new rows can be complete."""
        return self.only != "" and not self.hidden & set(table.required)

    def shows(self, row: Mapping[str, Any], table: Table) -> bool:
        return self.only is None or (self.only != "" and row.get(table.seller) == self.only)


EVERYTHING = Sight()


def sight(membership: Membership | None, table: Table) -> Sight:
    """What a member is shown of a table. None is the operator of the machine, who is shown everything."""
    if membership is None:
        return EVERYTHING
    hidden = frozenset(c for c in table.columns if not sees_column(membership.role, table, c))
    return Sight(hidden, only_of(membership, table))


def sight_of(person: Person | None, shop: Shop, table: Table) -> Sight:
    """What a person is shown of a table of the shop. Raises `Forbidden` for somebody from outside."""
    if person is None:
        return EVERYTHING
    membership = membership_in(person, shop)
    if membership is None:
        raise Forbidden("see")
    return sight(membership, table)


def sees_indicator(role: str, code: str | None) -> bool:
    """Whether a role is shown the figures of an indicator of the star page: trade is money. What a code that the rulebook does
    not name counts is not known, and is kept like money."""
    known = INDICATORS.get(code or "")
    return role in MAY["see_turnover"] or (known is not None and not known.money)


def shown_indicators(membership: Membership, table: Table) -> list[str] | None:
    """Of a table of indicators, the codes whose rows a member is shown; None: there is nothing to hide."""
    if table.name != MEASURES["star.standing"].table or membership.role in MAY["see_turnover"]:
        return None
    return [code for code in INDICATORS if sees_indicator(membership.role, code)]


def _of_indicator(measure: str, column: str) -> bool:
    """Whether a figure is that of an indicator: its column is a plain number, and the row's code says what it counts."""
    return measure == "star.standing" and column not in WORDS


def sees_figure(membership: Membership, measure: str, column: str, key: Mapping[str, Any]) -> bool:
    """Whether a member is shown the figure of a key: not one that is made from hidden cells. Of which rows it is made, `seeing`
    decides."""
    known = MEASURES.get(measure)
    if known is None or column not in known.formulas:
        return True  # there is no such figure: nothing to hide
    if _of_indicator(measure, column) and not sees_indicator(membership.role, key.get("code")):
        return False
    return all(sees_column(membership.role, TABLES[t], c) for t, c in known.formulas[column].columns(known.table))


def sees_whole(membership: Membership, table: str, column: str) -> bool:
    """Whether a member is shown a figure of the whole shop that is made of this column: not one over other salespeople's rows."""
    return sees_column(membership.role, TABLES[table], column) and only_of(membership, TABLES[table]) is None


def sees_finding(membership: Membership, check: Check, key: Mapping[str, Any]) -> bool:
    """Whether a member is shown a finding of this key: its sentence says the figures that it stands on, over everybody's rows."""
    for figure in check.evidence:
        table = TABLES[MEASURES[figure["measure"]].table]
        if not Sight(only=only_of(membership, table)).shows(key, table):
            return False
        if not all(sees_figure(membership, figure["measure"], column, key) for column in figure["columns"]):
            return False
    return True


def shown_findings(membership: Membership, checks: Collection[Check]) -> Q:
    """Of the findings of a company, those that `sees_finding` shows the member, as a question to the database."""
    shown = ~Q(code__in=[check.code for check in checks])
    for check in checks:
        tables = {TABLES[MEASURES[figure["measure"]].table] for figure in check.evidence}
        own = {table.seller: only for table in tables if (only := only_of(membership, table)) is not None}
        asked = Q(code=check.code, **{f"key__{column}": only for column, only in own.items()})
        if any(_of_indicator(figure["measure"], column) for figure in check.evidence for column in figure["columns"]):
            codes = [code for code in INDICATORS if sees_indicator(membership.role, code)]
            if len(codes) < len(INDICATORS):
                own, asked = own | {"code": codes[0]}, asked & Q(key__code__in=codes)
        if sees_finding(membership, check, own):
            shown |= asked
    return shown


def may(person: Person, verb: str, shop: Shop) -> bool:
    return role_in(person, shop) in MAY[verb]


def demand(person: Person | None, verb: str, shop: Shop) -> None:
    """Raise `Forbidden` unless the person may. None is the operator of the machine (command line, worker), who may all."""
    if person is not None and not may(person, verb, shop):
        raise Forbidden(verb)
