"""The page of one's API tokens: the password first, shown once, one's own only, revoked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD, questions
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
    tokens.make(cast.alice.memberships.get(), "Hers")
    tokens.make(cast.rita.memberships.get(), "Ritas")
    assert [name in text(as_(cast.rita).get(PAGE)) for name in ("Hers", "Ritas")] == [False, True]


def test_a_shop_of_others_cannot_be_chosen(cast, as_):
    people.open_shop("shop-b", "B")
    answers = [as_(cast.alice).post(PAGE, {"name": "x", "shop": key, "password": PASSWORD}) for key in ("shop-b", "none")]
    assert ([a.status_code for a in answers], ApiToken.objects.count()) == ([404, 404], 0)


def test_revoked_by_its_person_alone(cast, as_):
    made, key = tokens.make(cast.alice.memberships.get(), "ERP")
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


def test_it_is_made_for_the_company_of_the_page(cast, as_):
    other = cast.charlie.memberships.get().company
    people.add_person("alice", PASSWORD, other, "reader")
    alice = as_(cast.alice)
    page = text(alice.get(PAGE))
    assert re.findall(r'<option value="([\w-]*)"', page.split('name="shop"')[1]) == ["", "shop-a"]
    assert alice.post(PAGE, {"name": "x", "shop": "shop-c", "password": PASSWORD}).status_code == 404
    kept = tokens.holder(made_on(text(alice.post(PAGE, {"name": "ERP", "shop": "", "password": PASSWORD}))))
    assert (kept.membership.company, kept.shop) == (cast.shop.company, None)


# ---- the owner, among the members

PEOPLE = "/s/shop-a/settings/people/"


def test_the_owner_sees_the_members_tokens_and_takes_one_away(cast, as_):
    alice = as_(cast.alice)
    assert "成员的 API 令牌" not in text(alice.get(PEOPLE))
    made, key = tokens.make(cast.bob.memberships.get(), "ERP pull", until=date(2099, 12, 31))
    tokens.make(cast.charlie.memberships.get(), "Elsewhere")
    page = text(alice.get(PEOPLE))
    own = page.split('<section aria-labelledby="tokens">')[1].split("</section>")[0]
    said = ("<strong>bob</strong> · ERP pull", "还没用过", "有效到 2099年12月31日", key, "Elsewhere")
    assert [part in own for part in said] == [True, True, True, False, False]
    tokens.used(made)
    assert "最近使用" in text(alice.get(PEOPLE))
    answer = alice.post(reverse("take_token_away", args=["shop-a", made.pk]), follow=True)
    assert ("令牌「ERP pull」已收回" in text(answer), tokens.holder(key)) == (True, None)
    history = re.sub(r"(<[^>]*>|\s)+", " ", text(alice.get(reverse("history", args=["shop-a"]))))
    assert "ERP pull 收回 API 令牌 成员 bob alice" in history


@pytest.mark.parametrize("role", ["manager", "operator", "reader"])
def test_nobody_but_the_owner_takes_one_away(cast, as_, role):
    made, key = tokens.make(cast.alice.memberships.get(), "ERP")
    cast.bob.memberships.update(role=role)
    address = reverse("take_token_away", args=["shop-a", made.pk])
    assert [as_(p).post(address).status_code for p in (cast.bob, cast.charlie)] == [403, 404]
    assert as_(cast.charlie).post(reverse("take_token_away", args=["shop-c", made.pk])).status_code == 404
    assert (as_(cast.alice).get(address).status_code, tokens.holder(key)) == (405, made)


def test_the_page_of_people_asks_as_often_for_many_tokens_as_for_one(cast, as_):
    owners = [person.memberships.get() for person in (cast.alice, cast.bob, cast.rita)]

    def add(count):
        kept = ApiToken.objects.count()
        made = [ApiToken(membership=owners[n % 3], shop=cast.shop, name="ERP", token=str(kept + n)) for n in range(count)]
        ApiToken.objects.bulk_create(made)

    assert len(questions(as_(cast.alice), PEOPLE, add)) == 1


# ---- a new password


def test_a_new_password_revokes_them_and_says_so(cast, as_):
    alice, address = as_(cast.alice), reverse("account_change_password")
    _, key = tokens.make(cast.alice.memberships.get(), "ERP")
    assert "API 令牌都收回" in text(alice.get(address))
    told = []
    for old, new in ((PASSWORD, "quite another long one"), ("quite another long one", PASSWORD)):
        answer = alice.post(address, {"oldpassword": old, "password1": new, "password2": new, "next": PAGE}, follow=True)
        told.append("您的 API 令牌都已收回" in text(answer))
    assert (told, tokens.holder(key)) == ([True, False], None)
