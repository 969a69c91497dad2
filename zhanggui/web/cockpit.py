"""The cockpit: traffic, orders, profit; and the same on a wall, which refreshes itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhanggui.desk import access, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.plans.cockpit import Cockpit, cockpit
from zhanggui.tables import TABLES
from zhanggui.web import drawings, words
from zhanggui.web.charts import Chart, Mark
from zhanggui.web.gauges import Gauge
from zhanggui.web.goals import Goal
from zhanggui.web.marks import marks
from zhanggui.web.page import page, person_of, whole
from zhanggui.web.words import said

TITLES = {"traffic": ("流量", "Traffic"), "orders": ("订单", "Orders"), "profit": ("利润", "Profit")}
KEPT = 32
TREND_WEEKS = {7: 13, 28: 26, 90: 52}
WALL = ("visitors", "lead_people", "search_clicks", "orders", "order_amount", "gross_profit", "cost")


@dataclass(frozen=True)
class Band:
    """One of the three: its figures, its trend, and the reports that would give more."""

    name: str
    gauges: list[Gauge]
    trend: Chart | None
    absent: list[Any]

    @property
    def title(self) -> str:
        return said(*TITLES[self.name])


def _computed(request: HttpRequest, shop: Shop, days: int) -> tuple[Cockpit, date]:
    """The figures that are open to the person."""
    member, day = seeing.membership(person_of(request), shop), platform_today()
    return _kept(seeing.whole(shop, day), days, member.role, member.all_buyers), day


@lru_cache(maxsize=KEPT)
def _kept(seen: Seen, days: int, role: str, all_buyers: bool) -> Cockpit:
    """Worked out once for each state of the facts, window and kind of member."""
    member = Membership(role=role, all_buyers=all_buyers)
    return cockpit(seeing.snapshot(seen), days, partial(access.sees_whole, member))


def _bands(told: Cockpit, shop: Shop, day: date, marks: list[Mark]) -> list[Band]:
    base, steps = reverse("figure", args=[shop.key]), TREND_WEEKS[told.days]
    found = []
    for name, figures in told.figures.items():
        gauges = [Gauge(one, day, base) for one in figures]
        absent = [TABLES[table] for table in told.absent[name]]
        if gauges or (absent and name != "profit"):
            found.append(Band(name, gauges, drawings.trend(name, gauges, steps, marks), absent))
    return found


def _marks(shop: Shop, told: Cockpit) -> list[Mark]:
    """What happened in the days of the trends."""
    ends = [one.window.end for one in told.series.values()]
    if not ends:
        return []
    last = max(ends)
    return marks(shop, last - timedelta(weeks=TREND_WEEKS[told.days]), last, told.festivals, told.series)


@require_GET
def cockpit_page(request: HttpRequest, key: str) -> HttpResponse:
    """Three bands over the window, beside the window before and the peers."""
    shop = access.shop_for(person_of(request), key)
    asked = whole(request.GET.get("days", ""))
    days = asked if asked in TREND_WEEKS else DEFAULT_DAYS
    told, day = _computed(request, shop, days)
    base = reverse("figure", args=[shop.key])
    return page(
        request,
        "cockpit.jinja",
        shop,
        section="cockpit",
        days=days,
        windows=tuple(TREND_WEEKS),
        day=day,
        goals=[Goal(one) for one in told.goals],
        bands=_bands(told, shop, day, _marks(shop, told)),
        funnel=drawings.funnel(told, day, base),
        steps=[drawings.Step(one) for one in told.gaps],
        verdict=drawings.verdict(told),
        moves=[drawings.Moved(one, told, base) for one in told.moves],
        wanted=[TABLES[t] for t in ("shop_overview", "product_effect", "order_lines", "p4p_account")],
    )


@require_GET
def wall(request: HttpRequest, key: str) -> HttpResponse:
    """The big figures of a week and the trend, for a screen on a wall."""
    shop = access.shop_for(person_of(request), key)
    told, day = _computed(request, shop, 7)
    bands = _bands(told, shop, day, [])
    gauges = {g.shown.column: g for band in reversed(bands) for g in reversed(band.gauges)}
    late = [words.table_title(n) for n, one in told.series.items() if drawings.late(n, one, day)]
    return page(
        request,
        "wall.jinja",
        shop,
        section="cockpit",
        gauges=[gauges[c] for c in WALL if c in gauges],
        goals=[Goal(one) for one in told.goals if not one.why],
        trends=[band.trend for band in bands if band.trend and band.name != "profit"],
        late=late,
        at=timezone.now(),
        day=day,
    )
