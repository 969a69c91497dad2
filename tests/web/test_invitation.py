"""Behind an invitation's link: somebody new, somebody known, and everybody for whom it opens nothing."""

from __future__ import annotations

import re

import pytest
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD
from zhanggui.desk import access, inviting
from zhanggui.desk.clock import now
from zhanggui.desk.models import Invitation, Person

NEW = {"username": "dan", "password": "a very long one of dan"}


@pytest.fixture
def link(cast) -> str:
    made, token = inviting.invite(cast.shop, "sales", email="dan@example.com", account="Dan", person=cast.alice)
    assert token not in str(vars(made))
    return reverse("invitation", args=[token])


def main(answer) -> str:
    page = re.sub(r'value="[^"]{64}"', "", answer.content.decode())
    return page[page.index("<main") : page.index("</main>")]


def test_somebody_new_signs_up_and_is_in(cast, link):
    browser = Client()
    page = browser.get(link).content.decode()
    assert ("加入 Alice 的店" in page, "业务员" in page) == (True, True)
    assert browser.post(link, NEW)["Location"] == "/"
    dan = Person.objects.get(username="dan")
    member = access.membership_in(dan, cast.shop)
    assert (member.role, member.account, dan.email) == ("sales", "Dan", "dan@example.com")
    assert browser.get("/")["Location"] == reverse("today", args=["shop-a"])
    assert Client().post(reverse("account_login"), {"login": "dan", "password": NEW["password"]})["Location"] == "/"


def test_somebody_known_joins_with_one_click(cast, link, as_):
    charlie = as_(cast.charlie)
    assert charlie.get(reverse("today", args=["shop-a"])).status_code == 404
    assert "以 charlie 加入" in charlie.get(link).content.decode()
    assert charlie.post(link)["Location"] == "/"
    assert charlie.get(reverse("today", args=["shop-a"])).status_code == 200
    assert access.role_in(cast.charlie, cast.shop) == "sales"


def test_who_is_somebody_else_signs_out_first(cast, link, as_):
    browser = as_(cast.charlie)
    assert browser.post(link, {"verb": "leave"})["Location"] == link
    assert "给自己起一个用户名" in browser.get(link).content.decode()
    assert access.role_in(cast.charlie, cast.shop) == ""


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"username": "bob"}, "这个用户名已有人用"),
        ({"username": "BOB"}, "这个用户名已有人用"),
        ({"username": "a b"}, "aria-invalid"),
        ({"username": ""}, "aria-invalid"),
        ({"password": "short"}, "密码"),
        ({"password": "password123"}, "密码"),
    ],
)
def test_what_will_not_do_is_said_and_the_link_stays_good(cast, link, sent, says):
    answer = Client().post(link, NEW | sent)
    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert Person.objects.filter(username="dan").exists() is False
    assert Client().post(link, NEW).status_code == 302


def test_a_name_that_is_taken_at_the_last_moment_is_said(cast, link):
    """Somebody takes it between the question whether it is free and the answer."""

    def quicker(instance, **_):
        if not instance.pk:
            Person.objects.bulk_create([Person(username=instance.username)])

    pre_save.connect(quicker, sender=Person)
    try:
        answer = Client().post(link, NEW)
    finally:
        pre_save.disconnect(quicker, sender=Person)
    assert (answer.status_code, "这个用户名已有人用" in answer.content.decode()) == (200, True)
    assert Client().post(link, NEW).status_code == 302


def test_wrong_used_over_and_taken_back_all_look_the_same(cast, as_):
    def made(**values):
        invitation, token = inviting.invite(cast.shop, "sales", person=cast.alice)
        Invitation.objects.filter(pk=invitation.pk).update(**values)
        return reverse("invitation", args=[token])

    assert Client().get(made()).status_code == 200
    links = [made(accepted=now()), made(revoked=now()), made(expires=now()), reverse("invitation", args=["nothing"])]
    for answers in ([Client().get(one) for one in links], [Client().post(one, NEW) for one in links]):
        assert [a.status_code for a in answers] == [404] * 4
        assert len({main(a) for a in answers}) == 1
    assert [as_(cast.charlie).post(one).status_code for one in links] == [404] * 4
    assert (Person.objects.filter(username="dan").exists(), access.role_in(cast.charlie, cast.shop)) == (False, "")


def test_one_link_lets_one_person_in(cast, link, as_):
    Client().post(link, NEW)
    assert as_(cast.charlie).post(link).status_code == 404
    assert access.role_in(cast.charlie, cast.shop) == ""


def test_guessing_is_slowed_down(cast, settings, link):
    settings.ACCOUNT_RATE_LIMITS = {"invitation": "3/m/ip"}
    answers = [Client().get(reverse("invitation", args=[f"guess-{n}"])).status_code for n in range(4)]
    assert answers == [404, 404, 404, 429]
    assert Client().get(link).status_code == 429


def test_csrf_is_asked_for(cast, link):
    assert Client(enforce_csrf_checks=True).post(link, NEW).status_code == 403


def test_in_english(cast, link):
    browser = Client(headers={"Cookie": "language=en"})
    browser.cookies["language"] = "en"
    assert "Join Alice 的店" in browser.get(link).content.decode()
    browser.post(link, NEW)
    assert Person.objects.get(username="dan").language == "en"


def test_the_password_is_nowhere_in_clear(cast, link):
    Client().post(link, NEW)
    assert NEW["password"] not in str(vars(Person.objects.get(username="dan")))
    assert NEW["password"] != PASSWORD
