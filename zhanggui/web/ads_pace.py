"""The rhythm of a day in the reader's words: what happened to its money, what to do with the bids, and its chart with the table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhanggui.desk import access, bidding, seeing
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.measures import ad_money
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_hours import NEARLY
from zhanggui.plans.bid_plan import Reading
from zhanggui.plans.day_pace import DayPace, PaceHour, Waits, day_pace
from zhanggui.plans.p4p_spend import Hours
from zhanggui.tables import TABLES
from zhanggui.web import charts, rule_words, words
from zhanggui.web.ads_rows import MISSING, money, share
from zhanggui.web.bids import SOURCES
from zhanggui.web.charts.chart import titled
from zhanggui.web.words import said

KEPT = 16
SAME = ("很多天都正好花到这么多", "many days ended at just this much")
WAITS = {
    "hour_report": ("还没有直通车小时报告。请按天导出：", "There is no P4P hour report yet. Export it day by day: "),
    "daily_rows": (
        "小时报告是按周或按月的，看不出一天里怎么花。请按天导出：",
        "The hour report is by week or month and does not tell how a day goes. Export it day by day: ",
    ),
    "hours": (
        "小时报告「时段」一列看不出是几点，例如「{seen}」。请写成 08:00 这样再导入，或重新按天导出：",
        "The column “Hour of the day” of the hour report is not understood, for example “{seen}”. Write it like 08:00 and import it again, or export it day by day: ",
    ),
    "cost": ("小时报告里没有「花费」，导出时请勾选：", "The hour report has no spend. Tick it when you export it: "),
    "exposures": (
        "小时报告里没有「曝光量」，导出时请勾选：",
        "The hour report has no impressions. Tick them when you export it: ",
    ),
    "clicks": ("小时报告里没有「点击量」，导出时请勾选：", "The hour report has no clicks. Tick them when you export it: "),
    "budget": (
        "不知道一天的预算：在名单「预算」里填广告 P4P 的金额，或导入带日预算的账户报告、计划报告。",
        "The budget of a day is not known: keep it in the register of budgets (advertising, P4P), or import an account or campaign report with a daily budget.",
    ),
    "no_money": (
        "名单「预算」里这段时间广告 P4P 的金额是 0，没有节奏可看。",
        "By the register of budgets nothing may be spent on P4P now, so there is no pace to look at.",
    ),
}


@lru_cache(maxsize=KEPT)
def _kept(seen: Seen, steering: Steering, register: bool) -> DayPace | Waits:
    """Worked out once for each state of the facts."""
    return day_pace(seeing.snapshot(seen), steering, register=register)


def told(member: Membership, shop: Shop, seen: Seen, hours: Hours | None) -> dict[str, Any]:
    """What `parts/ads_pace.jinja` takes: `pace`, or what it `waits` for."""
    steering = bidding.steering(shop)
    pace = _kept(seen, steering, access.sees_budget(member.role, "register"))
    if isinstance(pace, Waits):
        return {"pace": None, "waits": waits_says(pace)}
    return {"pace": PaceWords(pace, hours, ad_money.currency(seeing.snapshot(seen)), steering), "waits": ""}


def waits_says(one: Waits) -> str:
    """What is missing, and what to import or enter."""
    if one.code == "days":
        least = Reading().least_days
        return said(
            f"有 {least} 天的钱撑到了一天结束，才知道平常一天怎么花；现在有 {one.lasted} 天，另有 {one.spent} 天提前花完。请再导入几天的按天小时报告；如果天天提前花完，先把出价整体降一些，让钱撑满 {least} 天。",
            f"How a usual day goes is known from {least} days whose money lasted; there are {one.lasted}, and {one.spent} ran out early. Bring the hour report of more days; if the money runs out every day, lower all bids a little until it has lasted on {least}.",
        )
    text = said(*WAITS[one.code]).replace("{seen}", one.seen or MISSING)
    return text if one.code in ("budget", "no_money") else text + TABLES["p4p_hour"].menu[words.lang()]


@dataclass(frozen=True)
class PaceWords:
    """`hours`: those of the page, which say when the target markets are at work. `currency`: that of the account."""

    pace: DayPace
    hours: Hours | None
    currency: str
    steering: Steering

    @property
    def _unit(self) -> charts.Unit:
        return charts.Unit("money", rule_words.unit(self.currency))

    def _money(self, value: float | None) -> str:
        return f"{money(value)} {self._unit.word}"

    @property
    def _open(self) -> frozenset[int]:
        return frozenset(h.hour for h in self.hours.hours if h.open) if self.hours else frozenset()

    @property
    def _day(self) -> str:
        return said("今天", "today") if self.pace.today else words.day(self.pace.day)

    @property
    def title(self) -> str:
        """The conclusion."""
        pace, told, day = self.pace, self.pace.told, self._day
        of_day = day if pace.today else f"on {day}"
        if told is None or told.so_far is None or told.left is None:
            return said(f"{day}的报表没有第一个小时的花费", f"The report does not say what the first hour cost {of_day}")
        spent, budget = self._money(told.so_far), self._money(float(pace.budget.amount))
        if pace.beyond:
            return said(
                f"{day}花了 {spent}，超过现在的预算 {budget}",
                f"{spent} spent {of_day}, more than the budget of now, {budget}",
            )
        if pace.gone is not None:
            usual = share(told.due / float(pace.budget.amount))
            return said(
                f"{day} {_hour(pace.gone)} 这一小时把钱花完了，平常到这时只花 {usual}",
                f"The money was gone between {_hour(pace.gone, ' and ')} {of_day}; by then a usual day has spent {usual}",
            )
        if not pace.over:
            due = self._money(told.due)
            return said(
                f"{day}到 {pace.until:02}:00 花了 {spent}，照平常该花 {due}",
                f"{spent} spent until {pace.until:02}:00 {of_day}; at the usual pace it would be {due}",
            )
        if told.so_far >= NEARLY * float(pace.budget.amount):
            return said(f"{day}的钱正好撑到一天结束", f"The money lasted to the end of the day {of_day}")
        left = self._money(told.left)
        return said(
            f"{day}花了 {spent}，预算 {budget}，剩 {left}", f"{spent} of {budget} spent {of_day}; {left} were left over"
        )

    @property
    def says(self) -> list[str]:
        """What it means for the buyers, and what to do."""
        return [one for one in (self._after, self._does) if one]

    @property
    def _after(self) -> str:
        if self.pace.gone is None or not self._open:
            return ""
        dark = sum(hour > self.pace.gone for hour in self._open)
        if not dark:
            return said("那时目标市场已经下班。", "By then the target markets had stopped working.")
        return said(
            f"花完以后，目标市场还有 {dark} 个上班小时看不到广告。",
            f"After that the target markets were at work for {dark} more {'hour' if dark == 1 else 'hours'} without seeing your advertisements.",
        )

    @property
    def _does(self) -> str:
        pace, factor = self.pace, self.pace.factor
        if not pace.over and not pace.today:
            return said(
                f"报表没有说 {pace.until:02}:00 以后花了多少，这一天的结果还看不出来：请导入整天的小时报告；已经导入了，就再导入写着这天花费的账户报告。",
                f"The report does not say what was spent after {pace.until:02}:00, so the day's outcome is not known: import the hour report of the whole day; if you have, the account report with what that day cost.",
            )
        if factor is None:
            return said(
                "点击少，和平常的差别可能只是碰巧：出价先不改。",
                "With so few clicks the difference may be chance: leave the bids as they are.",
            )
        if pace.beyond:
            return self._less(factor)
        if not pace.over:
            return self._rest(factor)
        return self._next(factor)

    def _rest(self, factor: float) -> str:
        if factor == 1:
            return said("和平常一样，剩下的时间出价不用动。", "That is as usual: leave the bids for the rest of the day.")
        size = self._size(factor)
        if factor < 1:
            return said(
                f"花得太快：要让钱撑到一天结束，剩下的时间把早上的出价整体降约 {size}。",
                f"That is too fast: for the money to last, lower all bids of the morning by about {size} for the rest of the day.",
            )
        return said(
            f"花得慢。提价值不值，看「出价」的建议；真要花足，剩下的时间把早上的出价整体提高约 {size}。",
            f"That is slow. Whether higher bids are worth it is said under Bids; using the whole budget would take all bids of the morning about {size} higher for the rest of the day.",
        )

    def _less(self, factor: float) -> str:
        if factor == 1:
            return said("出价不用改。", "Leave the bids as they are.")
        size = self._size(factor)
        return said(
            f"当天的预算应该和现在的不一样。要守住现在的预算，接下来的出价要比当天早上整体降约 {size}；已经改过的不用再改。",
            f"The budget of the day must have been another one. To keep within the budget of now, lower all bids of the morning by about {size}, unless they were changed since.",
        )

    def _next(self, factor: float) -> str:
        more = said("今天后面没有广告了，除非加预算。", "Nothing is shown for the rest of today unless the budget is raised. ")
        head = more if self.pace.today and self.pace.gone is not None else ""
        if factor == 1:
            return head + said("出价不用改。", "Leave the bids as they are.")
        size = self._size(factor)
        if factor < 1:
            return head + said(
                f"要让钱撑到一天结束，接下来的出价要比当天早上整体降约 {size}；已经改过的不用再改。",
                f"For the money to last, lower all bids of the morning by about {size} for the next day, unless they were changed since.",
            )
        return head + said(
            f"没花完不是坏事：提价值不值，看「出价」的建议。真要花足，接下来的出价要比当天早上整体提高约 {size}；已经改过的不用再改。",
            f"Money left over is no harm: whether higher bids are worth it is said under Bids. Using all of it would take bids about {size} above those of the morning, unless they were changed since.",
        )

    def _size(self, factor: float) -> str:
        size = share(abs(factor - 1))
        if abs(abs(factor - 1) - self.steering.change) > 1e-9:
            return size
        return said(f"{size}（本店一天最多改这么多）", f"{size} (the most that the shop changes a day)")

    @property
    def budget(self) -> str:
        """The budget and where it comes from."""
        held = self.pace.budget
        source = said(*SAME) if held.source == "same" else said(*SOURCES[held.source])
        if held.day:
            source = said(f"{source}，{words.day(held.day)}", f"{source}, {words.day(held.day)}")
        return said(
            f"一天的预算 {self._money(float(held.amount))}（{source}）。",
            f"Budget of a day: {self._money(float(held.amount))} ({source}).",
        )

    @property
    def chart(self) -> charts.Chart:
        """Due and spent so far by hour, with the table of everything."""
        rows = self.pace.hours
        at_work, away = said("上班", "at work"), said("下班", "away")
        marks = [MISSING if not self._open else at_work if h.hour in self._open else away for h in rows]
        return charts.Clock(
            self.title,
            [
                charts.Line(said("到此该花", "Due so far"), [h.due for h in rows], self._unit, dashed=True),
                charts.Line(said("到此已花", "Spent so far"), [h.so_far for h in rows], self._unit),
            ],
            [
                (titled(said("还剩", "Left"), self._unit), [money(h.left) for h in rows]),
                (said("之后的出价", "Bids from here"), [self._from_here(h) for h in rows]),
                (titled(said("这小时该花", "Due this hour"), self._unit), [money(h.expected) for h in rows]),
                (titled(said("这小时花了", "Spent this hour"), self._unit), [money(h.spent) for h in rows]),
                (said("占一天", "Share of a day"), [share(h.share, 1) for h in rows]),
                (said("目标市场", "Target markets"), marks),
            ],
        )

    def _from_here(self, one: PaceHour) -> str:
        if one.left is None or one.hour == charts.clock.HOURS - 1:
            return MISSING
        if one.left <= (1 - NEARLY) * float(self.pace.budget.amount):
            return said("超出预算", "over budget") if self.pace.beyond else said("钱已花完", "money gone")
        if one.factor is None:
            return said("还不够判断", "not clear yet")
        if one.factor == 1:
            return said("不动", "as is")
        return f"{'↓' if one.factor < 1 else '↑'} {share(abs(one.factor - 1))}"


def _hour(hour: int, to: str = "–") -> str:
    return f"{hour:02}:00{to}{hour + 1:02}:00"
