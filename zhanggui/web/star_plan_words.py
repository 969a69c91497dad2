"""The way up in the reader's words: the plan, whether it is worth it, and the conditions of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from zhanggui.plans.star_climb import Need, Way
from zhanggui.plans.star_lists import Condition
from zhanggui.plans.star_worth import Online, Relation, Worth
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES
from zhanggui.web import words
from zhanggui.web.star_words import in_unit, indicator_name, power_name, stars, track_name
from zhanggui.web.words import said


def hours(minutes: int) -> str:
    return said(f"{minutes / 60:,.1f} 小时", f"{minutes / 60:,.1f} hours")


def cny(cents: int) -> str:
    return said(f"{cents / 100:,.0f} 元", f"{cents / 100:,.0f} CNY")


@dataclass(frozen=True)
class PlanWords:
    """One track's way up, in words."""

    way: Way
    standing: pl.DataFrame
    units: Mapping[str, str]

    @property
    def name(self) -> str:
        return track_name(self.way.track)

    @property
    def step(self) -> str:
        return f"{stars(self.way.star)} → {stars(float(self.way.target))}" if self.way.target else stars(self.way.star)

    @property
    def total(self) -> str:
        plan = self.way.plan
        return "" if plan is None else said("，", ", ").join((hours(plan.minutes), cny(plan.cents)))

    @property
    def actions(self) -> list[tuple[str, str, str, str]]:
        """Action, how much of it, hours, money."""
        found = []
        for action, n in self.way.chosen:
            unit = self.units.get(action.name, "")
            much = f"{n} × {unit}" if unit else said(f"{n} 份", f"{n} {'unit' if n == 1 else 'units'}")
            found.append((action.name, much, hours(action.minutes * n), cny(action.cents * n)))
        return found

    @property
    def moved(self) -> list[tuple[str, str, str, str]]:
        """Indicator, before, after, aim."""
        rows = {r["code"]: r for r in self.standing.filter(track=self.way.track).to_dicts()}
        return [
            (indicator_name(rows[c]), in_unit(old, rows[c]["unit"]), in_unit(new, rows[c]["unit"]), in_unit(rows[c]["next_average"], rows[c]["unit"]))
            for c, (old, new) in self.way.moved.items()
        ]  # fmt: skip

    @property
    def needs(self) -> list[tuple[str, str, str, str]]:
        """Power, its star, where it stands against its line, and what a bit more would take."""
        return [(power_name(n.kind), stars(n.star), self._line(n), self._more(n)) for n in self.way.needs]

    def _line(self, need: Need) -> str:
        if need.by == "points":
            return said(f"{need.have:g} 分，线 {need.line:g} 分", f"{need.have:g} of {need.line:g} points")
        return said(f"{need.line:.0f} 个均值里到了 {need.have:.0f} 个", f"{need.have:.0f} of {need.line:.0f} averages reached")

    def _more(self, need: Need) -> str:
        if self.way.plan is None:
            return ""
        if need.out_of_reach:
            return said("到不了", "out of reach")
        if need.more is None:
            return said("— 没算完", "— not worked out in time")
        if need.more == (0, 0):
            return said("不用多花", "nothing")
        minutes, cents = need.more
        parts = [f"{minutes / 60:+,.1f} {said('小时', 'hours')}"] if minutes else []
        parts += [f"{cents / 100:+,.0f} {said('元', 'CNY')}"] if cents else []
        return said("，", ", ").join(parts)

    @property
    def why(self) -> str:
        names = said("、", ", ").join(power_name(kind) for kind in self.way.stuck)
        unknown = said("、", ", ").join(
            indicator_name(r) for r in self.standing.unique("code").to_dicts() if r["code"] in self.way.unknown
        )
        lost = said(f"；没有算出的指标：{unknown}", f"; not computed by the platform: {unknown}") if unknown else ""
        least = ""
        if self.way.least is not None:
            takes = f"{hours(self.way.least[0])}{said('、', ', ')}{cny(self.way.least[1])}"
            least = said(f"；不设限的话，最省的要 {takes}", f"; without a limit the cheapest takes {takes}")
        return {
            "": "",
            "not_computed": said("平台没有算出这个星，没有可以算的数。", "The platform has not computed this star: there is nothing to reckon with."),
            "top": said("已经是最高的 5 星。", "Five stars are the top."),
            "far": said("它比算数的星低，页面只给出下一级的均值，到更上一级要多少没有公布。", "It lies below the star that counts, and the page names the average of the next level only."),
            "no_aims": said("有的力没有下一星级均值，「星等级评分表」里也没有填分数。", "For some power the page names no average of the next level, and the register of points holds no points."),
            "no_actions": said("「升星动作」里还没有能用的动作。填上你们做得到的事、每份能改变多少、花多少时间和钱。", "The register of actions holds none that fits. Enter what you can do, how much a unit of it moves, and what it takes."),
            "blocked": said(f"全部动作都做满，{names}还是到不了{lost}。", f"With every action done in full, {names} cannot get there{lost}."),
            "limits": said(f"在给定的时间和钱里做不到{least}。", f"Not within these hours and this money{least}."),
            "undecided": said("没能在规定时间里算出来：有没有方案还不知道。减少动作的种类或每种的最多份数再试。", "Not worked out in time: whether there is a plan is not known. Try with fewer actions, or fewer units of each."),
        }[self.way.why]  # fmt: skip


def plans(found: Sequence[Way], standing: pl.DataFrame, units: Mapping[str, str]) -> list[PlanWords]:
    return [PlanWords(way, standing, units) for way in found]


@dataclass(frozen=True)
class WorthWords:
    """The answer, and each thing that it stands on."""

    told: Worth
    rules: Rules

    @property
    def answer(self) -> str:
        return {
            "yes": said("看起来值得", "It looks worth it"),
            "no": said("看不出值得", "It does not look worth it"),
            "unknown": said("还不够判断", "Not known yet"),
        }[self.told.answer]

    @property
    def because(self) -> str:
        lead, even, leads = self.told.lead_cny, self.told.break_even, self.told.leads
        return {
            "relation": said("在这个行业里，星级高的店商机也多（是一起出现，不等于星级带来的）。", "In this industry shops with more stars get more leads. They go together; that is no proof that the star brings them."),
            "no_relation": said("样本够大，看不出星级高的店商机更多。把时间花在产品和回复上。", "There are enough shops to look at, and those with more stars do not get more leads. Spend the time on products and replies."),
            "dear": said(f"方案的花费按直通车每个询盘 {lead or 0:,.0f} 元折算，抵得上 {even or 0:,.0f} 个询盘，比全店一个月的 {leads or 0:,.0f} 个还多。", f"At {lead or 0:,.0f} CNY for an inquiry in P4P the plan costs as much as {even or 0:,.0f} inquiries, more than the {leads or 0:,.0f} of a whole month."),
            "few": said(f"同行太少：再有 {self.told.needs} 家带星级和询盘的店，才看得出有没有关系。", f"Too few shops: {self.told.needs} more with star and inquiries are needed before a relation could be seen."),
            "no_peers": said("没有同行的星级和询盘。导入「行业榜」就能看。", "Neither stars nor inquiries of peers are known. Import the industry ranking to see."),
        }[self.told.because]  # fmt: skip

    @property
    def relations(self) -> list[tuple[str, str, str]]:
        """What was looked at, over how many shops, and what it says."""
        return [
            (f"{TABLES[r.table].title(words.lang())} · {words.label(r.table, r.column)}", f"{r.found.n}", _relation(r))
            for r in self.told.relations
        ]

    @property
    def online(self) -> list[tuple[str, str, str]]:
        """Whose deals, share of deals, share of money."""
        return [(_by(o), _deals(o), "—" if o.money_share is None else f"{o.money_share:.0%}") for o in self.told.online]

    @property
    def days(self) -> str:
        """Which days `online` is about."""
        if self.told.days is None:
            return ""
        first, last = self.told.days
        return said(
            f"两边都只看近一年里订单到的日子：{first} 到 {last}。",
            f"Both sides over those days of the last year that the orders reach: {first} to {last}. ",
        )

    @property
    def aim(self) -> str:
        return f"{self.rules['online_order_share']:.0%}"

    @property
    def least(self) -> str:
        return f"{self.rules['online_product_share']:.0%}"

    @property
    def cost(self) -> str:
        """What the plan takes, as leads at the price of P4P."""
        if self.told.plan_cny is None or self.told.break_even is None:
            return ""
        return said(
            f"方案约 {self.told.plan_cny:,.0f} 元，按直通车每个询盘 {self.told.lead_cny:,.0f} 元，要多来 {self.told.break_even:,.1f} 个询盘才回本。",
            f"The plan takes about {self.told.plan_cny:,.0f} CNY; at {self.told.lead_cny:,.0f} CNY for an inquiry in P4P it pays once it has brought {self.told.break_even:,.1f} more inquiries.",
        )  # fmt: skip


def _relation(one: Relation) -> str:
    found = one.found
    if found.rho is None or found.low is None or found.high is None:
        return (
            said(f"还差 {found.needs} 家", f"{found.needs} more shops needed")
            if found.needs
            else said("星级都一样", "all have the same star")
        )
    span = said(
        f"{found.rho:+.2f}，区间 {found.low:+.2f} 到 {found.high:+.2f}",
        f"{found.rho:+.2f}, {found.low:+.2f} to {found.high:+.2f}",
    )
    word = {
        "more": said("一起升", "rise together"),
        "less": said("相反", "run against each other"),
        "none": said("看不出关系", "no relation to be seen"),
        "unknown": said(f"还不够判断，再 {found.needs} 家", f"not known yet, {found.needs} more shops"),
    }[found.verdict]
    return f"{word}{said('（', ' (')}{span}{said('）', ')')}"


def _by(one: Online) -> str:
    return {
        "all": said("全部", "all deals"),
        "first": said("买家这段时间的第一单", "a buyer's first of these days"),
        "again": said("老买家再次成交", "buyers who came back"),
    }[one.by]


def _deals(one: Online) -> str:
    return "—" if one.share is None else f"{one.share:.0%} ({one.online}/{one.online + one.offline})"


@dataclass(frozen=True)
class ConditionWords:
    told: Condition
    rules: Rules

    @property
    def name(self) -> str:
        edge = f"{self.rules['star_list_from']:.0f}"
        return {
            "natural_star": said(f"自然星 {edge} 星起（榜单、买家专属页）", f"natural star of {edge} or more (lists, buyers' exclusive page)"),
            "on_time": said("按时发货率 100%（我们的算法，近 60 天）", "on-time dispatch of 100 % (our calculation, 60 days)"),
            "proven_products": said("有订单、评价和商机的产品", "products with orders, reviews and leads"),
            "places": said(f"极速回复、商机、询盘、订单、GMV 各榜前 {self.rules['star_list_top']:.0f}", f"top {self.rules['star_list_top']:.0f} by rapid replies, leads, inquiries, orders, GMV"),
        }[self.told.name]  # fmt: skip

    @property
    def have(self) -> str:
        if self.told.have is None:
            return "—"
        return {"natural_star": stars(self.told.have), "on_time": in_unit(self.told.have, "%")}.get(
            self.told.name, f"{self.told.have:.0f}"
        )

    @property
    def verdict(self) -> str:
        if self.told.met is None:
            if self.told.wanted:
                names = said("、", ", ").join(words.table_title(t) for t in self.told.wanted)
                return said(f"等「{names}」", f"waits for {names}")
            return said(
                "名次只在后台的榜单页，导出里没有", "places stand on the back office's list page only; no export holds them"
            )
        return said("✓ 满足", "✓ met") if self.told.met else said("✗ 不满足", "✗ not met")
