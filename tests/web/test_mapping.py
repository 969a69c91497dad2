"""The form that says what an unknown file is: ten shapes through it, nothing kept that cannot be read, nothing shown to strangers."""

from __future__ import annotations

import io
import re
import zipfile

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.intake.shapes import SHAPES, Shape
from tests.web.test_imports import text, upload
from zhanggui.desk import importing, mapping
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.intake import HeaderMap
from zhanggui.tables import TABLES

COSTS = "货号,进价,供应商备注\n1601,3.20,x\n1602,4.10,\n".encode()


def at(cast, item, name="mapping"):
    return reverse(name, args=[cast.shop.key, item.pk])


def unknown(cast, data=COSTS, name="costs.csv"):
    return importing.bring(cast.shop, data, name, person=cast.alice)


def offered(page: str) -> list[str]:
    """The tables that the page offers first, likeliest first."""
    return re.findall(r'table=(\w+)"', page.split('id="others"')[0])


def filled(page: str) -> dict[str, str]:
    """What the form would send as it stands: selects, texts, hidden fields."""
    form = page.split('<form class="map"')[1].split("</form>")[0]
    values = {}
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    values |= dict(re.findall(r'<input(?: type="hidden")? name="((?:sheet|table|fixed-\w+))" value="([^"]*)"', form))
    return values


def numbers(page: str) -> dict[str, int]:
    """Header → its number in the form."""
    form = page.split('<form class="map"')[1]
    return {header: int(n) for header, n in re.findall(r'<th scope="row">([^<]*)</th>.*?name="to-(\d+)"', form, re.S)}


def corrected(page: str, shape: Shape) -> tuple[dict[str, str], int]:
    """The form as a person who knows the trade sends it, and how many columns the suggestion had right."""
    values, place = filled(page), numbers(page)
    wanted = {f"to-{place[header]}": name for name, header in shape.columns.items()}
    right = sum(values[field] == name for field, name in wanted.items())
    values |= {field: "" for field in values if field.startswith("to-")} | wanted
    units = {0.01: "0.01"}
    values |= {f"unit-{place[shape.columns[name]]}": units[f] for name, f in shape.scale.items()}
    values |= {f"unit-{place[shape.columns[name]]}": order for name, order in shape.orders.items()}
    values |= {f"fixed-{name}": said for name, said in shape.constants.items()}
    if shape.period:
        values |= {"start": shape.period[0].isoformat(), "end": shape.period[1].isoformat()}
    return values, right


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_ten_unseen_shapes_come_in_through_the_form(cast, as_, shape):
    alice = as_(cast.alice)
    looked = text(upload(alice, cast.shop.key, (f"{shape.name}.csv", shape.data)))
    item = cast.shop.imports.get(file=f"{shape.name}.csv")
    assert item.state == "refused"
    assert "告诉我们这是什么文件" in looked
    assert offered(alice.get(at(cast, item)).content.decode())[0] == shape.table
    page = alice.get(at(cast, item), {"table": shape.table}).content.decode()
    values, right = corrected(page, shape)
    assert right / len(shape.columns) >= 0.8
    tried = text(alice.post(at(cast, item, "mapping_try"), values))
    assert f"<strong>{shape.rows}</strong> / {shape.rows} 行可读" in tried
    kept = text(alice.post(at(cast, item), values | {"verb": "save"}, follow=True))
    assert "记住了" in kept
    assert f"认出：{TABLES[shape.table].zh}" in kept
    alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "accept"})
    item.refresh_from_db()
    assert (item.state, item.preview["parts"][0]["new"]) == ("accepted", shape.rows)
    rows = facts_of(cast.shop).snapshot(platform_today()).scan(shape.table).filter(pl.col("_import") == item.number).collect()
    for name, total in shape.says.items():
        found = rows[name].sum()
        assert str(found) == total if isinstance(total, str) else found == pytest.approx(total)
    again = text(upload(alice, cast.shop.key, (f"{shape.name}-again.csv", shape.data)))
    if not shape.period:
        assert f"<strong>{shape.rows}</strong> 不变" in again


def test_the_first_page_offers_kinds_and_searches_all(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    page = alice.get(at(cast, item)).content.decode()
    assert "1601" in page
    assert offered(page)[0] == "product_cost"
    found = alice.get(at(cast, item), {"q": "验货"}).content.decode()
    assert [name for name in ("inspection", "keyword_effect") if f"table={name}" in found.split('id="all"')[1]] == [
        "inspection"
    ]


def test_what_cannot_be_read_is_not_kept_and_the_form_stays_as_it_was_filled(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    values = filled(alice.get(at(cast, item), {"table": "product_cost"}).content.decode())
    bare = values | {"fixed-currency": "", "to-2": "note", "verb": "save"}
    page = alice.post(at(cast, item), bare)
    assert "「成本币种」必须有" in text(page)
    assert filled(page.content.decode())["to-2"] == "note"
    twice = text(alice.post(at(cast, item), values | {"to-2": "unit_cost", "verb": "save"}))
    assert "「单件成本」选了两次：进价, 供应商备注" in twice
    wrong = text(
        alice.post(at(cast, item, "mapping_try"), values | {"to-1": "", "fixed-unit_cost": "dear", "fixed-currency": "CNY"})
    )
    assert "「单件成本」的固定值“dear”看不懂" in wrong
    assert list(mapping.mappings(cast.shop)) == []


def test_a_period_is_asked_for_where_the_file_has_none(cast, as_):
    alice, item = as_(cast.alice), unknown(cast, "词条,展现量,点击数,Top10展现\nlamp,10,2,50\n".encode(), "words.csv")
    page = alice.get(at(cast, item), {"table": "keyword_effect"}).content.decode()
    assert "请填写开始和结束" in page
    values = filled(page)
    backwards = values | {"start": "2026-08-09", "end": "2026-08-03", "verb": "save"}
    assert "请填写开始和结束" in text(alice.post(at(cast, item), backwards))
    alice.post(at(cast, item), values | {"start": "2026-08-03", "end": "2026-08-09", "verb": "save"})
    item.refresh_from_db()
    assert (item.state, item.preview["parts"][0]["period"]) == ("waiting", ["2026-08-03", "2026-08-09"])


def test_a_mapping_may_be_changed_while_the_file_waits(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    values = filled(alice.get(at(cast, item), {"table": "product_cost"}).content.decode())
    done = alice.post(at(cast, item), values | {"fixed-currency": "CNY", "verb": "save"}, follow=True).content.decode()
    assert "改列的对应" in done
    page = alice.get(at(cast, item)).content.decode()
    assert filled(page)["fixed-currency"] == "CNY"
    alice.post(at(cast, item), filled(page) | {"fixed-currency": "USD", "verb": "save"})
    assert mapping.mappings(cast.shop)[0].constants == {"currency": "USD"}


def test_kept_headers_are_listed_and_forgotten(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    values = filled(alice.get(at(cast, item), {"table": "product_cost"}).content.decode())
    alice.post(at(cast, item), values | {"fixed-currency": "CNY", "verb": "save"})
    listed = text(alice.get(reverse("imports", args=[cast.shop.key])))
    assert "货号 → 产品ID" in listed
    (saved,) = mapping.mappings(cast.shop)
    assert as_(cast.charlie).post(reverse("forget_mapping", args=["shop-c", saved.pk])).status_code == 404
    assert as_(cast.rita).post(reverse("forget_mapping", args=[cast.shop.key, saved.pk])).status_code == 403
    gone = text(alice.post(reverse("forget_mapping", args=[cast.shop.key, saved.pk]), follow=True))
    assert "忘记了" in gone
    assert "货号 → 产品ID" not in gone


def test_a_reader_sees_no_form(cast, as_):
    item, rita = unknown(cast), as_(cast.rita)
    assert (rita.get(at(cast, item)).status_code, rita.post(at(cast, item, "mapping_try")).status_code) == (403, 403)
    assert "mapping/" not in rita.get(reverse("preview", args=[cast.shop.key, item.pk])).content.decode()


def test_an_accepted_import_and_a_file_that_is_gone_have_no_form(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    assert alice.get(at(cast, cast.items[0])).status_code == 404
    importing.waiting_file(item).unlink()
    assert alice.get(at(cast, item)).status_code == 404


def test_odd_answers_do_no_harm(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    odd = {"table": "product_cost", "to-0": "__class__", "unit-1": "1e9", "sheet": "99", "verb": "save"}
    assert "还没有选任何一列" in text(alice.post(at(cast, item), odd))
    assert alice.post(at(cast, item, "mapping_try"), {"table": "no_such"}).status_code == 404
    assert alice.get(at(cast, item), {"table": "no_such", "sheet": "x", "q": "<b>"}).status_code == 200


def test_headers_and_cells_are_text_and_never_markup(cast, as_):
    item = unknown(cast, b'"<script>1</script>","a""b"\n<img src=x>,2\n', "x.csv")
    for address in ("", "?table=product_cost"):
        page = as_(cast.alice).get(at(cast, item) + address).content.decode()
        assert "<script>1" not in page
        assert "<img src=x" not in page


def test_the_steps_stand_on_every_preview(cast, as_):
    alice, item = as_(cast.alice), unknown(cast)
    shown = {i.pk: text(alice.get(at(cast, i, "preview"))) for i in (item, cast.items[0])}
    marked = {pk: re.search(r'aria-current="step"> ?([^<]+)<', page)[1] for pk, page in shown.items()}
    assert marked == {item.pk: "认出报表", cast.items[0].pk: "结果"}


def test_a_narrower_file_says_which_columns_it_would_empty(cast, as_):
    first = "产品ID,单件成本,成本币种,备注\n1601,3.20,CNY,old\n1602,4.10,CNY,\n".encode()
    importing.accept(importing.bring(cast.shop, first, "wide.csv"))
    item = importing.bring(cast.shop, "产品ID,单件成本,成本币种\n1601,3.30,CNY\n1602,4.10,CNY\n".encode(), "narrow.csv")
    part = item.preview["parts"][0]
    assert (part["changes"], part["cleared"]) == ({"unit_cost": 1, "note": 1}, {"note": 1})
    page = text(as_(cast.alice).get(at(cast, item, "preview")))
    assert "这些列原来有值，导入后会变空：备注 1 格" in page
    importing.accept(item)
    assert item.preview["parts"][0]["columns"] == {"product_id": "产品ID", "unit_cost": "单件成本", "currency": "成本币种"}


def test_the_list_of_kept_headers_asks_the_database_as_often_for_three_as_for_one(cast, as_):
    alice, counts = as_(cast.alice), []
    for n in range(3):
        item = unknown(cast, f"货号,进价{n}\n1601,3.20\n".encode(), f"costs-{n}.csv")
        ((_, head, _),) = mapping.sheets_of(item)
        answer = HeaderMap("product_cost", {"product_id": "货号", "unit_cost": f"进价{n}"}, constants={"currency": "CNY"})
        mapping.save(cast.shop, head, answer, person=cast.alice)
        with CaptureQueriesContext(connection) as asked:
            page = alice.get(reverse("imports", args=[cast.shop.key])).content.decode()
        assert page.count("货号 → 产品ID") == n + 1
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_dates_are_asked_for_again_where_the_column_of_days_is_let_go(cast, as_):
    alice, item = as_(cast.alice), unknown(cast, next(s for s in SHAPES if s.name == "shop_days").data, "days.csv")
    page = alice.get(at(cast, item), {"table": "shop_overview"}).content.decode()
    values = filled(page)
    assert '<fieldset class="dates" hidden>' in page
    (day,) = [field for field, name in values.items() if name == "day"]
    again = alice.post(at(cast, item), values | {day: "", "verb": "try"}).content.decode()
    assert '<fieldset class="dates">' in again
    assert "文件里没有统计周期" in again


def test_a_workbook_of_two_unknown_sheets_asks_about_one_after_the_other(cast, as_):
    alice = as_(cast.alice)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("a.csv", "货号,进价\n1601,3.20\n")
        archive.writestr("b.csv", "厂家名称,类别\nA,工厂\n")
    item = unknown(cast, book.getvalue(), "both.zip")
    for table, more in (("product_cost", {"fixed-currency": "CNY"}), ("supplier", {})):
        page = alice.get(at(cast, item), {"table": table}).content.decode()
        alice.post(at(cast, item), filled(page) | more | {"verb": "save"})
    item.refresh_from_db()
    assert (item.state, [p["table"] for p in item.preview["parts"]]) == ("waiting", ["product_cost", "supplier"])
