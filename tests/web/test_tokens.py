"""The page of one's API tokens: the password first, shown once, one's own only, revoked."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD
from zhanggui.desk import people, tokens
from zhanggui.desk.models import ApiToken, Change

PAGE = "/s/shop-a/settings/me/tokens/"


def text(answer) -> str:
    return answer.content.decode()


def made_on(page: str) -> str | None:
    found = re.search(r'<input readonly value="(zg_[\w-]+)"', page)
    return found and found[1]


def test_made_with_the_password_and_shown_once(cast, as_):
    alice = as_(cast.alice)
    answer = alice.post(PAGE, {"name": "ERP", "shop": "shop-a", "until": "2099-12-31", "password": PASSWORD})
    token = made_on(text(answer))
    kept = tokens.holder(token)
    assert (kept.person, kept.shop, kept.name, str(kept.until)) == (cast.alice, cast.shop, "ERP", "2099-12-31")
    assert answer["Cache-Control"] == "no-store"
    page = text(alice.get(PAGE))
    assert (token in page, "<strong>ERP</strong> · Alice 的店" in page, "还没用过" in page) == (False, True, True)
    assert 'API 令牌</strong> <span class="count">1</span>' in text(alice.get(reverse("me", args=["shop-a"])))
    assert "新建 API 令牌" in text(alice.get(reverse("history", args=["shop-a"])))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"password": "wrong"}, "密码不对。"),
        ({"name": " "}, "请给它起名"),
        ({"until": "2001-01-01"}, "请选今天或以后的日子"),
        ({"until": "soon"}, "请选今天或以后的日子"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, as_, sent, says):
    page = text(as_(cast.alice).post(PAGE, {"name": "ERP pull", "password": PASSWORD} | sent))
    assert (says in page, made_on(page), ApiToken.objects.count()) == (True, None, 0)
    assert ('value="ERP pull"' in page) == ("name" not in sent)


def test_guessing_the_password_stops(cast, as_, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    alice = as_(cast.alice)
    answers = [alice.post(PAGE, {"name": "x", "password": "wrong"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_every_role_has_its_own_and_sees_nobody_elses(cast, as_):
    tokens.make(cast.alice, "Hers")
    tokens.make(cast.rita, "Ritas")
    assert [name in text(as_(cast.rita).get(PAGE)) for name in ("Hers", "Ritas")] == [False, True]


def test_a_shop_of_others_cannot_be_chosen(cast, as_):
    people.open_shop("shop-b", "B")
    answers = [as_(cast.alice).post(PAGE, {"name": "x", "shop": key, "password": PASSWORD}) for key in ("shop-b", "none")]
    assert ([a.status_code for a in answers], ApiToken.objects.count()) == ([404, 404], 0)


def test_revoked_by_its_person_alone(cast, as_):
    made, key = tokens.make(cast.alice, "ERP")
    address = reverse("revoke_token", args=["shop-a", made.pk])
    assert [as_(p).post(address).status_code for p in (cast.bob, cast.charlie)] == [404, 404]
    assert (as_(cast.alice).get(address).status_code, tokens.holder(key)) == (405, made)
    answer = as_(cast.alice).post(address, follow=True)
    assert ("令牌「ERP」已收回" in text(answer), tokens.holder(key)) == (True, None)
    assert Change.objects.filter(verb="revoke_token", subject="ERP").count() == 1


def test_csrf_is_asked_for(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.alice)
    assert browser.post(PAGE, {"name": "ERP", "password": PASSWORD}).status_code == 403
    assert ApiToken.objects.count() == 0
