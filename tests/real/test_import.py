"""DATA-1..3: the real exports come in whole, once, from any format, and go out again."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
import xlwt

from tests.real import cells
from tests.real.conftest import DAY
from zhanggui.facts import Facts, open_facts
from zhanggui.intake import read
from zhanggui.measures import trace

FILES = ("Products-2026-09-19", "getKeywords-2026-09-19")
PERIOD = (date(2026, 9, 13), date(2026, 9, 19))


def as_xls(grid: list[list[str]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet0")
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell:
                sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xlsx(grid: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell:
                sheet.write_string(r, c, cell)
    book.close()
    return out.getvalue()


MAKERS = {"csv": None, "xls": as_xls, "xlsx": as_xlsx}


@pytest.mark.parametrize("form", MAKERS)
def test_every_row_and_sum_comes_in_from_each_format(backoffice: Path, tmp_path: Path, form: str) -> None:
    facts = open_facts(tmp_path, "shop")
    for name in FILES:
        path = backoffice / f"{name}.csv"
        maker = MAKERS[form]
        data = path.read_bytes() if maker is None else maker(cells.grid(path))
        reading = read(data, f"{name}.{form}", on=DAY)
        assert reading.problems == []
        assert [p.period for p in reading.parts] == [PERIOD]
        assert [p.header_line for p in reading.parts] == [6]
        put = facts.put(data, f"{name}.{form}", reading, at="t")
        assert [c.rejected for c in put.counts] == [0]
    shop = facts.snapshot(DAY)
    effect = shop.scan("product_effect").collect()
    assert effect.height == 365
    sums = {c: effect[c].sum() for c in ("search_exposures", "search_clicks", "inquiries", "shop_exposures", "paid_exposures")}
    assert sums == {
        "search_exposures": 54_082,
        "search_clicks": 630,
        "inquiries": 18,
        "shop_exposures": 81_535,
        "paid_exposures": 64_642,
    }
    # For reconciliation with the file only: people are not added up over products anywhere in the product.
    assert {c: effect[c].sum() for c in ("visitors", "inquirers", "chatters")} == {
        "visitors": 1_149,
        "inquirers": 16,
        "chatters": 34,
    }
    assert effect["lead_people_90d"].null_count() == 365
    assert (effect["allsite_exposures"].sum(), effect["standard_exposures"].sum()) == (64_642, 0)
    word_rows = shop.scan("keyword_effect").collect()
    assert (word_rows.height, word_rows["word"].n_unique()) == (500, 496)
    twice = word_rows.filter(pl.col("occurrence") == 2).sort("word")["word"].to_list()
    assert twice == ["adidas", "giy nam", "tnis masculino", "zapatillas nios"]


def test_every_cell_of_the_files_is_in_the_facts(backoffice: Path, real_facts: Facts) -> None:
    for table, raw in (("product_effect", cells.products(backoffice)), ("keyword_effect", cells.words(backoffice))):
        declared = real_facts.tables[table]
        stored = {str(r["_line"]): r for r in real_facts.snapshot(DAY).scan(table).collect().iter_rows(named=True)}
        assert len(stored) == len(raw)
        for row in raw:
            for name, column in declared.columns.items():
                cell, value = row[column.zh].strip(), stored[row["line"]][name]
                if cell == "-":
                    assert value is None, (table, row["line"], name)
                elif column.kind in ("text", "id"):
                    assert value == cell
                elif column.kind == "flag":
                    assert value is (cell == "Y")
                else:
                    assert float(value) == pytest.approx(cells.number(cell), abs=1e-12)


def test_a_second_import_changes_nothing_and_undo_leaves_nothing(backoffice: Path, tmp_path: Path) -> None:
    facts = open_facts(tmp_path, "shop")
    path = backoffice / "Products-2026-09-19.csv"
    first = facts.put(path.read_bytes(), path.name, read(path.read_bytes(), path.name, on=DAY), at="t")
    before = facts.manifest()
    again = facts.put(path.read_bytes(), path.name, read(path.read_bytes(), path.name, on=DAY), at="t")
    other = as_xls(cells.grid(path))  # other bytes, same cells
    same = facts.put(other, "Products-2026-09-19.xls", read(other, "Products-2026-09-19.xls", on=DAY), at="t")
    assert (again.duplicate, facts.manifest().files) == (True, before.files)
    assert [(c.new, c.changed, c.unchanged) for c in same.counts] == [(0, 0, 365)]
    facts.undo(first.record.id, at="t")
    assert facts.snapshot(DAY).scan("product_effect").collect().height == 365  # the .xls still says so
    facts.undo(same.record.id, at="t")
    assert facts.manifest().files == {}
    assert not facts.snapshot(DAY).has("product_effect")


def test_trace_names_file_and_line_of_any_figure(backoffice: Path, real_facts: Facts) -> None:
    shop = real_facts.snapshot(DAY)
    for row in cells.products(backoffice)[::40]:
        figure = trace(shop, f"products.effect.visitors[product_id={row['产品ID']}]@28")
        assert figure.value == int(row["访问人数"])
        assert [(o.file, o.line, o.header, o.value) for o in figure.origins] == [
            ("Products-2026-09-19.csv", int(row["line"]), "访问人数", int(row["访问人数"]))
        ]
    rate = trace(shop, f"products.effect.search_ctr[product_id={cells.products(backoffice)[0]['产品ID']}]@28")
    assert [(o.header, o.line) for o in rate.origins] == [("搜索点击次数", 7), ("搜索曝光次数", 7)]
    whole = trace(shop, "traffic.total.search_exposures@28")
    assert (whole.value, sum(o.value for o in whole.origins), len(whole.origins)) == (54_082, 54_082, 365)


def test_the_window_says_how_little_of_it_is_covered(real_facts: Facts) -> None:
    window = real_facts.snapshot(DAY).last("product_effect", 28)
    assert window is not None
    assert (window.covered, window.days, window.complete) == (7, 28, False)
