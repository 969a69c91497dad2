"""What no database can hold is refused before it reaches one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web import files

NUL = "a\0b"


def lost(answer) -> tuple[int, bool]:
    return answer.status_code, "请求有误" in answer.content.decode()


@pytest.mark.parametrize("name", ["q", "days", "address", "next", "a\0"])
def test_in_a_query(cast, as_, name):
    alice = as_(cast.alice)
    for page in ("products", "registers", "history", "figure", "today", "glossary"):
        assert lost(alice.get(reverse(page, args=["shop-a"]), {name: NUL})) == (400, True)


def test_in_a_path(cast, as_):
    for path in ("/s/shop%00/", "/s/shop-a/registers/%00/", "/invitation/%00/", "/%00"):
        assert lost(as_(cast.alice).get(path)) == (400, True)


def test_in_a_field(cast, as_):
    alice = as_(cast.alice)
    sent = {"name": NUL, "industry": "", "time_zone": "Asia/Shanghai"}
    assert lost(alice.post(reverse("settings", args=["shop-a"]), sent)) == (400, True)
    cast.shop.refresh_from_db()
    assert cast.shop.name == "Alice 的店"


def test_before_anybody_has_signed_in(cast):
    assert lost(Client().post(reverse("account_login"), {"login": NUL, "password": "x"})) == (400, True)


def test_in_a_cookie(cast):
    browser = Client()
    browser.cookies["sessionid"] = "12345678\0"
    assert lost(browser.get("/")) == (400, True)


def test_lone_surrogates(cast, as_):
    """No browser sends them: what is no UTF-8 is read with signs of replacement, and the page is there."""
    answer = as_(cast.alice).get(reverse("products", args=["shop-a"]) + "?q=%ED%A0%80")
    assert answer.status_code == 200


def test_files_may_hold_them(cast, as_):
    data = files.products().replace(b"\n", b"\n\0", 2)
    sent = {"file": SimpleUploadedFile("Odd.csv", data)}
    answer = as_(cast.alice).post(reverse("imports", args=["shop-a"]), sent)
    assert answer.status_code == 302


def test_the_name_of_a_file(cast, as_):
    """The framework keeps such a name out by itself: what is left of it is a name."""
    odd = SimpleUploadedFile("x.csv", files.keywords(1))
    odd._name = "a\0b.csv"
    answer = as_(cast.alice).post(reverse("imports", args=["shop-a"]), {"file": odd})
    assert answer.status_code == 302
