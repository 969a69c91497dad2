"""The page of one row of a list: every column of what stands behind it, and from which file, sheet and line it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership, Shop
from zhanggui.facts import ImportRecord
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import Table
from zhanggui.web import words
from zhanggui.web.listing import address_of, listing_of, window_of
from zhanggui.web.page import page, person_of
from zhanggui.web.product_standing import Standing, standing

PER_PAGE = 5


@dataclass(frozen=True)
class Source:
    """One row of a file: its cells with their labels, and where it stands."""

    file: str
    sheet: str
    line: int
    when: str
    cells: list[tuple[str, str]]
    empty: list[str]


@require_GET
def row(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """What stands behind a row. Its key is in the address, `product_id=123`; a part that is left out is empty in the row."""
    person = person_of(request)
    shop, one = access.shop_for(person, key), listing_of(name)
    member = seeing.membership(person, shop)
    snapshot = seeing.facts_for(member, shop, platform_today())
    window = snapshot.last(one.table, window_of(request.GET, one)) if one.windowed else None
    rows = window.rows if window else snapshot.scan(one.table)
    wanted = {k: request.GET.get(k) for k in one.key}
    texts = [pl.col(k).cast(pl.String) == v if v is not None else pl.col(k).is_null() for k, v in wanted.items()]
    found = rows.filter(*texts).sort(one.source.clock, "_line", descending=[True, False]).collect()
    if found.is_empty():
        raise Http404
    paged = Paginator(range(found.height), PER_PAGE).get_page(request.GET.get("page"))
    records = {r.id: r for r in snapshot.imports}
    lines = found[paged.start_index() - 1 : paged.end_index()]
    return page(
        request,
        "row.jinja",
        shop,
        section=one.section,
        one=one,
        back=address_of(shop, one),
        title=words.figure(found[one.called][0], "text"),
        standing=_standing(member, shop, wanted["product_id"]) if one.name == "products" else None,
        sources=[_source(one.source, line, records, member.role) for line in lines.iter_rows(named=True)],
        paged=paged,
    )


def _standing(member: Membership, shop: Shop, product: str | None) -> Standing | None:
    return standing(member, shop, RULEBOOK.on(platform_today(), checking.own_rules(shop)), product) if product else None


def _source(table: Table, row: dict[str, Any], records: dict[int, ImportRecord], role: str) -> Source:
    record = records.get(row["_import"])
    sheet = record.parts[row["_part"]]["sheet"] if record else ""
    told = [(n, c) for n, c in table.columns.items() if n != "removed" and access.sees_column(role, table, n)]
    cells = [(words.label(table.name, n), words.figure(row[n], c.kind, _unit(c.unit))) for n, c in told if row[n] is not None]
    empty = [words.label(table.name, n) for n, _ in told if row[n] is None]
    when = words.span((row["period_start"], row["period_end"])) if "period_start" in row else words.day(_day(row[table.clock]))
    return Source(record.file if record else "—", sheet, row["_line"], when, cells, empty)


def _unit(unit: str) -> str:
    return unit if len(unit) == 3 and unit.isupper() else ""


def _day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value
