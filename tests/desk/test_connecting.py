"""Connections: who may, what is sealed, one pull at a time, and where the next goes on."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.desk.conftest import week_file
from zhanggui.desk import connecting, vault
from zhanggui.desk.access import Forbidden
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Connection, Run
from zhanggui.tables import TABLES

SECRET = {"app_secret": "very secret", "refresh_token": "r1"}
END = platform_today() - timedelta(days=5)


def connection(shop, **more):
    given = {"settings": {"app_key": "1"}, "secret": SECRET, "every_minutes": 60} | more
    return connecting.connect(shop, "alibaba", more.pop("name", "国际站"), **{k: v for k, v in given.items() if k != "name"})


def feed(*brought, seen=None):
    """A source that brings these, and notes in `seen` what it was asked with."""

    def ask(kind, settings, secret, state, keep, moment):
        if seen is not None:
            seen.append((kind, settings, secret, dict(state)))
        for one in brought:
            yield one(keep) if callable(one) else one

    return ask


def answer(name="Products.csv", clicks=3, **more):
    return Answer(name, week_file(END, clicks=clicks), **more)


def test_a_secret_is_sealed_and_opens_again(cast):
    made = connection(cast.shop)
    assert "very secret" not in made.secret
    assert "very secret" not in str(Connection.objects.values().get())
    assert connecting.secret_of(made) == SECRET


def test_the_same_secret_is_sealed_differently_each_time():
    assert vault.seal(SECRET) != vault.seal(SECRET)
    assert vault.open_sealed("") == {}


def test_with_another_key_of_the_installation_the_trouble_is_clear(cast, settings):
    made = connection(cast.shop)
    settings.SECRET_KEY = "another key of another installation"
    with pytest.raises(vault.SecretLost):
        vault.open_sealed(made.secret)
    assert connecting.secret_of(made) == {}
    pulled = connecting.pull(made, feed(answer()))
    assert ([t.code for t in pulled.troubles], pulled.imports) == (["secret_lost"], [])
    made = connecting.change(Connection.objects.get(), secret={"app_secret": "new"})
    assert connecting.secret_of(made) == {"app_secret": "new"}


def test_a_line_of_another_channel_counts_once_however_often_it_is_pulled(cast):
    def orders(*listed):
        said = {"channel": "Shopify", "answers": [{"orders": listed}]}
        return Answer("shopify.orders.json", json.dumps(said).encode(), table="channel_order_line")

    def line(number):
        return {"id": number, "sku": "A-1", "quantity": 2, "price": "12.50"}

    first = {"id": 1, "created_at": "2026-09-14T10:00:00-05:00", "line_items": [line(11), line(12)]}
    second = {"id": 2, "created_at": "2026-09-15T10:00:00-05:00", "line_items": [line(11)]}
    cancelled = first | {"cancelled_at": "2026-09-16T10:00:00-05:00"}
    made, came = connection(cast.shop), []
    for pulled in (orders(first), orders(first, second), orders(second), orders(cancelled)):
        (item,) = connecting.pull(made, feed(pulled)).imports
        part = item.preview["parts"][0]
        came.append((item.state, part["new"], part["changed"], part["unchanged"]))
    assert came == [("accepted", 2, 0, 0), ("accepted", 1, 0, 2), ("accepted", 0, 0, 1), ("accepted", 0, 2, 0)]
    rows = facts_of(cast.shop).snapshot(platform_today()).scan("channel_order_line").collect()
    assert (rows.height, rows["quantity"].sum(), rows["cancelled"].is_not_null().sum()) == (3, 6, 2)


def test_only_owner_and_manager_connect(cast):
    made = connection(cast.shop)
    for person in (cast.bob, cast.rita, cast.charlie):
        for verb in (
            lambda p: connecting.connect(cast.shop, "generic", "x", settings={}, secret={}, every_minutes=15, person=p),
            lambda p: connecting.change(made, name="y", person=p),
            lambda p: connecting.pull(made, feed(), person=p),
            lambda p: connecting.begin_sign_in(made, person=p),
            lambda p: connecting.disconnect(made, person=p),
        ):
            with pytest.raises(Forbidden):
                verb(person)
    assert Connection.objects.get().name == "国际站"
    connecting.disconnect(made, person=cast.alice)
    assert Connection.objects.count() == 0


def test_a_name_is_used_once_in_a_shop(cast):
    connection(cast.shop)
    connection(cast.other)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection(cast.shop)


def test_of_a_secret_only_the_parts_given_change(cast):
    made = connecting.change(connection(cast.shop), secret={"app_secret": "new"}, settings={"app_key": "2"}, every_minutes=15)
    assert connecting.secret_of(made) == SECRET | {"app_secret": "new"}
    assert (made.settings, made.every_minutes, made.name) == ({"app_key": "2"}, 15, "国际站")


def test_a_pull_takes_answers_in_and_moves_on(cast):
    seen = []
    made = connection(cast.shop)
    pulled = connecting.pull(made, feed(answer(state={"products": "2026-11-20"}), seen=seen))
    made = Connection.objects.get()
    assert seen == [("alibaba", {"app_key": "1"}, SECRET, {})]
    assert [i.state for i in pulled.imports] == ["accepted"]
    assert facts_of(cast.shop).snapshot(platform_today()).scan("product_effect").collect().height == 30
    assert (made.state["products"], made.trouble, made.last_ok is not None) == ("2026-11-20", [], True)
    run = Run.objects.get(kind=f"pull {made.pk}")
    assert (run.ok, run.note["imports"], run.finished is not None) == (True, [pulled.imports[0].pk], True)
    connecting.pull(made, feed(seen=seen))
    assert seen[1][3]["products"] == "2026-11-20"


def test_what_was_said_today_already_is_not_taken_twice_running(cast):
    made = connection(cast.shop)
    for clicks, taken in ((3, 1), (3, 0), (4, 1), (3, 1)):
        made.refresh_from_db()
        assert (clicks, len(connecting.pull(made, feed(answer(clicks=clicks))).imports)) == (clicks, taken)


def test_an_answer_that_cannot_be_read_is_kept_and_said_and_the_others_come(cast):
    odd = Answer("alibaba.new-2026-11-22.json", b'{"what": "is this"}', state={"new": "2026-11-22"})
    pulled = connecting.pull(connection(cast.shop), feed(odd, answer()))
    refused, taken = pulled.imports
    assert (refused.state, taken.state) == ("refused", "accepted")
    assert (home() / "waiting" / cast.shop.key / refused.sha256).read_bytes() == odd.data
    made = Connection.objects.get()
    assert [(t["code"], t["asked"], t["value"]) for t in made.trouble] == [("not_taken", odd.name, str(refused.pk))]
    assert (made.last_ok, made.state["new"]) == (None, "2026-11-22")


def test_the_period_of_an_answer_that_names_none_goes_with_it(cast):
    body = {"alibaba_mydata_overview_indicator_basic_get_response": {"result": {"imps": 5, "clk": 1, "visitor": 3, "fb": 1}}}
    period = (END - timedelta(days=6), END)
    one = Answer("overview.json", json.dumps(body).encode(), period=period, table="shop_overview")
    assert [i.state for i in connecting.pull(connection(cast.shop), feed(one)).imports] == ["accepted"]
    rows = facts_of(cast.shop).snapshot(platform_today()).scan("shop_overview").collect()
    assert rows.select("period_start", "period_end", "exposures", "visitors").rows() == [(*period, 5, 3)]


def test_notes_do_not_make_a_pull_a_failure_and_errors_do(cast):
    made = connection(cast.shop)
    assert connecting.pull(made, feed(Trouble("masked_ids", "note", value="2"))).ok
    made.refresh_from_db()
    first = made.last_ok
    assert first is not None
    assert not connecting.pull(made, feed(Trouble("no_grant", asked="x"))).ok
    made.refresh_from_db()
    assert (made.last_ok, [t["code"] for t in made.trouble]) == (first, ["no_grant"])


def test_a_renewed_secret_is_kept_even_if_the_pull_breaks_next(cast, caplog):
    def breaks(keep):
        keep(SECRET | {"refresh_token": "r2"})
        raise RuntimeError("with very secret in it")

    made = connection(cast.shop)
    pulled = connecting.pull(made, feed(answer(state={"products": "1"}), breaks, answer("never.csv")))
    made.refresh_from_db()
    assert connecting.secret_of(made)["refresh_token"] == "r2"
    assert ([t.code for t in pulled.troubles], made.state["products"], len(pulled.imports)) == (["broke"], "1", 1)
    assert "very secret" not in caplog.text + json.dumps(made.trouble)
    assert Run.objects.get(kind=f"pull {made.pk}").ok is False


def test_one_pull_at_a_time(cast):
    made = connection(cast.shop)
    same = Connection.objects.get()

    def meanwhile(keep):
        with pytest.raises(connecting.Busy):
            connecting.pull(same, feed())  # read before the first began
        with pytest.raises(connecting.Busy):
            connecting.pull(Connection.objects.get(), feed())  # read after
        return answer()

    assert len(connecting.pull(made, feed(meanwhile)).imports) == 1
    assert connecting.pull(Connection.objects.get(), feed()).ok


def test_a_pull_that_died_gives_way_after_a_while(cast):
    made = connection(cast.shop)
    run = Run.objects.create(shop=cast.shop, kind=f"pull {made.pk}")
    with pytest.raises(connecting.Busy):
        connecting.pull(made, feed())
    Run.objects.filter(pk=run.pk).update(started=now() - timedelta(hours=1))
    assert connecting.pull(Connection.objects.get(), feed()).ok


def test_those_are_due_whose_time_has_come(cast):
    fresh, off = connection(cast.shop, name="a"), connection(cast.shop, name="b", active=False)
    waiting, late = connection(cast.shop, name="c"), connection(cast.shop, name="d")
    Connection.objects.filter(pk=waiting.pk).update(last_run=now() - timedelta(minutes=59))
    Connection.objects.filter(pk=late.pk).update(last_run=now() - timedelta(minutes=61))
    assert {c.name for c in connecting.due()} == {"a", "d"}
    assert connecting.next_pull(off) is None
    assert connecting.next_pull(fresh) == fresh.made


def test_from_the_start_forgets_where_the_last_pull_ended(cast):
    made = connection(cast.shop)
    connecting.pull(made, feed(answer(state={"products": "1"})))
    assert connecting.change(made, from_the_start=True).state == {}
    assert len(connecting.pull(Connection.objects.get(), feed(answer())).imports) == 1


def test_a_sign_in_goes_out_and_comes_back_once(cast):
    made = connection(cast.shop, active=False)
    state = connecting.begin_sign_in(made, person=cast.alice)
    exchange = lambda c, secret, code: {"access_token": f"{c.pk} {secret['app_secret']} {code}"}  # noqa: E731
    done = connecting.finish_sign_in("c0de", state, exchange, person=cast.alice)
    assert connecting.secret_of(done) == SECRET | {"access_token": f"{made.pk} very secret c0de"}
    assert done.active
    with pytest.raises(connecting.SignInRefused):
        connecting.finish_sign_in("c0de", state, exchange, person=cast.alice)


def test_a_sign_in_that_is_not_ours_or_too_late_or_anothers_is_refused(cast, monkeypatch):
    made = connection(cast.shop)

    def never(*_):
        raise AssertionError

    first = connecting.begin_sign_in(made)
    second = connecting.begin_sign_in(made)
    for state in ("", "made up", first, second[:-1] + ("a" if second[-1] != "a" else "b")):
        with pytest.raises(connecting.SignInRefused):
            connecting.finish_sign_in("c", state, never)
    second = connecting.begin_sign_in(made)
    with pytest.raises(Forbidden):
        connecting.finish_sign_in("c", second, never, person=cast.charlie)
    monkeypatch.setattr(connecting, "SIGN_IN_LASTS", timedelta(seconds=-1))
    with pytest.raises(connecting.SignInRefused):
        connecting.finish_sign_in("c", second, never)


def test_every_trouble_can_be_said(cast):
    trouble = Trouble("masked_ids", "note", asked="x", value="3", table="order_lines")
    assert trouble == Trouble(**trouble.as_dict())
    assert TABLES["order_lines"].zh in trouble.says("zh")
    assert TABLES["order_lines"].en in trouble.says("en")


def test_what_somebody_enters_during_a_pull_is_not_written_over_by_it(cast):
    made = connection(cast.shop)

    def meanwhile(keep):
        connecting.change(Connection.objects.get(), secret={"app_secret": "entered"})
        keep(SECRET | {"refresh_token": "r2", "access_token": "t2"})
        connecting.change(Connection.objects.get(), secret={"refresh_token": "signed in", "access_token": "anew"})
        keep(SECRET | {"refresh_token": "r3", "access_token": "t3"})
        return answer()

    connecting.pull(made, feed(meanwhile))
    kept = {"app_secret": "entered", "refresh_token": "signed in", "access_token": "anew"}
    assert connecting.secret_of(Connection.objects.get()) == kept


def test_a_connection_that_is_forgotten_during_a_pull_stays_forgotten(cast):
    def meanwhile(keep):
        connecting.disconnect(Connection.objects.get())
        keep(SECRET | {"refresh_token": "r2"})
        return Trouble("masked_ids", "note")

    assert connecting.pull(connection(cast.shop), feed(meanwhile)).ok
    assert (Connection.objects.count(), Run.objects.get().finished is not None) == (0, True)


def test_the_other_sides_words_repeat_no_secret_and_steer_no_terminal(cast, caplog):
    given = SECRET | {"headers": "X-Key: 0123456789abc\nAuthorization: Basic cGFzc3dvcmQ="}
    said = "no such token very secret; \x1b[31m0123456789abc\0 or cGFzc3dvcmQ="
    made = connection(cast.shop, secret=given)
    pulled = connecting.pull(made, feed(Trouble("refused", asked="x", said=said)))
    made.refresh_from_db()
    assert [t.said for t in pulled.troubles] == ["no such token …;  [31m…  or …"]
    everywhere = json.dumps([made.trouble, Run.objects.get().note]) + caplog.text + repr(pulled)
    assert [w for w in ("very secret", "0123456789abc", "cGFzc3dvcmQ=") if w in everywhere] == []


def test_a_pull_that_somebody_stops_is_written_down_and_does_not_stand_in_the_way(cast):
    def stopped(keep):
        raise KeyboardInterrupt

    made = connection(cast.shop)
    with pytest.raises(KeyboardInterrupt):
        connecting.pull(made, feed(stopped))
    assert [(r.ok, r.note["trouble"][0]["code"]) for r in Run.objects.all()] == [(False, "broke")]
    assert connecting.pull(Connection.objects.get(), feed()).ok


def test_a_pull_asks_with_what_is_stored_when_it_begins(cast):
    seen = []
    stale = connection(cast.shop)
    connecting.change(Connection.objects.get(), settings={"app_key": "2"}, secret={"app_secret": "new"})
    connecting.pull(stale, feed(seen=seen))
    assert [(settings, secret["app_secret"]) for _, settings, secret, _ in seen] == [({"app_key": "2"}, "new")]


def test_a_seller_who_did_not_agree_brings_no_code(cast):
    made = connection(cast.shop)
    with pytest.raises(connecting.SignInRefused):
        connecting.finish_sign_in("", connecting.begin_sign_in(made), lambda *_: {"access_token": "x"})
    assert connecting.secret_of(Connection.objects.get()) == SECRET
