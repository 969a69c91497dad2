"""The charts of the traffic page: the shop beside its peers, the calendar, the ways of visitors, the products' clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.estimates.comparison import Comparison
from zhanggui.plans.standing import Level, Standing, Top10
from zhanggui.plans.visits import Daily, Paths
from zhanggui.tables import TABLES
from zhanggui.web import charts, gauges, words
from zhanggui.web.charts import Chart, Mark
from zhanggui.web.words import said

FIFTH = 0.2
LEAST_DAYS = 4  # of weekends, and of weekdays, before the two are compared
EDGE = 1.2  # of the peers' best: what is further out would crush the rest
OVERVIEW = "shop_overview"


def radar(one: Standing) -> Chart | None:
    """Each figure in per cent of the peers' best: the shop and the peers' average. None with fewer than three."""
    rows = [(v.column, v.own, v.peers, v.best) for v in one.levels if v.best]
    rows += [(g.rate, float(g.own), g.peers, g.best) for g in one.steps if g.own is not None and g.best]
    if len(rows) < charts.radar.FEWEST:
        return None
    own = [value / best for _, value, _, best in rows if best]
    peers = [average / best for _, _, average, best in rows if best]
    return charts.Radar(
        _standing_says(one),
        [charts.Spoke(words.label(OVERVIEW, column), 0, EDGE, charts.RATE) for column, *_ in rows],
        [
            charts.Line(said("本店（占同行优秀）", "This shop, of the peers’ best"), own, charts.RATE),
            charts.Line(said("同行平均（占同行优秀）", "Peers’ average, of their best"), peers, charts.RATE, dashed=True),
        ],
    )


def _standing_says(one: Standing) -> str:
    """Which figure is furthest below the peers' average beyond its own noise."""
    told = [(v.against.ratio, words.label(OVERVIEW, v.column)) for v in one.levels if v.behind and v.against]
    told += [(g.against.ratio, words.label(OVERVIEW, g.rate)) for g in one.steps if g.behind and g.against]
    if told:
        ratio, label = min(told)
        return said(
            f"{label}离同行平均最远，只有它的 {ratio:.0%}", f"{label} is furthest from the peers’ average: {ratio:.0%} of it"
        )
    known = [*(v.against for v in one.levels), *(g.against for g in one.steps)]
    if all(against is None or against.moved is None for against in known):
        return said("周数还不够，看不出哪一项低于同行平均", "Too few weeks to tell what is below the peers’ average")
    return said("没有哪一项明显低于同行平均", "Nothing is clearly below the peers’ average")


@dataclass(frozen=True)
class Row:
    """One figure beside the peers: `cells` own, average and best; `size` its distance from the average, `about` the interval."""

    label: str
    of: str
    cells: list[str]
    size: str
    about: str


def rows(one: Standing) -> list[Row]:
    """Every figure and step of the overview that has its peers."""
    found = [Row(words.label(OVERVIEW, v.column), "", _cells(v), *_beside(v.against)) for v in one.levels]
    for g in one.steps:
        of = f"{words.label(OVERVIEW, g.column)} ÷ {words.label(OVERVIEW, g.of)}"
        cells = [charts.RATE.said(None if v is None else float(v)) for v in (g.own, g.peers, g.best)]
        found.append(Row(words.label(OVERVIEW, g.rate), of, cells, *_beside(g.against)))
    return found


def _cells(one: Level) -> list[str]:
    unit = charts.Unit.of(TABLES[OVERVIEW].columns[one.column])
    values = (one.own, one.peers, one.best)
    if unit.kind != "money":
        return [unit.short(v) for v in values]
    return [charts.COUNT.short(v if v is None else round(v)) for v in values]


def _beside(against: Comparison | None) -> tuple[str, str]:
    if against is None or against.moved is None:
        return "—", said("周数不够，还不够判断", "too few weeks to judge")
    sign = {"rise": "↑ ", "fall": "↓ ", "steady": "≈ "}[gauges.move(against)]
    return sign + gauges.percent(against.ratio), gauges.interval(against).strip("（）()")


def verdict(one: Standing) -> str:
    """Not enough visitors, or visitors who do not ask?"""
    if one.lead_gap is None or one.visitors is None or one.asking is None:
        return said(
            "店铺概览里没有访问人数、商机人数和它们的同行平均，分不出是人不够还是不问。",
            "The overview lacks visitors or lead people with their peers, so few visitors cannot be told from silent ones.",
        )
    head = said(
        f"最近一期商机人数与同行平均差 {signed(one.lead_gap)}：其中访客多少带来 {signed(one.visitors)}，来的人问不问带来 {signed(one.asking)}。",
        f"Lead people of the newest period are {signed(one.lead_gap)} from the peers’ average: {signed(one.visitors)} by the number of visitors, {signed(one.asking)} by how many of them ask.",
    )
    tail = {
        "visitors": said("首先是人不够。", "First of all there are not enough visitors."),
        "asking": said("首先是来的人不问。", "First of all the visitors do not ask."),
        "": said("没有哪一样明显低于同行。", "Neither is clearly below the peers."),
    }
    return head + said("", " ") + tail[one.trouble]


def top_words(one: Top10) -> str:
    """The shop beside the ten best of each word, over the words for which both are told."""
    rate = charts.RATE
    head = said(
        f"与每个词的 TOP10 比（引流关键词最近一期，{one.words:,} 个词）：曝光 {charts.COUNT.short(one.exposures)}，TOP10 平均 {charts.COUNT.short(round(one.top_exposures))}，{one.behind:,} 个词低于它",
        f"Beside the TOP 10 of each word (newest period of the traffic keywords, {one.words:,} words): {charts.COUNT.short(one.exposures)} exposures against an average of {charts.COUNT.short(round(one.top_exposures))}, {one.behind:,} words below it",
    )
    if one.rate is None or one.top_rate is None:
        return head + said("。", ".")
    return head + said(
        f"；点击率 {rate.said(one.rate)}，TOP10 {rate.said(one.top_rate)}。",
        f"; a click rate of {rate.said(one.rate)} against {rate.said(one.top_rate)}.",
    )


def calendar(one: Daily, marks: Sequence[Mark]) -> Chart:
    """The figure day by day; days without a file stay empty."""
    unit = charts.Unit.of(TABLES[one.table].columns[one.column]) if one.column else charts.PEOPLE
    label = words.label(one.table, one.column) if one.column else said("访客人数", "Visitors")
    label += said(f"（{words.table_title(one.table)}）", f" ({words.table_title(one.table)})")
    known = {d: v for d, v in one.days.items() if v is not None}
    day, most = max(known.items(), key=lambda x: (x[1], x[0]))
    weekend = [v for d, v in known.items() if d.weekday() > 4]
    weekdays = [v for d, v in known.items() if d.weekday() <= 4]
    title = said(f"{label}：{words.day(day)}最多，{unit.short(most)}", f"{label}: most on {words.day(day)}, {unit.short(most)}")
    if min(len(weekend), len(weekdays)) >= LEAST_DAYS and (usual := sum(weekdays) / len(weekdays)):
        ratio = sum(weekend) / len(weekend) / usual
        title += said(f"；周末一天平均是工作日的 {ratio:.0%}", f"; a day of a weekend has {ratio:.0%} of a weekday on average")
    return charts.CalendarHeat(title, one.days, unit, label, marks)


def pareto(clicks: Sequence[tuple[str, int]]) -> Chart | None:
    """The products' clicks, largest first."""
    whole = sum(count for _, count in clicks)
    if not whole:
        return None
    few = max(1, round(len(clicks) * FIFTH))
    share = sum(count for _, count in clicks[:few]) / whole
    title = said(
        f"点击最多的 {few} 个产品（{few / len(clicks):.0%}）占全店点击的 {share:.0%}",
        f"The {few} products of most clicks ({few / len(clicks):.0%}) hold {share:.0%} of the shop’s clicks",
    )
    return charts.Pareto(title, list(clicks), label=said("全店点击", "Whole-shop clicks"), most=14)


def sankey(one: Paths) -> Chart:
    """From how they came to whether they asked; a visitor counts once for each day."""
    names = _places()
    rates = {name: asked / whole for name, (whole, asked) in one.asked.items() if whole}
    told = [said(f"{names[n]}的 {rate:.1%}", f"{rate:.1%} of those who {names[n]}") for n, rate in sorted(rates.items())]
    if told:
        title = said("问了的：", "Asked: ") + said("，", ", ").join(told)
    else:
        title = said("文件里没写访客有没有询问", "The file does not say whether visitors asked")
    flows = [charts.Flow(names[s.source], names[s.target], s.visits) for s in one.steps]
    return charts.Sankey(title, flows, label=said("来访（每位访客每天一次）", "Visits (each visitor once a day)"))


def _places() -> dict[str, str]:
    return {
        "entry:word": said("搜词进店", "came by a word"),
        "entry:none": said("没有进店词", "no word told"),
        "pages:1-1": said("看 1 页", "saw 1 page"),
        "pages:2-3": said("看 2–3 页", "saw 2–3 pages"),
        "pages:4-": said("看 4 页以上", "saw 4 pages or more"),
        "pages:unknown": said("没写看了几页", "pages not told"),
        "asked:both": said("询盘又 TM", "inquiry and chat"),
        "asked:inquiry": said("询盘", "inquiry"),
        "asked:chat": said("TM 咨询", "chat"),
        "asked:none": said("没有问", "did not ask"),
        "asked:unknown": said("没写问没问", "not told whether"),
    }


def signed(value: float) -> str:
    """A whole number with its sign: +28, −9, 0."""
    whole = round(value)
    return f"{whole:+,}".replace("-", "−") if whole else "0"
