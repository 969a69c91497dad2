"""Every list that a person keeps: its template is recognised as itself, its cells are read, a row can be taken off it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from tests.conftest import DATA
from tests.facts.shop import put, shop
from tests.intake.files import codes, taken, text
from zhanggui.intake.recognise import plain
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Column

REGISTERS = {name: table for name, table in TABLES.items() if table.kind == "register"}
every = pytest.mark.parametrize("name", REGISTERS)
either = pytest.mark.parametrize("lang", ["zh", "en"])

#: Kind of column → a cell as a person types it, and what it is read as.
CELLS: dict[str, tuple[str, Any]] = {
    "text": ("Loafers", "Loafers"),
    "id": ("1600000000001", "1600000000001"),
    "count": ("1,200", 1200),
    "number": ("1.5", 1.5),
    "rate": ("12.5%", 0.125),
    "money": ("1,234.50", Decimal("1234.5000")),
    "day": ("2026-09-14", date(2026, 9, 14)),
    "flag": ("Y", True),
}


def cell(column: Column) -> tuple[str, Any]:
    return (column.options[0], column.options[0]) if column.options else CELLS[column.kind]


def template(table: Table, lang: str, removed: str = "", title: str = "") -> bytes:
    """The list's own file: a title, a header of all its labels, one row that is filled throughout."""
    header = [table.label(name, lang) for name in table.columns]
    return text([[title], header, [*(cell(c)[0] for n, c in table.columns.items() if n != "removed"), removed]])


def said(name: str) -> str:
    return import_module(f"zhanggui.tables.registers.{name}").__doc__ or ""


def test_there_are_registers() -> None:
    assert {"product_cost", "target_country", "goal", "certificate"} <= set(REGISTERS)


@every
@either
def test_a_template_is_recognised_as_its_register_and_every_cell_is_read(name: str, lang: str) -> None:
    table = REGISTERS[name]
    reading = taken(template(table, lang))
    assert (codes(reading), [p.table.name for p in reading.parts]) == ([], [name])
    expected = {n: cell(c)[1] for n, c in table.columns.items() if n != "removed"} | {"removed": None}
    assert reading.parts[0].rows.select(list(table.columns)).row(0, named=True) == expected


@every
@either
def test_no_part_of_a_template_could_be_another_table(name: str, lang: str) -> None:
    """Two tables are alike to the reader if each knows all the columns by which the other is recognised."""
    mine = REGISTERS[name]
    assert len(mine.recognised_by) >= 2

    def knows(one: Table, other: Table) -> bool:
        headers = {plain(h) for c in one.columns.values() for h in c.headers}
        return {plain(other.label(n, lang)) for n in other.recognised_by} <= headers

    assert [t.name for t in TABLES.values() if t is not mine and knows(mine, t) and knows(t, mine)] == []


@every
def test_a_key_names_the_row_and_an_empty_cell_in_it_has_a_meaning(name: str) -> None:
    table = REGISTERS[name]
    assert sorted(table.key) == sorted(set(table.key))
    assert table.key != ()
    assert [k for k in table.key if not (table.columns[k].required or table.columns[k].missing)] == []


@every
def test_a_list_is_short_enough_to_be_kept_by_hand(name: str) -> None:
    assert len(REGISTERS[name].columns) - 1 in range(3, 15)


@every
def test_money_says_its_currency(name: str) -> None:
    columns = REGISTERS[name].columns
    units = {c.unit for c in columns.values() if c.kind == "money"}
    assert units - {"CNY", "USD", "in the currency of the row"} == set()
    assert "currency" in columns or "in the currency of the row" not in units


@every
def test_choices_are_unlike_and_none_is_read_as_an_empty_cell(name: str) -> None:
    table = REGISTERS[name]
    for column in table.columns.values():
        assert sorted(column.options) == sorted({o.strip(" -") for o in column.options} - {""})
        assert not column.options or column.kind == "text"


@every
def test_a_register_says_what_it_is_and_who_keeps_it(name: str) -> None:
    words = said(name)
    assert (words.partition(": ")[0], words.count("Kept by the ")) == (REGISTERS[name].zh, 1)


def test_requirements_named_in_the_registers_exist() -> None:
    catalogue = DATA.parent / "requirements.md"
    if not catalogue.exists():
        pytest.skip(f"the catalogue of requirements is not here: no {DATA.parent.name}/{catalogue.name} beside the project")
    known = set(re.findall(r"^- ([A-Z0-9]+-\d+) ", catalogue.read_text("utf-8"), re.M))
    named = {r for name in REGISTERS for r in re.findall(r"[A-Z0-9]+-\d+", said(name).partition("Requirements: ")[2])}
    assert sorted(named - known) == []


@every
def test_a_row_taken_off_the_list_is_still_seen_on_the_day_before(name, tmp_path) -> None:
    facts, table = shop(tmp_path), REGISTERS[name]
    put(facts, template(table, "zh", title="2026-09-01"))
    put(facts, template(table, "zh", removed="Y", title="2026-09-10"))
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 9), date(2026, 9, 10)]
    assert [facts.snapshot(day).scan(name).collect().height for day in days] == [0, 1, 1, 0]
