"""The pages of 外贸直通车 beside its lists: the week, where the money goes, the life of plans, the marketing level."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.checks import load
from zhanggui.checks.ads._budget import BudgetPace, paces
from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.documents.excel import Sheet, workbook
from zhanggui.facts import Snapshot
from zhanggui.measures import ad_money
from zhanggui.plans import budget_backwards, marketing_level, p4p_life, p4p_spend, p4p_week
from zhanggui.rulebook import RULEBOOK, Rules
from zhanggui.tables import TABLES
from zhanggui.web import ads_pace, ads_words, cards, words
from zhanggui.web.ads_week import WeekWords
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import member_of, numbered, page, whole, xlsx
from zhanggui.web.words import said

KEPT = 16
WINDOWS = (28, 91)
PER_PAGE = 50
MOST_FINDINGS = 12


@dataclass(frozen=True)
class Asked:
    """Who asks for a page of promotion, and what of. `money`: whether the role is shown what P4P costs."""

    member: Membership
    shop: Shop
    seen: Seen
    values: tuple[tuple[str, float], ...]

    @property
    def snapshot(self) -> Snapshot:
        return seeing.snapshot(self.seen)

    @property
    def rules(self) -> Rules:
        return Rules(self.seen[3], dict(self.values), {})

    @property
    def money(self) -> bool:
        return seeing.sees(self.member.role, "p4p_keyword", ("cost",))

    def sees(self, table: str, column: str) -> bool:
        return access.sees_whole(self.member, table, column)


def asked(request: HttpRequest, key: str) -> Asked:
    member, shop = member_of(request, key)
    day = platform_today()
    rules = RULEBOOK.on(day, checking.own_rules(shop))
    return Asked(member, shop, seeing.seen(member, shop, day), tuple(sorted(rules.values.items())))


def tab(request: HttpRequest, of: Asked, name: str, **values: Any) -> HttpResponse:
    """A page of the section; `name` is its address and its template."""
    given: dict[str, Any] = {
        "section": "ads", "tabs": tabs_of(of.shop, "ads", name), "money": of.money, "charged_in": ad_money.currency(of.snapshot)
    }  # fmt: skip
    return page(request, f"{name}.jinja", of.shop, **given | values)


def days_of(request: HttpRequest, default: int = WINDOWS[0]) -> int:
    days = whole(request.GET.get("days", ""))
    return days if days in WINDOWS else default


@lru_cache(maxsize=KEPT)
def once(seen: Seen, what: str, *of: Hashable) -> Any:
    """Worked out once for each state of the facts."""
    shop = seeing.snapshot(seen)
    if what == "week":
        return p4p_week.p4p_week(shop)
    if what == "spend":
        told = p4p_spend.spend(shop, of[0])  # type: ignore[arg-type]
        return told, p4p_spend.hours(shop, *of), p4p_spend.daily_first(shop, told) if told else ()  # type: ignore[arg-type]
    if what == "rates":
        return budget_backwards.known_rates(shop, Rules(seen[3], dict(of[1:]), {}), str(of[0]))  # type: ignore[arg-type]
    rules = Rules(seen[3], dict(of), {})  # type: ignore[arg-type]
    return p4p_life.lives(shop, rules) if what == "life" else marketing_level.marketing_level(shop, rules)


@require_GET
def ads_week(request: HttpRequest, key: str) -> HttpResponse:
    """The week beside the week before; as a page or as Excel."""
    of = asked(request, key)
    told = once(of.seen, "week")
    lines = _findings(of)
    if told is None:
        return tab(request, of, "ads_week", told=None, wanted=[TABLES["p4p_account"], TABLES["p4p_keyword"]])
    say = WeekWords(told, of.shop, of.money, ad_money.currency(of.snapshot))
    if request.GET.get("format") == "xlsx":
        found = Sheet(
            [said("检查", "Check"), said("内容", "What was found")],
            [[f"{one.code} {one.title}", one.says] for one in lines],
            ["text", "text"],
        )
        return xlsx(workbook(say.sheets() | {said("提醒", "Findings"): found}), f"{of.shop.key}-p4p-{told.now[1]}")
    sure = [one for one in lines if one.sure]
    return tab(
        request, of, "ads_week", told=told, say=say, lines=sure[:MOST_FINDINGS], more=max(0, len(sure) - MOST_FINDINGS),
        early=[one for one in lines if not one.sure], source=TABLES[told.table], days=p4p_week.days_of(told.now),
    )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A finding of the promotion checks as it is read. `sure`: not one that says how much is missing yet."""

    pk: int
    code: str
    title: str
    says: str
    sure: bool


def _findings(of: Asked) -> list[Found]:
    """Those that the member is shown, the gravest first."""
    checks = [c for c in load().values() if c.subject == "ads"]
    rows = of.shop.findings.filter(access.shown_findings(of.member, checks), code__in=[c.code for c in checks])
    rows = rows.exclude(state="resolved").exclude(fingerprint__in=checking.hidden(of.shop))
    grave = {c.code: ("high", "medium", "low").index(c.severity) for c in checks}
    ordered = sorted(rows, key=lambda r: (grave[r.code], r.code, -(r.gain or 0), r.pk))
    title = {c.code: c.words["title"][words.lang()] for c in checks}
    return [Found(r.pk, r.code, title[r.code], cards.says(r), r.verdict == "found") for r in ordered]


@require_GET
def ads_spend(request: HttpRequest, key: str) -> HttpResponse:
    """Words by spend with what they bring, the hours of the day, and the pace of the budgets and of the newest day."""
    of, days = asked(request, key), days_of(request)
    if not of.money:
        return tab(request, of, "ads_spend")
    work = load()["AD12"].values(checking.own_settings(of.shop).get("AD12"))
    told, hours, first = once(of.seen, "spend", days, work.opens, work.closes)
    shown = numbered(request, told.words if told else (), PER_PAGE)
    budgets: list[BudgetPace] = paces(of.snapshot) if of.sees("budget", "amount") else []
    return tab(
        request, of, "ads_spend", told=told, hours=hours, work=work, words=shown, days=days, windows=WINDOWS,
        table=ads_words.spent(list(shown), of.shop, days), hour_table=ads_words.hours(hours) if hours else None,
        countries=ads_words.countries(hours) if hours else "", budgets=ads_words.budgets(budgets) if budgets else None,
        rate=ad_money.rate(of.snapshot, of.snapshot.day),
        wanted=[TABLES["p4p_keyword"]],
        first=ads_words.spent([one for _, one in first if one], of.shop, days), idle=[word for word, one in first if not one],
        **ads_pace.told(of.member, of.shop, of.seen, hours),
    )  # fmt: skip


@require_GET
def ads_life(request: HttpRequest, key: str) -> HttpResponse:
    """Cold start, scale-up, harvest: each plan's stage and what to do."""
    of = asked(request, key)
    told = once(of.seen, "life", *of.values) if of.money else None
    shown = numbered(request, told.words if told else (), PER_PAGE)
    say = ads_words.LifeWords(told, of.shop, of.rules) if told else None
    return tab(
        request, of, "ads_life", told=told, say=say, words=shown, rules=of.rules, wanted=[TABLES["p4p_plan"]],
        table=say.words(list(shown)) if say else None,
    )  # fmt: skip


@require_GET
def ads_level(request: HttpRequest, key: str) -> HttpResponse:
    """Points and money to the next marketing levels; what no report says is said to be missing."""
    of = asked(request, key)
    told = once(of.seen, "level", *of.values)
    return tab(
        request, of, "ads_level", told=told, table=ads_words.aims(told, of.money), wanted=TABLES["p4p_level"],
        packages=_packages(of.snapshot),
    )  # fmt: skip


def _packages(shop: Snapshot) -> list[str]:
    """The packages that the register 已购服务 says are running: they decide the manufacturer list's premium."""
    rows = shop.scan("bought_service").select("service", "start", "end").collect()
    return sorted({s for s, start, end in rows.iter_rows() if start <= shop.day and (end is None or end >= shop.day)})
