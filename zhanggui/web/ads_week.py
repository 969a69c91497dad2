"""The week of promotion as tables, sentences and sheets, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.desk.models import Shop
from zhanggui.documents.excel import Sheet
from zhanggui.measures import MEASURES
from zhanggui.plans.p4p_week import FIGURES, Figure, Line, Week
from zhanggui.web import gauges, rule_words
from zhanggui.web.ads_rows import MISSING, Cell, Rows, count, few, figure_href, label, money, share, signed
from zhanggui.web.words import said

RATES = {"ctr": 2}
MONEY = {"cost", "cpc", "cost_per_inquiry"}
#: Report of the week → the measure in which its figures open, by the plan or word where there is one.
OPENS = {"p4p_account": "ads.account", "plan": "ads.by_plan", "word": "ads.words"}
WEEK = 7


def written(column: str, value: float | None) -> str:
    if column in MONEY:
        return money(value)
    return share(value, 2) if column in RATES else count(value)


def _added(value: float, text: str) -> str:
    """What a part adds; one that rounds to nothing has no sign."""
    return text if not text.strip("0.") else f"{'+' if value > 0 else '−'}{text}"


@dataclass(frozen=True)
class WeekWords:
    """The week as tables. Money is left out where it is not for the reader."""

    week: Week
    shop: Shop
    money: bool
    currency: str

    @property
    def _shown(self) -> list[Figure]:
        return [f for f in self.week.figures if self.money or f.column not in MONEY]

    def figures(self) -> Rows:
        head = [(said("指标", "Figure"), False), (said("本周", "This week"), True), (said("上周", "Last week"), True), (said("变化", "Change"), True)]  # fmt: skip
        return Rows(head, [self._figure(f) for f in self._shown])

    def _figure(self, one: Figure) -> list[Cell]:
        measure = OPENS.get(self.week.table, "")
        opens = measure and one.now is not None and one.column in MEASURES[measure].formulas
        href = figure_href(self.shop, measure, one.column, WEEK) if opens else ""
        told = Cell(MISSING, small=said("没有可比的一周", "no week to compare"))
        if one.against is not None:
            told = Cell(gauges.changed(one.against), small=gauges.interval(one.against))
        elif one.now is not None and one.before == 0:
            told = Cell(MISSING, small=said("上周为 0", "none last week"))
        unit = rule_words.unit(self.currency)
        unit = said(f"（{unit}）", f" ({unit})") if one.column in MONEY else ""
        return [Cell(label(one.column) + unit), Cell(written(one.column, one.now), href), Cell(written(one.column, one.before)), told]  # fmt: skip

    def steps(self) -> list[str]:
        """One sentence for each change that is split."""
        names = {
            "clicks": said("点击量", "clicks"),
            "cost/clicks": said("每次点击花费", "cost per click"),
            "exposures": said("曝光", "exposures"),
            "clicks/exposures": said("点击率", "click rate"),
            "inquiries/clicks": said("每次点击询盘", "inquiries per click"),
        }
        found = []
        for one in self.week.steps:
            if not one.change or (one.column in MONEY and not self.money):
                continue
            write = money if one.column in MONEY else few
            parts = said("，", ", ").join(f"{names[k]} {_added(v, write(abs(v)))}" for k, v in one.parts.items())
            head = f"{label(one.column)} {signed(one.change, write(abs(one.change)))}"
            found.append(f"{head}{said('：', ': ')}{parts}")
        return found

    def _columns(self) -> list[str]:
        return [c for c in ("cost", "clicks", "inquiries") if self.money or c not in MONEY]

    def _lines(self, lines: Sequence[Line], by: str) -> Rows:
        head = [(said("计划", "Plan") if by == "plan" else said("推广词", "Word"), False)]
        for column in self._columns():
            head += [(label(column), True), (said("变化", "Change"), True)]
        if self.money:
            head.append((label("cost_per_inquiry"), True))
        return Rows(head, [self._line(line, by) for line in lines])

    def _line(self, line: Line, by: str) -> list[Cell]:
        mark = said("自己变的", "by itself") if line.itself else ""
        cells = [Cell(line.name, badge=mark)]
        for column in self._columns():
            now, change = line.now[column], line.change(column)
            href = figure_href(self.shop, OPENS[by], column, WEEK, **{by: line.name}) if now else ""
            cells += [Cell(written(column, now), href), Cell(signed(change, written(column, abs(change or 0))))]
        if self.money:
            asked = line.now["inquiries"]
            cells.append(Cell(money((line.now["cost"] or 0) / asked) if asked and line.now["cost"] is not None else MISSING))
        return cells

    def plans(self) -> Rows:
        return self._lines(self.week.plans, "plan")

    def movers(self) -> list[tuple[str, Rows]]:
        titles = {"cost": said("花费变化最大的词", "Words whose spend moved most"), "inquiries": said("询盘变化最大的词", "Words whose inquiries moved most")}  # fmt: skip
        return [
            (titles[c], self._lines(x, "word")) for c, x in self.week.movers.items() if x and (self.money or c not in MONEY)
        ]

    def sheets(self) -> dict[str, Sheet]:
        """The same as a workbook, with real numbers."""
        kinds = {c: "money" if c in MONEY else "rate" if c in RATES else "count" for c in FIGURES}
        rows = [[label(f.column), f.now, f.before] for f in self._shown]
        head = [said("指标", "Figure"), said("本周", "This week"), said("上周", "Last week")]
        found = {said("本周", "Week"): Sheet(head, rows, ["text", "number", "number"])}
        columns = self._columns()
        both = [f"{label(c)}{when}" for c in columns for when in (said("（本周）", " (this week)"), said("（上周）", " (last week)"))]  # fmt: skip
        for title, name, lines in (
            (said("计划", "Plans"), said("计划", "Plan"), self.week.plans),
            (said("变化大的词", "Movers"), said("推广词", "Word"), tuple(x for c in self.week.movers.values() for x in c)),
        ):
            body = {x.name: [x.name, *(v for c in columns for v in (x.now[c], x.before[c]))] for x in lines}
            found[title] = Sheet([name, *both], list(body.values()), ["text", *(kinds[c] for c in columns for _ in range(2))])
        return found
