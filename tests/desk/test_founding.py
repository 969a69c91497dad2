"""The first person and the first shop: by code, once, by one."""

from __future__ import annotations

import stat
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from zhanggui.desk import founding
from zhanggui.desk.access import Forbidden, may_open_first_shop
from zhanggui.desk.models import Change, Company, Person, Shop
from zhanggui.desk.people import add_person, open_shop

PASSWORD = "correct horse battery"


def test_the_code_is_kept_for_the_owner_of_the_folder_only_and_stays_the_same(db, zhanggui_home):
    code = founding.setup_code()
    assert founding.setup_code() == code
    path = zhanggui_home / "setup_code"
    assert path.read_text() == code
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_founder_owns_the_first_shop_and_it_is_remembered(db, zhanggui_home):
    alice = founding.found(founding.setup_code(), "alice", PASSWORD, language="en")
    assert (alice.language, alice.check_password(PASSWORD)) == ("en", True)
    assert not (zhanggui_home / "setup_code").exists()
    assert founding.setup_code() == ""
    shop = founding.open_first_shop(
        alice, " Lin's Lamps ", industry="Lamps", languages=["en", "es"], time_zone="Asia/Tokyo", currency="USD"
    )
    shop.refresh_from_db()
    told = (shop.key, shop.name, shop.industry, shop.languages, shop.time_zone, shop.demo, shop.company.name)
    assert told == ("lin-s-lamps", "Lin's Lamps", "Lamps", ["en", "es"], "Asia/Tokyo", False, "Lin's Lamps")
    assert list(alice.memberships.values_list("role", "company_id")) == [("owner", shop.company_id)]
    alice.refresh_from_db()
    assert alice.currency == "USD"
    changes = Change.objects.order_by("pk").values_list("verb", "subject", "name", "shop_id")
    assert list(changes) == [("found", "alice", "alice", None), ("open_shop", "lin-s-lamps", "alice", shop.pk)]


@pytest.mark.parametrize("change", [str.upper, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_the_code_may_be_written_in_any_way(db, change):
    assert founding.found(change(founding.setup_code()), "alice", PASSWORD).username == "alice"


@pytest.mark.parametrize("code", ["", "aaaa-bbbb-cccc", "电灯"])
def test_a_wrong_code_makes_nobody(db, code):
    founding.setup_code()
    with pytest.raises(founding.WrongCode):
        founding.found(code, "alice", PASSWORD)
    assert Person.objects.count() == 0


def test_the_second_person_is_too_late(db):
    code = founding.setup_code()
    founding.found(code, "alice", PASSWORD)
    with pytest.raises(founding.TooLate):
        founding.found(code, "mallory", PASSWORD)
    assert list(Person.objects.values_list("username", flat=True)) == ["alice"]


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("", PASSWORD, "username"),
        ("a b", PASSWORD, "username"),
        ("alice", "short", "password"),
        ("alice", "password123", "password"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_the_code_can_be_used_again(db, username, password, field):
    code = founding.setup_code()
    with pytest.raises(ValidationError) as wrong:
        founding.found(code, username, password)
    assert list(wrong.value.message_dict) == [field]
    assert founding.found(code, "alice", PASSWORD).pk


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_the_first(zhanggui_home):
    code, start = founding.setup_code(), threading.Barrier(2)
    outcomes: list[str] = []

    def try_it(name: str) -> None:
        start.wait()
        try:
            outcomes.append(founding.found(code, name, PASSWORD).username)
        except founding.TooLate:
            outcomes.append("too late")
        finally:
            connection.close()

    both = [threading.Thread(target=try_it, args=(name,)) for name in ("alice", "mallory")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    there = list(Person.objects.values_list("username", flat=True))
    assert sorted(outcomes) == sorted([*there, "too late"])
    assert len(there) == 1


def test_the_founder_owns_what_the_command_line_has_made(db):
    shop = open_shop("main", "My shop")
    alice = founding.found(founding.setup_code(), "alice", PASSWORD)
    assert list(alice.memberships.values_list("role", "company_id")) == [("owner", shop.company_id)]
    with pytest.raises(Forbidden):
        founding.open_first_shop(alice, "Another")


def test_only_the_first_shop_is_opened_so(cast):
    for person in (cast.alice, cast.bob, cast.charlie):
        assert not may_open_first_shop(person)
        with pytest.raises(Forbidden):
            founding.open_first_shop(person, "More")
    assert set(Shop.objects.values_list("key", flat=True)) == {"alpha", "beta"}


def test_an_owner_whose_company_has_no_shop_opens_one_in_it(cast):
    empty = Company.objects.create(name="Empty")
    dora = add_person("dora", PASSWORD, empty, "owner")
    eve = add_person("eve", PASSWORD, empty, "manager")
    assert not may_open_first_shop(eve)
    assert founding.open_first_shop(dora, "Dora").company == empty
    assert not may_open_first_shop(dora)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Lamps", "key": "灯"}, "key"),
        ({"name": "Lamps", "key": "../etc"}, "key"),
        ({"name": "Lamps", "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"name": "Lamps", "time_zone": "../../etc/passwd"}, "time_zone"),
        ({"name": "Lamps", "industry": "x" * 201}, "industry"),
    ],
)
def test_a_shop_that_cannot_be_leaves_nothing_behind(db, given, field):
    alice = founding.found(founding.setup_code(), "alice", PASSWORD)
    with pytest.raises(ValidationError) as wrong:
        founding.open_first_shop(alice, **given)
    assert list(wrong.value.message_dict) == [field]
    assert (Company.objects.count(), Shop.objects.count(), Change.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lin's Lamps Co., Ltd.", "lin-s-lamps-co-ltd"),
        ("Café", "cafe"),
        ("林氏灯具", "shop"),
        ("--", "shop"),
        ("alpha", "alpha-2"),
    ],
)
def test_a_key_is_proposed_from_the_name(cast, name, key):
    assert founding.propose_key(name) == key
