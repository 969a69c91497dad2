"""Settings and people in the browser; what sales and others see of registers, figures and Excel; the table of shops."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.web.conftest import PASSWORD
from zhanggui.desk import checking, deciding, importing, people
from zhanggui.desk.edits import listing, texts
from zhanggui.desk.models import Change, Invitation, Membership, Person, Shop
from zhanggui.tables import TABLES

DEALS, COSTS = TABLES["offline_deal"], TABLES["product_cost"]
SECRET = "4321.5"


def at(name, *args, shop="shop-a"):
    return reverse(name, args=[shop, *args])


def text(answer) -> str:
    return answer.content.decode()


def member(cast, person):
    return person.memberships.get(company=cast.shop.company)


def role(cast, person, name, **more):
    person.memberships.filter(company=cast.shop.company).update(role=name, **more)


def questions(browser, address, add) -> set[int]:
    """How many the page asks of the database with 1, 3 and 300 more rows."""
    asked = set()
    browser.get(address)
    for count in (1, 3, 300):
        add(count)
        with CaptureQueriesContext(connection) as made:
            assert browser.get(address).status_code == 200
        asked.add(len(made))
    return asked


# ---- settings


def test_the_tabs_are_those_that_the_role_opens(cast, as_):
    def tabs(person):
        page = text(as_(person).get(at("settings")))
        return re.findall(r"<a [^>]*>([^<]+)</a>", re.search(r'<nav class="tabs".*?</nav>', page, re.S)[0])

    assert [t for t in tabs(cast.alice) if t in ("店铺", "人员", "我")] == ["店铺", "人员", "我"]
    assert [t for t in tabs(cast.rita) if t in ("店铺", "人员", "我")] == ["店铺", "我"]


def test_a_shop_is_changed_by_the_owner_and_only_read_by_others(cast, as_):
    sent = {"name": "新名字", "industry": "灯具", "time_zone": "Asia/Hong_Kong", "languages": ["en", "ru"]}
    assert as_(cast.bob).post(at("settings"), sent).status_code == 403
    assert '<form method="post" class="sheet"' not in text(as_(cast.bob).get(at("settings")))
    assert as_(cast.alice).post(at("settings"), sent)["Location"] == at("settings")
    shop = Shop.objects.get(key="shop-a")
    assert (shop.name, shop.industry, shop.time_zone, shop.languages) == ("新名字", "灯具", "Asia/Hong_Kong", ["en", "ru"])
    page = text(as_(cast.alice).post(at("settings"), sent | {"time_zone": "Mars", "industry": "typed"}))
    assert "没有这个时区" in page
    assert 'value="typed"' in page
    assert Shop.objects.get(key="shop-a").industry == "灯具"


def test_a_further_shop(cast, as_):
    answer = as_(cast.alice).post(at("open_shop"), {"name": "Second"})
    made = Shop.objects.get(name="Second")
    assert (answer["Location"], made.company) == (at("imports", shop=made.key), cast.shop.company)
    assert as_(cast.bob).post(at("open_shop"), {"name": "Third"}).status_code == 403
    assert as_(cast.charlie).get(at("today", shop=made.key)).status_code == 404


def test_me_asks_for_the_password_before_the_address_changes(cast, as_):
    bob = as_(cast.bob)
    assert "密码不对" in text(bob.post(at("me"), {"email": "bob@example.com", "password": "wrong"}))
    cast.bob.refresh_from_db()
    assert cast.bob.email == ""
    bob.post(at("me"), {"email": "bob@example.com", "password": PASSWORD})
    cast.bob.refresh_from_db()
    assert cast.bob.email == "bob@example.com"


def test_a_password_is_changed_and_other_devices_are_out(cast, as_):
    here, there = as_(cast.bob), as_(cast.bob)
    new = "quite another long one"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new, "next": at("me")}
    assert here.post(reverse("account_change_password"), sent)["Location"] == at("me")
    assert here.get(at("me")).status_code == 200
    assert there.get(at("me")).status_code == 302
    page = text(
        here.post(reverse("account_change_password"), sent | {"oldpassword": new, "password1": "123", "password2": "123"})
    )
    assert "aria-invalid" in page


# ---- people


def test_people_are_for_the_owner(cast, as_):
    page = text(as_(cast.alice).get(at("people")))
    assert re.findall(r'people/\d+/">([^<]+)</a>', page) == ["alice", "bob", "rita"]
    assert "charlie" not in page
    for person in (cast.bob, cast.rita):
        assert as_(person).get(at("people")).status_code == 403
        assert as_(person).get(at("member", member(cast, cast.alice).pk)).status_code == 403


def test_a_role_is_changed(cast, as_):
    sent = {"role": "sales", "account": "Bob Chen", "all_buyers": "1"}
    assert as_(cast.alice).post(at("member", member(cast, cast.bob).pk), sent)["Location"] == at("people")
    bob = member(cast, cast.bob)
    assert (bob.role, bob.account, bob.all_buyers) == ("sales", "Bob Chen", True)
    answer = as_(cast.alice).post(at("member", member(cast, cast.alice).pk), {"role": "reader"}, follow=True)
    assert "公司至少要有一位老板" in text(answer)


def test_a_member_is_removed_and_the_tasks_go_to_somebody(cast, as_):
    alice, bob = as_(cast.alice), member(cast, cast.bob)
    assert "有 1 个未完成的任务" in text(alice.get(at("member", bob.pk)))
    answer = alice.post(at("member", bob.pk), {"verb": "remove"}, follow=True)
    assert "请选由谁接手" in text(answer)
    assert alice.post(at("member", bob.pk), {"verb": "remove", "heir": cast.alice.pk})["Location"] == at("people")
    cast.task.refresh_from_db()
    assert cast.task.assignee == cast.alice
    assert as_(cast.bob).get(at("today")).status_code == 404
    assert Change.objects.get(verb="remove_member").subject == "bob"


def test_a_member_of_another_company_has_no_page_here(cast, as_):
    assert as_(cast.alice).get(at("member", cast.charlie.memberships.get().pk)).status_code == 404


def test_an_invitation_is_shown_once_sent_and_taken_back(cast, as_, settings, mailoutbox):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.com", "zhanggui@example.com"
    alice = as_(cast.alice)
    page = text(alice.post(at("people"), {"role": "sales", "email": "dan@example.com", "account": "Dan"}))
    link = re.search(r'value="(http://testserver/invitation/[^"]+)"', page)[1]
    assert [(m.to, link in m.body) for m in mailoutbox] == [(["dan@example.com"], True)]
    made = Invitation.objects.get()
    assert made.token not in page
    again = text(alice.get(at("people")))
    assert ("dan@example.com" in again, "/invitation/" in again.replace("/invitations/", "")) == (True, False)
    assert alice.post(at("revoke", made.pk))["Location"] == at("people")
    assert Client().get(link).status_code == 404
    assert alice.post(at("revoke", made.pk)).status_code == 404


def test_a_letter_that_does_not_go_out_is_said(cast, as_, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    page = text(as_(cast.alice).post(at("people"), {"role": "sales", "email": "dan@example.com"}))
    assert "邮件没有寄出" in page
    assert "/invitation/" in page


def test_a_wrong_address_keeps_what_was_typed(cast, as_):
    page = text(as_(cast.alice).post(at("people"), {"role": "sales", "email": "dan@", "account": "Dan"}))
    assert "请填完整的邮箱地址" in page
    assert 'value="Dan"' in page
    assert Invitation.objects.count() == 0


def test_the_list_of_people_asks_a_constant_number_of_questions(cast, as_):
    def add(count):
        made = Person.objects.bulk_create([Person(username=f"p{count}-{n}") for n in range(count)])
        Membership.objects.bulk_create([Membership(person=p, company=cast.shop.company, role="reader") for p in made])

    assert len(questions(as_(cast.alice), at("people"), add)) == 1


# ---- what is hidden


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
    assert "业务员请填 Bob Chen" in page
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


# ---- the table of shops


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


def test_an_agency_sees_all_its_shops_and_nobody_elses(cast, as_):
    agency = people.add_person("ann", PASSWORD, cast.shop.company, "manager")
    other = Shop.objects.get(key="shop-c")
    people.add_person("ann", "", other.company, "operator")
    people.open_shop("shop-x", "Nobody’s")
    page = text(as_(agency).get("/"))
    assert names(page) == ["Alice 的店", "Charlie 的店"]
    row = re.search(r"Alice 的店</a>.*?</tr>", page, re.S)[0]
    told = dict(re.findall(r'data-label="([^"]+)">\s*(?:⚠ )?([^<]*)', row))
    new = cast.shop.findings.filter(state="new").count()
    assert (told["新发现"], told["进行中任务"], told["逾期任务"]) == (str(new), "1", "0")
    assert names(text(as_(agency).get("/", {"sort": "fresh", "dir": "up"}))) == ["Charlie 的店", "Alice 的店"]
    assert names(text(as_(agency).get("/", {"q": "charlie"}))) == ["Charlie 的店"]
    assert as_(cast.bob).get("/")["Location"] == at("today")
    deciding.dismiss(cast.shop.findings.filter(state="new").first(), "no")
    page = text(as_(agency).get("/"))
    assert f'data-label="新发现">{new - 1}<' in page


def test_the_table_of_shops_asks_a_constant_number_of_questions(cast, as_):
    def add(count):
        company = cast.shop.company
        Shop.objects.bulk_create(Shop(company=company, key=f"more-{count}-{n}", name=f"More {n:03}") for n in range(count))

    alice = as_(cast.alice)
    assert len(questions(alice, "/", add)) == 1
    assert len(names(text(alice.get("/")))) == 50
    assert names(text(alice.get("/", {"page": "7", "sort": "name", "dir": "up"})))[-1] == "More 299"
