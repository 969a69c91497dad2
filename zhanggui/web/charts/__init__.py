"""Charts: from figures that are already computed to a drawing, the table behind it, and the sentences that say it without eyes.

    charts.Trend(title="…", days=[…], lines=[charts.Line("询盘", [3, None, 5], charts.COUNT)], marks=[charts.Mark(day, "换主图")])

A template draws one with `chart(c)` of `parts/chart.jinja`, on a page whose block `head` calls `chart_files()`.
"""

from zhanggui.web.charts.calendar_heat import CalendarHeat
from zhanggui.web.charts.chart import COUNT, NUMBER, PEOPLE, RATE, Chart, Line, Table, Unit
from zhanggui.web.charts.clock import Clock
from zhanggui.web.charts.country_map import CountryMap, Place
from zhanggui.web.charts.funnel import Funnel, Step
from zhanggui.web.charts.pareto import Pareto
from zhanggui.web.charts.quadrant import Axis, Point, Quadrant
from zhanggui.web.charts.radar import Radar, Spoke
from zhanggui.web.charts.sankey import Flow, Sankey
from zhanggui.web.charts.trend import Mark, Trend
from zhanggui.web.charts.waterfall import Part, Waterfall

__all__ = [
    "COUNT",
    "NUMBER",
    "PEOPLE",
    "RATE",
    "Axis",
    "CalendarHeat",
    "Chart",
    "Clock",
    "CountryMap",
    "Flow",
    "Funnel",
    "Line",
    "Mark",
    "Pareto",
    "Part",
    "Place",
    "Point",
    "Quadrant",
    "Radar",
    "Sankey",
    "Spoke",
    "Step",
    "Table",
    "Trend",
    "Unit",
    "Waterfall",
]
