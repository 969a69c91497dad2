"""Hours, regions and labels in the reader's words: the table of an axis, what is proposed, what it rests on and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.desk.models import Shop
from zhanggui.documents.excel import Sheet
from zhanggui.estimates.auction import Reading as Premium
from zhanggui.measures.time_zones import hour_of
from zhanggui.plans.bid_cells import Cell, CellPlan
from zhanggui.plans.bid_days import Reading
from zhanggui.plans.bid_plan import Range
from zhanggui.web import ads_rows, bid_words, words
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
WAITS = {
    "fresh_rows": (
        "最近没有这份报告：按很久以前的数改不可靠。请导入最近几天的。",
        "There is no recent report of these, and old figures are not to be relied on. Bring that of the last days.",
    ),
    "settled": (
        f"报告里还没有不再变的周期（最近 {Reading().unsettled} 天平台还会改，不算）。请导入更早几天的，按天导出最好。",
        f"The report has no period yet that no longer changes: the newest {Reading().unsettled} days are still revised. Bring earlier ones, best by day.",
    ),
    "leads": (
        "报告里没有「询盘」这一列，分不出好坏。导出时请勾选询盘。",
        "The report has no column for inquiries, so nothing tells good from bad. Tick it when you export the report.",
    ),
    "few_leads": ("询盘太少，还没有一般的询盘率。", "There are too few inquiries for a usual rate."),
    "cells": ("报告里只有一个，没有可比的。", "The report has only one of these; there is nothing to compare."),
    "curves": (
        "提价、降价会怎样，要从每个词的出价里看，现在还看不出：",
        "What higher or lower bids do is read from the bids of the words, and that cannot be done yet:",
    ),
}
SAME, SMALL, SURE = (
    0.99,
    0.001,
    0.995,
)  # of the money of now: as much; of the bound: as good as there; of what is possible: nearly all
OFF = (
    "每个词的出价现在都是 0，没有可以乘的。",
    "Every word's bid is 0 now; there is nothing to multiply.",
)  # fmt: skip


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
    def _premiums(self) -> bool:
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
            head += [(said("其中溢价", "Of it premium"), True)] * self._premiums
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
        if self._premiums:
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
        return ads_rows.Cell(text, f"{href}&day={self.plan.day}" if href and text != MISSING and not cell.spelled else "")

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

    def waits(self) -> list[str]:
        """What the axis waits for, where that is not the report itself."""
        code = next((c for c in self.plan.missing if c != "report"), "")
        found = [said(*WAITS[code])] if code else []
        if code == "few_leads":
            n = f"{self.plan.leads_needed:.0f}"
            found.append(said(f"还差 {n} 个询盘。", f"{n} more {'is' if n == '1' else 'are'} needed."))
        if code == "curves":
            found.append(said(*OFF) if self.plan.curves == "off" else words.word(bid_words.MISSING, self.plan.curves))
        return found

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
                    f"先把全部出价 {_times(raised)}（照旧的也一起），{why}；再按表里的改。",
                    f"First multiply all bids, {_times(raised)}, also of those that stay, {why}; then change what the table proposes.",
                )
            )
        same = one.spent >= SAME * one.money
        money = said("花一样的钱", "For the same money") if same else said("钱花得还少些（一天只能提这么多）", "For less money, since bids may not rise further on one day,")  # fmt: skip
        better = f"{one.better:.0%}" if one.better < SURE else said("99% 以上", "more than 99%")
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
        return said(
            f"没有要改的：单看有几个值得改，合起来花一样的钱，只有 {self.plan.better:.0%} 的可能更好，不到八成。",
            f"Nothing to change: some look worth it by themselves, but the whole is better for the same money in only {self.plan.better:.0%} of what is possible, below four fifths.",
        )

    def sheet(self) -> Sheet:
        """All cells with real numbers."""
        head = [
            said(*ONE[self.plan.axis]),
            said("点击量", "Clicks"),
            said(f"花费（{self.currency}）", f"Spend, {self.currency}"),
            said("询盘", "Inquiries"),
            said("询盘率约", "Inquiry rate, about"),
            said("询盘率下限", "Rate, low"),
            said("询盘率上限", "Rate, high"),
            said("建议：出价乘", "Proposed: bids times"),
            said("其中溢价乘", "Of it premium times"),
            said("要填的溢价 %", "Premium to type, %"),
            said("询盘/天变化", "Change of inquiries a day"),
            said("下限", "Low"),
            said("上限", "High"),
            said(f"花费/天变化（{self.currency}）", f"Change of spend a day, {self.currency}"),
        ]
        kinds = ["text", "count", "money", "count", "rate", "rate", "rate", *["number"] * 7]
        rows = [
            [
                c.name,
                c.clicks,
                c.cost,
                c.inquiries,
                *_three(c.rate),
                c.times if not self.plan.missing and c.rate else None,
                self.plan.premium(c) if self._premiums and c.times != 1 else None,
                self.percent(c) if self._premiums else None,
                *_three(c.leads_change),
                c.cost_change.value if c.cost_change else None,
            ]
            for c in ordered(self.plan, "gain")
        ]
        return Sheet(head, rows, kinds)


def _three(one: Range | None) -> tuple[float | None, float | None, float | None]:
    return (one.value, one.low, one.high) if one else (None, None, None)
