"""The grid of registers: without script, two people, a stale tab, another company, a reader, paste-sized forms, Excel."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from zhanggui.desk import importing, people, registering
from zhanggui.desk.edits import Row, listing, texts
from zhanggui.tables import TABLES
from zhanggui.web import urls

COSTS = TABLES["product_cost"]
pytestmark = pytest.mark.usefixtures("bob_sees_costs")


def cost(number: int, **cells: str) -> dict[str, str]:
    return {"product_id": f"16{number:011}", "unit_cost": "12.5", "currency": "CNY", "note": ""} | cells


def fill(shop, count: int) -> None:
    lines = "\n".join(f"16{n:011},12.5,CNY" for n in range(1, count + 1))
    importing.take(shop, f"产品ID,单件成本,成本币种\n{lines}\n".encode(), "costs.csv")


def address(cast, page="register", table="product_cost", key=""):
    return reverse(page, args=[key or cast.shop.key, table])


def stored(shop) -> dict[str, dict[str, str]]:
    return {r["product_id"]: texts(COSTS, r) for r in listing(shop, COSTS).frame.iter_rows(named=True)}


def fields(page: str) -> dict[str, str]:
    """The form of the page as a browser without script sends it."""
    form = re.search(r'<form class="register".*?</form>', page, re.S)[0]
    found = {
        n: html.unescape(v) for n, v in re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', form) if "checkbox" not in n
    }
    found = {n: v for n, v in found.items() if not n.endswith(".removed") and n != "whole"}
    found |= {n: html.unescape(v) for n, v in re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.S)}
    for name, inner in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        found[name] = re.search(r"<option selected>(.*?)</option>", inner)[1]
    return found


def opened(client, cast, **query) -> dict[str, str]:
    return fields(client.get(address(cast), query).content.decode())


def line_of(form: dict[str, str], product: str) -> str:
    return next(n.split(".")[0] for n, v in form.items() if n.endswith(".product_id") and v == product)


def test_a_form_without_script_changes_clears_adds_and_removes(cast, as_):
    fill(cast.shop, 3)
    bob = as_(cast.bob)
    form = opened(bob, cast)
    form |= {"1.note": "from\r\nthe mill", "2.unit_cost": "￥1,300.50", "3.removed": "Y"}
    form |= {"4.product_id": "1699999999999", "4.unit_cost": "=1", "4.currency": "USD"}
    page = bob.post(address(cast), form).content.decode()
    assert list(stored(cast.shop).values()) == [cost(1, note="from\nthe mill"), cost(2, unit_cost="1300.5")]
    assert "应为数字" in page
    assert fields(page)["4.unit_cost"] == "=1"
    assert "1 行有问题" in page
    form = fields(page) | {"4.unit_cost": "3", "4.note": "=HYPERLINK(1)"}
    answer = bob.post(address(cast), form)
    assert (answer.status_code, answer["Location"]) == (302, address(cast))
    assert stored(cast.shop)["1699999999999"] == {
        "product_id": "1699999999999",
        "unit_cost": "3",
        "currency": "USD",
        "note": "=HYPERLINK(1)",
    }
    form = opened(bob, cast)
    assert form["1.note"] == "from\nthe mill"
    bob.post(address(cast), form | {"1.note": ""})
    assert stored(cast.shop)[cost(1)["product_id"]] == cost(1)


def test_an_unchanged_form_saves_nothing(cast, as_):
    fill(cast.shop, 3)
    bob = as_(cast.bob)
    bob.post(address(cast), opened(bob, cast) | {"1.note": "two\r\nlines"})
    before = cast.shop.imports.count()
    answer = bob.post(address(cast), opened(bob, cast), follow=True)
    assert "没有改动，没有保存" in answer.content.decode()
    assert cast.shop.imports.count() == before


def test_two_people_on_the_same_cell(cast, as_):
    fill(cast.shop, 3)
    alice, bob = as_(cast.alice), as_(cast.bob)
    hers, his = opened(alice, cast), opened(bob, cast)
    alice.post(address(cast), hers | {"1.unit_cost": "20"})
    page = bob.post(address(cast), his | {"1.unit_cost": "30", "1.note": "his", "2.note": "his"}).content.decode()
    assert re.search(r'<small class="note" id="w1.unit_cost">alice 已改为「20」（[^）]+）；再保存即用您的</small>', page)
    assert stored(cast.shop)[cost(1)["product_id"]] == cost(1, unit_cost="20", note="his")
    assert stored(cast.shop)[cost(2)["product_id"]] == cost(2, note="his")
    form = fields(page)
    assert form["1.unit_cost"] == "30"
    bob.post(address(cast), form)
    assert stored(cast.shop)[cost(1)["product_id"]] == cost(1, unit_cost="30", note="his")


def test_a_stale_tab_after_the_row_has_gone(cast, as_):
    fill(cast.shop, 3)
    alice, bob = as_(cast.alice), as_(cast.bob)
    stale = opened(bob, cast)
    alice.post(address(cast), opened(alice, cast) | {"2.removed": "Y"})
    page = bob.post(address(cast), stale | {"2.note": "late"}).content.decode()
    assert "alice 已删除这一行" in page
    assert cost(2)["product_id"] not in stored(cast.shop)
    form = fields(page)
    assert (form["2.product_id"], form["2.note"]) == (cost(2)["product_id"], "late")
    bob.post(address(cast), form)
    assert stored(cast.shop)[cost(2)["product_id"]] == cost(2, note="late")


def test_the_same_form_sent_twice_is_once(cast, as_):
    bob = as_(cast.bob)
    form = opened(bob, cast) | {f"1.{n}": c for n, c in cost(1).items()}
    for _ in range(2):
        assert bob.post(address(cast), form).status_code == 302
    assert len(stored(cast.shop)) == 1
    assert cast.shop.imports.filter(file__startswith="名单-").count() == 1


def test_all_or_nothing(cast, as_):
    bob = as_(cast.bob)
    form = opened(bob, cast) | {f"1.{n}": c for n, c in cost(1).items()} | {"2.note": "no key", "whole": "Y"}
    page = bob.post(address(cast), form).content.decode()
    assert stored(cast.shop) == {}
    assert (fields(page)["1.product_id"], fields(page)["2.note"]) == (cost(1)["product_id"], "no key")


def test_another_company_neither_sees_nor_writes(cast, as_):
    fill(cast.shop, 1)
    alice, charlie = as_(cast.alice), as_(cast.charlie)
    secret = cost(1)["product_id"]
    row = {"seen": json.dumps([[1, cost(1)]]), "cells": json.dumps({"1.note": "x"})}
    shown = alice.get(address(cast)).content.decode()
    assert secret in shown  # it could leak
    differs = {f"9.{n}": c for n, c in cost(1, note="x").items()}
    leaks = alice.post(address(cast, "register_try"), {"seen": "[]", "cells": json.dumps(differs)})
    assert json.loads(leaks.content)["notes"] == {"9.product_id": [f"名单里已有「{secret}」，请直接改那一行"]}
    blind = charlie.post(address(cast, "register_try", key="shop-c"), {"seen": "[]", "cells": json.dumps(differs)})
    assert json.loads(blind.content)["notes"] == {}
    for page in ("register", "register_history", "register_undo"):
        assert charlie.get(address(cast, page)).status_code == 404
    assert charlie.get(address(cast), {"format": "xlsx", "rows": "1"}).status_code == 404
    for page in ("register", "register_try", "register_undo"):
        assert charlie.post(address(cast, page), row).status_code == 404
    own = charlie.get(address(cast, key="shop-c")).content.decode()
    assert secret not in own
    history = charlie.get(address(cast, "register_history", key="shop-c"), {"key": secret}).content.decode()
    assert "12.5" not in history
    assert "12.5" in alice.get(address(cast, "register_history"), {"key": secret}).content.decode()
    assert stored(cast.shop) == {secret: cost(1)}


def test_only_registers_have_a_grid(cast, as_):
    for name in ("product_effect", "no_such", "desk"):
        assert as_(cast.alice).get(address(cast, table=name)).status_code == 404


def test_a_reader_reads(cast, as_):
    fill(cast.shop, 1)
    rita = as_(cast.rita)
    page = rita.get(address(cast)).content.decode()
    assert cost(1)["product_id"] in page
    assert not re.search(r'name="1\.', page)
    row = {"seen": json.dumps([[1, cost(1)]]), "cells": json.dumps({"1.note": "x"})}
    assert [rita.post(address(cast, p), row).status_code for p in ("register", "register_try", "register_undo")] == [403] * 3
    assert rita.get(address(cast, "register_undo")).status_code == 403
    upload = {"verb": "bring", "file": SimpleUploadedFile("x.csv", b"x")}
    assert rita.post(address(cast), upload).status_code == 403
    assert stored(cast.shop) == {cost(1)["product_id"]: cost(1)}


def test_supply_may_save_and_undo_their_own(cast, as_):
    dan = people.add_person("dan", "a long password of theirs", cast.shop.company, "supply")
    browser = as_(dan)
    browser.post(address(cast), opened(browser, cast) | {f"1.{n}": c for n, c in cost(1).items()})
    assert len(stored(cast.shop)) == 1
    number = registering.own_save(cast.shop, COSTS, dan)[0].id
    assert as_(cast.bob).post(address(cast, "register_undo"), {"number": number}).status_code == 404
    assert "您在「产品成本」的上次保存" in browser.get(address(cast, "register_undo")).content.decode()
    browser.post(address(cast, "register_undo"), {"number": number})
    assert stored(cast.shop) == {}


def test_undo_says_that_others_have_saved_since(cast, as_):
    alice, bob = as_(cast.alice), as_(cast.bob)
    bob.post(address(cast), opened(bob, cast) | {f"1.{n}": c for n, c in cost(1).items()})
    assert "次别人的保存" not in bob.get(address(cast, "register_undo")).content.decode()
    alice.post(address(cast), opened(alice, cast) | {f"2.{n}": c for n, c in cost(2).items()})
    assert "之后还有 1 次别人的保存或导入" in bob.get(address(cast, "register_undo")).content.decode()
    bob.post(address(cast, "register_undo"), {"number": registering.own_save(cast.shop, COSTS, cast.bob)[0].id})
    assert list(stored(cast.shop)) == [cost(2)["product_id"]]


def test_trying_says_what_saving_would(cast, as_):
    fill(cast.shop, 1)
    bob = as_(cast.bob)
    cells = {
        "1.unit_cost": "￥1,300.50",
        "2.product_id": cost(1)["product_id"],
        "2.unit_cost": "1",
        "2.currency": "CNY",
        "3.unit_cost": "?",
    }
    row = {"seen": json.dumps([[1, cost(1)]]), "cells": json.dumps(cells)}
    told = json.loads(bob.post(address(cast, "register_try"), row).content)
    assert told["reads"] == {"1.unit_cost": "1300.5"}
    assert set(told["notes"]) == {"2.product_id", "3.product_id", "3.unit_cost", "3.currency"}
    assert told["notes"]["3.unit_cost"] == ["应为数字"]
    assert stored(cast.shop) == {cost(1)["product_id"]: cost(1)}


@pytest.mark.parametrize("bad", [
    {"seen": "{"}, {"seen": "[[1]]"}, {"seen": "5"}, {"seen": '[["x", {}]]'}, {"cells": "[1]"}, {"cells": "[" * 5000}, {"seen": '[[1, "a"]]'},
])  # fmt: skip
def test_what_no_page_sends_is_refused(cast, as_, bad):
    answer = as_(cast.bob).post(address(cast), bad)
    assert answer.status_code == 400
    assert stored(cast.shop) == {}


def test_hostile_cells_are_cells(cast, as_):
    bob = as_(cast.bob)
    name = "<script>alert(1)</script>\"'&\ud800\0"
    cells = {f"1.{n}": c for n, c in cost(1, note=name).items()} | {
        "1._import": "9",
        "1.as_of": "2020-01-01",
        "x": "y",
        "1.removed": "N",
    }
    assert bob.post(address(cast), {"seen": "[]", "cells": json.dumps(cells)}).status_code == 302
    assert stored(cast.shop)[cost(1)["product_id"]]["note"] == "<script>alert(1)</script>\"'&?"
    page = bob.get(address(cast)).content.decode()
    assert "<script>alert" not in page
    assert fields(page)["1.note"] == "<script>alert(1)</script>\"'&?"


def test_queries_do_not_grow_with_rows(cast, as_):
    counts = []
    for rows in (1, 3):
        fill(cast.shop, rows)
        alice = as_(cast.alice)
        for page in (address(cast), reverse("registers", args=[cast.shop.key]), address(cast, "register_history")):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert alice.get(page).status_code == 200
            counts.append((rows, len(queries)))
    assert [n for r, n in counts if r == 1] == [n for r, n in counts if r == 3]


def test_ten_thousand_rows_are_paged_found_and_sorted(cast, as_):
    fill(cast.shop, 10_000)
    bob = as_(cast.bob)
    page = bob.get(address(cast)).content.decode()
    assert len(re.findall(r"<tr data-line", page)) == 105
    assert "第 1 / 100 页" in page
    assert line_of(opened(bob, cast, page="50"), cost(4901)["product_id"]) == "4901"
    assert line_of(opened(bob, cast, sort="product_id", dir="down"), cost(10_000)["product_id"]) == "1"
    form = opened(bob, cast, q=cost(777)["product_id"])
    bob.post(address(cast) + f"?q={cost(777)['product_id']}", form | {"1.note": "found"})
    assert stored(cast.shop)[cost(777)["product_id"]]["note"] == "found"
    many = {f"{20_000 + n}.{c}": v for n in range(1000) for c, v in cost(20_000 + n).items()}
    assert bob.post(address(cast), {"seen": "[]", "cells": json.dumps(many)}).status_code == 302
    assert len(stored(cast.shop)) == 11_000


def test_the_widest_register_fits_into_a_form(cast, as_):
    """Every page of a register can be sent without script: below Django's thousand fields."""
    wide = max((t for t in TABLES.values() if t.kind == "register"), key=lambda t: len(t.columns))
    kinds = {
        "day": "2026-01-01",
        "flag": "Y",
        "count": "1",
        "number": "1",
        "rate": "1%",
        "money": "1",
        "moment": "2026-01-01 00:00:00",
    }
    cells = {n: kinds.get(c.kind, c.options[0] if c.options else "x") for n, c in registering.columns(wide).items()}
    varied = next(n for n in wide.key if wide.columns[n].kind in ("text", "id"))
    registering.save(cast.shop, wide, [Row(n, None, cells | {varied: f"k{n:04}"}) for n in range(1, 151)], person=cast.bob)
    bob = as_(cast.bob)
    form = fields(bob.get(address(cast, table=wide.name)).content.decode())
    assert len(form) < 1000
    removed = {f"{n}.removed": "Y" for n in range(1, 11)}
    assert bob.post(address(cast, table=wide.name), form | removed).status_code == 302
    assert listing(cast.shop, wide).frame.height == 140


def test_excel_down_and_up(cast, as_):
    fill(cast.shop, 2)
    bob = as_(cast.bob)
    answer = bob.get(address(cast), {"format": "xlsx", "rows": "1"})
    book = load_workbook(io.BytesIO(answer.content))
    book.active["D2"] = "=SUM(A1)"
    book.active["D2"].data_type = "s"
    book.active["B3"] = 99.5
    out = io.BytesIO()
    book.save(out)
    page = bob.post(address(cast), {"verb": "bring", "file": SimpleUploadedFile("costs.xlsx", out.getvalue())}, follow=True)
    assert "认出：产品成本" in page.content.decode()
    item = cast.shop.imports.get(file="costs.xlsx")
    assert stored(cast.shop)[cost(2)["product_id"]]["unit_cost"] == "12.5"
    importing.accept(item, person=cast.bob)
    assert stored(cast.shop) == {
        cost(1)["product_id"]: cost(1, note="=SUM(A1)"),
        cost(2)["product_id"]: cost(2, unit_cost="99.5"),
    }
    assert len(load_workbook(io.BytesIO(bob.get(address(cast), {"format": "xlsx"}).content)).active["A"]) == 1


def test_the_list_of_registers(cast, as_):
    fill(cast.shop, 3)
    alice = as_(cast.alice)
    page = alice.get(reverse("registers", args=[cast.shop.key])).content.decode()
    every = [t for t in TABLES.values() if t.kind == "register"]
    assert [t.name for t in every if f">{t.zh}<" not in page] == []
    assert re.search(r"<strong>3</strong> 行 · 命令行", page)
    assert page.count("还是空的") == len(every) - 1
    found = alice.get(reverse("registers", args=[cast.shop.key]), {"q": "单件成本"}).content.decode()
    assert re.findall(r"/registers/(\w+)/", found).count("product_cost") == 1
    assert "没有符合的名单" in alice.get(reverse("registers", args=[cast.shop.key]), {"q": "nothing of it"}).content.decode()
    people.set_language(cast.alice, "en")
    assert "What one piece costs the shop." in alice.get(reverse("registers", args=[cast.shop.key])).content.decode()


def test_history_tells_who_and_what(cast, as_):
    fill(cast.shop, 1)
    alice = as_(cast.alice)
    alice.post(address(cast), opened(alice, cast) | {"1.unit_cost": "20"})
    page = re.sub(
        r"\s+",
        " ",
        alice.get(address(cast, "register_history"), {"key": cost(1)["product_id"], "column": "unit_cost"}).content.decode(),
    )
    assert re.findall(
        r'data-label="谁">(\w+)</td> <td class="wrap" data-label="原来">([^<]+)</td><td class="wrap" data-label="改为">([^<]+)</td>',
        page,
    ) == [
        ("alice", "12.5", "20"),
        ("命令行", "—", "12.5"),
    ]


def test_what_somebody_else_has_changed_beside_a_contested_cell_is_not_put_back(cast, as_):
    """Without script a form sends all cells; only those that the person has changed come back for the second save."""
    fill(cast.shop, 1)
    alice, bob = as_(cast.alice), as_(cast.bob)
    hers, his = opened(alice, cast), opened(bob, cast)
    alice.post(address(cast), hers | {"1.unit_cost": "20", "1.currency": "USD"})
    page = bob.post(address(cast), his | {"1.unit_cost": "30"}).content.decode()
    form = fields(page)
    assert (form["1.unit_cost"], form["1.currency"]) == ("30", "USD")
    bob.post(address(cast), form)
    assert list(stored(cast.shop).values()) == [cost(1, unit_cost="30", currency="USD")]


def test_strangers_find_every_door_closed(cast, as_):
    """Each page of registers, asked and posted to, by Charlie and by nobody; then as Alice, to show that it could leak."""
    fill(cast.shop, 1)
    data = {"seen": json.dumps([[1, cost(1)]]), "cells": json.dumps({"1.note": "leak"}), "number": "1", "verb": "bring"}
    names = [p.name for p in urls.shop if p.name.startswith("register")]
    assert names == ["registers", "register", "register_try", "register_history", "register_undo"]
    for name in names:
        at = reverse(name, args=[cast.shop.key] + (["product_cost"] if name != "registers" else []))
        for method in ("get", "post"):
            sent = data if method == "post" else {}
            stranger, nobody = getattr(as_(cast.charlie), method)(at, sent), getattr(Client(), method)(at, sent)
            assert (name, method, stranger.status_code) in ((name, method, 404), (name, method, 405))
            assert (name, method, nobody.status_code, nobody["Location"].split("?")[0]) == (
                name,
                method,
                302,
                "/accounts/login/",
            )
            assert cost(1)["product_id"] not in stranger.content.decode()
        unsigned = Client(enforce_csrf_checks=True)
        unsigned.force_login(cast.alice)
        assert (name, unsigned.post(at, data).status_code) in ((name, 403), (name, 405))
    assert stored(cast.shop) == {cost(1)["product_id"]: cost(1)}
    assert cost(1)["product_id"] in as_(cast.alice).get(address(cast)).content.decode()
