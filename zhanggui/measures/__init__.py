"""One measure, one definition: functions from a snapshot to a lazy frame, used by checks, pages and API alike.

Takes: a `Snapshot`. Gives: `MEASURES` by name, and for every figure its formula and the rows it came from.
May import: tables, intake, facts, rulebook.
"""

from zhanggui.measures import ads, keywords, likeness, listings, money, orders, products, profit, traffic
from zhanggui.measures.measure import DERIVED, MEASURES, Figure, Formula, Measure, NoFigure, Origin, parse_address, trace

__all__ = [
    "DERIVED",
    "MEASURES",
    "Figure",
    "Formula",
    "Measure",
    "NoFigure",
    "Origin",
    "ads",
    "keywords",
    "likeness",
    "listings",
    "money",
    "orders",
    "parse_address",
    "products",
    "profit",
    "trace",
    "traffic",
]
