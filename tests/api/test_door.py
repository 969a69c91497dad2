"""Who gets in: a token and nothing else, of a person who is there; and what is refused says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.api.conftest import Program, becomes
from tests.web.conftest import PASSWORD
from zhanggui.api.endpoints import ENDPOINTS
from zhanggui.desk import members, people, tokens, vault
from zhanggui.desk.models import ApiToken

PLACES = {"key": "shop-a", "name": "products.effect", "pk": 1}


def addresses(cast) -> list[str]:
    """Every address about Alice's shop, made from the list of endpoints."""
    places = PLACES | {"pk": cast.finding.pk}
    found = [one.address.format(**places) for one in ENDPOINTS]
    return [a.replace("tables/products.effect", "tables/product_effect") for a in found]


def asked(address: str) -> dict[str, str]:
    return {"address": "products.effect.search_exposures"} if address.endswith("/figure") else {}


def refused(answer) -> tuple[int, str]:
    """Status and sentence; a refusal is always a problem in JSON that sets no cookie."""
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (told["status"], bool(told["detail_zh"]), dict(answer.cookies)) == (answer.status_code, True, {})
    return answer.status_code, told["detail"]


def test_alice_gets_an_answer_everywhere(cast, unlimited):
    program = Program(cast.alice)
    for address in addresses(cast):
        answer = program.get(address, **asked(address))
        assert (address, answer.status_code, answer["Content-Type"]) == (address, 200, "application/json")
        assert (dict(answer.cookies), answer["Cache-Control"]) == ({}, "no-store")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer zg_wrong", "Basic YWxpY2U6eA==", "Token x"])
def test_without_a_token_nobody_gets_in(cast, unlimited, header):
    for address in addresses(cast):
        answer = Client(headers={"Authorization": header} if header is not None else {}).get(
            f"/api/v1/{address}", asked(address)
        )
        assert (address, refused(answer)[0]) == (address, 401)
        assert answer["WWW-Authenticate"] == 'Bearer realm="zhanggui"'


def test_a_session_opens_nothing_here(cast, as_, unlimited):
    alice = as_(cast.alice)
    assert alice.get("/s/shop-a/").status_code == 200
    for address in addresses(cast):
        assert (address, refused(alice.get(f"/api/v1/{address}", asked(address)))[0]) == (address, 401)


def test_a_token_opens_no_page(cast, unlimited):
    assert Program(cast.alice).client.get("/s/shop-a/").status_code == 302


def test_a_token_is_not_taken_from_the_address(cast, unlimited):
    _, text = tokens.make(cast.alice.memberships.get(), "x")
    assert refused(Client().get("/api/v1/shops", {"token": text, "access_token": text}))[0] == 401


def test_a_session_beside_a_token_changes_nothing(cast, as_, unlimited):
    """Bob's cookie, who could open no page before his second factor, where Alice's token is used; and Charlie's."""
    members.ask_second_factor(cast.shop, ["operator"], person=cast.alice)
    alice = Program(cast.alice)
    for browser in (as_(cast.bob), as_(cast.charlie)):
        answer = browser.get("/api/v1/shops", headers={"Authorization": f"Bearer {alice.text}"})
        assert [s["key"] for s in answer.json()["shops"]] == ["shop-a"]


def test_charlie_of_another_company_finds_nothing(cast, unlimited):
    charlie = Program(cast.charlie)
    assert [s["key"] for s in charlie.get("shops").json()["shops"]] == ["shop-c"]
    for address in addresses(cast)[1:]:
        answers = [charlie.get(a, **asked(address)) for a in (address, address.replace("shop-a", "no-such-shop"))]
        assert (address, [refused(a)[0] for a in answers], answers[0].content) == (address, [404, 404], answers[1].content)
    assert refused(charlie.get(f"shops/shop-c/findings/{cast.finding.pk}")) == (404, "there is no such finding")
    assert charlie.get("shops/shop-c/findings").json()["rows"] == []


def test_charlies_wrong_questions_tell_no_more(cast, unlimited):
    charlie = Program(cast.charlie)
    for path in ("findings?x=1", "measures/none", "measures/products.effect?days=x", "tables/none", "figure"):
        assert (path, refused(charlie.get(f"shops/shop-a/{path}"))[0]) == (path, 404)


def test_a_token_of_one_shop_opens_that_one_alone(cast, unlimited):
    people.open_further(cast.shop, "Second", person=cast.alice)
    every, one = Program(cast.alice), Program(cast.alice, cast.shop)
    assert [len(p.get("shops").json()["shops"]) for p in (every, one)] == [2, 1]
    second = next(s["key"] for s in every.get("shops").json()["shops"] if s["key"] != "shop-a")
    assert [p.get(f"shops/{second}/findings").status_code for p in (every, one)] == [200, 404]
    assert one.of("findings").status_code == 200


def test_whoever_left_the_company_gets_nothing_more(cast, unlimited):
    bob = Program(cast.bob)
    assert bob.of("findings").status_code == 200
    members.remove(cast.shop, cast.bob.memberships.get(), heir=cast.alice, person=cast.alice)
    assert [refused(answer)[0] for answer in (bob.of("findings"), bob.get("shops"))] == [401, 401]
    people.add_person("bob", PASSWORD, cast.shop.company, "owner")
    assert [refused(answer)[0] for answer in (bob.of("findings"), bob.get("shops"))] == [401, 401]


def test_a_token_opens_the_company_for_which_it_was_made(cast, unlimited):
    alice = Program(cast.alice)
    people.add_person("alice", PASSWORD, cast.charlie.memberships.get().company, "owner")
    assert [shop["key"] for shop in alice.get("shops").json()["shops"]] == ["shop-a"]
    assert [alice.get(f"shops/{key}/findings").status_code for key in ("shop-a", "shop-c")] == [200, 404]
    other = Program(cast.alice, company="shop-c")
    assert [other.get(f"shops/{key}/findings").status_code for key in ("shop-a", "shop-c")] == [404, 200]
    told = [p.get("shops").json()["shops"][0] for p in (alice, other)]
    assert [(shop["key"], shop["role"]) for shop in told] == [("shop-a", "owner"), ("shop-c", "owner")]


def test_after_a_new_password_the_old_tokens_open_nothing(cast, unlimited):
    alice, bob = Program(cast.alice), Program(cast.bob)
    cast.bob.set_password("quite another long one")
    cast.bob.save()
    assert ([refused(bob.of("findings"))[0]], alice.of("findings").status_code) == ([401], 200)


def test_whoever_is_switched_off_and_a_token_that_is_over_get_nothing(cast, unlimited):
    bob = Program(cast.bob)
    cast.bob.is_active = False
    cast.bob.save()
    assert refused(bob.of("findings"))[0] == 401
    rita = Program(cast.rita)
    ApiToken.objects.filter(pk=rita.token.pk).update(until=rita.token.made.date() - timedelta(days=2))
    assert refused(rita.of("findings"))[0] == 401
    alice = Program(cast.alice)
    tokens.revoke(alice.token)
    assert refused(alice.of("findings"))[0] == 401


def test_a_token_follows_the_role(cast, unlimited):
    bob, address = Program(cast.bob), "orders.by_order.order_amount[order_no=1]@28"
    becomes(cast, "reader")
    assert refused(bob.of("figure", address=address)) == (403, "not for your role")
    becomes(cast, "operator")
    assert bob.of("figure", address=address).status_code == 404  # there is no such order


def test_who_owes_the_second_factor_gets_nothing_before_it_is_set_up(cast, unlimited):
    bob, alice = Program(cast.bob), Program(cast.alice)
    members.ask_second_factor(cast.shop, ["operator"], person=cast.alice)
    for address in addresses(cast):
        assert (address, refused(bob.get(address, **asked(address)))[0]) == (address, 403)
    assert alice.get("shops").status_code == 200
    Authenticator.objects.create(user=cast.bob, type="totp", data={"secret": vault.seal({"secret": "x"})})
    assert bob.get("shops").status_code == 200


def test_nothing_is_written_here(cast, unlimited):
    program = Program(cast.alice)
    for address in addresses(cast):
        for method in ("post", "put", "patch", "delete", "options"):
            answer = getattr(program.client, method)(f"/api/v1/{address}")
            assert (address, method, refused(answer)[0], answer["Allow"]) == (address, method, 405, "GET, HEAD")
    assert program.client.head("/api/v1/shops").status_code == 200


def test_what_there_is_not_is_a_problem_too(cast, unlimited):
    program = Program(cast.alice)
    for path in ("", "shop", "shops/", "shops/shop-a", "shops/shop-a/measures/none", "shops/shop-a/tables/none", "../"):
        assert (path, refused(program.get(path))[0]) == (path, 404)
    assert refused(Client().get("/api/"))[0] == 404
    assert refused(program.get("shops", x="\0"))[0] == 400
    assert refused(program.client.get("/api/v1/shops", headers={"Host": "elsewhere.example"}))[0] == 400


def test_a_programmers_mistake_is_a_problem_too(cast, unlimited):
    program = Program(cast.alice)
    cast.shop.findings.update(values=[])
    program.client.raise_request_exception = False
    answer = program.of(f"findings/{cast.finding.pk}")
    assert refused(answer) == (500, "Internal Server Error")


def test_too_many_questions_wait(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"api": "2/m/key", "api_failed": "1/m/ip"}
    alice, bob = Program(cast.alice), Program(cast.bob)
    assert [alice.get("shops").status_code for _ in range(2)] == [200, 200]
    answer = alice.get("shops")
    assert (refused(answer)[0], answer["Retry-After"]) == (429, "60")
    assert bob.get("shops").status_code == 200
    stranger = Client(headers={"Authorization": "Bearer zg_wrong"})
    assert [stranger.get("/api/v1/shops").status_code for _ in range(2)] == [401, 429]
    assert bob.get("shops").status_code == 200  # those who guess lock nobody out


def test_the_last_use_is_kept(cast, unlimited):
    alice = Program(cast.alice)
    assert ApiToken.objects.get().last_used is None
    alice.get("shops")
    assert ApiToken.objects.get().last_used is not None
