"""Every file of the sandbox is one that the product reads: recognised as what it is, without an error, and with all its rows."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox import year
from tests.sandbox.conftest import Year
from tests.sandbox.written import rows
from zhanggui.intake import read

ON = date(2026, 11, 16)
TABLE = {"okki_buyer": "buyer", "weekly_report": "shop_overview"}


@pytest.mark.parametrize("name", [*year.OF_WEEK, *year.OF_MONTH, *year.AS_OF, *year.ONCE])
def test_a_report_is_recognised_as_what_it_is(around: Year, name: str) -> None:
    scene, folder = around.scene, around.folder
    path = (
        year.OF_WEEK[name](scene, 51, folder)
        if name in year.OF_WEEK
        else year.OF_MONTH[name](scene, "2026-10", folder)
        if name in year.OF_MONTH
        else year.AS_OF[name](scene, date(2026, 10, 31), folder)
        if name in year.AS_OF
        else year.ONCE[name](scene, folder)
    )
    reading = read(path.read_bytes(), path.name, on=ON)
    assert [p for p in reading.problems if p.level == "error"] == []
    assert reading.parts[0].table.name == TABLE.get(name, name)
    assert {code for part in reading.parts for code in part.rejected["code"]} <= {"totals_row"}
    if path.suffix not in (".json", ".zip") and name != "search_trend":
        assert reading.parts[0].rows.height == len(rows(path))


def test_all_files_can_be_imported(around: Year) -> None:
    for path in around.paths:
        if path.name != "truth.json":
            reading = read(path.read_bytes(), path.name, on=ON)
            assert reading.ok, (path.name, reading.problems)
