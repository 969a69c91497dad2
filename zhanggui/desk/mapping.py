"""Verbs about headers that nobody knows: what a person has said of them is kept for the company, and asked once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import QuerySet

from zhanggui.desk.access import demand
from zhanggui.desk.history import remember
from zhanggui.desk.home import home
from zhanggui.desk.models import Import, Person, SavedMapping, Shop
from zhanggui.intake import HeaderMap
from zhanggui.intake.cells import Sheet
from zhanggui.intake.clean import convert, tidy
from zhanggui.intake.recognise import recognise
from zhanggui.intake.sheets import read_sheets
from zhanggui.intake.suggest import Head, find_head
from zhanggui.tables import TABLES, Problem, Table


class Unfit(Exception):
    """The answer cannot be kept; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def maps_of(shop: Shop) -> dict[str, HeaderMap]:
    """What the shop's company has said of header sets, by their fingerprint."""
    return {m.fingerprint: answer_of(m) for m in SavedMapping.objects.filter(company_id=shop.company_id)}


def answer_of(saved: SavedMapping) -> HeaderMap:
    return HeaderMap(saved.table, saved.columns, saved.scale, saved.constants, saved.orders)


def mappings(shop: Shop) -> QuerySet[SavedMapping]:
    """The company's mappings, newest first."""
    return SavedMapping.objects.filter(company_id=shop.company_id).select_related("person").order_by("-made", "-id")


def sheets_of(item: Import) -> list[tuple[Sheet, Head, bool]]:
    """The sheets of a waiting or refused file that have a header, and whether each is known. `FileNotFoundError` if it is gone."""
    found, _ = read_sheets(home() / "waiting" / item.shop.key / item.sha256, item.file)
    maps = maps_of(item.shop)
    headed = [(sheet, head) for sheet in found if (head := find_head(sheet))]
    return [(sheet, head, recognise(sheet, TABLES, item.file, None, maps)[0] is not None) for sheet, head in headed]


def trouble(head: Head, answer: HeaderMap, tables: Mapping[str, Table] = TABLES) -> list[Problem]:
    """What stands against reading a header set in this way."""
    table = tables.get(answer.table)
    if table is None:
        return [Problem("no_such_table", value=answer.table)]
    strange = [h for h in answer.columns.values() if h not in head.labels]
    found = [Problem("no_such_header", value=h) for h in strange]
    found += [
        Problem("no_such_column", column=n, value=table.zh)
        for n in (*answer.columns, *answer.constants)
        if n not in table.columns
    ]
    if found:
        return found
    if not answer.columns:
        return [Problem("nothing_mapped")]
    lacking = [n for n in table.required if n not in answer.columns and n not in answer.constants]
    found = [Problem("column_not_mapped", column=table.columns[n].zh, nearest=table.columns[n].en) for n in lacking]
    return found + [p for n, text in answer.constants.items() if (p := _unreadable(table, n, text))]


def _unreadable(table: Table, name: str, text: str) -> Problem | None:
    column = table.columns[name]
    cell = pl.DataFrame({"x": [text]}).select(tidy(pl.col("x")))
    if cell.select(convert(column, pl.col("x"))[0]).item() is not None:
        return None
    return Problem("constant_unreadable", column=column.zh, nearest=column.en, value=text)


def _told(saved: SavedMapping | None) -> dict[str, Any]:
    """What a history says of an answer."""
    return {n: getattr(saved, n) for n in ("table", "columns", "scale", "constants", "orders") if getattr(saved, n, None)}


@transaction.atomic
def save(shop: Shop, head: Head, answer: HeaderMap, *, person: Person | None = None) -> SavedMapping:
    """Keep an answer; a newer one for the same headers takes the place of the older. `Unfit` if it cannot be read by.

    Files that wait are not read again by this: see `importing.look_again`.
    """
    demand(person, "import", shop)
    if found := trouble(head, answer):
        raise Unfit(found)
    kept: dict[str, Any] = {
        "table": answer.table,
        "columns": dict(answer.columns),
        "scale": {n: f for n, f in answer.scale.items() if f != 1 and n in answer.columns},
        "constants": {n: text for n, text in answer.constants.items() if n not in answer.columns},
        "orders": {n: order for n, order in answer.orders.items() if order and n in answer.columns},
        "person": person,
    }
    before = _told(SavedMapping.objects.filter(company_id=shop.company_id, fingerprint=head.fingerprint).first())
    saved, _ = SavedMapping.objects.update_or_create(company_id=shop.company_id, fingerprint=head.fingerprint, defaults=kept)
    remember("save_mapping", saved.table, about=shop.company, person=person, before=before, after=_told(saved))
    return saved


@transaction.atomic
def forget(shop: Shop, pk: int, *, person: Person | None = None) -> None:
    """Take a mapping away. Imports read by it stay: each keeps the answer it was read with. `LookupError` if there is none."""
    demand(person, "import", shop)
    saved = SavedMapping.objects.filter(company_id=shop.company_id, pk=pk).first()
    if saved is None:
        raise LookupError(pk)
    saved.delete()
    remember("forget_mapping", saved.table, about=shop.company, person=person, before=_told(saved))
