"""Hours, regions and labels in the reader's words: the table of an axis, what is proposed and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.desk.models import Shop
from zhanggui.estimates.auction import Reading as Premium
from zhanggui.measures.time_zones import hour_of
from zhanggui.plans.bid_cells import Cell, CellPlan
from zhanggui.plans.bid_days import Reading
from zhanggui.plans.bid_plan import Range
from zhanggui.web import ads_rows, words
from zhanggui.web.ads_rows import MISSING, Rows, figure_href, share
from zhanggui.web.bid_words import Step, number
from zhanggui.web.words import said

AXES = {"hour": ("时段", "Hours"), "region": ("地域", "Regions"), "label": ("人群", "Labels")}
ONE = {"hour": ("时段（美西）", "Hour, US Pacific"), "region": ("地域", "Region"), "label": ("人群标签", "Label")}
MEASURES = {"hour": ("ads.by_hour", "hour", ""), "region": ("ads.by_target", "target", "地域"), "label": ("ads.by_target", "target", "人群")}  # fmt: skip
SORTS = {
    "gain": ("建议改的在前", "Proposed first"),
    "cost": ("花费", "Spend"),
    "clicks": ("点击量", "Clicks"),
    "inquiries": ("询盘", "Inquiries"),
    "rate": ("询盘率", "Inquiry rate"),
    "name": ("名称", "Name"),
}
#: Of the money of now: as much; of the bound: as good as there; of what is possible: nearly all.
SAME, SMALL, SURE = 0.99, 0.001, 0.995


def ordered(plan: CellPlan, sort: str) -> list[Cell]:
    """The cells in the order that is asked for; what is not known comes last."""

    def place(cell: Cell) -> tuple[bool, float]:
        value = {"cost": cell.cost, "clicks": cell.clicks, "inquiries": cell.inquiries, "rate": cell.rate and cell.rate.value}
        if sort in value:
            known = value[sort]
            return known is None, -(known or 0)
        return cell.times == 1, -abs(cell.leads_change.value) if cell.leads_change else -(cell.cost or 0)

    by_name = sorted(plan.cells, key=lambda c: (hour_of(c.name) or 0 if plan.axis == "hour" else 0, c.name))
    return by_name if sort == "name" else sorted(by_name, key=place)


def _times(value: float) -> str:
    return f"× {value:.2f}"


def _percent(part: float) -> str:
    """Never more than it is, so that what is below a bound reads so."""
    return f"{int(part * 100 + 1e-9)}%"


def _changed(one: Range | None, kind: str) -> ads_rows.Cell:
    """A change with its sign, and the range of it below."""
    if one is None:
        return ads_rows.Cell(MISSING)

    def signed(value: float) -> str:
        return ("+" if value > 0 else "−" if value < 0 else "") + number(abs(value), kind)

    low, high = signed(one.low), signed(one.high)
    return ads_rows.Cell(signed(one.value), small=said(f"{low} 到 {high}", f"{low} to {high}"))


@dataclass(frozen=True)
class CellWords:
    """One axis of a shop. `reading`: what a premium of so many percent means there; None: nobody has told."""

    plan: CellPlan
    shop: Shop
    reading: Premium | None
    currency: str

    @property
    def title(self) -> str:
        return said(*AXES[self.plan.axis])

    @property
    def moved(self) -> int:
        return sum(c.times != 1 for c in self.plan.cells)

    @property
    def premiums(self) -> bool:
        return self.plan.axis != "hour" and self.plan.proposed

    def percent(self, cell: Cell) -> float | None:
        """What to type where no premium stands now; None where it cannot be said."""
        if self.reading is None or cell.times == 1:
            return None
        factor = self.plan.premium(cell)
        return (factor - 1 if self.reading == "on_top" else factor) * 100

    def table(self, cells: Sequence[Cell]) -> Rows:
        unit = f"（{self.currency}）" if words.lang() == "zh" else f", {self.currency}"
        head = [
            (said(*ONE[self.plan.axis]), False),
            (said("点击量", "Clicks"), True),
            (said("花费", "Spend") + unit, True),
            (said("询盘", "Inquiries"), True),
            (said("询盘率约", "Rate, about"), True),
        ]
        if not self.plan.missing:
            head.append((said("现在 → 建议", "Proposed"), True))
            head += [(said("其中溢价", "Of it premium"), True)] * self.premiums
        if self.plan.proposed:
            head += [(said("询盘/天", "Inquiries a day"), True), (said("花费/天", "Spend a day") + unit, True)]
        return Rows(head, [self._row(c) for c in cells])

    def _row(self, cell: Cell) -> list[ads_rows.Cell]:
        rate = ads_rows.Cell(MISSING)
        if cell.rate:
            low, high = share(cell.rate.low, 1), share(cell.rate.high, 1)
            rate = ads_rows.Cell(share(cell.rate.value, 1), small=f"{low}–{high}")
        row = [
            ads_rows.Cell(cell.name),
            self._figure(cell, "clicks", ads_rows.count(cell.clicks)),
            self._figure(cell, "cost", ads_rows.money(cell.cost)),
            self._figure(cell, "inquiries", ads_rows.count(cell.inquiries)),
            rate,
        ]
        if self.plan.missing:
            return row
        row.append(ads_rows.Cell(self.proposed(cell)))
        if self.premiums:
            row.append(self._premium(cell))
        changes = ((cell.leads_change, "leads"), (cell.cost_change, "cost")) if self.plan.proposed else ()
        return row + [_changed(change, kind) for change, kind in changes]

    def proposed(self, cell: Cell) -> str:
        if cell.times == 1:
            return said("照旧", "as now") if cell.rate else MISSING
        return said("开 → 停", "on → off") if cell.times == 0 else f"× 1 → {_times(cell.times)}"

    def _premium(self, cell: Cell) -> ads_rows.Cell:
        """What all bids do not bring by themselves, and how that is typed."""
        if cell.times == 1:
            return ads_rows.Cell(MISSING)
        percent = self.percent(cell)
        if percent is None:
            return ads_rows.Cell(_times(self.plan.premium(cell)))
        if percent < 0:
            typed = said("从已有的溢价里减", "off one that stands")
        else:
            typed = said(f"填 {percent:.0f}%", f"type {percent:.0f}%")
        return ads_rows.Cell(_times(self.plan.premium(cell)), small=typed)

    def _figure(self, cell: Cell, column: str, text: str) -> ads_rows.Cell:
        """A figure of the report, open to its file; one that is not said, or stands under several spellings, opens nothing."""
        measure, name, kind = MEASURES[self.plan.axis]
        key = {"kind": kind, name: cell.name} if kind else {name: cell.name}
        href = figure_href(self.shop, measure, column, self.plan.days, **key)
        opens = self.plan.traced and text != MISSING and not cell.spelled
        return ads_rows.Cell(text, f"{href}&day={self.plan.day}" if opens else "")

    def window(self) -> str:
        """Of which days the figures are."""
        one, left = self.plan, Reading.unsettled
        if one.day is None:
            return ""
        return said(
            f"到 {words.day(one.day)} 的 {one.days} 天 · 数据覆盖 {one.covered}/{one.days} 天（最新 {left} 天可能还会变，不算）",
            f"{one.days} days to {words.day(one.day)} · data for {one.covered} of {one.days} days, the newest {left} not counted, for they may still change",
        )

    def untraced(self) -> str:
        """Why figures open nothing, where they do not."""
        if self.plan.traced:
            return ""
        if self.plan.axis == "hour":
            return said(
                "数字不能点开：有几天缺了点击、花费或询盘，没有算进来。",
                "Figures cannot be opened here: days that lack clicks, spend or inquiries are left out.",
            )
        return said(
            "数字不能点开：地域和人群两份报告的周期不一样，或者有几天缺了点击、花费或询盘，没有算进来。",
            "Figures cannot be opened here: the reports of regions and of labels come in different periods, or days that lack clicks, spend or inquiries are left out.",
        )

    def steps(self) -> list[Step]:
        """Inquiries and spend a day, now and with the plan."""
        one = self.plan
        if one.gain is None:
            return []
        low, high = (f"{one.leads + x:,.2f}" for x in (one.gain.low, one.gain.high))
        return [
            Step(
                said("询盘/天", "Inquiries a day"),
                f"{one.leads:,.2f}",
                f"{one.leads + one.gain.value:,.2f}",
                f"{low}–{high}",
            ),
            Step(
                said(f"花费/天（{self.currency}）", f"Spend a day, {self.currency}"),
                number(one.money, "cost"),
                number(one.spent, "cost"),
            ),
        ]

    def says(self) -> list[str]:
        """How the plan is carried out, how sure it is, and what it takes for granted."""
        one = self.plan
        if not one.proposed:
            return []
        found = []
        raised = round(one.others, 2)
        if raised != 1:
            why = (
                said("挪出来的钱才花得回去", "so that the money that is freed is spent")
                if raised > 1
                else said("总的才不多花", "so that no more is spent in all")
            )
            found.append(
                said(
                    f"先在后台把全部出价 {_times(raised)}（照旧的也一起），{why}；再按表里的改。",
                    f"First multiply all bids in the back office, {_times(raised)}, also of those that stay, {why}; then change what the table proposes.",
                )
            )
        found.append(
            said(
                "改的那天不要录入别的出价单：两样加起来会超过一天最多改的幅度。",
                "Enter no bid sheet on the same day: together they would move bids further than they may move on one day.",
            )
        )
        same = one.spent >= SAME * one.money
        money = said("花一样的钱", "For the same money") if same else said("钱花得还少些（一天只能提这么多）", "For less money, since bids may not rise further on one day,")  # fmt: skip
        better = _percent(one.better) if one.better < SURE else said("99% 以上", "more than 99%")
        gap = ""
        if one.gap >= SMALL:
            gap = said(f"离理论上限差 {one.gap:.1%}，因为看不准的不动。", f" It is {one.gap:.1%} below the theoretical bound, since whatever is not sure stays.")  # fmt: skip
        found.append(
            said(
                f"{money}，{better} 的可能比现在多带询盘。{gap}",
                f"{money} it brings more inquiries in {better} of what is possible.{gap}",
            )
        )
        return found

    def nothing(self) -> str:
        """Why nothing is proposed."""
        if self.plan.missing or self.plan.proposed:
            return ""
        if self.plan.why == "alike":
            return said(
                "没有要改的：照现在的数，没有哪个能肯定改了更好。点击少的靠向一般水平，不下结论。",
                "Nothing to change: by these figures none would surely do better with other bids. Few clicks are drawn to the usual rate and get no verdict.",
            )
        if self.plan.why == "no_gain":
            return said(
                "没有要改的：单看有几个值得改，合起来花一样的钱，估计不会多带询盘。",
                "Nothing to change: some look worth it by themselves, but the whole is not expected to bring more inquiries for the same money.",
            )
        better, sure = _percent(self.plan.better), f"{self.plan.sure:.0%}"
        return said(
            f"没有要改的：单看有几个值得改，合起来花一样的钱，只有 {better} 的可能更好，不到 {sure}。",
            f"Nothing to change: some look worth it by themselves, but the whole is better for the same money in only {better} of what is possible, below {sure}.",
        )
