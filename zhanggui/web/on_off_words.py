"""On-off tests in the reader's words: what P4P really added, what is to be switched today, and how long a test must run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhanggui.estimates.on_off import Range
from zhanggui.plans.on_off_test import HOURS, REGIONS, SHOP, Outlook, Result, Trial
from zhanggui.plans.on_off_test import OUTCOMES as COUNTED
from zhanggui.web import words
from zhanggui.web.ads_tests_words import about, chance, days, money, part
from zhanggui.web.words import said

UNITS = {HOURS: ("时段", "Hours of the day"), REGIONS: ("国家", "Countries"), SHOP: ("整天", "Whole days")}
OUTCOMES = {"询盘": ("询盘", "inquiries"), "访问": ("访客×天", "visitor-days")}
#: Unit → what is to be done to the budget before the start, so that what is off hands nothing over to what is on.
BUDGET = {
    HOURS: (
        "先把日预算减半，或者给每个时段各设预算：不然关掉的时段省下的预算会挪到开的时段，增量看起来最多大一倍。",
        "Halve the daily budget first, or give each window its own: else the money of the hours that are off moves to those that are on, and the effect may look twice as large.",
    ),
    REGIONS: (
        "先把日预算减半，或者给每个国家各设预算：不然关掉的国家省下的预算会挪到开的国家，增量看起来最多大一倍。",
        "Halve the daily budget first, or give each country its own: else the money of the countries that are off moves to those that are on, and the effect may look twice as large.",
    ),
    SHOP: (
        "日预算照旧；有周预算的先减半：不然关掉的日子省下的预算会挪到开的日子。",
        "Leave the daily budget as it is, and halve a weekly one first: else the money of the days that are off moves to those that are on.",
    ),
}


def outcome(name: str) -> str:
    return said(*OUTCOMES[name])


def claimed(name: str) -> bool:
    """Whether P4P's reports claim something that is counted alike."""
    return bool(COUNTED[name][3])


def unit(name: str) -> str:
    return said(*UNITS[name])


def unit_name(trial: Trial, name: str) -> str:
    if trial.unit == SHOP:
        return said("P4P", "P4P")
    return f"{name[:2]}:00–{name[3:]}:59" if trial.unit == HOURS and len(name) == 5 else name


def between(one: Range) -> str:
    """Both ends with as many decimals as the larger needs."""
    most = max(abs(one.low), abs(one.high))
    low, high = (f"{v:,.{0 if most >= 10 else 1 if most >= 1 else 2}f}".replace("-", "−") for v in (one.low, one.high))
    return said(f"{low} 到 {high}", f"{low} to {high}")


@dataclass(frozen=True)
class Switched:
    """An on-off test with its result, told. `pays`: the currency of what P4P costs, "" where the reader is not shown it."""

    result: Result
    day: date
    pays: str

    @property
    def trial(self) -> Trial:
        return self.result.trial

    @property
    def ignored(self) -> bool:
        """Whether so much was spent where P4P was to be off, or so little where it was to be on, that nothing follows."""
        return self.result.effect is not None and self.result.kept is False

    @property
    def badge(self) -> str:
        told = self.result.effect
        if self.ignored:
            return said("没有照表开关", "plan not kept") if any(self.result.spent or ()) else said("没有花费", "nothing spent")
        if told is not None and self.result.moved:
            return said("预算挪了地方", "the budget moved")
        if told is None:
            return {
                "ahead": said("还没开始", "not started"),
                "running": said("进行中", "running"),
                "waiting": said("等数据", "waiting for data"),
                "done": said("不够判断", "not enough"),
            }[self.result.state]
        if told.each.low > 0:
            return said("确有增量", "it brings more")
        return said("反而更少", "it brings less") if told.each.high < 0 else said("看不出增量", "no extra seen")

    @property
    def what(self) -> str:
        names = said("、", ", ").join(unit_name(self.trial, n) for n in self.trial.units)
        return f"{unit(self.trial.unit)}{said('：', ': ') + names if names else ''}"

    @property
    def says(self) -> str:
        trial, told, what = self.trial, self.result.effect, outcome(self.trial.outcome)
        if self.ignored and not any(self.result.spent or ()):
            return said("该开的格子也没有花费，下不了结论。", "Nothing was spent where P4P was to be on, and nothing follows.")
        if self.ignored:
            return said(
                "该关的格子花了该开的一半以上，没有照表开关，下不了结论。",
                "Where P4P was to be off, at least half as much was spent as where it was to be on. The plan was not kept, and nothing follows.",
            )
        if told is not None and self.result.moved:
            times = f"{self.result.over_usual:.1f}"
            return self._effect() + said(
                f"但开的格子花费是开始前四周的 {times} 倍，关掉的那一半预算挪了过来：这是加大花费的增量，平时花得少，增量也少。",
                f" But where it was on, {times} times as much was spent as in the four weeks before: the budget of what was off moved there. This is what the larger spend adds; the usual spend adds less.",
            )
        if told is not None:
            return self._effect()
        if self.result.state == "ahead":
            return said(
                f"{words.day(trial.since)}开始，到 {words.day(trial.last)}。{said(*BUDGET[trial.unit])}",
                f"Starts on {words.day(trial.since)}, ends on {words.day(trial.last)}. {said(*BUDGET[trial.unit])}",
            )
        if self.result.state == "running":
            gone = (self.day - trial.since).days + 1
            return said(
                f"第 {gone} 天，共 {7 * trial.weeks} 天；{words.day(trial.last)}之后一次看结果，中途看容易看错。",
                f"Day {gone} of {7 * trial.weeks}; the result is read once, after {words.day(trial.last)}: a look on the way misleads.",
            )
        return said(
            f"已经跑完，{what}的数据还没有整天到 {words.day(trial.last)}，或者完整的天数太少。剩下的补不了，就在名单里写上结论，按现有的数算。",
            f"It is over; the data on {what} do not reach the end of {words.day(trial.last)} yet, or too few whole days are known. If the rest is lost, write a verdict into the register, and it is read as it is.",
        )

    def _effect(self) -> str:
        told, what = self.result.effect, outcome(self.trial.outcome)
        assert told is not None
        total = about(abs(told.total.value))
        if told.each.low > 0:
            return said(
                f"开的时候多带来约 {total} 个{what}（区间 {between(told.total)}），这些没有推广就没有。",
                f"Being on brought about {total} more {what} (range {between(told.total)}) that the shop would not have had.",
            )
        if told.each.high < 0:
            return said(
                f"开的时候反而少了约 {total} 个{what}（区间 {between(told.total)}）。",
                f"While it was on there were about {total} fewer {what} (range {between(told.total)}).",
            )
        return said(
            f"开与关看不出差别：多出来的{what}在 {between(told.total)} 之间。",
            f"On and off do not differ visibly: {what} gained lie from {between(told.total)}.",
        )

    @property
    def lines(self) -> list[str]:
        """What stands behind the verdict."""
        told, trial, what = self.result.effect, self.trial, outcome(self.trial.outcome)
        found = []
        if told is not None and not self.ignored:
            found.append(
                said(
                    f"每格平均：开 {about(told.on)}，关 {about(told.off)}；{told.cells} 格开，{told.blocks} 组对比"
                    + (f"，{told.lost} 组缺数据" if told.lost else "")
                    + "。",
                    f"Mean of a cell: on {about(told.on)}, off {about(told.off)}; {told.cells} cells on, {told.blocks} comparisons"
                    + (f", {told.lost} without data" if told.lost else "")
                    + ".",
                )
            )
            if self.result.reported is not None:
                found.append(
                    said(
                        f"同样这些格，直通车报表记了 {about(self.result.reported)} 个。",
                        f"For the same cells P4P's own report claims {about(self.result.reported)}.",
                    )
                )
            if self.pays and told.per_money is not None and told.per_money.low > 0:
                each = Range(1 / told.per_money.value, 1 / told.per_money.high, 1 / told.per_money.low)
                cost = money(each.value, self.pays)
                found.append(
                    said(
                        f"每多一个{what}花 {cost}（区间 {between(each)}）。",
                        f"Each of the {what} gained cost {cost} (range {between(each)}).",
                    )
                )
        if self.result.spent_off:
            found.append(
                said(
                    f"该关的 {self.result.off_cells} 格里有 {self.result.spent_off} 格还有花费：漏关的越多，看到的增量越小。",
                    f"{self.result.spent_off} of {self.result.off_cells} cells that were to be off show spend: the more of them, the smaller the effect that is seen.",
                )
            )
        if self.result.power is not None:
            found.append(
                said(
                    f"这样的测试，报表说的增量若有 {part(trial.hoped)} 是真的，有{chance(self.result.power)}的可能看出来。",
                    f"Such a test finds it {chance(self.result.power)} of the time if {part(trial.hoped)} of what the report claims is true.",
                )
                if claimed(trial.outcome)
                else said(
                    f"这样的测试，平时的{what}若有 {part(trial.hoped)} 靠直通车，有{chance(self.result.power)}的可能看出来。",
                    f"Such a test finds it {chance(self.result.power)} of the time if {part(trial.hoped)} of the usual {what} are owed to P4P.",
                )
            )
        return found

    @property
    def today(self) -> str:
        """What is to be on and off today."""
        for at, on in self.trial.days():
            if at == self.day:
                units = self.trial.units or (SHOP,)
                names = [
                    [unit_name(self.trial, u) for u, is_on in zip(units, on, strict=True) if is_on == wanted]
                    for wanted in (True, False)
                ]
                opened, shut = (said("、", ", ").join(n) or "—" for n in names)
                return said(f"今天开：{opened}；关：{shut}", f"Today on: {opened}; off: {shut}")
        return ""


@dataclass(frozen=True)
class Before:
    """How long an on-off test must run, told before it starts."""

    outlook: Outlook
    limit: int

    @property
    def advised(self) -> bool:
        return self.outlook.days is not None and self.outlook.days <= self.limit

    @property
    def says(self) -> str:
        look = self.outlook
        what = outcome(look.outcome)
        if look.missing:
            return ""
        if look.claimed is None and claimed(look.outcome):
            return said(
                "直通车报表里没有这一项的数，不知道要看出多大的增量，不建议测。",
                "P4P's report does not count this: how much it should be able to tell is not known. Don't.",
            )
        if look.base == 0:
            return said(
                f"这些{unit(look.unit)}里没有记到{what}，没有可测的。",
                f"No {what} are counted here: there is nothing to test.",
            )
        if look.power(2) is None:
            return said(
                f"只有 {look.weeks} 周完整的{what}数据，少于 4 周不知道平时上下多少，先把数据补齐。",
                f"Only {look.weeks} whole weeks of {what} are known; below 4 the usual up and down is not. Bring the data first.",
            )
        if look.days is None:
            return said("不建议测：跑一年也看不出。", "Don't: not even a year would tell.")
        if not self.advised:
            return said(
                f"不建议测：要跑 {days(look.days)}，超过您给的 {days(self.limit)}。",
                f"Don't: it would take {days(look.days)}, more than the {days(self.limit)} that you allow.",
            )
        return said(f"要跑 {days(look.days)}。", f"It must run for {days(look.days)}.")

    @property
    def why(self) -> str:
        look = self.outlook
        what = outcome(look.outcome)
        if look.base is None or look.usual is None:
            return ""
        if look.claimed is None:
            return said(
                f"每格平时 {about(look.usual)} 个{what}（看了 {look.weeks} 周）；报表记的是点击，比不了，所以按平时的算：少了 {part(look.hoped)}，五次里有四次认得出。",
                f"A cell usually counts {about(look.usual)} {what} ({look.weeks} weeks looked at). The report counts clicks, which is something else, so it is held against the usual: {part(look.hoped)} of that is to be told from nothing, four times in five.",
            )
        return said(
            f"每格平时 {about(look.usual)} 个{what}（看了 {look.weeks} 周），报表说其中 {about(look.claimed)} 个来自直通车；要从零里认出它的 {part(look.hoped)}，五次里有四次认得出。",
            f"A cell usually counts {about(look.usual)} {what} ({look.weeks} weeks looked at), of which the report claims {about(look.claimed)}; {part(look.hoped)} of that is to be told from nothing, four times in five.",
        )

    @property
    def price(self) -> str:
        """What the test itself may cost."""
        look = self.outlook
        if not look.base or look.days is None:
            return ""
        half = said(
            "测试期间一半的时间不投，这一半不花钱", "During the test P4P is off half the time, and that half is not spent"
        )
        if look.claimed is None:
            return half + said("；少来多少，正是要测的。", ". What is lost with it is what the test is to tell.")
        cells = look.days / 7 * look.past.shape[1] * look.past.shape[2] / 2
        first = said("头一小时", "first hour") if look.unit == HOURS else said("头一天", "first day")
        return half + said(
            f"；报表若全对，少来约 {about(look.claimed * cells)} 个{outcome(look.outcome)}，每格{first}的还不在内。",
            f". If all that the report claims is true, about {about(look.claimed * cells)} {outcome(look.outcome)} are lost, those of the {first} of each cell not counted.",
        )

    @property
    def condition(self) -> str:
        """What must be so for the result to hold."""
        return said(*BUDGET[self.outlook.unit]) if self.advised else ""

    @property
    def otherwise(self) -> str:
        """What could be told in the days allowed."""
        look = self.outlook
        if self.advised or not look.base or look.power(2) is None:
            return ""
        weeks = self.limit // 14 * 2
        could = [h for h in (0.5, 0.75, 1.0) if h > look.hoped and (look.power(weeks, h) or 0) >= 0.8]
        if could:
            return said(
                f"{days(weeks * 7)}里认得出它的 {part(could[0])}。",
                f"In {days(weeks * 7)} {part(could[0])} of it could be told.",
            )
        if look.outcome == "询盘":
            return said(
                "询盘太少：国家或整天可以改看访客×天。",
                "Inquiries are too few: with countries or whole days, visitor-days can be counted instead.",
            )
        return ""
