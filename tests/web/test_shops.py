"""The table of shops: all of one's own and nobody else's, in a constant number of questions."""

from __future__ import annotations

import re
from dataclasses import replace

from django.urls import reverse

from tests.web.conftest import PASSWORD, questions
from zhanggui.checks import load
from zhanggui.desk import deciding, people
from zhanggui.desk.models import Shop
from zhanggui.tables import TABLES
from zhanggui.web import cards
from zhanggui.web.shops import overview

DEALS, COSTS = TABLES["offline_deal"], TABLES["product_cost"]
SECRET = "4321.5"


def at(name, *args, shop="shop-a"):
    return reverse(name, args=[shop, *args])


def text(answer) -> str:
    return answer.content.decode()


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


def test_what_a_member_is_not_shown_is_not_counted(cast, monkeypatch):
    """Sales see no finding over everybody's orders, and of those that name a salesperson their own."""
    orders = ({"measure": "orders.by_order", "columns": ["status"]},)
    monkeypatch.setitem(load(), "PR01", replace(load()["PR01"], evidence=orders))
    monkeypatch.setitem(load(), "PR02", replace(load()["PR02"], evidence=orders, key=("seller",)))
    dan = people.add_person("dan", PASSWORD, cast.shop.company, "sales")
    people.add_person("dan", "", Shop.objects.get(key="shop-c").company, "reader")
    dan.memberships.filter(company=cast.shop.company).update(account="Dan Wu")
    cast.shop.findings.all().delete()
    days = dict.fromkeys(("first_seen", "last_seen", "changed_on"), "2026-09-19")
    for n, check in enumerate(load()[code] for code in ("PR01", "PR02", "PR03")):
        for who in ("Dan Wu", "Bob Chen"):
            key = dict.fromkeys(check.key, "x") | ({"seller": who} if "seller" in check.key else {})
            cast.shop.findings.get_or_create(code=check.code, fingerprint=f"{who}{n}", defaults={"key": key, **days})
    counted = {}
    for person in (cast.alice, dan):
        member = person.memberships.get(company=cast.shop.company)
        shown = [f for f in cast.shop.findings.filter(state="new") if cards.shows(member, f)]
        row = overview(person).get(key="shop-a")
        counted[person.username] = (row.fresh, row.fresh == len(shown))
    total = cast.shop.findings.filter(state="new").count()
    assert counted == {"alice": (total, True), "dan": (total - 3, True)}
