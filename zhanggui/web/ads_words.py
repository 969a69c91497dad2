"""What the pages of promotion say, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from zhanggui.checks.ads._budget import BudgetPace
from zhanggui.desk.models import Shop
from zhanggui.estimates.rates import Range
from zhanggui.measures.countries import country
from zhanggui.measures.series import WEEK
from zhanggui.plans.marketing_level import Standing
from zhanggui.plans.p4p_life import DAYS, Lives, PlanLife, WordLife, exposures_needed
from zhanggui.plans.p4p_spend import Hours, Spent
from zhanggui.rulebook import Rules
from zhanggui.web import words
from zhanggui.web.ads_rows import MISSING, Cell, Rows, between, count, few, figure_href, money, share
from zhanggui.web.words import said


def spent(rows: Sequence[Spent], shop: Shop, days: int) -> Rows:
    """Words by spend."""
    names = (
        ("推广词", "Word"),
        ("花费", "Spend"),
        ("占比", "Share"),
        ("累计", "Running"),
        ("点击量", "Clicks"),
        ("询盘", "Inquiries"),
    )
    more = (
        ("照一般应有", "Due at usual"),
        ("询盘率约", "Inquiry rate, about"),
        ("星级", "Stars"),
        ("出价 / 同行", "Bid / sellers'"),
    )
    head = [(said(*name), i > 0) for i, name in enumerate((*names, *more))]
    return Rows(head, [_spent(row, shop, days) for row in rows])


def _spent(row: Spent, shop: Shop, days: int) -> list[Cell]:
    none = ""
    if row.none is not None:
        none = said(f"一个没有的可能 {row.none:.0%}", f"chance of none {row.none:.0%}")
    rate = Cell(MISSING)
    if row.rate:
        rate = Cell(share(row.rate[0], 1), small=between(row.rate[1], row.rate[2], lambda v: share(v, 1)))
    bids = f"{money(row.bid)} / {money(row.average_bid)}" if row.bid is not None or row.average_bid is not None else MISSING
    return [
        Cell(row.word, badge=row.grade),
        Cell(money(row.cost), figure_href(shop, "ads.words", "cost", days, word=row.word)),
        Cell(share(row.share, 1)),
        Cell(share(row.running)),
        Cell(count(row.clicks)),
        Cell(count(row.inquiries)),
        Cell(few(row.expected), small=none),
        rate,
        Cell(MISSING if row.star is None else f"{row.star:.0f}"),
        Cell(bids),
    ]


def countries(hours: Hours) -> str:
    """The target countries whose hours are known."""
    known = [country(code) for code in hours.countries]
    return said("、", ", ").join(said(c.zh, c.en) for c in known if c)


def hours(told: Hours) -> Rows:
    names = (
        ("美西时段", "Hour, US Pacific"),
        ("目标市场", "Target markets"),
        ("花费", "Spend"),
        ("点击量", "Clicks"),
        ("询盘", "Inquiries"),
    )
    head = [(said(*name), i > 1) for i, name in enumerate(names)]
    at_work, away = said("上班", "at work"), said("下班", "away")
    rows = []
    for one in told.hours:
        mark = MISSING if not told.open else at_work if one.open else away
        rows.append([Cell(f"{one.hour:02}:00"), Cell(mark), Cell(money(one.cost)), Cell(count(one.clicks)), Cell(count(one.inquiries))])  # fmt: skip
    return Rows(head, rows)


def budgets(told: Sequence[BudgetPace]) -> Rows:
    """Budgets that hold today beside what was spent."""
    names = (
        ("预算", "Budget"),
        ("金额（元）", "Amount, CNY"),
        ("已花（元）", "Spent, CNY"),
        ("有数据的天", "Days with data"),
        ("照此到期末（元）", "By its end at this pace, CNY"),
    )
    head = [(said(*name), i > 0) for i, name in enumerate(names)]
    rows = []
    for one in told:
        b, forecast = one.budget, Cell(MISSING)
        if one.spent is not None:
            forecast = Cell(said("周数不够，还不能说", "too few weeks to say"))
        if one.holes >= WEEK:
            forecast = Cell(MISSING, small=said(f"前面有 {one.holes} 天没有数据", f"no data of {one.holes} days before"))
        if one.forecast:
            value, low, high = one.forecast
            forecast = Cell(money(value), small=between(low, high))
        amount = Cell(money(b.amount), small="" if b.amount is not None else said("没有汇率", "no exchange rate"))
        rows.append(
            [Cell(words.span((b.start, b.end))), amount, Cell(money(one.spent)), Cell(f"{one.known} / {b.days}"), forecast]
        )
    return Rows(head, rows)


STAGES = {"cold": ("冷启动", "Cold start"), "scale": ("放量", "Scale-up"), "harvest": ("收割", "Harvest")}
#: Verdict of a plan in a stage → what to do.
PLAN_DOES = {
    ("cold", "wait"): ("精确匹配、高出价，先攒询盘", "exact match, high bids: gather inquiries first"),
    ("scale", "wait"): ("还算不出投产比，先补齐上面说的", "its return is not known: first bring what is said above"),
    ("scale", "hold"): ("短语匹配、加人群溢价，预算先不变", "phrase match and audience premiums; leave the budget"),
    ("scale", "less"): ("投产比肯定不到线，先降没有询盘的词", "its return is surely below the line: lower words without inquiries"),
    ("harvest", "more"): ("投产比的整个范围在线上：小步加预算，放宽匹配", "its whole range of return is above the line: raise the budget in small steps, widen the match"),
}  # fmt: skip
WORD_DOES = {
    "keep": ("保留", "keep"),
    "stop": ("点击率肯定不到线，停或换产品", "surely below the line: stop it or change its product"),
    "asked": ("点击率不到线，但有询盘：保留", "below the line, but it has inquiries: keep"),
    "wait": ("还不够判断", "not clear yet"),
}


def _range(told: Range | None, write: object = money) -> Cell:
    if told is None:
        return Cell(MISSING)
    return Cell(write(told[0]), small=between(told[1], told[2], write))  # type: ignore[operator]


def _percent(value: float) -> str:
    return share(value, 2)


def _times(value: float) -> str:
    return f"{value:,.1f}"


@dataclass(frozen=True)
class LifeWords:
    """The stages as tables."""

    lives: Lives
    shop: Shop
    rules: Rules

    @property
    def worth(self) -> str:
        """What an inquiry of the shop is worth."""
        known = self.lives.value
        if known.value is None:
            return ""
        value, low, high = (money(v) for v in known.value)
        return said(
            f"本店一个询盘约值 {value} 元（{low}–{high}，{known.days} 天 {known.orders} 个订单）。",
            f"An inquiry of this shop is worth about {value} CNY ({low}–{high}, {known.days} days, {known.orders} orders).",
        )

    def plans(self) -> Rows:
        names = (
            ("计划", "Plan"),
            ("阶段", "Stage"),
            ("花费", "Spend"),
            ("日均 / 日预算", "A day / budget"),
            ("询盘", "Inquiries"),
        )
        more = ("每个询盘", "Per inquiry"), ("投产比约", "Return, about"), ("怎么做", "What to do")
        head = [(said(*name), i not in (0, 1, 7)) for i, name in enumerate((*names, *more))]
        return Rows(head, [self._plan(one) for one in self.lives.plans])

    def _plan(self, one: PlanLife) -> list[Cell]:
        needs = ""
        if one.needs:
            needs = said(f"再有 {one.needs:.0f} 个询盘才算得出价", f"{one.needs:.0f} more inquiries tell its price")
        href = figure_href(self.shop, "ads.by_plan", "cost", DAYS, plan_id=one.plan_id or "", plan=one.plan or "")
        return [
            Cell(one.plan or one.plan_id or MISSING),
            Cell(said(*STAGES[one.stage])),
            Cell(money(one.cost), href),
            Cell(f"{money(one.daily)} / {money(one.budget)}"),
            Cell(count(one.inquiries)),
            _range(one.each),
            _range(one.roi, _times),
            Cell(self._does(one), small=needs),
        ]

    def _does(self, one: PlanLife) -> str:
        if one.verdict == "more" and one.budget and one.daily < self.rules["p4p_budget_use"] * one.budget:
            return said("投产比的整个范围在线上，但预算没花完：加词、放宽匹配", "its whole range of return is above the line, but its budget is not used: add words, widen the match")  # fmt: skip
        return said(*PLAN_DOES[one.stage, one.verdict])

    def words(self, told: Sequence[WordLife]) -> Rows:
        names = (
            ("推广词", "Word"),
            ("计划", "Plan"),
            ("曝光量", "Exposures"),
            ("点击量", "Clicks"),
            ("点击率约", "Click rate, about"),
        )
        more = ("花费", "Spend"), ("询盘", "Inquiries"), ("怎么做", "What to do")
        head = [(said(*name), i not in (0, 1, 7)) for i, name in enumerate((*names, *more))]
        return Rows(head, [self._word(one) for one in told])

    def _word(self, one: WordLife) -> list[Cell]:
        needs = ""
        if one.verdict == "wait":
            more = exposures_needed(one, self.rules["p4p_keep_ctr"])
            needs = said(f"再有约 {more:,.0f} 次曝光", f"about {more:,.0f} more exposures")
            if more == inf:
                needs = said("照现在的点击率分不出来", "not at this click rate")
        return [
            Cell(one.word), Cell(one.plan), Cell(count(one.exposures)), Cell(count(one.clicks)), _range(one.ctr, _percent),
            Cell(money(one.cost)), Cell(count(one.inquiries)), Cell(said(*WORD_DOES[one.verdict]), small=needs),
        ]  # fmt: skip


def aims(told: Standing, shown: bool) -> Rows:
    """L3 and L4: what is asked and what is missing."""
    names = ("等级", "Level"), ("要的分数", "Points asked"), ("还差", "Short"), ("要的日均花费", "Daily spend asked")
    more = ("每天再花", "More a day"), ("一个月多花", "More a month"), ("要的组合营销", "Combined marketing asked")
    head = [(said(*name), i > 0) for i, name in enumerate((*names, *more))]
    rows = []
    for one in told.aims:
        short = MISSING if one.short is None else said("已到", "reached") if one.reached else few(one.short)
        extra, month = (money(one.extra), money(one.monthly)) if shown else (MISSING, MISSING)
        if shown and one.extra == 0:
            extra = month = said("够了", "enough")
        asked = said("报表里没有", "in no report")
        rows.append([Cell(f"L{one.level}"), Cell(count(one.points)), Cell(short), Cell(count(one.daily)), Cell(extra), Cell(month), Cell(count(one.combined), small=asked)])  # fmt: skip
    return Rows(head, rows)
