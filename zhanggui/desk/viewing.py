"""Verbs about saved views of lists: save, delete, open with."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from zhanggui.desk.access import demand
from zhanggui.desk.history import remember
from zhanggui.desk.models import Person, SavedView, Shop

LONGEST_NAME = 100
LONGEST_QUERY = 2000


class CannotSave(ValueError):
    """The view lacks something; the message says what: name, long."""


def views(shop: Shop, person: Person, section: str) -> QuerySet[SavedView]:
    """The views of one list that a person is offered: their own and those that are shared in the shop."""
    found = shop.views.filter(Q(person=person) | Q(shared=True), section=section)
    return found.select_related("person").order_by("name", "id")


@transaction.atomic
def save(shop: Shop, section: str, name: str, query: str, *, shared: bool, person: Person) -> SavedView:
    """Keep a view under a name; one of the person's own of that name is written over. A shared one is remembered as a decision."""
    demand(person, "share_views" if shared else "see", shop)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise CannotSave("name")
    if len(query) > LONGEST_QUERY:
        raise CannotSave("long")
    before = shop.views.filter(person=person, section=section, name=name).first()
    old = _told(before) if before else None
    view, _ = SavedView.objects.update_or_create(
        shop=shop, person=person, section=section, name=name, defaults={"query": query, "shared": shared}
    )
    if not shared:
        view.openers.remove(*view.openers.exclude(pk=person.pk))
    if shared or (old and old["shared"]):
        remember("save_view", f"{section}: {name}", about=shop, person=person, before=old, after=_told(view))
    return view


@transaction.atomic
def delete(view: SavedView, *, person: Person) -> None:
    """Throw a view away: one's own, or a shared one if one may share."""
    demand(person, "see" if view.person_id == person.pk else "share_views", view.shop)
    if view.shared:
        remember("delete_view", f"{view.section}: {view.name}", about=view.shop, person=person, before=_told(view))
    view.delete()


@transaction.atomic
def open_with(view: SavedView, on: bool, *, person: Person) -> None:
    """Let the list open with this view for the person, or not any more. A list opens with one view at most."""
    demand(person, "see", view.shop)
    person.opens_with.remove(*person.opens_with.filter(shop=view.shop, section=view.section))
    if on:
        view.openers.add(person)


def _told(view: SavedView) -> dict[str, object]:
    return {"query": view.query, "shared": view.shared}
