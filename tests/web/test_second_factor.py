"""The second factor: set up, asked for, taken off after the password; codes work once, guessing stops."""

from __future__ import annotations

import base64
import re
import time
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.web.addresses import all_of
from tests.web.conftest import PASSWORD
from zhanggui.desk import members

LOGIN, CODE = reverse("account_login"), reverse("mfa_authenticate")


def text(answer) -> str:
    return answer.content.decode()


def digits(secret: str, ahead: int = 0) -> str:
    """What the app on the phone shows; `ahead` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def signed_in(person) -> Client:
    browser = Client()
    assert browser.post(LOGIN, {"login": person.username, "password": PASSWORD}).status_code == 302
    return browser


def confirmed(browser: Client, page: str) -> Client:
    """With the password given once more."""
    answer = browser.get(reverse(page))
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={reverse(page).replace('/', '%2F')}"
    assert browser.post(answer["Location"], {"password": PASSWORD}).status_code == 302
    return browser


def set_up(person) -> tuple[Client, str, list[str]]:
    """The browser, the secret, and the recovery codes."""
    browser = confirmed(signed_in(person), "mfa_activate_totp")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", text(browser.get(reverse("mfa_activate_totp"))))[1]
    answer = browser.post(reverse("mfa_activate_totp"), {"code": digits(secret, -1)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    page = text(browser.get(answer["Location"]))
    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', page)[1])
    assert re.findall(r"<li><code>(\d{8})</code></li>", page) == file.split()
    return browser, secret, file.split()


def test_set_up_shows_a_picture_that_the_policy_allows(cast):
    browser = confirmed(signed_in(cast.bob), "mfa_activate_totp")
    answer = browser.get(reverse("mfa_activate_totp"))
    page = text(answer)
    picture = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)[1]).decode()
    assert ("<svg" in picture, "img-src 'self' data:" in answer["Content-Security-Policy"]) == (True, True)
    assert (" style=" in page, "<style" in page, "<script>" in page) == (False, False, False)


def test_a_wrong_code_does_not_switch_it_on(cast):
    browser = confirmed(signed_in(cast.bob), "mfa_activate_totp")
    browser.get(reverse("mfa_activate_totp"))
    assert "验证码不对" in text(browser.post(reverse("mfa_activate_totp"), {"code": "000000x"}))
    assert Authenticator.objects.count() == 0


def test_sign_in_asks_for_the_code(cast):
    _, secret, _ = set_up(cast.bob)
    browser = Client()
    assert browser.post(LOGIN, {"login": "bob", "password": PASSWORD})["Location"] == CODE
    assert browser.get(reverse("today", args=["shop-a"])).status_code == 302  # half signed in is not signed in
    assert "验证码不对" in text(browser.post(CODE, {"code": "123"}))
    assert browser.post(CODE, {"code": digits(secret)})["Location"] == "/"
    assert browser.get(reverse("today", args=["shop-a"])).status_code == 200


def test_a_code_works_once(cast):
    _, secret, _ = set_up(cast.bob)
    code = digits(secret)
    for answer in (302, 200):
        browser = Client()
        browser.post(LOGIN, {"login": "bob", "password": PASSWORD})
        assert browser.post(CODE, {"code": code}).status_code == answer


def test_a_recovery_code_works_once_and_codes_are_shown_once(cast):
    here, _, codes = set_up(cast.bob)
    again = text(here.get(reverse("mfa_view_recovery_codes")))
    assert [c for c in codes if c in again] == []
    for answer in (302, 200):
        browser = Client()
        browser.post(LOGIN, {"login": "bob", "password": PASSWORD})
        assert browser.post(CODE, {"code": codes[0]}).status_code == answer
    assert "还剩 9 个备用码" in text(here.get(reverse("mfa_index")))
    assert here.post(reverse("mfa_generate_recovery_codes"))["Location"] == reverse("mfa_view_recovery_codes")
    new = re.findall(r"<li><code>(\d{8})</code></li>", text(here.get(reverse("mfa_view_recovery_codes"))))
    assert (len(new), set(new) & set(codes)) == (10, set())


def test_the_code_page_alone_lets_nobody_in(cast):
    set_up(cast.bob)
    assert Client().get(CODE)["Location"] == LOGIN
    assert Client().post(CODE, {"code": "123456"})["Location"] == LOGIN


def test_guessing_codes_stops(cast):
    _, secret, _ = set_up(cast.bob)
    browser = Client()
    browser.post(LOGIN, {"login": "bob", "password": PASSWORD})
    for _ in range(5):
        browser.post(CODE, {"code": "000000"})
    answer = browser.post(CODE, {"code": digits(secret)})
    assert (answer.status_code, "尝试太多次" in text(answer)) == (200, True)
    assert browser.get("/").status_code == 302


def test_it_is_taken_off_only_after_the_password(cast):
    set_up(cast.bob)
    browser = Client()
    browser.force_login(cast.bob)  # an open browser that somebody walks up to
    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    browser.post(reverse("account_reauthenticate"), {"password": "wrong"})
    browser.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 1
    confirmed(browser, "mfa_deactivate_totp").post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 0
    assert Client().post(LOGIN, {"login": "bob", "password": PASSWORD})["Location"] == "/"


def test_one_may_confirm_by_code_instead(cast):
    _, secret, _ = set_up(cast.bob)
    browser = Client()
    browser.force_login(cast.bob)
    page = browser.get(reverse("mfa_deactivate_totp"), follow=True)
    assert "用验证码确认" in text(page)
    browser.post(f"{reverse('mfa_reauthenticate')}?next=/", {"code": digits(secret)})
    assert browser.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_secrets_are_sealed_in_the_database(cast):
    _, secret, codes = set_up(cast.bob)
    held = str([a.data for a in Authenticator.objects.all()])
    assert (secret in held, [c for c in codes if c in held]) == (False, [])


PAGES = ["mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", [*PAGES, "mfa_reauthenticate", "account_reauthenticate", "account_change_password"])
def test_every_page_asks_for_sign_in(cast, name):
    assert Client().get(reverse(name))["Location"].startswith(LOGIN)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_reads_in_both_languages(cast, language):
    browser, _, _ = set_up(cast.bob)
    cast.bob.language = language
    cast.bob.save()
    for name in [n for n in PAGES if n != "mfa_activate_totp"]:
        answer = browser.get(reverse(name))
        assert (name, answer.status_code) == (name, 200)
        main = re.search(r"<main.*?</main>", text(answer), re.S)[0]
        assert (name, bool(re.search("[一-鿿]", main))) == (name, language == "zh")


@pytest.fixture(autouse=True)
def fresh_cache(db):
    cache.clear()


def asked_of(cast, *roles: str) -> None:
    members.ask_second_factor(cast.shop, roles, person=cast.alice)


def test_whoever_owes_it_is_led_to_set_it_up_and_can_do_nothing_else(cast):
    asked_of(cast, "operator")
    bob, led = signed_in(cast.bob), reverse("mfa_activate_totp")
    for name, method, address in all_of(cast, "shop-a"):
        answer = getattr(bob, method)(address)
        assert (name, answer.status_code, answer.headers.get("Location")) == (name, 302, led)
    for name in ("home", "mfa_index", "mfa_deactivate_totp", "account_change_password"):
        assert (name, bob.get(reverse(name)).headers["Location"]) == (name, led)
    part = bob.get(reverse("today", args=["shop-a"]), headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, led)
    page = text(confirmed(bob, "mfa_activate_totp").get(led))
    assert ("老板要求您的角色使用两步验证" in page, "以后再说" in page) == (True, False)
    assert bob.post(reverse("language"), {"lang": "en"}).status_code == 302
    assert bob.post(reverse("account_logout"))["Location"] == LOGIN


def test_whoever_has_it_goes_on_and_keeps_it(cast):
    asked_of(cast, "operator")
    bob, _, _ = set_up(cast.bob)
    assert bob.get(reverse("today", args=["shop-a"])).status_code == 200
    assert bob.get(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    bob.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.bob, type="totp").count() == 1


def test_other_roles_and_other_companies_are_not_asked(cast):
    asked_of(cast, "operator", "owner")
    for person, shop in ((cast.rita, "shop-a"), (cast.charlie, "shop-c")):
        assert signed_in(person).get(reverse("today", args=[shop])).status_code == 200
    asked_of(cast)
    assert signed_in(cast.bob).get(reverse("today", args=["shop-a"])).status_code == 200


def test_the_owner_alone_asks_for_it_and_it_is_remembered(cast, as_):
    address = reverse("second_factor", args=["shop-a"])
    assert as_(cast.bob).post(address, {"roles": ["reader"]}).status_code == 403
    assert as_(cast.charlie).post(address, {"roles": ["reader"]}).status_code == 404
    alice = as_(cast.alice)
    assert "没有这个角色" in text(alice.post(address, {"roles": ["king"]}, follow=True))
    alice.post(address, {"roles": ["reader", "operator"]})
    cast.shop.company.refresh_from_db()
    assert cast.shop.company.second_factor == ["operator", "reader"]
    page = text(alice.get(reverse("people", args=["shop-a"])))
    assert re.findall(r'name="roles" value="(\w+)" checked', page) == ["operator", "reader"]
    assert page.count("还没开启</span>") == 2
    told = text(alice.get(reverse("history", args=["shop-a"])))
    assert ("改了谁必须用两步验证" in told, "运营、只读" in told) == (True, True)
