"""A conversation with the platform: each error in its own words, one more try, tokens that are kept at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.feeds.conftest import NOW
from tests.feeds.server import APP_SECRET, error, ok, platform, serving
from zhanggui.feeds.alibaba.client import sync
from zhanggui.feeds.guard import Refusal
from zhanggui.tables import TABLES

METHOD = "alibaba.x.get"
GOOD = {"alibaba_x_get_response": {"value": 1, "request_id": "1"}}


def refused(ask, **params):
    with pytest.raises(Refusal) as stopped:
        sync(ask, METHOD, "order_lines", **params)
    return stopped.value.trouble


def test_a_good_answer_is_kept_as_it_came(platform_asking):
    raw = b'{ "alibaba_x_get_response" : {"value": 1.10} }'
    with serving(platform({METHOD: ok(raw)})) as source:
        said = sync(platform_asking(source.address), METHOD, page=1, empty="", cond={"a": "灯"})
    assert (said.raw, said.inside) == (raw, {"value": 1.1})
    form = source.asked[0].form
    assert form.pop("sign").isupper()
    assert form == {
        "method": METHOD,
        "page": "1",
        "cond": '{"a":"灯"}',
        "access_token": "t1",
        "app_key": "500001",
        "timestamp": str(int(NOW.timestamp() * 1000)),
        "sign_method": "sha256",
    }
    assert (source.asked[0].path, source.asked[0].query) == ("/sync", {})


def test_the_name_of_the_token_is_a_setting(platform_asking):
    with serving(platform({METHOD: GOOD})) as source:
        sync(platform_asking(source.address, token_param="session"), METHOD)
    assert (source.asked[0].form["session"], "access_token" in source.asked[0].form) == ("t1", False)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (error(METHOD, "MissingParameter"), "missing_parameter"),
        (error(METHOD, "InsufficientPermission"), "no_grant"),
        ({"alibaba_x_get_response": error(METHOD, "InsufficientPermission")}, "no_grant"),
        ({"code": "InvalidAppKey", "type": "ISV", "message": "The specified App Key is invalid"}, "wrong_app_key"),
        ({"code": "InvalidApiPath", "type": "ISV", "message": "The specified API path is invalid"}, "unknown_method"),
        (error(METHOD, "15", sub_code="isv.402", sub_msg="tradeId is invalid"), "ids_refused"),
        (error(METHOD, "15", sub_code="402", sub_msg="tradeId is invalid"), "ids_refused"),
        (error(METHOD, "SomethingNew"), "refused"),
        ({"alibaba_x_get_response": {"result": {"success": False, "error_msg": "closed"}}}, "inner_failure"),
        ({"alibaba_x_get_response": {"result": {"success": "false"}}}, "inner_failure"),
        (ok(b"<html>maintenance</html>"), "html_instead"),
        (ok(b'{"alibaba_x_get_response": {"value'), "broken_json"),
        (ok(b""), "empty_answer"),
        ((404, {}, b"{}"), "not_found"),
        ((400, {}, b"{}"), "refused"),
        (None, "broken_json"),
    ],
)
def test_each_error_has_its_own_words(platform_asking, answer, code):
    with serving(platform({METHOD: lambda form: answer})) as source:
        trouble = refused(platform_asking(source.address))
    assert trouble.code == code
    assert len(source.asked) == 1
    for lang in ("zh", "en"):
        assert trouble.says(lang)
        assert "{" not in trouble.says(lang)
        assert APP_SECRET not in trouble.says(lang)


def test_without_a_grant_the_export_is_named(platform_asking):
    table = next(t for t in TABLES.values() if t.menu)
    with serving(platform({METHOD: error(METHOD, "InsufficientPermission")})) as source, pytest.raises(Refusal) as stopped:
        sync(platform_asking(source.address), METHOD, table.name)
    trouble = stopped.value.trouble
    assert trouble.says("zh") == f"您的应用没有「{METHOD}」的权限。请改为导出「{table.zh}」再导入：{table.menu['zh']}。"
    assert (
        trouble.says("en")
        == f"Your app has no grant for “{METHOD}”. Export “{table.en}” and import the file instead: {table.menu['en']}."
    )


def test_the_platform_here_does_check_signatures(platform_asking):
    with serving(platform({METHOD: GOOD})) as source:
        trouble = refused(platform_asking(source.address, secret={"app_secret": "another", "access_token": "t1"}))
    assert trouble.code == "wrong_secret"


def test_a_call_too_many_is_made_again_once_after_a_pause(platform_asking, clock):
    limit = error(METHOD, "ApiCallLimit")
    with serving(platform({METHOD: [limit, GOOD]})) as source:
        assert sync(platform_asking(source.address), METHOD).inside["value"] == 1
    assert clock.slept == [2.0]
    with serving(platform({METHOD: limit})) as source:
        assert refused(platform_asking(source.address)).code == "too_many_calls"
        assert len(source.asked) == 2


def test_an_error_of_the_server_is_tried_once_again(platform_asking, clock):
    with serving(platform({METHOD: [(500, {}, b""), GOOD]})) as source:
        assert sync(platform_asking(source.address), METHOD).inside["value"] == 1
    assert clock.slept == [2.0]
    with serving(platform({METHOD: (502, {}, b"")})) as source:
        assert (refused(platform_asking(source.address)).code, len(source.asked)) == ("server_error", 2)


def test_calls_keep_a_pace(platform_asking, clock):
    with serving(platform({METHOD: GOOD})) as source:
        ask = platform_asking(source.address, wire={"pace": 0.3})
        for _ in range(3):
            sync(ask, METHOD)
    assert [round(s, 3) for s in clock.slept] == [0.3, 0.3]


def renewal(form):
    """Gives a new pair for the refresh token that is the newest, and refuses an old one."""
    newest = {"r1": ("t2", "r2"), "r2": ("t3", "r3")}.get(form["refresh_token"])
    if newest is None:
        return {"code": "IllegalRefreshToken", "type": "ISV", "message": "The specified refresh token is invalid or expired"}
    return {"code": "0", "access_token": newest[0], "refresh_token": newest[1], "expires_in": 600, "refresh_expires_in": 1200}


def needs(token):
    return lambda form: GOOD if form["access_token"] == token else error(METHOD, "IllegalAccessToken")


def test_a_token_that_is_refused_is_renewed_and_the_call_made_again(platform_asking):
    with serving(platform({METHOD: needs("t2"), "/auth/token/refresh": renewal})) as source:
        ask = platform_asking(source.address)
        assert sync(ask, METHOD).inside["value"] == 1
    assert [a.path for a in source.asked] == ["/sync", "/rest/auth/token/refresh", "/sync"]
    assert "access_token" not in source.asked[1].form
    assert ask.kept == [
        {
            "app_secret": APP_SECRET,
            "access_token": "t2",
            "refresh_token": "r2",
            "expires": (NOW + timedelta(seconds=600)).isoformat(),
            "refresh_expires": (NOW + timedelta(seconds=1200)).isoformat(),
        }
    ]


def test_the_new_refresh_token_is_kept_even_if_the_next_call_dies(platform_asking):
    dies = lambda form: error(METHOD, "IllegalAccessToken") if form["access_token"] == "t1" else None  # noqa: E731
    with serving(platform({METHOD: dies, "/auth/token/refresh": renewal})) as source:
        ask = platform_asking(source.address)
        assert refused(ask).code == "broken_json"
        assert [k["refresh_token"] for k in ask.kept] == ["r2"]
        again = platform_asking(source.address, secret=ask.kept[-1] | {"expires": NOW.isoformat()})
        refused(again)
        assert [k["refresh_token"] for k in again.kept] == ["r3"]


def test_a_token_about_to_end_is_renewed_first(platform_asking):
    secret = {
        "app_secret": APP_SECRET,
        "access_token": "t1",
        "refresh_token": "r1",
        "expires": (NOW + timedelta(minutes=1)).isoformat(),
    }
    with serving(platform({METHOD: needs("t2"), "/auth/token/refresh": renewal})) as source:
        sync(platform_asking(source.address, secret=secret), METHOD)
    assert [a.path for a in source.asked] == ["/rest/auth/token/refresh", "/sync"]


def test_without_lifetimes_a_token_is_used_until_it_is_refused(platform_asking):
    bare = {"code": "0", "access_token": "t2", "refresh_token": "r2"}
    with serving(platform({METHOD: needs("t2"), "/auth/token/refresh": bare})) as source:
        ask = platform_asking(source.address)
        sync(ask, METHOD)
        sync(ask, METHOD)
    assert (ask.secret["expires"], len(source.asked)) == (None, 4)


def test_a_dead_refresh_token_asks_for_a_new_sign_in(platform_asking):
    with serving(platform({METHOD: needs("t9"), "/auth/token/refresh": renewal})) as source:
        secret = {"app_secret": APP_SECRET, "access_token": "t1", "refresh_token": "old"}
        assert refused(platform_asking(source.address, secret=secret)).code == "sign_in_again"
        assert (
            refused(platform_asking(source.address, secret={"app_secret": APP_SECRET, "access_token": "t1"})).code
            == "sign_in_again"
        )
        assert refused(platform_asking(source.address, secret={"app_secret": APP_SECRET})).code == "sign_in_first"


def test_a_token_that_is_never_accepted_ends_after_one_renewal(platform_asking):
    with serving(platform({METHOD: needs("t9"), "/auth/token/refresh": renewal})) as source:
        assert refused(platform_asking(source.address)).code == "sign_in_again"
        assert len(source.asked) == 3


def test_secrets_are_in_no_repr(platform_asking):
    ask = platform_asking("http://127.0.0.1:1")
    assert [s for s in (APP_SECRET, "t1", "r1") if s in repr(ask)] == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [((429, {}, b""), "too_many_calls"), (error(METHOD, "ApiCallLimit"), "too_many_calls"), (ok(b""), "empty_answer")],
)
def test_a_renewal_that_another_try_may_bring_asks_for_no_new_sign_in(platform_asking, answer, code):
    with serving(platform({METHOD: needs("t2"), "/auth/token/refresh": lambda form: answer})) as source:
        assert refused(platform_asking(source.address)).code == code


@pytest.mark.parametrize("seconds", ["9" * 40, "soon", "²", [1], True])
def test_a_lifetime_that_makes_no_sense_loses_no_token(platform_asking, seconds):
    odd = {"code": "0", "access_token": "t2", "refresh_token": "r2", "expires_in": seconds, "refresh_expires_in": seconds}
    with serving(platform({METHOD: needs("t2"), "/auth/token/refresh": odd})) as source:
        ask = platform_asking(source.address)
        sync(ask, METHOD)
    assert [k["refresh_token"] for k in ask.kept] == ["r2"]
