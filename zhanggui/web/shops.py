"""Every shop of a person in one table: an agency's morning, or a company with several stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhanggui.checks import load
from zhanggui.desk import access
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Finding, Import, Person, Shop, Task
from zhanggui.web.page import page, person_of, query
from zhanggui.web.words import said

PER_PAGE = 50


@dataclass(frozen=True)
class Column:
    """A column of the table; `sort` is the field by which it sorts, "" where the rows cannot be sorted by it."""

    name: str
    zh: str
    en: str
    down: bool = False

    @property
    def title(self) -> str:
        return said(self.zh, self.en)


COLUMNS = (
    Column("name", "店铺", "Shop"),
    Column("company__name", "公司", "Company"),
    Column("checked_on", "上次体检", "Last check-up", True),
    Column("fresh", "新发现", "New", True),
    Column("back", "又出现", "Back again", True),
    Column("open", "进行中任务", "Open tasks", True),
    Column("overdue", "逾期任务", "Overdue", True),
    Column("imported", "最近导入", "Last import", True),
)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.filter(shop=OuterRef("pk")).order_by().values("shop").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def overview(person: Person) -> QuerySet[Shop]:
    """The person's shops with what each row says."""
    checks = load().values()
    seen = Q(pk__in=[])
    for member in person.memberships.all():
        seen |= Q(shop__company=member.company_id) & access.shown_findings(member, checks)
    shown = Finding.objects.filter(seen, dismissed_reason="", snoozed_until=None, snoozed_at_size=None)
    tasks = Task.objects.filter(state="open")
    imported = Import.objects.filter(shop=OuterRef("pk"), state="accepted").order_by().values("shop")
    return access.shops_of(person).annotate(
        fresh=_count(shown.filter(state="new")),
        back=_count(shown.filter(state="regressed")),
        open=_count(tasks),
        overdue=_count(tasks.filter(due__lt=platform_today())),
        imported=Subquery(imported.annotate(last=Max("accepted")).values("last")),
    )


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The only shop's Today, or the table of the person's shops; whoever may open the first one is asked for it."""
    person = person_of(request)
    keys = list(access.shops_of(person).values_list("key", flat=True)[:2])
    if len(keys) == 1:
        return redirect(reverse("today", args=keys))
    if not keys and access.may_open_first_shop(person):
        return redirect("setup_shop")
    asked = request.GET
    text = asked.get("q", "").strip()[:200]
    known = {c.name: c for c in COLUMNS}
    column = known.get(asked.get("sort", ""), COLUMNS[0])
    down = asked["dir"] == "down" if asked.get("dir") in ("up", "down") else column.down
    found = overview(person)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(company__name__icontains=text))
    found = found.order_by(f"-{column.name}" if down else column.name, "name", "pk")
    items = Paginator(found, PER_PAGE).get_page(asked.get("page"))

    def sort_link(one: Column) -> str:
        turned = not down if one == column else one.down
        return query(request, page=None, sort=one.name, dir="down" if turned else "up")

    told: dict[str, Any] = {"columns": COLUMNS, "sort": column.name, "down": down, "sort_link": sort_link, "text": text}
    told["several"] = person.memberships.count() > 1
    return page(request, "shops.jinja", any=bool(keys), items=items, **told)
