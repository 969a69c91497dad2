"""Tokens of the API: kept as a hash, one's own, for a while, remembered."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from zhanggui.desk import access, people, tokens
from zhanggui.desk.models import ApiToken, Change

PASSWORD = "a long password of theirs"


@pytest.fixture
def alice(db):
    shop = people.open_shop("shop-a", "A")
    return people.add_person("alice", PASSWORD, shop.company, "owner")


@pytest.fixture
def shop(alice):
    return access.shop_for(alice, "shop-a")


def today():
    return timezone.localdate()


def test_the_text_is_shown_once_and_its_hash_is_kept(alice):
    made, text = tokens.make(alice, "  ERP \n pull ")
    assert (made.name, text[:3], len(text)) == ("ERP pull", "zg_", 46)
    kept = ApiToken.objects.values().get()
    assert kept["token"] == hashlib.sha256(text.encode()).hexdigest()
    assert text not in str(kept)
    assert tokens.holder(text) == made


@pytest.mark.parametrize("wrong", ["", "zg_", "zg_x", "ZG"])
def test_any_other_text_opens_nothing(alice, wrong):
    _, text = tokens.make(alice, "ERP")
    assert [tokens.holder(one) for one in (wrong, text[:-1], text + " ", text.upper())] == [None] * 4


def test_it_opens_through_its_last_day(alice):
    made, text = tokens.make(alice, "ERP", until=today())
    assert tokens.holder(text) == made
    ApiToken.objects.update(until=today() - timedelta(days=1))
    assert tokens.holder(text) is None


def test_it_opens_nothing_once_the_person_is_switched_off_or_it_is_revoked(alice):
    made, text = tokens.make(alice, "ERP")
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
def test_what_a_token_lacks_is_said(alice, given, why):
    if "until" in given:
        given = {"until": today() + given["until"]}
    with pytest.raises(tokens.CannotMake, match=f"^{why}$"):
        tokens.make(alice, **{"name": "ERP"} | given)
    assert ApiToken.objects.count() == 0


def test_a_person_has_so_many_at_most(alice):
    for n in range(tokens.MOST):
        tokens.make(alice, str(n))
    with pytest.raises(tokens.CannotMake, match="^many$"):
        tokens.make(alice, "one more")


def test_for_a_shop_of_ones_own_only(alice, shop):
    other = people.open_shop("shop-c", "C")
    with pytest.raises(access.NoSuchShop):
        tokens.make(alice, "ERP", shop=other)
    assert tokens.make(alice, "ERP", shop=shop)[0].shop == shop


def test_making_and_revoking_are_remembered_where_the_token_reads(alice, shop):
    further = people.open_shop("shop-b", "B")
    people.add_person("alice", PASSWORD, further.company, "sales")
    made, text = tokens.make(alice, "ERP", shop=shop, until=today())
    tokens.revoke(made)
    tokens.make(alice, "All")
    told = [
        (c.verb, c.subject, c.name, c.shop and c.shop.key, c.company_id, c.after)
        for c in Change.objects.order_by("pk").filter(verb__endswith="_token")
    ]
    a, b = shop.company_id, further.company_id
    assert told == [
        ("make_token", "ERP", "alice", "shop-a", a, {"until": today().isoformat()}),
        ("revoke_token", "ERP", "alice", "shop-a", a, {}),
        ("make_token", "All", "alice", None, a, {}),
        ("make_token", "All", "alice", None, b, {}),
    ]
    assert text not in str(list(Change.objects.values()))


def test_the_last_use_is_kept_to_the_minute(alice, django_assert_num_queries):
    made, _ = tokens.make(alice, "ERP")
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
