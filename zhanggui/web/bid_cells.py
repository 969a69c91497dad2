"""时段、地域、人群: which hours to leave out, and which regions and labels to bid more or less for, with the money of now."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.desk import access, bidding, checking, seeing
from zhanggui.desk.bid_reports import in_force
from zhanggui.desk.clock import platform_today
from zhanggui.desk.seeing import Seen
from zhanggui.documents.excel import workbook
from zhanggui.estimates.auction import reading_of
from zhanggui.measures import ad_money, ads
from zhanggui.measures.ads import BidKey
from zhanggui.plans import bid_cells as plans
from zhanggui.plans.bid_cells import CellPlan
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_plan import BidSettings, Reading
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES
from zhanggui.web.bid_cell_sheet import sheet
from zhanggui.web.bid_cell_waits import waits
from zhanggui.web.bid_cell_words import SORTS, CellWords, ordered
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import member_of, numbered, page, said_in, xlsx
from zhanggui.web.words import said

KEPT = 16
PER_PAGE = 50


@lru_cache(maxsize=KEPT)
def _plans(seen: Seen, steering: Steering, late: int, entered: tuple[tuple[BidKey, float], ...]) -> dict[str, CellPlan]:
    return plans.bid_cells(seeing.snapshot(seen), BidSettings(steering, Reading(late=late)), dict(entered))


@require_GET
def bid_cells(request: HttpRequest, key: str) -> HttpResponse:
    """One of the three axes as a table; or all of them as Excel."""
    member, shop = member_of(request, key)
    told: dict[str, Any] = {"section": "ads", "tabs": tabs_of(shop, "ads", "bids")}
    if not access.sees_bids(member.role):
        return page(request, "bids_hidden.jinja", shop, status=403, **told)
    day = platform_today()
    seen = seeing.seen(member, shop, day)
    snapshot = seeing.snapshot(seen)
    entered = tuple(in_force(shop, ads.newest_bids(snapshot)).items())
    steering = bidding.steering(shop)
    found = _plans(seen, steering, checking.data_lag(shop, day), entered)
    reading = reading_of(RULEBOOK.on(day, checking.own_rules(shop)))
    currency = ad_money.currency(snapshot)
    every = {axis: CellWords(plan, shop, reading, currency) for axis, plan in found.items()}
    if request.GET.get("format") == "xlsx":
        return xlsx(workbook({one.title: sheet(one) for one in every.values()}), f"{shop.key}-cells-{day}")
    axis, sort = said_in(request.GET, "axis"), said_in(request.GET, "sort")
    axis = axis if axis in every else _first(every)
    say = every[axis]
    sort = sort if sort in SORTS else "gain" if say.plan.proposed or axis != "hour" else "name"
    rows = numbered(request, ordered(say.plan, sort), PER_PAGE)
    return page(
        request, "bid_cells.jinja", shop, axis=axis, say=say, plan=say.plan, axes=every, rows=rows, table=say.table(list(rows)),
        sort=sort, sorts={name: said(*pair) for name, pair in SORTS.items()}, source=TABLES[plans.AXES[axis]],
        reading=reading, currency=currency, waits=waits(say.plan), sure=f"{steering.sure:.0%}", **told,
    )  # fmt: skip


def _first(every: dict[str, CellWords]) -> str:
    """The axis that is shown where none is asked for: one with a proposal, else one with figures."""
    return max(every, key=lambda axis: (every[axis].plan.proposed, bool(every[axis].plan.cells)))
