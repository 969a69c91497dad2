"""A lost password: a link by mail or from the command line, once; nobody learns who has an account."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from zhanggui.desk import letters, people, tokens

NEW = "quite another long one"
RESET, LOGIN = reverse("account_reset_password"), reverse("account_login")


@pytest.fixture
def mail(settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.com", "zhanggui@example.com"


def text(answer) -> str:
    return answer.content.decode()


def work() -> None:
    """What the worker does with the queue."""
    from django_q.models import OrmQ

    from zhanggui import jobs

    for task in OrmQ.objects.all():
        jobs.send_reset(*task.task["args"])
        task.delete()


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def test_a_link_comes_and_works_once(cast, mail, mailoutbox):
    people.set_email(cast.bob, "bob@example.com")
    there = Client()
    there.force_login(cast.bob)
    _, key = tokens.make(cast.bob.memberships.get(), "ERP")
    assert Client().post(RESET, {"email": "Bob@Example.com"})["Location"] == f"{RESET}?sent"
    work()
    assert [m.to for m in mailoutbox] == [["bob@example.com"]]
    link = link_in(mailoutbox[0])
    browser = Client()
    form = browser.get(link)["Location"]
    assert "「bob」的新密码" in text(browser.get(form))
    assert browser.post(form, {"password1": "123", "password2": "123"}).status_code == 200
    assert browser.post(form, {"password1": NEW, "password2": NEW})["Location"] == LOGIN
    assert browser.get("/").status_code == 302  # not signed in by it
    assert Client().post(LOGIN, {"login": "bob", "password": NEW})["Location"] == "/"
    assert there.get(reverse("today", args=["shop-a"])).status_code == 302
    assert tokens.holder(key) is None
    assert "这个链接不能用了" in text(Client().get(link))


def test_the_answer_is_the_same_for_everybody(cast, mail, mailoutbox):
    people.set_email(cast.bob, "bob@example.com")
    answers = [Client().post(RESET, {"email": e}) for e in ("bob@example.com", "nobody@example.com")]
    assert len({(a.status_code, a["Location"], a.content) for a in answers}) == 1
    work()
    assert [m.to for m in mailoutbox] == [["bob@example.com"]]


def test_nothing_secret_waits_in_the_queue(cast, mail):
    from django_q.models import OrmQ

    people.set_email(cast.bob, "bob@example.com")
    Client().post(RESET, {"email": "bob@example.com"})
    assert [t.task["args"] for t in OrmQ.objects.all()] == [("bob@example.com", "http://testserver")]


def test_an_empty_address_is_nobodys(cast, mail, mailoutbox):
    assert letters.send_reset("", "http://testserver") == 0
    assert "请填完整的邮箱地址" in text(Client().post(RESET, {"email": ""}))


def test_who_was_switched_off_gets_no_link(cast, mail, mailoutbox):
    people.set_email(cast.bob, "bob@example.com")
    link = letters.reset_path(cast.bob)
    cast.bob.is_active = False
    cast.bob.save()
    assert letters.send_reset("bob@example.com", "http://testserver") == 0
    browser = Client()
    form = browser.get(link).get("Location", link)
    browser.post(form, {"password1": NEW, "password2": NEW})
    assert Client().post(LOGIN, {"login": "bob", "password": NEW}).get("Location") != "/"


def test_asking_is_slowed_down(cast, mail, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,2/m/key"}
    answers = [Client().post(RESET, {"email": "bob@example.com"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert Client().post(RESET, {"email": "other@example.com"}).status_code == 302


def test_made_up_links_open_nothing(cast):
    for key in (
        "1-abc",
        "zz-cabcde-0123456789abcdef",
        f"{letters.reset_path(cast.bob).split('/')[-2].split('-')[0]}-set-password",
    ):
        page = text(Client().get(f"{RESET}{key}/"))
        assert "这个链接不能用了" in page


def test_a_link_is_for_one_person_only(cast):
    bob, alice = letters.reset_path(cast.bob), letters.reset_path(cast.alice)
    uid = alice.split("/")[-2].split("-", 1)[0]
    swapped = RESET + uid + "-" + bob.split("/")[-2].split("-", 1)[1] + "/"
    assert "这个链接不能用了" in text(Client().get(swapped))


def test_without_mail_the_page_says_who_can_help(cast, mailoutbox):
    page = text(Client().get(RESET))
    assert ("zhanggui person 用户名 --reset" in page, '<input name="email"' in page) == (True, False)
    assert "zhanggui person 用户名 --reset" in text(Client().post(RESET, {"email": "bob@example.com"}))
    assert mailoutbox == []


def test_the_second_factor_is_still_asked_for(cast):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(cast.bob, generate_totp_secret())
    browser = Client()
    form = browser.get(letters.reset_path(cast.bob))["Location"]
    browser.post(form, {"password1": NEW, "password2": NEW})
    assert browser.post(LOGIN, {"login": "bob", "password": NEW})["Location"] == reverse("mfa_authenticate")
    people.take_off_second_factor(cast.bob)
    assert Client().post(LOGIN, {"login": "bob", "password": NEW})["Location"] == "/"
