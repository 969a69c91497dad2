"""A goal of the shop in the reader's words: how far, at what pace, and where that leads."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.plans.pace import Pace
from zhanggui.web import charts
from zhanggui.web.words import said

FIGURES = {"成交额": "Turnover", "毛利率": "Gross margin", "订单数": "Orders", "询盘": "Inquiries", "商机": "Leads", "新买家": "New buyers",
             "老买家": "Returning buyers", "曝光": "Exposures", "点击": "Clicks", "访客": "Visitors"}  # fmt: skip


@dataclass(frozen=True)
class Goal:
    """One goal with how far it is."""

    pace: Pace

    @property
    def label(self) -> str:
        figure = said(self.pace.figure, FIGURES.get(self.pace.figure, self.pace.figure))
        return f"{self.period} {figure}"

    @property
    def period(self) -> str:
        start, end = self.pace.start, self.pace.end
        if start.month == end.month:
            return said(f"{start.year}年{start.month}月", f"{start:%b %Y}")
        if (end.month - start.month) == 2:
            quarter = end.month // 3
            return said(f"{start.year}年第{quarter}季度", f"Q{quarter} {start.year}")
        return said(f"{start.year}年", f"{start.year}")

    @property
    def unit(self) -> charts.Unit:
        money = self.pace.unit if self.pace.unit in ("USD", "CNY") else ""
        return charts.Unit("money" if money else "count", money)

    def text(self, value: float) -> str:
        """Short: cents of a goal say nothing."""
        short = charts.COUNT.short(round(value))
        return f"{short} {self.unit.word}" if self.unit.word else short

    @property
    def target(self) -> str:
        return self.text(self.pace.value)

    @property
    def done(self) -> str:
        return "—" if self.pace.done is None else self.text(self.pace.done)

    @property
    def percent(self) -> int | None:
        """Done of the goal, for the bar."""
        if self.pace.done is None or self.pace.value <= 0:
            return None
        return round(100 * self.pace.done / self.pace.value)

    @property
    def days(self) -> str:
        p = self.pace
        return said(
            f"{p.days} 天过了 {p.gone} 天，有数据的 {p.known} 天", f"{p.gone} of {p.days} days gone, data for {p.known}"
        )

    @property
    def says(self) -> str:
        """The pace, by what it is reckoned, and what it leads to."""
        p = self.pace
        if p.why:
            return {
                "people": said("人数不能跨周期相加，所以算不出进度", "people are not added up over periods, so there is no progress to tell"),
                "rate": said("比率没有进度，看下面的毛利率", "a rate has no pace; see the gross margin below"),
                "unit": said(f"目标的单位是 {p.unit}，数据不是，没有换算", f"the goal is in {p.unit} and the data are not; nothing is converted"),
                "part": said("分产品线、国家、买家或人员的目标，这里还不统计", "goals of a line, country, class of buyers or person are not counted here"),
                "no_data": said("这段时间还没有数据", "no data of these days yet"),
            }[p.why]  # fmt: skip
        by = said("按去年同期的节奏", "by last year's course") if p.seasonal else said("按天数平分", "in equal parts by day")
        pace = "—" if p.pace is None else f"{p.pace:.0%}"
        return said(
            f"{by}应到 {self.text(p.expected or 0)}，进度 {pace}",
            f"{by} it should be {self.text(p.expected or 0)}: pace {pace}",
        )

    @property
    def forecast(self) -> str:
        if self.pace.why:
            return ""
        if self.pace.forecast is None:
            return said("预计：周数不够，还不能说", "forecast: too few weeks to say")
        likely, low, high = (self.text(v) for v in self.pace.forecast)
        return said(
            f"照此到期末约 {likely}（大约 {low} ～ {high}）", f"at this pace {likely} at the end (about {low} to {high})"
        )

    @property
    def reach(self) -> str:
        """Words of whether it is reached."""
        return {
            "": "",
            "yes": said("✓ 照此能到", "✓ on course"),
            "no": said("⚠ 照此到不了", "⚠ not on course"),
            "open": said("还不够判断", "not clear yet"),
        }[self.pace.reach]

    @property
    def weekly(self) -> str:
        if self.pace.weekly is None:
            return ""
        if not self.pace.weekly:
            return said("已经到了", "reached")
        return said(f"往后每周要 {self.text(self.pace.weekly)}", f"{self.text(self.pace.weekly)} a week needed from here")
