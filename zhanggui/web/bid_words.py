"""Bids in the reader's words: amounts, what is expected, how good a plan is and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from zhanggui.desk.bidding import cents
from zhanggui.plans import bid_plan as plans
from zhanggui.plans.bid_effect import BidEffect
from zhanggui.plans.bid_plan import BidPlan, Reading
from zhanggui.web import rule_words, words
from zhanggui.web.words import said

WHYS = {
    "more": ("提价", "raise"),
    "less": ("降价", "lower"),
    "explore": ("试探", "try out"),
    "stop": ("停投", "stop"),
    "revert": ("恢复原价", "restore"),
}
#: What is expected of a word or of all, in the order of the page.
FIGURES = {
    "clicks": ("点击/天", "Clicks a day"),
    "cost": ("花费/天", "Spend a day"),
    "leads": ("询盘/天", "Inquiries a day"),
}
Outlook = Mapping[str, Any]


def money(value: Decimal | float | None) -> str:
    """A bid or amount, with all the digits that it has: 1.25, 1.2345, 0.5 → 0.50."""
    if value is None:
        return "—"
    exact = value if isinstance(value, Decimal) else cents(value)
    return f"{exact:,.2f}" if exact == exact.quantize(Decimal("0.01")) else f"{exact.normalize():,f}"


def number(value: float, kind: str) -> str:
    """A figure a day: money to the cent, others as coarse as they are large."""
    if kind == "cost":
        return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 1 else f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"


@dataclass(frozen=True)
class Step:
    """One figure from now to then. `range`: the middle 80 % of then."""

    label: str
    now: str
    then: str
    range: str = ""


def steps(now: Outlook | None, then: Outlook | None) -> list[Step]:
    """Clicks, spend, inquiries; — where nothing is known."""
    found = []
    for name, label in FIGURES.items():
        old, new = (one.get(name) if one else None for one in (now, then))
        spread = f"{number(new['low'], name)}–{number(new['high'], name)}" if new else ""
        values = [number(one["value"], name) if one else "—" for one in (old, new)]
        found.append(Step(said(*label), values[0], values[1], spread))
    return found


def outlook(now: plans.Outlook, then: plans.Outlook) -> list[Step]:
    return steps(asdict(now), asdict(then))


SMALL = 0.01  # of the bound: only below it are other bids no noticeably better
LAST = 0.995  # of the budget spent: it ran out
MISSING = {
    "budget": (
        "没有预算：在上面填每天预算，或在名单「预算」里填广告 P4P 的金额，或导入带日预算的账户报告、计划报告。",
        "There is no budget: write one above, keep it in the register of budgets (advertising, P4P), or import an account or campaign report with a daily budget.",
    ),
    "keyword_report": ("还没有直通车关键词报告。", "There is no P4P keyword report yet."),
    "daily_rows": (
        "关键词报告是按周或按月的，看不出哪天出价多少。请导出按天的关键词报告。",
        "The keyword report is by week or month and does not tell which bid brought what. Export it day by day.",
    ),
    "days": (
        f"按天的关键词报告还不到 {Reading.least_days} 天（最新 {Reading.unsettled} 天可能还会变，不算）。再导入几天的就能算。",
        f"There are fewer than {Reading.least_days} days of the keyword report, the newest {Reading.unsettled} not counted, for they may still change. Bring a few more.",
    ),
    "fresh_rows": (
        "最近没有按天的关键词报告：按很久以前的数出价不可靠。请导入最近几天的。",
        "There is no recent keyword report by day, and bids from old figures are not to be relied on. Bring that of the last days.",
    ),
    "bids": (
        "最近的关键词报告里没有「出价」这一列。导出时请勾选出价。",
        "The newest keyword report has no column for the bid. Tick it when you export the report.",
    ),
    "exposures": (
        "关键词报告里没有「曝光量」这一列。导出时请勾选曝光量。",
        "The keyword report has no column for impressions. Tick it when you export the report.",
    ),
    "hours": (
        "很多天的预算都花完了，又看不出几点花完的。请导出带「推广时长」的关键词报告，或导入账户报告、小时报告。",
        "On many days the money ran out, and nothing tells at what hour. Export the keyword report with its hours on, or bring the account or hour report.",
    ),
    "budget_elsewhere": (
        "没有出价的词（智能计划等）最近已经花掉这么多预算，剩不下钱给别的词。",
        "Words without a bid of their own (those of automatic plans) have lately spent as much as this budget; nothing is left for the others.",
    ),
    "clicks": ("点击太少，看不出出价的效果。", "There are too few clicks to tell what a bid does."),
    "varied_bids": (
        "出价没有变过，或只变过点击很少的词，看不出高一点、低一点会怎样。先在后台把点击多的几个词的出价上下改一改，过几天再来。",
        "No bids were varied, or only those of words with few clicks, so nothing tells what a higher or lower one would bring. Vary some bids of words with many clicks in the back office and come back in some days.",
    ),
}
CENT = 0.01  # less is nothing that anybody spends
#: Limits of a proposal: what the form calls them.
LIMITS = {
    "change": ("一天最多改（%）", "Most a bid moves a day, %"),
    "dead_band": ("小于多少不改（%）", "Smaller changes left out, %"),
    "explore": ("最多拿预算的多少试探（%）", "Most of the budget for trials, %"),
}


def missing_says(plan: BidPlan) -> list[str]:
    """What the plan waits for."""
    found = [words.word(MISSING, code) for code in plan.missing]
    if plan.clicks_needed:
        n = plan.clicks_needed
        found.append(said(f"还差 {n} 次点击。", f"{n} more {'click is' if n == 1 else 'clicks are'} needed."))
    return found


def plan_says(plan: BidPlan, currency: str) -> list[str]:
    """How good the plan is, in sentences, with money in `currency`, the account's: the bound, the single bid for all, what is spent to learn, what stays."""
    found, unit = [], rule_words.unit(currency)
    if plan.changes and plan.beats_uniform and plan.explored < CENT and plan.gap <= SMALL:
        found.append(
            said(
                f"离理论上限至多差 {plan.gap:.2%}：在同样的预算和估计下，没有别的出价能明显更好。",
                f"At most {plan.gap:.2%} below the theoretical bound: within this budget and these estimates no other bids do noticeably better.",
            )
        )
    if plan.budget and plan.now.cost.value >= (plan.budget - plan.elsewhere) * LAST:
        found.append(
            said(
                "照现在的出价，预算撑不到一天结束；有的词降价以后钱用得更久，点击反而更多。",
                "At today's bids the budget does not last the day; with some bids lower the money lasts longer, and even those words get more clicks.",
            )
        )
    if plan.uniform is not None:
        found.append(_challenger(plan))
    if plan.explored >= CENT:
        found.append(
            said(
                f"其中每天约 {number(plan.explored, 'cost')} {unit}是明着花来试探的：有的词、有的出价会带来什么还看不准，不试就不知道。",
                f"About {number(plan.explored, 'cost')} {unit} a day of it is spent knowingly to learn: what some words, or other bids, bring cannot be told yet, nor without trying.",
            )
        )
    if plan.elsewhere > 0:
        found.append(
            said(
                f"预算里每天约 {number(plan.elsewhere, 'cost')} {unit}留给没有出价的词（智能计划等），不在上面的数里。",
                f"About {number(plan.elsewhere, 'cost')} {unit} a day of the budget is left to words without a bid of their own (automatic plans); the figures above are without it.",
            )
        )
    several = sum(one.places > 1 for one in plan.changes)
    if several:
        found.append(
            said(
                f"其中 {several} 行的词同时在几个计划或推广组里：按各自单独算，可能互相抢量，改之前先看看要不要合并。",
                f"{several} of the rows are of words that stand in several plans or groups. Each is worked out as if it were alone; they may take clicks from each other, so see first whether to merge them.",
            )
        )
    if plan.kept:
        found.append(
            said(
                f"{plan.kept} 个词的出价不动：改了也差不多，免得天天来回。",
                f"{plan.kept} {'bid stays' if plan.kept == 1 else 'bids stay'}: a change would make no real difference, and bids should not wobble from day to day.",
            )
        )
    return found


def _challenger(plan: BidPlan) -> str:
    assert plan.uniform
    uniform = plan.uniform.leads or plan.uniform.clicks
    mine = plan.then.leads or plan.then.clicks
    name, kind = (
        (said("询盘", "inquiries"), "leads") if plan.uniform.leads and plan.then.leads else (said("点击", "clicks"), "clicks")
    )
    pair = f"{number(mine.value, kind)} / {number(uniform.value, kind)}"
    if plan.beats_uniform:
        return said(
            f"和「所有词同一个出价」比（每天{name} {pair}）：连保守估计也更好，所以逐词出价。",
            f"Against one bid for all words ({name} a day {pair}): better even by its cautious estimate, so each word gets its own bid.",
        )
    return said(
        "还不能肯定逐词出价比「所有词同一个出价」更好，所以先往同一个出价改。",
        "Bids word by word are not yet surely better than one bid for all words, so the changes lead towards one bid for all.",
    )


@dataclass(frozen=True)
class Brought:
    """One figure a day before and after a change, and beside it that of the words whose bids stayed."""

    label: str
    before: str
    after: str
    change: str
    rest: str


COLUMNS = {"clicks": "clicks", "cost": "cost", "inquiries": "leads"}


def brought(effect: BidEffect) -> list[Brought]:
    """The figures that the report says on both sides."""
    found = []
    for column, one in effect.figures.items():
        if one is None:
            continue
        name = COLUMNS[column]
        before, after = (number(v, name) for v in (one.before, one.after))
        rest = "—"
        if one.rest:
            rest = f"{number(one.rest[0], name)} → {number(one.rest[1], name)}"
            rest += f" ({_part(*one.rest)})" if one.rest[0] else ""
        found.append(Brought(said(*FIGURES[name]), before, after, _part(one.before, one.after), rest))
    return found


def _part(before: float, after: float) -> str:
    return f"{after / before - 1:+.0%}".replace("-", "−") if before else "—"
