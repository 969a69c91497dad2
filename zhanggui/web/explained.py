"""A change of a figure in the reader's words: how far, through which step, and by which product, word or country."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from zhanggui.measures import MEASURES, address_of
from zhanggui.plans.explain import Cut, Explained, Part
from zhanggui.tables import TABLES
from zhanggui.web import charts, gauges, words
from zhanggui.web.words import said

#: Of which measure a part's figure opens, by the cut's key.
OPENS = {"product_id": "products.effect", "country": "traffic.by_country"}


@dataclass(frozen=True)
class PartRow:
    """One part as a row of its table."""

    name: str
    before: str
    after: str
    adds: str
    href: str
    itself: bool


@dataclass(frozen=True)
class CutTable:
    """One way to take the change apart, as a table."""

    title: str
    scope: str
    rows: list[PartRow]
    rest: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Told:
    """`base` is the address of the page of a figure."""

    one: Explained
    days: int
    base: str

    @property
    def label(self) -> str:
        return words.label(self.one.table, self.one.column)

    @property
    def known(self) -> bool:
        return self.one.known

    @property
    def direction(self) -> str:
        return gauges.move(self.one.against)

    @property
    def says(self) -> str:
        """The change, and what moved by itself in it."""
        one = self.one
        ends = [gauges.between(tiles) for tiles in (one.earlier, one.tiles)]
        head = said(
            f"{self.label}：{ends[0]} {one.before:,.0f}，{ends[1]} {one.after:,.0f}",
            f"{self.label}: {one.before:,.0f} in {ends[0]}, {one.after:,.0f} in {ends[1]}",
        )
        if one.against is not None:
            head += f"{said('；', '; ')}{gauges.changed(one.against)}{said('', ' ')}{gauges.interval(one.against)}"
        if one.named is None:
            return head
        cut, part = one.named
        return head + said(
            f"；其中{BY[cut.by][0]}「{_name(part)}」{signed(part.change)}",
            f"; {BY[cut.by][1]} “{_name(part)}” makes {signed(part.change)}",
        ) + _scope(cut, one)  # fmt: skip

    @property
    def lines(self) -> list[str]:
        """The sentences under it: steps, mix and rate, word or listing."""
        found = []
        if not self.one.known:
            found.append(
                said(
                    "在平时的上下之内，下面的拆分只供参考。", "Within the usual range; the parts below are for reference only."
                )
            )
        if self.one.steps and len(self.one.steps) > 1:
            parts = said("，", ", ").join(f"{_step(c, i == 0)} {signed(v)}" for i, (c, v) in enumerate(self.one.steps.items()))
            found.append(
                said(
                    f"变化 {signed(self.one.change)}，按步骤拆开：{parts}。",
                    f"The change of {signed(self.one.change)}, step by step: {parts}.",
                )
                + self._second
            )
        if self.one.split:
            found.append(self._rate)
        if self.one.trouble == "words":
            found.append(
                said(
                    "主要是词的问题：曝光少了或换到了点击率不同的产品上，先看词和排名。",
                    "Mostly a matter of words: how often, and which, products are shown. Look at words and rank first.",
                )
            )
        elif self.one.trouble == "listing":
            found.append(
                said(
                    "主要是产品页的问题：同样的曝光，产品自己的点击率变了，先看主图、标题和价格。",
                    "Mostly a matter of listings: for the same exposures the products’ own click rates have moved. Look at pictures, titles and prices first.",
                )
            )
        if self.one.known and self.one.cuts and self.one.cause is None:
            found.append(
                said("没有哪一个产品、词或国家是自己变的：大家一起变。", "No product, word or country moved by itself: all of them together did.")
            )  # fmt: skip
        return found

    @property
    def _second(self) -> str:
        """How far another way of splitting would differ."""
        if not self.one.second or not self.one.steps:
            return ""
        far = max(abs(v - self.one.second[c]) for c, v in self.one.steps.items())
        if far < 0.05:
            return ""
        return said(
            f"换一种拆法，每一步最多差 {far:,.1f}。", f" Another way of splitting differs by at most {far:,.1f} a step."
        )

    @property
    def _rate(self) -> str:
        split = self.one.split
        assert split
        name = _step(split.column, False)
        rate = charts.RATE
        text = said(
            f"{name}：{rate.said(split.before)} → {rate.said(split.after)}，其中产品自己的变化 {_points(split.rate)}，换了产品 {_points(split.mix)}。",
            f"{name}: {rate.said(split.before)} → {rate.said(split.after)}, {_points(split.rate)} by the products’ own rates, {_points(split.mix)} by other products in view.",
        )
        if split.largest:
            text += said(
                f"自己变得最多的是「{split.largest[0]}」（{_points(split.largest[1])}）。",
                f" The largest of its own is “{split.largest[0]}” ({_points(split.largest[1])}).",
            )
        return text

    @property
    def chart(self) -> charts.Waterfall | None:
        """By step; the widest figure, which has none, by product."""
        one = self.one
        unit = charts.Unit.of(TABLES[one.table].columns[one.column])
        if one.steps is None:
            return None
        if len(one.steps) > 1:
            parts = [charts.Part(_step(c, i == 0), round(v, 9)) for i, (c, v) in enumerate(one.steps.items())]
        else:
            parts = [charts.Part(_name(p), round(p.change, 9)) for p in one.cuts[0].parts] if one.cuts else []
        if not parts:
            return None
        largest = max(parts, key=lambda p: abs(float(p.value or 0)))
        title = said(
            f"变化 {signed(one.change)} 里，{largest.label} {signed(float(largest.value or 0))}",
            f"Of the change of {signed(one.change)}, {largest.label} makes {signed(float(largest.value or 0))}",
        )
        unit = unit if unit.kind == "money" else charts.NUMBER if len(one.steps) > 1 else charts.COUNT
        return charts.Waterfall(title, one.before, one.after, parts, unit, (said("上一段", "Before"), said("这一段", "Now")))

    @property
    def cuts(self) -> list[CutTable]:
        return [self._table(cut) for cut in self.one.cuts]

    def _table(self, cut: Cut) -> CutTable:
        opens = OPENS.get(cut.by, "")
        rows = []
        for part in cut.parts:
            href = ""
            if opens and cut.column in MEASURES[opens].formulas:
                address = address_of(opens, cut.column, {cut.by: part.key}, self.days)
                href = f"{self.base}?{urlencode({'address': address})}"
            rows.append(PartRow(part.name, f"{part.before:,.0f}", f"{part.after:,.0f}", signed(part.change), href, part.itself))
        zh, en = BY[cut.by]
        scope = f"{words.label(cut.table, cut.column)} · {words.table_title(cut.table)} · {gauges.between(cut.tiles)}"
        return CutTable(
            said(f"按{zh}", f"By {en}"),
            scope,
            rows,
            signed(cut.rest),
            f"{cut.before:,.0f}",
            f"{cut.after:,.0f}",
            signed(cut.change),
        )


BY = {"product_id": ("产品", "product"), "country": ("国家", "country"), "word": ("词", "word")}


def signed(value: float) -> str:
    """A number with its sign, whole from ten on: +28, −9.3, 0."""
    text = f"{value:+,.0f}" if abs(value) >= 10 or float(value).is_integer() else f"{value:+,.1f}"
    return "0" if not text.strip("+-0.,") else text.replace("-", "−")


def _points(value: float) -> str:
    """A difference of rates."""
    return f"{value:+.2%}".replace("-", "−")


def _name(part: Part) -> str:
    return part.name if len(part.name) <= 60 else f"{part.name[:59]}…"


def _scope(cut: Cut, one: Explained) -> str:
    """Where a cut is of another report, what its figure is."""
    if cut.table == one.table:
        return ""
    return said(f"（{words.label(cut.table, cut.column)}）", f" ({words.label(cut.table, cut.column).lower()})")


def _step(column: str, first: bool) -> str:
    """What a level adds is its own where it is the widest, else that of its rate."""
    return {
        "shop_exposures": said("曝光", "Exposures"),
        "search_exposures": said("搜索曝光", "Search exposures"),
        "shop_clicks": said("点击率", "Click rate"),
        "search_clicks": said("搜索点击率", "Search click rate"),
        "inquiries": said("询盘率（每次点击）", "Inquiries per click"),
        "orders_submitted": said("每个询盘的订单", "Orders per inquiry"),
        "shop_leads": said("商机率（每次点击）", "Leads per click"),
        "orders": said("订单数", "Orders") if first else said("每个商机的订单", "Orders per lead"),
        "order_amount": said("每单金额", "Amount per order"),
    }[column]
