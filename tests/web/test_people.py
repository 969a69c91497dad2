"""Settings and people in the browser."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD, questions
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
