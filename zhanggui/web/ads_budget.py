"""From the goal back to the money: a form of assumptions, the chain, quarters and months, and how likely the money is to do."""

from __future__ import annotations

from math import isfinite

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.desk.clock import platform_today
from zhanggui.plans.budget_backwards import (
    NAMES,
    Chain,
    Needed,
    Rate,
    Stretch,
    budget_of,
    by_time,
    chance,
    goal_of,
    needed,
)
from zhanggui.web.ads import asked, once, tab
from zhanggui.web.ads_rows import MISSING, Cell, Rows, between, count, few, money, share
from zhanggui.web.page import said_in
from zhanggui.web.words import said

SHARES = ("order_rate", "lead_rate", "paid_share")
LABELS = {
    "order_value": ("每个订单（美元）", "USD an order"),
    "order_rate": ("商机成单率（%）", "Orders per lead (%)"),
    "lead_rate": ("每次点击的商机（%）", "Leads per click (%)"),
    "paid_share": ("点击里买来的（%）", "Part of the clicks that is bought (%)"),
    "cpc": ("每次点击花费（元）", "CNY a bought click"),
}
#: Where the goal is inquiries, so is what stands for leads.
OF_INQUIRIES = {
    "order_rate": ("询盘成单率（%）", "Orders per inquiry (%)"),
    "lead_rate": ("每次点击的询盘（%）", "Inquiries per click (%)"),
}
GOALS = {
    "turnover": ("成交额（美元）", "Turnover (USD)"),
    "leads": ("商机个数", "Leads"),
    "inquiries": ("询盘个数", "Inquiries"),
}
MOST = 1e12


def _typed(text: str) -> float | None:
    """A positive number that somebody has typed; None for nothing or nonsense."""
    try:
        value = float(text.replace(",", "").replace("%", "").strip())
    except ValueError:
        return None
    return value if isfinite(value) and 0 < value <= MOST else None


@require_GET
def ads_budget(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is typed stands in the address; what is left empty is the shop's own."""
    of = asked(request, key)
    if not of.money:
        return tab(request, of, "ads_budget")
    shop, rules, year = of.snapshot, of.rules, platform_today().year
    kept = goal_of(shop, year)
    texts = {name: said_in(request.GET, name)[:20] for name in (*NAMES, "goal", "money")}
    figure = said_in(request.GET, "figure")
    figure = figure if figure in GOALS else (kept[0] if kept else "turnover")
    own: dict[str, Rate] = once(of.seen, "rates", figure, *of.values)
    labels = LABELS | (OF_INQUIRIES if figure == "inquiries" else {})
    bad = [name for name, text in texts.items() if text.strip() and _typed(text) is None]
    rates: dict[str, Rate] = {}
    for name in NAMES:
        value = _typed(texts[name])
        if value is not None:
            rates[name] = Rate(value / 100 if name in SHARES else value)
        elif name in own:
            rates[name] = own[name]
    goal = _typed(texts["goal"]) or (kept[1] if kept and kept[0] == figure else None)
    over = [name for name in ("paid_share", "order_rate") if name in rates and rates[name].value > 1]
    budget = _typed(texts["money"]) or (budget_of(shop, year) if of.sees("budget", "amount") else None)
    given = {
        "fields": [_field(name, labels[name], texts[name], own.get(name), name in bad or name in over) for name in NAMES],
        "texts": texts, "figure": figure, "figures": [(k, said(*v)) for k, v in GOALS.items()], "kept": kept, "year": year,
        "bad": [said(*labels.get(n, ("金额", "an amount"))) for n in (*bad, *over)],
        "lacking": [said(*labels[n]) for n in NAMES if n not in rates], "goal": goal, "budget": budget,
    }  # fmt: skip
    if bad or over or given["lacking"] or goal is None:
        return tab(request, of, "ads_budget", whole=None, **given)
    chain = Chain(**rates)
    whole = needed(chain, figure, goal)
    return tab(
        request, of, "ads_budget", whole=whole, chain=_chain(whole, figure), parts=_parts(by_time(whole, rules), figure),
        chance=chance(chain, budget, figure, goal) if budget else None, even=chance(chain, whole.budget, figure, goal),
        sure=_until(chain, whole, figure, goal), **given,
    )  # fmt: skip


def _until(chain: Chain, whole: Needed, figure: str, goal: float) -> float | None:
    """The money that reaches the goal four times in five, to about 1 %; None beyond fifty times the plain budget."""
    low, high = whole.budget, whole.budget
    while chance(chain, high, figure, goal) < 0.8:
        low, high = high, high * 1.5
        if high > 50 * whole.budget:
            return None
    while high / low > 1.01:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if chance(chain, middle, figure, goal) >= 0.8 else (middle, high)
    return high


def _field(name: str, label: tuple[str, str], text: str, own: Rate | None, wrong: bool) -> dict[str, object]:
    """One assumption: what is typed, and what the shop's own reports say of it."""

    def write(value: float) -> str:
        return f"{value * 100:,.2f}%" if name in SHARES else money(value)

    if own is None and name == "cpc":
        hint = said("没有报表或账户汇率，请填", "no report, or no rate of the account's currency: fill it in")
    elif own is None:
        hint = said("报表里没有，请填", "in no report: fill it in")
    elif own.own:
        hint = said(f"本店 {write(own.value)}（{between(own.low, own.high, write)}）", f"own: {write(own.value)} ({between(own.low, own.high, write)})")  # fmt: skip
    else:
        hint = said(f"规则里的建议 {write(own.value)}", f"advice of the rulebook: {write(own.value)}")
    return {"name": name, "label": said(*label), "text": text, "hint": hint, "wrong": wrong}


def _asked(figure: str) -> str:
    return said("询盘", "Inquiries") if figure == "inquiries" else said("商机", "Leads")


def _chain(whole: Needed, figure: str) -> Rows:
    names = ("步骤", "Step"), ("全年", "Whole year")
    head = [(said(*name), i > 0) for i, name in enumerate(names)]
    steps = [
        (said("成交额（美元）", "Turnover (USD)"), money(whole.turnover), ""),
        (said("订单", "Orders"), few(whole.orders), ""),
        (_asked(figure), few(whole.leads), ""),
        (said("点击", "Clicks"), count(whole.clicks), ""),
        (said("其中买来的", "Of these, bought"), count(whole.paid), ""),
        (
            said("预算（元）", "Budget (CNY)"),
            money(whole.budget),
            between(whole.low, whole.high) if whole.high > whole.low else "",
        ),
        (
            said("每个询盘摊到（元）", "CNY for each inquiry")
            if figure == "inquiries"
            else said("每个商机摊到（元）", "CNY for each lead"),
            money(whole.per_lead),
            "",
        ),
    ]
    return Rows(head, [[Cell(a), Cell(b, small=c)] for a, b, c in steps])


def _parts(parts: tuple[Stretch, ...], figure: str) -> Rows:
    names = ("季度 / 月", "Quarter / month"), ("占全年", "Part"), ("成交额（美元）", "Turnover (USD)")
    more = ("点击", "Clicks"), ("买来的点击", "Bought clicks"), ("预算（元）", "Budget (CNY)")
    heads = [*(said(*name) for name in names), _asked(figure), *(said(*name) for name in more)]
    head = [(name, i > 0) for i, name in enumerate(heads)]
    rows = []
    for one in parts:
        n = one.needed
        name = f"Q{one.quarter}" if one.month is None else said(f"{one.month}月", f"month {one.month}")
        figures = [share(one.share, 1), money(n.turnover), few(n.leads), count(n.clicks), count(n.paid)]
        ranged = between(n.low, n.high) if n.high > n.low else ""
        rows.append([Cell(name, badge=said("季度", "quarter") if one.month is None else ""), *(Cell(f or MISSING) for f in figures), Cell(money(n.budget), small=ranged)])  # fmt: skip
    return Rows(head, rows)
