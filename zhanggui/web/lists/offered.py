"""The columns of a list that a role may be shown, made from the declarations of its table and its measure."""

from __future__ import annotations

from zhanggui.desk import seeing
from zhanggui.measures import Measure
from zhanggui.tables import TABLES
from zhanggui.tables.columns import Column as Declared
from zhanggui.tables.columns import Money
from zhanggui.web import words
from zhanggui.web.columns import Column
from zhanggui.web.lists.declared import Listing
from zhanggui.web.words import said

#: What one is called in a table, of which the currency of an amount may be read.
CURRENCIES = ("currency", "price_unit")


def offered(listing: Listing, role: str) -> list[Column]:
    """Every column that may be chosen. One that the role is not shown does not exist, and what is made of it neither."""
    table = TABLES[listing.table]
    if listing.figures:
        made = [
            _of_measure(listing.figures, n) for n, f in listing.figures.formulas.items() if seeing.sees(role, table.name, f.of)
        ]
        names = [k for k in listing.key if k not in listing.figures.formulas]
        made += [
            Column(k, words.label(table.name, k), _kind(table.columns.get(k)), figure=False) for k in names if k != "occurrence"
        ]
    else:
        names = [n for n in table.columns if n != "removed" and seeing.sees(role, table.name, (n,))]
        made = [_of_table(listing.table, n) for n in names]
        if table.time == "state":
            made.append(Column("as_of", table.label("as_of", words.lang()), "day", figure=False))
    made += [
        Column(n, said(e.zh, e.en), e.kind, missing=said(*e.missing), figure=False) for n, e in listing.extra.items()
    ]  # fmt: skip
    return made


def hidden(listing: Listing, role: str) -> set[str]:
    """Columns of the list's rows that the role is not shown."""
    if listing.figures:
        return {n for n, f in listing.figures.formulas.items() if not seeing.sees(role, listing.table, f.of)}
    return {n for n in TABLES[listing.table].columns if not seeing.sees(role, listing.table, (n,))}


def unit_of(listing: Listing, column: str) -> str:
    """The currency of a column of money; "" where each row says its own, or none is known."""
    of = listing.figures.formulas[column].of[0] if listing.figures else column
    unit = TABLES[listing.table].columns[of].unit
    return unit if len(unit) == 3 and unit.isupper() else ""


def _kind(declared: Declared | None) -> str:
    return declared.kind if declared else "number"


def _of_table(table: str, name: str) -> Column:
    declared = TABLES[table].columns[name]
    total = "people" if declared.unit == "person" else "sum" if declared.additive else "none"
    missing = (
        said("空：", "empty: ") + declared.missing
        if declared.missing and words.lang() == "en"
        else said("文件里没有", "not in the file")
    )
    return Column(name, words.label(table, name), declared.kind, total, missing=missing, figure=False)


def _of_measure(measure: Measure, name: str) -> Column:
    """A measure's column: its label, kind, and what its total may be."""
    formula = measure.formulas[name]
    columns = TABLES[measure.table].columns
    declared = columns.get(name)
    kind = _kind(declared)
    money = isinstance(columns.get(formula.of[0]), Money)
    if formula.how in ("ratio", "any", "count"):
        kind = {"ratio": "money" if money else "rate", "any": "flag", "count": "count"}[formula.how]
    people = declared is not None and declared.unit == "person"
    total = {"sum": "sum", "ratio": "rate"}.get(formula.how, "people" if people else "none")
    if formula.how == "once" and money:
        total = "sum"
    missing = ""
    if formula.how == "only":
        missing = said(
            "人数不能跨周期相加：只有窗口正好是一个周期时才有",
            "people are not added up over periods: given where the window is one period",
        )
    elif formula.how == "in_newest":
        missing = said("最近一期没有这一行，或没有这个数", "not in the newest period")
    elif formula.how == "ratio":
        missing = said(f"{words.label(measure.table, formula.of[1])}为 0", f"{words.label(measure.table, formula.of[1])}: 0")
    elif formula.how == "once":
        missing = said("文件里没有，或各行写得不一样", "not in the file, or its lines contradict each other") if money else ""
    of = (formula.of[0], formula.of[1]) if formula.how == "ratio" else None
    return Column(name, words.label(measure.table, name), kind, total, of, missing)
