"""First run: every page leads to the setup while there is nobody; afterwards it does not exist."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD
from tests.web.test_pages import INLINE
from zhanggui.desk import founding, people
from zhanggui.desk.models import Company, Membership, Person, Shop
from zhanggui.web.middleware import POLICY

YOU = {"username": "alice", "password": PASSWORD, "again": PASSWORD, "language": "zh"}


def founded(browser: Client, **changes: str):
    return browser.post(reverse("setup"), YOU | {"code": founding.setup_code()} | changes)


@pytest.mark.parametrize("address", ["/", "/s/anything/", "/s/anything/imports/", "/accounts/login/", "/setup/shop/"])
def test_every_page_leads_to_the_setup_while_there_is_nobody(db, address):
    assert Client().get(address)["Location"] == "/setup/"


def test_the_page_shows_no_code_and_keeps_one_in_the_data_folder(db, zhanggui_home):
    answer = Client().get("/setup/")
    assert answer.status_code == 200
    assert (zhanggui_home / "setup_code").read_text() not in answer.content.decode()


def test_pages_of_the_setup_hold_to_the_policy_in_both_languages(db):
    for lang, title in (("zh", "欢迎使用掌柜"), ("en", "Welcome to Zhanggui")):
        browser = Client()
        browser.post(reverse("language"), {"lang": lang, "next": "/setup/"})
        answer = browser.get("/setup/")
        assert title in answer.content.decode()
        assert (answer["Content-Security-Policy"], INLINE.findall(answer.content.decode())) == (POLICY, [])


def test_from_nobody_to_the_first_files(db):
    browser = Client()
    assert founded(browser)["Location"] == "/setup/shop/"
    page = browser.get("/setup/shop/").content.decode()
    assert (page.count("<h1"), INLINE.findall(page)) == (1, [])
    assert browser.get("/")["Location"] == "/setup/shop/"  # whoever stopped here goes on here
    answer = browser.post(
        "/setup/shop/",
        {
            "name": "林氏灯具",
            "key": "",
            "industry": "灯",
            "languages": ["en", "xx", "es"],
            "time_zone": "Asia/Shanghai",
            "currency": "USD",
        },
    )
    assert answer["Location"] == "/s/shop/begin/"
    shop = Shop.objects.get()
    assert (shop.key, shop.languages, shop.industry) == ("shop", ["en", "es"], "灯")
    page = browser.get("/s/shop/begin/").content.decode()
    assert 'type="file"' in page
    assert reverse("sandbox", args=["shop"]) in page
    assert browser.get("/")["Location"] == "/s/shop/"
    assert browser.post("/setup/shop/", {"name": "Twice", "time_zone": "Asia/Shanghai"})["Location"] == "/"
    assert Shop.objects.count() == 1


def test_the_languages_of_titles_are_the_same_at_the_start_and_later(cast, as_):
    alice = as_(cast.alice)
    later = re.findall(r'name="languages" value="(\w+)"', alice.get(reverse("settings", args=["shop-a"])).content.decode())
    founder = as_(people.add_person("fay", PASSWORD, Company.objects.create(name="Fay"), "owner"))
    first = re.findall(r'name="languages" value="(\w+)"', founder.get(reverse("setup_shop")).content.decode())
    assert first == later == list(people.TITLE_LANGUAGES)


def test_a_wrong_code_lets_nobody_in(db):
    browser = Client()
    answer = founded(browser, code="aaaa-aaaa-aaaa")
    assert answer.status_code == 422
    assert "设置码不对" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert (Person.objects.count(), browser.get("/")["Location"]) == (0, "/setup/")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"again": "another one"}, "两次输入的密码不一样"),
        ({"password": "short", "again": "short"}, "10"),
        ({"username": "a b"}, "用户名"),
    ],
)
def test_what_is_wrong_is_said(db, changes, says):
    answer = founded(Client(), **changes)
    assert answer.status_code == 422
    assert says in answer.content.decode().split('role="alert">')[1].split("</p>")[0]
    assert Person.objects.count() == 0


def test_the_second_person_is_too_late(db):
    code = founding.setup_code()
    founded(Client())
    for browser in (Client(), Client()):
        assert browser.get("/setup/").status_code == 404
        assert browser.post("/setup/", YOU | {"username": "mallory", "code": code}).status_code == 404
        assert browser.get("/")["Location"] == "/accounts/login/?next=/"
    assert Person.objects.count() == 1


def test_it_does_not_exist_for_those_who_are_there(cast, as_):
    for person in (cast.alice, cast.rita):
        assert as_(person).get("/setup/").status_code == 404
        assert as_(person).get("/setup/shop/")["Location"] == "/"
        assert as_(person).post("/setup/shop/", {"name": "More"})["Location"] == "/"
    assert Shop.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, ""),
        ({"key": "灯"}, "只用小写字母"),
        ({"time_zone": "Mars"}, "没有这个时区"),
        ({"currency": "XYZ"}, "没有这个币种"),
    ],
)
def test_a_shop_that_cannot_be_is_explained(db, changes, says):
    browser = Client()
    founded(browser)
    answer = browser.post("/setup/shop/", {"name": "Lamps", "key": "", "time_zone": "Asia/Shanghai", "currency": ""} | changes)
    assert answer.status_code == 422
    assert says in answer.content.decode().split('role="alert">')[1].split("</p>")[0]
    assert (Shop.objects.count(), Membership.objects.count()) == (0, 0)


def test_csrf_is_asked_for(db):
    browser = Client(enforce_csrf_checks=True)
    assert founded(browser).status_code == 403
    assert Person.objects.count() == 0


def test_a_reader_begins_without_upload_and_without_sandbox(cast, as_):
    page = as_(cast.rita).get(reverse("begin", args=[cast.shop.key])).content.decode()
    assert ('type="file"' in page, "/sandbox/" in page) == (False, False)
