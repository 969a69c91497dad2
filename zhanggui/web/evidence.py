"""From a sentence or a figure to formula, rows, file and line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from zhanggui.checks import explain, gain_formula, gain_text, load
from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership
from zhanggui.facts import Snapshot
from zhanggui.measures import MEASURES, Figure, NoFigure, Origin, parse_address, trace
from zhanggui.measures.kinds import kind_of
from zhanggui.web import cards, words
from zhanggui.web.page import member_of, page
from zhanggui.web.today import choices

ROWS = 50


@dataclass(frozen=True)
class Shown:
    """A figure with the page of its cells. `lost`: the data that it came from are not there any more. `hidden`: not for this member."""

    address: str
    label: str
    of: str
    figure: Figure | None
    rows: Page[Origin] | None
    lost: str = ""
    hidden: bool = False

    @property
    def kind(self) -> str:
        if self.figure is None:
            return "text"
        return kind_of(self.figure.measure.table, parse_address(self.figure.address)[1], self.figure.formula)

    @property
    def unit(self) -> str:
        if not self.figure or self.kind != "money":
            return ""
        currency = parse_address(self.figure.address)[2].get("currency")
        unit = currency or self.figure.window.table.columns[self.figure.formula.of[0]].unit
        return unit if len(unit) == 3 else ""  # a currency; elsewhere the row says its own

    @property
    def formula(self) -> str:
        return self.figure.formula.says(words.lang(), self.figure.measure.table) if self.figure else ""


def shown(snapshot: Snapshot, address: str, membership: Membership, number: str | int | None = 1) -> Shown:
    """The figure at an address, or why it is not there."""
    measure, column, key, _ = parse_address(address)
    if not access.sees_figure(membership, measure, column, key):
        return Shown(address, words.label(MEASURES[measure].table, column), "", None, None, hidden=True)
    try:
        figure = trace(snapshot, address)
    except NoFigure as error:
        return Shown(address, address, "", None, None, str(error))
    of = " · ".join(f"{words.label(figure.measure.table, k)} {v}" for k, v in key.items() if k != "occurrence" or v != "1")
    rows = Paginator(figure.origins, ROWS).get_page(number)
    return Shown(address, words.label(figure.measure.table, column), of, figure, rows)


@require_GET
def evidence(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Everything behind one finding, as of the day on which it was last seen."""
    membership, shop = member_of(request, key)
    row = get_object_or_404(shop.findings, pk=pk)
    check = load().get(row.code)
    if check is None:
        raise Http404
    if not cards.shows(membership, row):
        hidden = Shown("", explain(check, words.lang())["title"], "", None, None, hidden=True)
        return page(request, "figure.jinja", shop, found=hidden, day=row.last_seen, status=403)
    own = checking.own_settings(shop).get(row.code)
    snapshot = seeing.facts_for(membership, shop, row.last_seen)
    figures = [shown(snapshot, address, membership) for address in dict.fromkeys(check.figures(checking.as_core(row), own))]
    return page(
        request,
        "evidence.jinja",
        shop,
        section="today",
        row=row,
        says=cards.says(row),
        figures=figures,
        gain=gain_text(check, checking.as_core(row), words.lang()),
        how_gain=gain_formula(check, checking.as_core(row), words.lang()),
        told=explain(check, words.lang()),
        settings=vars(check.values(own)),
        day=row.last_seen,
        **choices(shop),
    )


@require_GET
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure by its address."""
    membership, shop = member_of(request, key)
    address = request.GET.get("address", "")
    try:
        parse_address(address)
        day = date.fromisoformat(request.GET["day"]) if "day" in request.GET else platform_today()
    except (NoFigure, ValueError):
        raise Http404 from None
    found = shown(seeing.facts_for(membership, shop, day), address, membership, request.GET.get("page"))
    return page(request, "figure.jinja", shop, found=found, day=day, status=403 if found.hidden else 404 if found.lost else 200)
