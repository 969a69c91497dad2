"""The charts and sentences of the cockpit: trend, funnel, steps beside the peers, what moved and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from zhanggui.measures import address_of
from zhanggui.measures.series import Series
from zhanggui.plans.cockpit import Cockpit, Gap
from zhanggui.plans.moves import Move, Product
from zhanggui.tables import TABLES
from zhanggui.web import charts, gauges, words
from zhanggui.web.gauges import Gauge
from zhanggui.web.words import said

#: The lines of each band's trend: the first of them gives the conclusion. Where none is known, the next set is drawn.
TRENDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "traffic": (("lead_people", "search_clicks"), ("shop_clicks",)),
    "orders": (("orders", "order_amount"), ("orders", "amount")),
    "profit": (("cost", "inquiries"),),
}


def trend(band: str, shown: Sequence[Gauge], steps: int, marks: Sequence[charts.Mark]) -> charts.Trend | None:
    """The newest steps of the band's first figures, peers dashed."""
    for names in TRENDS[band]:
        lines = [next((g for g in shown if g.shown.column == name), None) for name in names]
        known = [g for g in lines if g is not None and any(v is not None for v in g.shown.spark)]
        if not known:
            continue
        one = known[0].shown.series
        known = [g for g in known if g.shown.series.steps == one.steps]
        days = [step for step, _ in one.steps[-steps:]]
        drawn = [charts.Line(g.label, g.shown.spark[-steps:], g.unit) for g in known]
        for g in known:
            peers = [one.sum(tiles, f"{g.shown.column}_peers") if len(tiles) == 1 else None for _, tiles in one.steps[-steps:]]
            if any(v is not None for v in peers):
                drawn.append(charts.Line(f"{g.label}{said('，同行平均', ', peers’ average')}", peers, g.unit, dashed=True))
        inside = [m for m in marks if days[0][0] <= m.day <= days[-1][1]]
        return charts.Trend(_conclusion(known[0]), days, drawn, inside)
    return None


def _conclusion(one: Gauge) -> str:
    return f"{one.label} {one.value}{said('，', ', ') + one.change if one.change else ''}"


def holes(one: Series) -> list[tuple[date, date]]:
    """Stretches of steps that the data do not cover, between steps that they do."""
    found: list[tuple[date, date]] = []
    open_hole = False
    for (start, end), tiles in one.steps:
        if tiles:
            open_hole = False
        elif open_hole:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
            open_hole = True
    return found


def late(table: str, one: Series, day: date) -> bool:
    """Whether a newer export is due."""
    declared = TABLES[table]
    return bool(declared.cadence_days) and (day - one.window.end).days > declared.cadence_days + declared.lag_days


# ---- the funnel and the peers


def funnel(told: Cockpit, day: date, base: str) -> dict[str, Any] | None:
    """One scope from first to last: everything that the products' page counts of the whole shop."""
    if not told.funnel:
        return None
    shown = [Gauge(one, day, base) for one in told.funnel]
    steps = [charts.Step(g.label, g.shown.value, g.unit) for g in shown]
    title = said(
        f"从曝光到下单：{shown[0].value} 次曝光，{shown[-1].value} 个订单",
        f"From exposure to order: {shown[0].value} exposures, {shown[-1].value} orders",
    )
    return {"chart": charts.Funnel(title, steps), "gauges": shown, "table": TABLES["product_effect"]}


@dataclass(frozen=True)
class Step:
    """A step of the overview beside its peers."""

    gap: Gap

    @property
    def label(self) -> str:
        return words.label("shop_overview", self.gap.rate)

    @property
    def of(self) -> str:
        return f"{words.label('shop_overview', self.gap.column)} ÷ {words.label('shop_overview', self.gap.of)}"

    @property
    def cells(self) -> list[str]:
        return [charts.RATE.said(v) for v in (self.gap.own, self.gap.peers, self.gap.best)]

    @property
    def says(self) -> str:
        against = self.gap.against
        if against is None or against.moved is None:
            return said("周数不够，还不够判断", "too few weeks to judge")
        size = f"{gauges.percent(against.ratio)} {gauges.interval(against)}"
        head = {"rise": said("↑ 高于同行", "↑ above the peers"), "fall": said("↓ 低于同行", "↓ below the peers")}
        return f"{head.get(gauges.move(against), said('与同行差不多', 'about the same'))} {size}"


def verdict(told: Cockpit) -> str:
    """Which step loses most against the peers, in one sentence with its numbers."""
    if "shop_overview" not in told.series:
        return ""
    if not told.gaps:
        return said("数据里没有同行的数字。", "Peers' figures are not in the data.")
    worst = told.worst
    if worst is None:
        if all(g.against is None or g.against.moved is None for g in told.gaps):
            return said("周数不够，还不能说哪一步落后同行。", "Too few weeks to say which step is behind the peers.")
        return said("没有哪一步明显落后同行。", "No step is clearly behind the peers.")
    name, column = Step(worst).label, words.label("shop_overview", worst.column)
    own, peers, lost = charts.RATE.said(worst.own), charts.RATE.said(worst.peers), f"{worst.lost:,.0f}"
    return said(
        f"与同行比，{name}这一步丢得最多：本店 {own}，同行平均 {peers}；按同行的水平，那一期会多 {lost} {column}。",
        f"Against the peers most is lost at {name}: {own} here, {peers} at the peers; at their level that period would have had {lost} more {column.lower()}.",
    )


# ---- what moved and why


@dataclass(frozen=True)
class Moved:
    """A change of inquiries or orders with its parts."""

    move: Move
    told: Cockpit
    base: str

    @property
    def label(self) -> str:
        return words.label("product_effect", self.move.column)

    @property
    def known(self) -> bool:
        """Whether it is a change beyond the usual."""
        return bool(self.move.against and self.move.against.moved)

    @property
    def direction(self) -> str:
        return gauges.move(self.move.against)

    @property
    def says(self) -> str:
        one = self.told.series["product_effect"]
        ends = [gauges.between(tiles) for tiles in (one.earlier, one.tiles)]
        head = said(
            f"{self.label}：{ends[0]} {self.move.before:,.0f}，{ends[1]} {self.move.after:,.0f}",
            f"{self.label}: {self.move.before:,.0f} in {ends[0]}, {self.move.after:,.0f} in {ends[1]}",
        )
        if self.move.against is None:
            return head
        return f"{head}{said('；', '; ')}{gauges.changed(self.move.against)}{said('', ' ')}{gauges.interval(self.move.against)}"

    @property
    def chart(self) -> charts.Waterfall | None:
        if self.move.parts is None:
            return None
        labels = _part_labels()
        parts = [charts.Part(labels[c], round(v, 9)) for c, v in self.move.parts.items()]
        largest = max(self.move.parts.items(), key=lambda p: abs(p[1]))
        title = said(
            f"变化 {self.move.change:+,.0f} 里，{labels[largest[0]]}占 {largest[1]:+,.1f}",
            f"Of the change of {self.move.change:+,.0f}, {labels[largest[0]].lower()} makes {largest[1]:+,.1f}",
        )
        return charts.Waterfall(title, self.move.before, self.move.after, parts, charts.NUMBER, _ends())

    @property
    def products(self) -> list[tuple[Product, str, str]]:
        """Each with the address of its figure."""
        days, column = self.told.days, self.move.column
        found = []
        for p in self.move.products:
            address = address_of("products.effect", column, {"product_id": p.product_id}, days)
            found.append((p, f"{self.base}?{urlencode({'address': address})}", f"{p.change:+,.0f}"))
        return found

    @property
    def rest(self) -> str:
        return f"{self.move.rest:+,.0f}"


def _part_labels() -> dict[str, str]:
    return {
        "shop_exposures": said("曝光", "Exposures"),
        "shop_clicks": said("点击率", "Click rate"),
        "inquiries": said("询盘率（每次点击）", "Inquiries per click"),
        "orders_submitted": said("每个询盘的订单", "Orders per inquiry"),
    }


def _ends() -> tuple[str, str]:
    return said("上一段", "Before"), said("这一段", "Now")
