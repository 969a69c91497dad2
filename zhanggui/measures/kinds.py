"""What a figure is: a count, a rate (a fraction), money, …, and in which unit."""

from __future__ import annotations

from zhanggui.measures.measure import Formula
from zhanggui.tables import TABLES

#: How a figure is made → how it is written, where that does not follow from its column.
KINDS = {
    "any": "flag", "count": "count", "once_each": "money", "product": "money", "costed": "money", "profit": "money",
    "margin": "rate", "known": "rate", "newest_ratio": "rate",
    "reached": "rate", "quality_share": "rate", "on_time": "rate", "known_of": "count", "below_of": "count",
    "online": "count", "online_share": "rate", "flagged": "count",
}  # fmt: skip


def kind_of(table: str, name: str, formula: Formula) -> str:
    """How a figure is written: the kind of its column, or what its formula makes."""
    columns = TABLES[table].columns
    if formula.how == "ratio":
        return "money" if columns[formula.of[0]].kind == "money" else "rate"
    return KINDS.get(formula.how) or (columns[name].kind if name in columns else "number")


def unit_of(table: str, name: str, formula: Formula) -> str:
    """What one of a figure is: the unit of its column, of money the currency of what it is made of; "" where rows say their own."""
    columns = TABLES[table].columns
    if kind_of(table, name, formula) == "money":
        return columns[formula.of[0]].unit if formula.of[0] in columns else ""
    return columns[name].unit if name in columns else ""
