"""To the platform's page and back."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.feeds.conftest import NOW
from tests.feeds.server import APP_SECRET, platform, serving
from zhanggui.feeds.alibaba import authorize_url, exchange
from zhanggui.feeds.guard import Refusal


def test_the_address_of_the_platforms_page():
    parts = urlsplit(authorize_url({"app_key": "500001"}, "https://shop.example/connections/callback/", "a+b/c"))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "open-api.alibaba.com", "/oauth/authorize")
    assert parse_qs(parts.query) == {
        "response_type": ["code"],
        "force_auth": ["true"],
        "redirect_uri": ["https://shop.example/connections/callback/"],
        "client_id": ["500001"],
        "state": ["a+b/c"],
    }


def test_a_code_becomes_tokens_with_the_lifetimes_of_the_answer(platform_asking):
    answer = {
        "code": "0",
        "access_token": "t1",
        "refresh_token": "r1",
        "expires_in": "3600",
        "refresh_expires_in": 7200,
        "account": "x",
    }
    with serving(platform({"/auth/token/create": answer})) as source:
        got = exchange(platform_asking(source.address, secret={"app_secret": APP_SECRET}), "c0de")
    assert got == {
        "access_token": "t1",
        "refresh_token": "r1",
        "expires": (NOW + timedelta(hours=1)).isoformat(),
        "refresh_expires": (NOW + timedelta(hours=2)).isoformat(),
        "account": "x",
        "seller": "x",
    }
    assert (source.asked[0].path, source.asked[0].form["code"]) == ("/rest/auth/token/create", "c0de")


def test_a_code_that_is_refused(platform_asking):
    with (
        serving(
            platform({"/auth/token/create": {"code": "InvalidCode", "type": "ISV", "message": "Invalid authorization code"}})
        ) as source,
        pytest.raises(Refusal) as stopped,
    ):
        exchange(platform_asking(source.address, secret={"app_secret": APP_SECRET}), "old")
    assert (stopped.value.trouble.code, stopped.value.trouble.said) == ("refused", "Invalid authorization code · InvalidCode")
