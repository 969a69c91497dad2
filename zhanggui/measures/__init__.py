"""One measure, one definition: functions from a snapshot to a lazy frame, used by checks, pages and API alike.

Takes: a `Snapshot`. Gives: `MEASURES` by name, and for every figure its formula and the rows it came from.
May import: tables, intake, facts, rulebook.
"""

from zhanggui.measures import (
    ads,
    grades,
    keywords,
    library,
    likeness,
    listings,
    money,
    online,
    orders,
    products,
    profit,
    star,
    titles,
    traffic,
)
from zhanggui.measures.measure import (
    DERIVED,
    MEASURES,
    Figure,
    Formula,
    Measure,
    NoFigure,
    Origin,
    address_of,
    parse_address,
    trace,
)

__all__ = [
    "DERIVED",
    "MEASURES",
    "Figure",
    "Formula",
    "Measure",
    "NoFigure",
    "Origin",
    "address_of",
    "ads",
    "grades",
    "keywords",
    "library",
    "likeness",
    "listings",
    "money",
    "online",
    "orders",
    "parse_address",
    "products",
    "profit",
    "star",
    "titles",
    "trace",
    "traffic",
]
