"""Connections as a person sets them up: nothing saved is shown again, nobody else's is touched."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_q.models import OrmQ

from tests.feeds.server import APP_KEY, APP_SECRET, platform, serving
from zhanggui import jobs
from zhanggui.desk import connecting
from zhanggui.desk.answers import Trouble
from zhanggui.desk.models import Connection
from zhanggui.feeds import KINDS
from zhanggui.web import urls
from zhanggui.web.connections import every

ALIBABA = {
    "name": "国际站",
    "app_key": APP_KEY,
    "app_secret": APP_SECRET,
    "subjects": ["orders", "showcase"],
    "order_days": "90",
    "rfq_words": "lamp\n灯\nlamp",
    "token_param": "access_token",
    "every_minutes": "1440",
}


def text(answer):
    return answer.content.decode()


def connected(client, shop):
    client.post(reverse("new_connection", args=[shop.key, "alibaba"]), ALIBABA)
    return Connection.objects.get(shop=shop)


def test_a_form_becomes_a_connection_and_its_secret_is_never_shown(cast, as_):
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    assert (made.name, made.every_minutes, made.active) == ("国际站", 1440, False)
    assert made.settings == {
        "app_key": APP_KEY,
        "subjects": ["orders", "showcase"],
        "details": False,
        "order_days": 90,
        "rfq_words": ["lamp", "灯"],
        "token_param": "access_token",
    }
    assert connecting.secret_of(made) == {"app_secret": APP_SECRET}
    shown = text(alice.get(reverse("connection", args=[cast.shop.key, made.pk])))
    assert APP_SECRET not in shown
    assert "已保存，不改就留空" in shown
    assert "http://testserver/connections/callback/" in shown


def test_a_secret_left_empty_stays_and_one_given_replaces_it(cast, as_):
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    address = reverse("connection", args=[cast.shop.key, made.pk])
    alice.post(address, ALIBABA | {"app_secret": "", "name": "主店"})
    made.refresh_from_db()
    assert (made.name, connecting.secret_of(made)) == ("主店", {"app_secret": APP_SECRET})
    alice.post(address, ALIBABA | {"app_secret": "new"})
    made.refresh_from_db()
    assert connecting.secret_of(made) == {"app_secret": "new"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "请起一个没有用过的名称"),
        ({"app_secret": ""}, "请填写"),
        ({"subjects": []}, "请填写"),
        ({"subjects": ["everything"]}, "请填写"),
        ({"every_minutes": "1"}, "至少 5 分钟"),
        ({"every_minutes": "soon"}, "至少 5 分钟"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_a_typed_secret_is_not_sent_back(cast, as_, change, words):
    answer = as_(cast.alice).post(reverse("new_connection", args=[cast.shop.key, "alibaba"]), ALIBABA | change)
    assert answer.status_code == 422
    assert words in text(answer)
    assert APP_SECRET not in text(answer)
    assert Connection.objects.count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_form_in_both_languages(cast, as_, kind):
    alice = as_(cast.alice)
    address = reverse("new_connection", args=[cast.shop.key, kind])
    assert KINDS[kind].fields[-1].zh in text(alice.get(address))
    alice.post(reverse("language"), {"lang": "en"})
    assert KINDS[kind].fields[-1].en in text(alice.get(address))
    assert alice.get(reverse("new_connection", args=[cast.shop.key, "nothing"])).status_code == 404


def test_the_list_says_what_is_wrong_and_what_to_do(cast, as_):
    made = connected(as_(cast.alice), cast.shop)
    trouble = Trouble("no_grant", asked="alibaba.mydata.overview.date.get", table="shop_overview")
    Connection.objects.filter(pk=made.pk).update(trouble=[trouble.as_dict()], active=True)
    for person, may in ((cast.alice, True), (cast.rita, False)):
        shown = text(as_(person).get(reverse("connections", args=[cast.shop.key])))
        assert trouble.says("zh") in shown
        assert ("/pull/" in shown) is may


def test_how_often_is_said_in_the_largest_whole_unit():
    assert [every(m) for m in (15, 60, 120, 1440, 10080, 90)] == [
        "每 15 分钟",
        "每 1 小时",
        "每 2 小时",
        "每 1 天",
        "每 7 天",
        "每 90 分钟",
    ]
    with translation.override("en"):
        assert [every(m) for m in (15, 60, 1440)] == ["every 15 minutes", "every hour", "every day"]


def test_switch_off_on_begin_anew_and_forget(cast, as_):
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    Connection.objects.filter(pk=made.pk).update(state={"orders": "x"})
    found = []
    for verb in ("on", "off", "again"):
        alice.post(reverse("connection_verb", args=[cast.shop.key, made.pk, verb]))
        made.refresh_from_db()
        found.append((made.active, made.state))
    assert found == [(True, {"orders": "x"}), (False, {"orders": "x"}), (False, {})]
    assert alice.post(reverse("connection_verb", args=[cast.shop.key, made.pk, "explode"])).status_code == 404
    alice.post(reverse("connection_verb", args=[cast.shop.key, made.pk, "forget"]))
    assert Connection.objects.count() == 0


def test_pull_now_is_queued_and_the_schedule_queues_what_is_due(cast, as_):
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    alice.post(reverse("connection_verb", args=[cast.shop.key, made.pk, "pull"]))
    assert [q.task["func"] for q in OrmQ.objects.all()] == ["zhanggui.jobs.pull_feed"]
    assert jobs.pull_feeds() == 0
    connecting.change(made, active=True)
    assert jobs.pull_feeds() == 1
    assert jobs.pull_feed(made.pk, only_if_due=True) is False  # asked: there is no token yet
    made.refresh_from_db()
    assert [t["code"] for t in made.trouble] == ["sign_in_first"]
    assert jobs.pull_feeds() == 0
    assert jobs.pull_feed(0) is False
    assert jobs.SCHEDULE["feeds"] == ("zhanggui.jobs.pull_feeds", 5)


@pytest.mark.parametrize("verb", ["pull", "on", "sign_in", "forget"])
def test_only_leads_connect_and_nobody_touches_anothers(cast, as_, verb):
    made = connected(as_(cast.alice), cast.shop)
    mine, theirs = (reverse("connection_verb", args=[key, made.pk, verb]) for key in (cast.shop.key, "shop-c"))
    assert [as_(p).post(mine).status_code for p in (cast.bob, cast.rita, cast.charlie)] == [403, 403, 404]
    assert as_(cast.charlie).post(theirs).status_code == 404
    assert as_(cast.charlie).get(reverse("connection", args=["shop-c", made.pk])).status_code == 404
    assert as_(cast.bob).get(reverse("connection", args=[cast.shop.key, made.pk])).status_code == 403
    assert as_(cast.alice).get(reverse("connection", args=[cast.shop.key, made.pk])).status_code == 200
    assert Connection.objects.count() == 1


def sign_in_link(client, shop, made):
    shown = text(client.post(reverse("connection_verb", args=[shop.key, made.pk, "sign_in"])))
    return urlsplit(shown.split('href="https://open-api.alibaba.com')[1].split('"')[0].replace("&amp;", "&"))


def test_the_whole_way_through_the_sign_in(cast, as_, settings):
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    link = sign_in_link(alice, cast.shop, made)
    asked = {k: v[0] for k, v in parse_qs(link.query).items()}
    assert (link.path, asked["client_id"], asked["redirect_uri"]) == (
        "/oauth/authorize",
        APP_KEY,
        "http://testserver/connections/callback/",
    )
    token = {"code": "0", "access_token": "t1", "refresh_token": "r1", "expires_in": 3600}
    with serving(platform({"/auth/token/create": token})) as source:
        connecting.change(made, settings=made.settings | {"base": source.address})
        back = reverse("connection_callback"), {"code": "c0de", "state": asked["state"]}
        assert Client().get(*back)["Location"].startswith(reverse("account_login"))
        assert as_(cast.charlie).get(*back).status_code == 403
        done = alice.get(*back, follow=True)
        again = alice.get(*back, follow=True)
    made.refresh_from_db()
    assert "「国际站」已授权" in text(done)
    assert "请重新点「授权」" in text(again)
    assert (connecting.secret_of(made)["refresh_token"], made.active, len(source.asked)) == ("r1", True, 1)


def test_a_base_address_counts_only_where_the_operator_allows_it(cast, as_, settings):
    """A form cannot set it, and without ZHANGGUI_FEED_HOSTS it is not heard."""
    made = connected(as_(cast.alice), cast.shop)
    as_(cast.alice).post(reverse("connection", args=[cast.shop.key, made.pk]), ALIBABA | {"base": "http://127.0.0.1:1"})
    made.refresh_from_db()
    assert "base" not in made.settings


def test_the_list_asks_the_database_the_same_with_one_and_with_three(cast, as_, django_assert_num_queries):
    from django.db import connection as database
    from django.test.utils import CaptureQueriesContext

    alice = as_(cast.alice)
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            connecting.connect(cast.shop, "generic", name, settings={}, secret={}, every_minutes=15)
        with CaptureQueriesContext(database) as queries:
            alice.get(reverse("connections", args=[cast.shop.key]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


GENERIC = {
    "name": "ERP",
    "address": "https://erp.example/stock",
    "headers": "X-Key: hidden-key",
    "form": "json",
    "every_minutes": "15",
}


def test_saved_headers_do_not_follow_to_another_host(cast, as_):
    """Whoever may change the address could else have them sent to a host of their own."""
    alice = as_(cast.alice)
    alice.post(reverse("new_connection", args=[cast.shop.key, "generic"]), GENERIC)
    made = Connection.objects.get()
    at = reverse("connection", args=[cast.shop.key, made.pk])
    kept = []
    for change in (
        {"address": "https://erp.example/orders", "headers": ""},
        {"address": "https://other.example/stock", "headers": ""},
        {"address": "https://other.example/stock", "headers": "X-Key: another"},
        {"address": "https://erp.example/stock", "headers": "X-Key: given anew"},
    ):
        shown = text(alice.post(at, GENERIC | change, follow=True))
        made.refresh_from_db()
        kept.append((connecting.secret_of(made), "原来的请求头已删除" in shown))
    assert kept == [
        ({"headers": "X-Key: hidden-key"}, False),
        ({}, True),
        ({"headers": "X-Key: another"}, False),
        ({"headers": "X-Key: given anew"}, False),
    ]


@pytest.mark.parametrize(
    "address", ["https://me:hidden@erp.example/", "erp.example/stock", "ftp://erp.example/", "https://h:x/"]
)
def test_an_address_with_a_password_or_none_at_all_is_not_kept(cast, as_, address):
    answer = as_(cast.alice).post(reverse("new_connection", args=[cast.shop.key, "generic"]), GENERIC | {"address": address})
    assert (answer.status_code, Connection.objects.count()) == (422, 0)
    assert "不带用户名密码" in text(answer)


def test_another_account_does_not_take_a_connection_over(cast, as_, settings):
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    alice = as_(cast.alice)
    made = connected(alice, cast.shop)
    token = {"code": "0", "access_token": "t1", "refresh_token": "r1"}
    sellers = [token | {"seller_id": 7, "account": "boss"}, token | {"seller_id": 8, "account": "else", "access_token": "t2"}]
    with serving(platform({"/auth/token/create": sellers})) as source:
        connecting.change(made, settings=made.settings | {"base": source.address})
        for _ in sellers:
            asked = parse_qs(sign_in_link(alice, cast.shop, made).query)
            done = text(alice.get(reverse("connection_callback"), {"code": "c0de", "state": asked["state"][0]}, follow=True))
    made.refresh_from_db()
    assert connecting.secret_of(made)["access_token"] == "t1"
    assert "登录的账号是「else」，这个连接一直用的是「boss」" in done
    assert "<strong>boss</strong>" in text(alice.get(reverse("connection", args=[cast.shop.key, made.pk])))


def test_strangers_find_every_door_closed(cast, as_):
    """Each page and verb of connections, asked and posted to, by Charlie, by nobody, and by Alice without her form's token."""
    made = connected(as_(cast.alice), cast.shop)
    Connection.objects.filter(pk=made.pk).update(name="Alice's source")
    verbs = ("pull", "on", "off", "again", "forget", "sign_in")
    doors = [("connections", []), ("connection", [made.pk]), *(("new_connection", [k]) for k in KINDS)]
    doors += [("connection_verb", [made.pk, v]) for v in verbs]
    assert {n for n, _ in doors} == {p.name for p in urls.shop if "connection" in p.name}
    before = Connection.objects.values().get()
    charlie, nobody, unsigned = as_(cast.charlie), Client(), Client(enforce_csrf_checks=True)
    unsigned.force_login(cast.alice)
    for name, more in doors:
        mine, theirs = (reverse(name, args=[key, *more]) for key in (cast.shop.key, "shop-c"))
        for method in ("get", "post"):
            answers = [getattr(charlie, method)(mine, ALIBABA)]
            if made.pk in more:
                answers.append(getattr(charlie, method)(theirs, ALIBABA))
            assert [(name, method, a.status_code) for a in answers if a.status_code not in (404, 405)] == []
            assert [name for a in answers if "Alice's source" in a.content.decode()] == []
            closed = getattr(nobody, method)(mine, ALIBABA)
            assert (name, closed.status_code, closed["Location"].split("?")[0]) == (name, 302, "/accounts/login/")
        assert (name, unsigned.post(mine, ALIBABA).status_code) in ((name, 403), (name, 405))
    assert Connection.objects.values().get() == before
    assert OrmQ.objects.count() == 0
    assert "Alice&#39;s source" in text(as_(cast.alice).get(reverse("connections", args=[cast.shop.key])))


def test_the_way_to_connections_is_on_the_page_of_data(cast, as_):
    at = reverse("connections", args=[cast.shop.key])
    assert f'<a href="{at}">数据连接</a>' in text(as_(cast.rita).get(reverse("imports", args=[cast.shop.key])))
