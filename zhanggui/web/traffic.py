"""The traffic page: where the shop stands beside its peers, who came on which way, day by day and product by product."""

from __future__ import annotations

from functools import lru_cache, partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhanggui.desk import access, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership
from zhanggui.desk.seeing import Seen
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.plans.traffic import Traffic, traffic_of
from zhanggui.tables import TABLES
from zhanggui.web import places, traffic_charts, words
from zhanggui.web.explained import Told
from zhanggui.web.listing import tabs_of
from zhanggui.web.marks import marks
from zhanggui.web.page import member_of, page, whole

WINDOWS = (7, 28)
KEPT = 32


@lru_cache(maxsize=KEPT)
def _kept(seen: Seen, days: int, role: str, all_buyers: bool) -> Traffic:
    """Worked out once for each state of the facts, window and kind of member."""
    member = Membership(role=role, all_buyers=all_buyers)
    return traffic_of(seeing.snapshot(seen), days, partial(access.sees_whole, member))


@require_GET
def traffic(request: HttpRequest, key: str) -> HttpResponse:
    """A week beside the week before, or four weeks beside four: never single days."""
    member, shop = member_of(request, key)
    asked, day = whole(request.GET.get("days", "")), platform_today()
    days = asked if asked in WINDOWS else DEFAULT_DAYS
    told = _kept(seeing.whole(shop, day), days, member.role, member.all_buyers)
    calendar = None
    if told.daily:
        first, last = min(told.daily.days), max(told.daily.days)
        calendar = traffic_charts.calendar(told.daily, marks(shop, first, last, told.festivals))
    beside = told.standing
    return page(
        request,
        "traffic.jinja",
        shop,
        section="traffic",
        tabs=tabs_of(shop, "traffic", ""),
        days=days,
        windows=WINDOWS,
        day=day,
        told=told,
        absent=[TABLES[name] for name in told.absent],
        moved=[Told(one, days, reverse("figure", args=[shop.key])) for one in told.moved],
        verdict=traffic_charts.verdict(beside) if beside else "",
        top=traffic_charts.top_words(told.top10) if told.top10 else "",
        continents=places.continents(told.regions) if told.regions else [],
        regions_say=places.regions_say(told.regions) if told.regions else "",
        region_label=words.label("shop_region", told.regions.column) if told.regions else "",
        radar=traffic_charts.radar(beside) if beside else None,
        gaps=traffic_charts.rows(beside) if beside else [],
        calendar=calendar,
        sankey=traffic_charts.sankey(told.paths) if told.paths else None,
        pareto=traffic_charts.pareto(told.clicks),
    )
