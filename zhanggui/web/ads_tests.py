"""Tests of advertising: what runs and what it says so far, how long a new one must run, and plans that switch P4P on and off."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from secrets import randbelow
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhanggui.checks import load
from zhanggui.desk import access, checking, registering, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Stale
from zhanggui.measures import ad_money
from zhanggui.plans import fast_test, on_off_test
from zhanggui.plans.fast_test import SIZES, STEPS, Length, PageTest, Reading, Subject
from zhanggui.plans.on_off_test import HOURS, OUTCOMES, REGIONS, REPORTS, Outlook, Result, Trial
from zhanggui.tables import TABLES
from zhanggui.web import ads_tests_words as told
from zhanggui.web import on_off_words, words
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import member_of, page, person_of, said_in, whole
from zhanggui.web.words import said

KEPT = 32
PER_PAGE = 10
WINDOWS = (2, 3, 4, 6)
HOPED = (25, 50, 100)
MOST_DAYS = 364
MOST_VARIANTS = 6
PLAN = TABLES["on_off_test"]


@lru_cache(maxsize=KEPT)
def _tests(seen: Seen) -> tuple[PageTest, ...]:
    return fast_test.page_tests(seeing.snapshot(seen))


@lru_cache(maxsize=KEPT)
def _prices(seen: Seen) -> dict[str, float]:
    return fast_test.click_prices(seeing.snapshot(seen))


@lru_cache(maxsize=20 * KEPT)
def _readings(seen: Seen, name: str, worth: float, sure: float) -> tuple[Reading, ...]:
    return next(t for t in _tests(seen) if t.name == name).readings(worth, _prices(seen), sure)


@lru_cache(maxsize=KEPT)
def _subjects(seen: Seen) -> tuple[Subject, ...]:
    return fast_test.subjects(seeing.snapshot(seen))


@lru_cache(maxsize=KEPT)
def _trials(seen: Seen) -> tuple[tuple[Trial, ...], tuple[str, ...]]:
    return on_off_test.trials(seeing.snapshot(seen))


@lru_cache(maxsize=20 * KEPT)
def _result(seen: Seen, trial: Trial) -> Result:
    return on_off_test.result(seeing.snapshot(seen), trial)


@lru_cache(maxsize=KEPT)
def _outlook(seen: Seen, unit: str, many: int, outcome: str, hoped: float) -> Outlook:
    shop = seeing.snapshot(seen)
    return on_off_test.outlook_of(shop, unit, _units(seen, unit, many), outcome, hoped)


def _units(seen: Seen, unit: str, many: int) -> tuple[str, ...]:
    if unit == HOURS:
        return on_off_test.windows(many)
    return on_off_test.regions(seeing.snapshot(seen), many) if unit == REGIONS else ()


def _sees(member: Membership, seen: Seen) -> tuple[bool, str]:
    """Whether the member is shown inquiries of the whole shop; the currency of what P4P cost, "" where they are not shown it."""
    pays = ad_money.currency(seeing.snapshot(seen)) if access.sees_whole(member, "p4p_account", "cost") else ""
    return access.sees_whole(member, "inquiry", "inquiry_id"), pays


@require_http_methods(["GET", "POST"])
def tests(request: HttpRequest, key: str) -> HttpResponse:
    """Tests that run; with `plan=fast` or `plan=on_off` how long a new one must run. POST keeps the plan of an on-off test."""
    member, shop = member_of(request, key)
    seen, day = seeing.whole(shop, platform_today()), platform_today()
    if request.method == "POST":
        return _start(request, shop, seen)
    sees_all, pays = _sees(member, seen)
    asked = request.GET
    given: dict[str, Any] = {"switched": [], "needed": None, "before": None, "missing": []}
    paged = Paginator(_tests(seen), PER_PAGE).get_page(asked.get("page"))
    own = load()["LI16"].values(checking.own_settings(shop).get("LI16"))
    limit = _between(asked, "limit", 7, MOST_DAYS, own.patience)
    given["entries"] = [_entry(t, _readings(seen, t.name, own.worth, own.chance), own, pays) for t in paged]
    trials, wrong = _trials(seen)
    if sees_all:
        given["switched"] = [on_off_words.Switched(_result(seen, one), day, pays) for one in trials[:PER_PAGE]]
    subjects = _subjects(seen)
    if asked.get("plan") == "fast" and subjects:
        needed = _length(asked, seen, subjects, limit, own)
        given["needed"] = needed, told.length_says(needed, pays)
    if asked.get("plan") == "on_off" and sees_all:
        unit, many, outcome, hoped = _wanted(asked)
        before = on_off_words.Before(_outlook(seen, unit, many, outcome, hoped / 100), limit)
        given |= {"before": before, "missing": [TABLES[name] for name in before.outlook.missing]}
    return page(
        request,
        "ads_tests.jinja",
        shop,
        section="ads",
        tabs=tabs_of(shop, "ads", "ad_tests"),
        paged=paged,
        trials=trials,
        wrong=wrong,
        subjects=subjects,
        steps={" ".join(step): (told.rate_of(step), told.events_of(step), told.trials_of(step)) for step in STEPS[:2]},
        units={name: on_off_words.unit(name) for name in REPORTS},
        outcomes={name: on_off_words.outcome(name) for name in OUTCOMES},
        asked=asked,
        worth=_worth(asked, own.worth),
        sizes=sorted({*SIZES, own.worth}),
        variants=_between(asked, "variants", 2, MOST_VARIANTS, 2),
        wanted=_wanted(asked),
        windows=[(n, n) for n in WINDOWS],
        hopes=[(n, f"{n}%") for n in HOPED],
        limit=limit,
        matters=told.part(own.worth),
        sure=told.part(own.chance),
        day=day,
        tomorrow=day + timedelta(days=1),
        sees_all=sees_all,
        source=TABLES["product_effect"],
        product=said_in(asked, "product"),
        unit_name=on_off_words.unit_name,
        most_days=MOST_DAYS,
        most_variants=MOST_VARIANTS,
        **given,
    )


def _between(asked: QueryDict, name: str, low: int, high: int, usual: int) -> int:
    n = whole(said_in(asked, name))
    return n if n is not None and low <= n <= high else usual


def _entry(test: PageTest, readings: tuple[Reading, ...], own: SimpleNamespace, pays: str) -> told.Entry:
    alone = not fast_test.disagree(readings)
    return told.Entry(test, tuple(told.Told(r, own.worth, own.patience, pays, alone) for r in readings))


def _worth(asked: QueryDict, usual: float) -> float:
    n = whole(said_in(asked, "worth"))
    return n / 100 if n is not None and n / 100 in SIZES else usual


def _length(asked: QueryDict, seen: Seen, subjects: tuple[Subject, ...], limit: int, own: SimpleNamespace) -> Length:
    subject = next((s for s in subjects if s.product_id == said_in(asked, "product")), subjects[0])
    step = next((s for s in STEPS[:2] if " ".join(s) == said_in(asked, "step")), STEPS[0])
    variants = _between(asked, "variants", 2, MOST_VARIANTS, 2)
    return fast_test.length(subject, step, variants, _worth(asked, own.worth), limit, _prices(seen), own.chance)


def _wanted(asked: QueryDict) -> tuple[str, int, str, int]:
    """Unit, how many of it, what is counted, per cent of the claim. What cannot be told by the hour is told by inquiries."""
    unit, outcome = said_in(asked, "unit"), said_in(asked, "outcome")
    unit = unit if unit in REPORTS else HOURS
    outcome = outcome if outcome in OUTCOMES and unit in OUTCOMES[outcome][2] else "询盘"
    many, hoped = whole(said_in(asked, "many")), whole(said_in(asked, "hoped"))
    return unit, many if many in WINDOWS else 4, outcome, hoped if hoped in HOPED else 100


def _start(request: HttpRequest, shop: Shop, seen: Seen) -> HttpResponse:
    """Keep a plan in the register, with a number drawn for it."""
    person = person_of(request)
    access.demand(person, "edit_register", shop)
    back = redirect(f"{request.path}#on-off")
    unit, many, outcome, hoped = _wanted(request.POST)
    weeks, name = whole(said_in(request.POST, "weeks")), " ".join(said_in(request.POST, "name").split())[:80]
    try:
        since = date.fromisoformat(said_in(request.POST, "since"))
    except ValueError:
        since = date.min
    if since <= platform_today() or weeks is None or weeks % 2 or not 2 <= weeks <= on_off_test.MOST_WEEKS or not name:
        messages.error(
            request,
            said(
                "没有保存：要有名称、明天或以后的开始日，周数是 2 到 52 的偶数。",
                "Not saved: it needs a name, a first day from tomorrow on, and an even number of weeks from 2 to 52.",
            ),
        )
        return back
    if any(t.name == name for t in _trials(seen)[0]):
        messages.error(
            request,
            said("没有保存：已经有同名的测试，换一个名称。", "Not saved: there is a test of this name; choose another."),
        )
        return back
    cells = {
        "test": name,
        "unit": unit,
        "units": on_off_test.BETWEEN.join(_units(seen, unit, many)),
        "outcome": outcome,
        "since": since.isoformat(),
        "weeks": str(weeks),
        "seed": str(randbelow(1_000_000)),
        "hoped": str(hoped),
    }
    try:
        saved = registering.save(shop, PLAN, [Row(1, None, cells)], person=person, whole_only=True)
    except Stale:
        messages.error(request, said("别人正在同时保存，请再试一次。", "Others are saving at the same time; try again."))
        return back
    if saved.written:
        messages.success(
            request,
            said(
                "已抽签并存进名单「投放开关测试」。每天照下面的表在后台开关。",
                "The plan is drawn and kept in the register of on-off tests. Switch P4P in the back office by the table below, every day.",
            ),
        )
    elif saved.problems:
        messages.error(request, saved.problems[0].problem.says(words.lang()))
    return back
