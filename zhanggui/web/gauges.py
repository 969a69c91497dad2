"""One figure of the cockpit in the reader's words: value, change, peers, small line, age, and where it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from zhanggui.estimates.comparison import Comparison
from zhanggui.facts.snapshot import Tile
from zhanggui.measures import MEASURES
from zhanggui.measures.kinds import kind_of
from zhanggui.measures.series import Value
from zhanggui.plans.cockpit import Shown
from zhanggui.tables import TABLES
from zhanggui.web import charts, sparkline, words
from zhanggui.web.charts import Unit
from zhanggui.web.words import said


@dataclass(frozen=True)
class Gauge:
    """A figure with what a page says of it. `base` is the address of the page of a figure."""

    shown: Shown
    day: date
    base: str

    @property
    def table(self) -> str:
        return MEASURES[self.shown.measure].table

    @property
    def label(self) -> str:
        return words.label(self.table, self.shown.column)

    @property
    def unit(self) -> Unit:
        formula = MEASURES[self.shown.measure].formulas[self.shown.column]
        column = TABLES[self.table].columns.get(self.shown.column)
        kind = kind_of(self.table, self.shown.column, formula)
        money = self.shown.key.get("currency") or TABLES[self.table].columns[formula.of[0]].unit
        return Unit(kind, money if kind == "money" else "", column is not None and column.unit == "person")

    def number(self, value: Value) -> str:
        """Short, without its currency; missing is —."""
        if self.unit.kind == "money" and value is not None and abs(float(value)) >= 1000:
            value = round(value)  # cents of thousands are noise
            return charts.COUNT.short(value)
        return self.unit.short(value).removesuffix(f" {self.unit.word}")

    def text(self, value: Value) -> str:
        """Short, with its currency."""
        return self.number(value) + (f" {self.unit.word}" if self.unit.word and value is not None else "")

    @property
    def value(self) -> str:
        return self.text(self.shown.value)

    @property
    def full(self) -> str:
        return self.unit.said(self.shown.value)

    @property
    def href(self) -> str:
        return f"{self.base}?{urlencode({'address': self.shown.address})}"

    @property
    def thin(self) -> str:
        """What a small sample still lacks; empty where it is large enough."""
        if self.shown.needs is None:
            return ""
        more, days = self.shown.needs
        of = words.label(self.table, MEASURES[self.shown.measure].formulas[self.shown.column].of[1])
        return said(
            f"样本不足：还要 {more:,.0f} {of}，约 {days:,.0f} 天",
            f"not enough yet: {more:,.0f} more {of.lower()} ≈ {days:,.0f} days",
        )

    @property
    def why(self) -> str:
        """Why the value is missing."""
        zero = ""
        if self.shown.why == "zero":
            zero = words.label(self.table, MEASURES[self.shown.measure].formulas[self.shown.column].of[-1])
        return {
            "": "",
            "cell": said("报表里这个数有空缺，缺的不算零", "the report lacks some of it, and missing is not zero"),
            "zero": said(f"{zero}为 0", f"{zero}: 0"),
            "cost": said("这些订单的产品没有成本", "no cost is known for the products ordered"),
            "rate": said("成本和订单的币种不同，没有当天的汇率", "costs and orders are in different currencies, and there is no exchange rate for the day"),
        }[self.shown.why]  # fmt: skip

    @property
    def fills(self) -> str:
        """The register that would give the missing value."""
        return {"cost": "product_cost", "rate": "exchange_rate"}.get(self.shown.why, "")

    @property
    def note(self) -> str:
        """What the figure stands on, where it stands on a part."""
        if self.shown.part is None or self.shown.value is None:
            return ""
        share = f"{self.shown.part:.0%}"
        return said(
            f"只算知道成本的货款（{share}），未扣运费和推广",
            f"of the goods whose cost is known ({share}), before freight and promotion",
        )

    @property
    def moved(self) -> str:
        """rise, fall, steady or open: for the arrow and its class."""
        return move(self.shown.change)

    @property
    def change(self) -> str:
        """How far it has moved, in words and with its interval; or why that is not said."""
        if self.shown.value is None:
            return ""
        if self.shown.change is None:
            if self.shown.measure == "profit.total":
                return ""
            if self.shown.before is not None:
                return said("上一段为 0，没有可比的比例", "the period before was 0: no ratio to it")
            return said("没有可比的上一段", "no comparable period before")
        return changed(self.shown.change)

    @property
    def about(self) -> str:
        """Its interval, where there is one."""
        return interval(self.shown.change) if self.shown.change and self.shown.value is not None else ""

    @property
    def before(self) -> str:
        if self.shown.before is None or not self.shown.earlier:
            return ""
        return said(f"上一段 {self.text(self.shown.before)}", f"before: {self.text(self.shown.before)}")

    @property
    def before_href(self) -> str:
        """The same figure as it stood at the end of the period before."""
        return f"{self.href}&{urlencode({'day': self.shown.earlier[-1][1].isoformat()})}" if self.before else ""

    @property
    def stretch(self) -> str:
        """The days that it stands for."""
        return between(self.shown.tiles) if self.shown.tiles else "—"

    @property
    def age(self) -> str:
        """Coverage and age."""
        tiles, window = self.shown.tiles, self.shown.series.window
        covered = sum((end - start).days + 1 for start, end in tiles)
        asked = covered if self.shown.how.startswith("newest") else window.days
        old = (self.day - window.end).days
        return said(f"{covered}/{asked} 天 · {old} 天前", f"{covered} of {asked} days · {old} days old")

    @property
    def spark(self) -> list[str]:
        return sparkline.lines(self.shown.spark)

    @property
    def spark_says(self) -> str:
        known = [v for v in self.shown.spark if v is not None]
        if not known:
            return ""
        first, last = self.text(known[0]), self.text(known[-1])
        return said(
            f"{self.label}，{len(self.shown.spark)} 期：从 {first} 到 {last}",
            f"{self.label}, {len(self.shown.spark)} periods: from {first} to {last}",
        )

    @property
    def peers(self) -> dict[str, float | None] | None:
        """Where the shop, its peers' average and their best stand on one line; None where no peers are known."""
        if self.shown.peers is None or self.shown.alone is None:
            return None
        return dict(
            zip(("own", "peers", "best"), sparkline.places(self.shown.alone, self.shown.peers, self.shown.best), strict=True)
        )

    @property
    def peers_say(self) -> str:
        best = (
            ""
            if self.shown.best is None
            else said(f" · 优秀 {self.text(self.shown.best)}", f" · best {self.text(self.shown.best)}")
        )
        own = ""
        if self.shown.alone != self.shown.value:
            own = said(f"最近一期 {self.text(self.shown.alone)} · ", f"newest period {self.text(self.shown.alone)} · ")
        return said(f"{own}同行平均 {self.text(self.shown.peers)}{best}", f"{own}peers {self.text(self.shown.peers)}{best}")

    @property
    def peers_href(self) -> str:
        """The peers' average opens too, where the report carries it."""
        if f"{self.shown.column}_peers" not in MEASURES[self.shown.measure].formulas:
            return ""
        address = self.shown.address.replace(f".{self.shown.column}", f".{self.shown.column}_peers", 1)
        return f"{self.base}?{urlencode({'address': address})}"


def move(against: Comparison | None) -> str:
    """rise, fall, steady, or open where the noise is not known."""
    if against is None or against.moved is None:
        return "open"
    return "steady" if not against.moved else "rise" if against.ratio > 1 else "fall"


def percent(ratio: float) -> str:
    """A change: +4 %, −12 %, tenths below ten per cent."""
    change = (ratio - 1) * 100
    digits = 0 if abs(change) >= 9.95 else 1
    text = f"{abs(change):,.{digits}f}%"
    return text if text.strip("0.%") == "" else ("+" if change > 0 else "−") + text


def changed(against: Comparison) -> str:
    """The change, and whether it is one."""
    size = percent(against.ratio)
    if against.moved is None:
        return said(f"{size}，周数还不够，看不出是不是平时的上下", f"{size}; too few weeks to tell it from the usual range")
    head = {"rise": said("升", "up"), "fall": said("降", "down"), "steady": said("平时的上下之内", "within the usual range")}[
        move(against)
    ]
    return f"{head} {size}"


def interval(against: Comparison) -> str:
    """Between which changes it lies; empty where that is not known."""
    if against.low is None or against.high is None:
        return ""
    low, high = percent(against.low), percent(against.high)
    return said(f"（大约 {low} ～ {high}）", f"(about {low} to {high})")


def between(tiles: tuple[Tile, ...]) -> str:
    """The days from the first to the last period, the year only once: 11月15日 – 11月21日."""
    return words.brief_span(tiles[0][0], tiles[-1][1])
