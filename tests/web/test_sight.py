"""What sales and others are not shown: rows and columns of registers, Excel, history, figures, findings, problems of a file."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from zhanggui.desk import checking, importing
from zhanggui.desk.edits import listing, texts
from zhanggui.tables import TABLES

DEALS, COSTS = TABLES["offline_deal"], TABLES["product_cost"]
SECRET = "4321.5"


def at(name, *args, shop="shop-a"):
    return reverse(name, args=[shop, *args])


def text(answer) -> str:
    return answer.content.decode()


def role(cast, person, name, **more):
    person.memberships.filter(company=cast.shop.company).update(role=name, **more)


@pytest.fixture
def rows(cast):
    labels = [DEALS.columns[c].zh for c in ("deal_no", "salesperson", "amount")]
    need = [n for n in DEALS.required if n not in ("deal_no", "salesperson", "amount")]
    head = [*labels, *(DEALS.columns[n].zh for n in need)]
    rest = ["2026-09-10" if DEALS.columns[n].kind == "day" else "USD" for n in need]
    lines = [",".join([no, who, SECRET, *rest]) for no, who in (("D1", "Bob Chen"), ("D2", "Dan Wu"), ("D3", ""))]
    importing.take(cast.shop, "\n".join([",".join(head), *lines]).encode() + b"\n", "deals.csv", table="offline_deal")
    assert listing(cast.shop, DEALS).frame.height == 3
    return lines


def shown(page: str) -> list[str]:
    if "还是空的" in page:
        return []
    seen = json.loads(re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&#34;", '"'))
    return sorted(cells["deal_no"] for _, cells in seen)


def test_sales_see_their_own_rows_and_the_owner_all(cast, as_, rows):
    address = at("register", "offline_deal")
    role(cast, cast.bob, "sales", account="Bob Chen")
    assert shown(text(as_(cast.alice).get(address))) == ["D1", "D2", "D3"]
    page = text(as_(cast.bob).get(address))
    assert (shown(page), "Dan Wu" in page) == (["D1"], False)
    assert shown(text(as_(cast.bob).get(address, {"q": "Dan"}))) == []
    role(cast, cast.bob, "sales", account="")
    page = text(as_(cast.bob).get(address))
    assert (shown(page), "还不知道您在后台叫什么名字" in page) == ([], True)
    role(cast, cast.bob, "sales", account="Bob Chen", all_buyers=True)
    assert shown(text(as_(cast.bob).get(address))) == ["D1", "D2", "D3"]


def test_the_excel_file_and_the_history_hold_what_is_shown(cast, as_, rows):
    role(cast, cast.bob, "sales", account="Bob Chen")

    def cells(person):
        answer = as_(person).get(at("register", "offline_deal"), {"format": "xlsx", "rows": "1"})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        return [str(c) for row in sheet.iter_rows(values_only=True) for c in row if c is not None]

    assert ("D2" in cells(cast.alice), "D2" in cells(cast.bob), "D1" in cells(cast.bob)) == (True, False, True)
    told = [text(as_(p).get(at("register_history", "offline_deal"), {"key": "D2"})) for p in (cast.alice, cast.bob)]
    assert ["Dan Wu" in page for page in told] == [True, False]
    counted = [text(as_(p).get(at("registers"), {"q": "线下"})) for p in (cast.alice, cast.bob)]
    assert ["<strong>3</strong>" in page for page in counted] == [True, False]


def post(browser, name, seen, **cells):
    return browser.post(at("register", name), {"seen": json.dumps(seen), "cells": json.dumps(cells)})


def deal(cast, number):
    held = {r["deal_no"]: texts(DEALS, r) for r in listing(cast.shop, DEALS).frame.iter_rows(named=True)}
    return held.get(number)


def test_sales_write_their_own_rows_only(cast, as_, rows):
    role(cast, cast.bob, "sales", account="Bob Chen")
    bob, mine, theirs = as_(cast.bob), deal(cast, "D1"), deal(cast, "D2")
    assert post(bob, "offline_deal", [[1, theirs]], **{"1.amount": "1"}).status_code == 403
    assert post(bob, "offline_deal", [[1, theirs]], **{"1.removed": "Y"}).status_code == 403
    post(bob, "offline_deal", [[1, mine]], **{"1.amount": "7"})
    assert deal(cast, "D1")["amount"] == "7"
    page = text(post(bob, "offline_deal", [[1, deal(cast, "D1")]], **{"1.salesperson": "Dan Wu"}))
    assert "这里请填 Bob Chen" in page
    fresh = {k: v for k, v in mine.items() if k not in ("deal_no", "salesperson")}
    post(bob, "offline_deal", [], **{f"5.{k}": v for k, v in (fresh | {"deal_no": "D9"}).items()})
    assert deal(cast, "D9")["salesperson"] == "Bob Chen"
    post(bob, "offline_deal", [], **{f"5.{k}": v for k, v in (fresh | {"deal_no": "D2"}).items()})
    assert deal(cast, "D2") == theirs


@pytest.fixture
def cost(cast):
    importing.take(cast.shop, f"产品ID,单件成本,成本币种\n1600000000001,{SECRET},CNY\n".encode(), "costs.csv")


def costs(cast):
    return {r["product_id"]: texts(COSTS, r) for r in listing(cast.shop, COSTS).frame.iter_rows(named=True)}


def test_costs_are_hidden_by_role_on_every_way_out(cast, as_, cost):
    leaks = {}
    for person in (cast.alice, cast.bob):
        browser, address = as_(person), at("register", "product_cost")
        book = browser.get(address, {"format": "xlsx", "rows": "1"}).content
        sheet = [str(c) for row in load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True) for c in row]
        ways = {
            "page": text(browser.get(address)),
            "search": text(browser.get(address, {"q": SECRET})).split("</search>")[1],
            "sorted": text(browser.get(address, {"sort": "unit_cost"})),
            "history": text(browser.get(at("register_history", "product_cost"), {"key": "1600000000001"})),
            "cell": text(browser.get(at("register_history", "product_cost"), {"key": "1600000000001", "column": "unit_cost"})),
            "excel": " ".join(sheet),
        }
        told = {"search": "1600000000001"}  # that it is found says what it costs
        leaks[person.username] = [way for way, page in ways.items() if told.get(way, SECRET) in page]
    assert leaks == {"alice": ["page", "search", "sorted", "history", "cell", "excel"], "bob": []}


def test_who_does_not_see_a_cell_leaves_it_as_it_is(cast, as_, cost):
    bob = as_(cast.bob)
    shown = {"product_id": "1600000000001", "currency": "CNY", "note": ""}
    post(bob, "product_cost", [[1, shown]], **{"1.note": "his", "1.unit_cost": "1"})
    assert costs(cast) == {"1600000000001": shown | {"unit_cost": SECRET, "note": "his"}}
    shown |= {"note": "his"}
    assert post(bob, "product_cost", [[1, shown]], **{"1.removed": "Y"}).status_code == 403
    assert post(bob, "product_cost", [], **{"2.product_id": "1600000000002", "2.currency": "CNY"}).status_code == 403
    answer = bob.post(
        at("register_try", "product_cost"),
        {"seen": json.dumps([[1, shown | {"note": "old"}]]), "cells": json.dumps({"1.note": "x"})},
    )
    assert SECRET not in text(answer)
    file = io.BytesIO("产品ID,备注\n1600000000001,x\n".encode())
    file.name = "costs.csv"
    assert bob.post(at("register", "product_cost"), {"verb": "bring", "file": file}).status_code == 403
    assert costs(cast)["1600000000001"]["unit_cost"] == SECRET


def test_a_form_without_script_keeps_hidden_cells(cast, as_, cost):
    bob = as_(cast.bob)
    page = text(bob.get(at("register", "product_cost")))
    assert ("unit_cost" in page, "您的角色看不到这些列：单件成本" in page) == (False, True)
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&#34;", '"')
    bob.post(
        at("register", "product_cost"),
        {"seen": seen, "cells": "", "1.product_id": "1600000000001", "1.currency": "USD", "1.note": ""},
    )
    assert (costs(cast)["1600000000001"]["unit_cost"], costs(cast)["1600000000001"]["currency"]) == (SECRET, "USD")


def test_a_figure_made_of_hidden_money_is_not_told(cast, as_):
    table = TABLES["p4p_keyword"]
    body = f"关键词报告,时间周期 2026-09-13~2026-09-19\n\n{','.join(table.columns[n].zh for n in ('word', 'cost', 'clicks'))}\nloafers,{SECRET},9\n"
    item = importing.take(cast.shop, body.encode(), "words.csv", table="p4p_keyword")
    assert item.state == "accepted"
    answers = {}
    for person in (cast.alice, cast.rita):
        for column in ("cost", "cpc", "clicks"):
            answer = as_(person).get(at("figure"), {"address": f"ads.words.{column}[word=loafers]@28"})
            answers[person.username, column] = (answer.status_code, "4,321.50" in text(answer) or SECRET in text(answer))
    assert answers == {
        ("alice", "cost"): (200, True),
        ("alice", "cpc"): (200, True),
        ("alice", "clicks"): (200, False),
        ("rita", "cost"): (403, False),
        ("rita", "cpc"): (403, False),
        ("rita", "clicks"): (200, False),
    }


def test_a_finding_that_says_money_is_not_told(cast, as_):
    made = cast.shop.findings.get_or_create(
        code="AD01",
        fingerprint="x",
        defaults={"first_seen": "2026-09-19", "last_seen": "2026-09-19", "changed_on": "2026-09-19"},
    )[0]
    from zhanggui.checks import load

    code = next(c.code for c in load().values() if c.name == "spend_without_leads")
    values = dict.fromkeys(re.findall(r"{(\w+)", load()[code].words["says"]["zh"]), 0)
    made.code, made.key, made.values = code, {"word": "costly word", "keyword": "costly word"}, values | {"word": "costly word"}
    made.fingerprint = checking.as_core(made).fingerprint
    made.save()
    seen = {}
    for person in (cast.alice, cast.rita):
        today, evidence = as_(person).get(at("today")), as_(person).get(at("evidence", made.pk))
        seen[person.username] = ("costly word" in text(today), evidence.status_code, "costly word" in text(evidence))
    assert seen == {"alice": (True, 200, True), "rita": (False, 403, False)}


def test_a_problem_of_a_file_does_not_tell_a_hidden_cell(cast, as_):
    data = f"产品ID,单件成本,成本币种\n1600000000001,about {SECRET},CNY\n1600000000002,3,CNY\n".encode()
    item = importing.bring(cast.shop, data, "costs.csv", person=cast.alice)
    told = {}
    for person in (cast.alice, cast.bob):
        pages = [text(as_(person).get(at(name, item.pk))) for name in ("preview", "problems")]
        told[person.username] = [(SECRET in page, "单件成本" in page) for page in pages]
    assert told == {"alice": [(True, True)] * 2, "bob": [(False, True)] * 2}


@pytest.mark.parametrize("name", ["after_sales", "staff_step", "training"])
def test_registers_about_people_show_sales_their_own_rows(cast, as_, name):
    """The column is not called salesperson there, but the row is somebody's all the same."""
    table = TABLES[name]
    need = list(dict.fromkeys([*table.required, table.whose]))

    def cell(column, who):
        kind = table.columns[column]
        return who if column == table.whose else "2026-09-10" if kind.kind == "day" else (*kind.options, f"of {who}")[0]

    ids = {"case_no": {"Bob Chen": "1", "Dan Wu": "2"}}
    lines = [[ids[c][who] if c in ids else cell(c, who) for c in need] for who in ("Bob Chen", "Dan Wu")]
    text_of = "\n".join(",".join(line) for line in [[table.columns[c].zh for c in need], *lines])
    importing.take(cast.shop, text_of.encode() + b"\n", f"{name}.csv", table=name)
    role(cast, cast.bob, "sales", account="Bob Chen")
    told = {p.username: text(as_(p).get(at("register", name))) for p in (cast.alice, cast.bob)}
    seen = {who: ["Bob Chen" in page, "Dan Wu" in page] for who, page in told.items()}
    assert seen == {"alice": [True, True], "bob": [True, False]}


@pytest.mark.parametrize(
    ("name", "columns"), [("finance_term", ["yearly_rate", "fee_rate"]), ("membership_tier", ["lowest_margin"])]
)
def test_rates_that_tell_costs_are_hidden_like_costs(cast, as_, name, columns):
    labels = [TABLES[name].columns[c].zh for c in columns]
    shown = {}
    for who, called in ((cast.alice, "owner"), (cast.bob, "operator")):
        role(cast, who, called)
        page = text(as_(who).get(at("register", name), {"new": "1"}))
        shown[called] = [f"{name}:{label}" for label in labels if f">{label}" in page]
    assert shown == {"owner": [f"{name}:{label}" for label in labels], "operator": []}
