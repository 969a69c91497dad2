"""Tokens of the API: kept as a hash, one's own, for a while, remembered."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from zhanggui.desk import access, members, people, tokens
from zhanggui.desk.models import ApiToken, Change

PASSWORD = "a long password of theirs"


@pytest.fixture
def alice(db):
    shop = people.open_shop("shop-a", "A")
    return people.add_person("alice", PASSWORD, shop.company, "owner")


@pytest.fixture
def shop(alice):
    return access.shop_for(alice, "shop-a")


@pytest.fixture
def hers(alice):
    """What Alice is in the company of shop-a."""
    return alice.memberships.get(company__shops__key="shop-a")


def today():
    return timezone.localdate()


def test_the_text_is_shown_once_and_its_hash_is_kept(hers):
    made, text = tokens.make(hers, "  ERP \n pull ")
    assert (made.name, text[:3], len(text)) == ("ERP pull", "zg_", 46)
    kept = ApiToken.objects.values().get()
    assert kept["token"] == hashlib.sha256(text.encode()).hexdigest()
    assert text not in str(kept)
    assert tokens.holder(text) == made


@pytest.mark.parametrize("wrong", ["", "zg_", "zg_x", "ZG"])
def test_any_other_text_opens_nothing(hers, wrong):
    _, text = tokens.make(hers, "ERP")
    assert [tokens.holder(one) for one in (wrong, text[:-1], text + " ", text.upper())] == [None] * 4


def test_it_opens_through_its_last_day(hers):
    made, text = tokens.make(hers, "ERP", until=today())
    assert tokens.holder(text) == made
    ApiToken.objects.update(until=today() - timedelta(days=1))
    assert tokens.holder(text) is None


def test_it_opens_nothing_once_the_person_is_switched_off_or_it_is_revoked(alice, hers):
    made, text = tokens.make(hers, "ERP")
    alice.is_active = False
    alice.save()
    assert tokens.holder(text) is None
    alice.is_active = True
    alice.save()
    assert tokens.holder(text) == made
    tokens.revoke(made)
    assert (tokens.holder(text), ApiToken.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("given", "why"), [({"name": " "}, "name"), ({"name": "x" * 101}, "name"), ({"until": timedelta(days=-1)}, "until")]
)
def test_what_a_token_lacks_is_said(hers, given, why):
    if "until" in given:
        given = {"until": today() + given["until"]}
    with pytest.raises(tokens.CannotMake, match=f"^{why}$"):
        tokens.make(hers, **{"name": "ERP"} | given)
    assert ApiToken.objects.count() == 0


def test_a_person_has_so_many_at_most(hers):
    for n in range(tokens.MOST):
        tokens.make(hers, str(n))
    with pytest.raises(tokens.CannotMake, match="^many$"):
        tokens.make(hers, "one more")


def test_for_a_shop_of_ones_own_only(alice, hers, shop):
    other = people.open_shop("shop-c", "C")
    with pytest.raises(access.NoSuchShop):
        tokens.make(hers, "ERP", shop=other)
    assert tokens.make(hers, "ERP", shop=shop)[0].shop == shop


def test_making_and_revoking_are_remembered_where_the_token_reads(alice, hers, shop):
    further = people.open_shop("shop-b", "B")
    people.add_person("alice", PASSWORD, further.company, "sales")
    _, text = tokens.make(hers, "ERP", shop=shop, until=today())
    tokens.revoke(tokens.tokens(alice).get())
    tokens.make(hers, "All")
    tokens.make(alice.memberships.get(company=further.company), "Sold")
    found = [
        (c.verb, c.subject, c.name, c.shop and c.shop.key, c.company_id, c.after)
        for c in Change.objects.order_by("pk").filter(verb__endswith="_token")
    ]
    a, b = shop.company_id, further.company_id
    assert found == [
        ("make_token", "ERP", "alice", "shop-a", a, {"until": today().isoformat()}),
        ("revoke_token", "ERP", "alice", "shop-a", a, {}),
        ("make_token", "All", "alice", None, a, {}),
        ("make_token", "Sold", "alice", None, b, {}),
    ]
    assert text not in str(list(Change.objects.values()))


def test_the_last_use_is_kept_to_the_minute(hers, django_assert_num_queries):
    made, _ = tokens.make(hers, "ERP")
    tokens.used(made)
    made.refresh_from_db()
    first = made.last_used
    with django_assert_num_queries(0):
        tokens.used(made)
    ApiToken.objects.update(last_used=first - timedelta(minutes=2))
    made.refresh_from_db()
    tokens.used(made)
    made.refresh_from_db()
    assert made.last_used >= first


@pytest.fixture
def bob(shop):
    return people.add_person("bob", PASSWORD, shop.company, "operator")


def told(*verbs):
    return [(c.verb, c.subject, c.name, c.after) for c in Change.objects.order_by("pk").filter(verb__in=verbs)]


def test_whoever_is_removed_and_taken_in_again_begins_without_tokens(alice, bob, shop):
    further = people.open_shop("shop-b", "B")
    people.add_person("bob", PASSWORD, further.company, "sales")
    here, there = (bob.memberships.get(company=one.company) for one in (shop, further))
    ended, kept = (tokens.make(one, "ERP")[1] for one in (here, there))
    members.remove(shop, here, person=alice)
    people.add_person("bob", PASSWORD, shop.company, "owner")
    assert [one and one.membership for one in map(tokens.holder, (ended, kept))] == [None, there]
    assert told("revoke_token", "remove_member") == [
        ("revoke_token", "ERP", "alice", {"member": "bob"}),
        ("remove_member", "bob", "alice", {}),
    ]


def test_a_new_password_ends_every_token_of_the_person_and_of_nobody_else(alice, hers, bob):
    his = bob.memberships.get()
    texts = [tokens.make(one, name)[1] for one, name in ((hers, "Hers"), (his, "His"), (his, "His too"))]
    bob.set_password("quite another long one")
    assert [tokens.holder(text) is None for text in texts] == [False] * 3
    bob.save()
    assert [tokens.holder(text) is None for text in texts] == [False, True, True]
    assert told("revoke_token") == [("revoke_token", name, "bob", {}) for name in ("His too", "His")]


def test_a_password_that_is_only_hashed_anew_ends_none(hers, alice, settings):
    _, text = tokens.make(hers, "ERP")
    before = alice.password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert alice.check_password(PASSWORD)
    assert (alice.password == before, tokens.holder(text) is None) == (False, False)


def test_the_owner_takes_a_members_token_away(alice, bob, shop):
    made, text = tokens.make(bob.memberships.get(), "ERP")
    assert list(tokens.of_company(shop)) == [made]
    with pytest.raises(access.Forbidden):
        tokens.take_away(shop, made, person=bob)
    further = people.open_shop("shop-b", "B")
    people.add_person("alice", PASSWORD, further.company, "owner")
    with pytest.raises(LookupError):
        tokens.take_away(further, made, person=alice)
    assert (list(tokens.of_company(further)), tokens.holder(text)) == ([], made)
    tokens.take_away(shop, made, person=alice)
    assert (tokens.holder(text), told("revoke_token")) == (None, [("revoke_token", "ERP", "alice", {"member": "bob"})])


def test_the_most_is_counted_over_all_companies(alice, hers):
    other = people.open_shop("shop-b", "B").company
    people.add_person("alice", PASSWORD, other, "sales")
    for n in range(tokens.MOST):
        tokens.make(hers, str(n))
    with pytest.raises(tokens.CannotMake, match="^many$"):
        tokens.make(alice.memberships.get(company=other), "one more")
