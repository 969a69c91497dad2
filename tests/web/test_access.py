"""Nobody sees what is not theirs, and the negatives are shown to be able to leak."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.addresses import all_of
from tests.web.conftest import PASSWORD


def send(client, method, address, **data):
    return getattr(client, method)(address, data if method == "post" else {})


def test_every_page_asks_for_sign_in(cast):
    for name, method, address in all_of(cast, cast.shop.key):
        answer = send(Client(), method, address)
        assert (name, answer.status_code) == (name, 302)
        assert answer["Location"].startswith(reverse("account_login"))


def test_home_asks_for_sign_in(cast):
    assert Client().get("/")["Location"] == "/accounts/login/?next=/"


def test_htmx_without_session_is_sent_to_sign_in(cast):
    answer = Client().get(reverse("today", args=[cast.shop.key]), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/")


def test_a_stranger_gets_404_everywhere(cast, as_):
    charlie = as_(cast.charlie)
    for name, method, address in all_of(cast, cast.shop.key):
        answer = send(charlie, method, address, finding=cast.finding.pk)
        assert (name, answer.status_code) == (name, 404)
        assert "Alice" not in answer.content.decode()


def test_ids_of_another_shop_do_not_open_in_ones_own(cast, as_):
    charlie = as_(cast.charlie)
    for name, method, address in all_of(cast, "shop-c"):
        if name in (
            "evidence", "preview", "decide_import", "problems", "undo", "task", "decide", "member", "revoke", "revoke_token", "take_token_away", "view_verb", "list_row",
            "product_page", "picture", "bid_sheet", "bid_sheet_excel", "bid_sheet_bring", "bid_sheet_do", "bid_sheet_revert",
        ):  # fmt: skip
            assert (name, send(charlie, method, address, finding=cast.finding.pk).status_code) == (name, 404)
    cast.task.refresh_from_db()
    assert cast.task.state == "open"


def test_alice_sees_what_the_stranger_does_not(cast, as_):
    alice = as_(cast.alice)
    for name, method, address in all_of(cast, cast.shop.key):
        if method == "get":
            answer = alice.get(address)
            assert (name, answer.status_code) == (name, 200)
            if name not in ("problems", "picture", "bid_sheet_excel"):
                assert "Alice 的店" in answer.content.decode()


def test_a_foreign_shop_looks_like_one_that_does_not_exist(cast, as_):
    charlie = as_(cast.charlie)
    pages = [charlie.get(reverse("today", args=[key])) for key in (cast.shop.key, "no-such-shop")]
    assert [p.status_code for p in pages] == [404, 404]
    words = [p.content.decode().split("<main")[1] for p in pages]
    assert words[0] == words[1]


WRITING = [
    ("check_again", {}),
    ("accept_all", {}),
    ("decide_import", {"verb": "accept"}),
    ("decide", {}),
    ("task", {}),
    ("list_do", {"row": "product_id=1601825074601"}),
    ("save_view", {"name": "Theirs", "shared": "1"}),
]


@pytest.mark.parametrize(("name", "data"), WRITING)
def test_a_reader_may_not_write(cast, as_, name, data):
    addresses = {n: a for n, _, a in all_of(cast, cast.shop.key)}
    answer = as_(cast.rita).post(addresses[name], data | {"finding": cast.finding.pk})
    assert answer.status_code == 403
    assert "您不能做这件事" in answer.content.decode()


def test_a_reader_may_not_import_or_undo(cast, as_):
    rita = as_(cast.rita)
    assert rita.post(reverse("imports", args=[cast.shop.key])).status_code == 403
    assert rita.get(reverse("undo", args=[cast.shop.key, 1])).status_code == 403
    assert rita.post(reverse("undo", args=[cast.shop.key, 1])).status_code == 403


def test_a_reader_sees_no_buttons_that_write(cast, as_):
    today = as_(cast.rita).get(reverse("today", args=[cast.shop.key])).content.decode()
    assert "nike shoes" in today
    assert "/decide/" not in today
    assert "/check/" not in today


def test_sign_in_and_out(cast):
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/")["Location"] == reverse("today", args=[cast.shop.key])
    assert browser.get(reverse("account_logout")).status_code == 405
    browser.post(reverse("account_logout"))
    assert browser.get("/").status_code == 302


def test_csrf_is_asked_for(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.alice)
    answer = browser.post(reverse("check_again", args=[cast.shop.key]))
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/accounts/signup/", "/accounts/password/set/", "/accounts/inactive/", "/accounts/2fa/", "/admin/", "/accounts/email/"],
)
def test_no_other_account_page_is_served(cast, path):
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"username": "x"}).status_code == 404


def test_wrong_passwords_lock_sign_in_with_a_word_about_it(cast):
    browser = Client()
    for _ in range(6):
        answer = browser.post(reverse("account_login"), {"login": "alice", "password": "wrong"})
    assert "notice error" in answer.content.decode()
    answer = browser.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert answer.status_code == 200  # locked: even the right one waits
    assert browser.get("/").status_code == 302


def test_too_many_requests_are_answered_in_words(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    browser = Client()
    answers = [browser.post(reverse("account_login"), {"login": "nobody"}) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "尝试太多次" in answers[-1].content.decode()
