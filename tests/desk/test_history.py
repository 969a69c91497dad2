"""Every verb that people decide by is remembered: once, with what was before and after; a refused one is not."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from types import ModuleType

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Cast, week_file
from zhanggui.desk import (
    bid_weekly,
    bidding,
    checking,
    connecting,
    deciding,
    importing,
    mapping,
    people,
    registering,
    setting,
    undoing,
)
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row, columns
from zhanggui.desk.history import remember
from zhanggui.desk.models import Change, Finding
from zhanggui.intake import HeaderMap
from zhanggui.rulebook import Bad
from zhanggui.tables import TABLES

END = date(2026, 9, 19)
#: Verbs with a person that decide nothing: a look, a file brought but not accepted, a question to the other side.
DECIDE_NOTHING = {
    "importing": {"bring", "look_again", "stop", "take_back"},
    "registering": {"look", "own_save", "history"},
    "connecting": {"begin_sign_in", "pull", "finish_sign_in"},
}
REMEMBERED = {
    "deciding": {"snooze", "dismiss", "bring_back", "assign", "hand_out", "finish", "reopen"},
    "setting": {"change_rule", "drop_rule", "change_setting", "drop_setting"},
    "importing": {"take", "accept", "drop", "undo"},
    "registering": {"save", "undo"},
    "connecting": {"connect", "change", "disconnect"},
    "mapping": {"save", "forget"},
    "bidding": {"draft", "edit", "approve", "apply", "discard", "reopen", "revert", "set_limits", "set_columns"},
    "bid_weekly": {"switch"},
}


@pytest.mark.parametrize(
    "module", [deciding, setting, importing, registering, connecting, mapping, bidding, bid_weekly], ids=lambda m: m.__name__
)
def test_a_new_verb_is_remembered_or_said_to_decide_nothing(module: ModuleType) -> None:
    """Every public function that is told who asks is one of the two; the tests below try each of the remembered."""
    name = module.__name__.rpartition(".")[2]
    verbs = {
        n
        for n, f in vars(module).items()
        if inspect.isfunction(f) and f.__module__ == module.__name__ and not n.startswith("_")
        if "person" in inspect.signature(f).parameters
    }
    assert verbs == REMEMBERED[name] | DECIDE_NOTHING.get(name, set())


@pytest.fixture
def finding(cast: Cast) -> Finding:
    importing.take(cast.shop, week_file(END), "week.csv")
    checking.check(cast.shop, day=END + timedelta(days=2))
    assert Change.objects.count() == 0  # neither a file that came by itself nor a check-up is somebody's decision
    return cast.shop.findings.get(code="PR02")


def told(cast: Cast) -> tuple[str, str, str, dict[str, object], dict[str, object]]:
    """The one change since the last call: who, verb, subject, before, after."""
    (change,) = Change.objects.all()
    assert (change.company, change.person.get_username()) == (cast.shop.company, change.name)
    Change.objects.all().delete()
    return change.name, change.verb, change.subject, change.before, change.after


def test_decisions_about_findings(cast: Cast, finding: Finding) -> None:
    subject, until = f"PR02 {finding.fingerprint}", platform_today() + timedelta(days=7)
    deciding.snooze(finding, until=until, person=cast.bob)
    assert told(cast) == ("bob", "snooze", subject, {"snoozed_until": None}, {"snoozed_until": until.isoformat()})
    deciding.dismiss(finding, "seasonal", person=cast.bob)
    assert told(cast) == ("bob", "dismiss", subject, {"dismissed_reason": ""}, {"dismissed_reason": "seasonal"})
    deciding.bring_back(finding, person=cast.alice)
    before = {"snoozed_until": until.isoformat(), "dismissed_reason": "seasonal"}
    assert told(cast) == ("alice", "bring_back", subject, before, {"snoozed_until": None, "dismissed_reason": ""})
    for refused in (lambda: deciding.dismiss(finding, " ", person=cast.bob), lambda: deciding.snooze(finding, person=cast.bob)):
        with pytest.raises(deciding.CannotDecide):
            refused()
    assert Change.objects.count() == 0


def test_decisions_about_tasks(cast: Cast, finding: Finding) -> None:
    task = deciding.assign([finding], cast.bob, due=date(2026, 12, 1), note="soon", person=cast.alice)
    given = {"assignee": "bob", "due": "2026-12-01", "note": "soon", "findings": 1}
    assert told(cast) == ("alice", "assign", f"PR02 #{task.pk}", {}, given)
    deciding.finish(task, note="new title", person=cast.bob)
    change = told(cast)
    assert change[1:4] == ("finish", f"PR02 #{task.pk}", {"state": "open", "note": "soon"})
    assert change[4] == {"state": "done", "note": "new title"}
    with pytest.raises(deciding.CannotDecide):
        deciding.finish(task, person=cast.bob)
    assert Change.objects.count() == 0
    deciding.reopen(task, person=cast.bob)
    assert told(cast)[3:] == ({"state": "done"}, {"state": "open"})


def test_rule_changes(cast: Cast) -> None:
    shop, day = cast.shop, date(2026, 9, 1)
    setting.change_rule(shop, "no_effect_days", 30, since=day, reason="peak", person=cast.alice)
    before, after = {"value": 90.0, "reason": "", "own": False}, {"value": 30, "reason": "peak", "own": True}
    assert told(cast) == ("alice", "change_rule", "no_effect_days 2026-09-01", before, after)
    setting.change_rule(shop, "no_effect_days", 40, since=day, reason="peak", person=cast.alice)
    assert told(cast)[3:] == ({"value": 30.0}, {"value": 40})
    with pytest.raises(Bad):
        setting.change_rule(shop, "no_effect_days", 1, person=cast.alice)
    assert Change.objects.count() == 0
    setting.drop_rule(shop, "no_effect_days", person=cast.alice)
    days = ({"value": 40.0, "days": {"2026-09-01": 40.0}}, {"value": 90.0, "days": {}})
    assert told(cast)[1:] == ("drop_rule", "no_effect_days", *days)
    assert (setting.drop_rule(shop, "no_effect_days", person=cast.alice), Change.objects.count()) == (0, 0)


def test_settings_of_checks(cast: Cast) -> None:
    setting.change_setting(cast.shop, "TR01", "share", 0.1, person=cast.alice)
    change = ("alice", "change_setting", "TR01.share", {"value": 0.15, "own": False}, {"value": 0.1, "own": True})
    assert told(cast) == change
    with pytest.raises(ValueError, match="outside"):
        setting.change_setting(cast.shop, "TR01", "share", 2, person=cast.alice)
    assert Change.objects.count() == 0
    setting.drop_setting(cast.shop, "TR01", "share", person=cast.alice)
    change = ("alice", "drop_setting", "TR01.share", {"value": 0.1, "own": True}, {"value": 0.15, "own": False})
    assert told(cast) == change
    assert (setting.drop_setting(cast.shop, "TR01", "share", person=cast.alice), Change.objects.count()) == (0, 0)


def test_files(cast: Cast) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    assert Change.objects.count() == 0
    importing.accept(item, person=cast.bob)
    after = {"state": "accepted", "number": item.number, "new": 30, "changed": 0, "rejected": 0}
    assert told(cast) == ("bob", "accept_import", "week.csv", {"state": "waiting"}, after)
    importing.accept(item, person=cast.bob)
    assert Change.objects.count() == 0  # twice is once
    importing.undo(cast.shop, item.number, person=cast.alice)
    gone = {"state": "undone", "removed": 30, "restored": 0}
    assert told(cast) == ("alice", "undo_import", "week.csv", {"state": "accepted"}, gone)
    with pytest.raises(LookupError):
        importing.undo(cast.shop, item.number, person=cast.alice)
    other = importing.bring(cast.shop, week_file(END - timedelta(days=7)), "older.csv", person=cast.bob)
    importing.drop(other, person=cast.bob)
    assert told(cast) == ("bob", "drop_import", "older.csv", {"state": "waiting"}, {})
    importing.drop(other, person=cast.bob)
    assert Change.objects.count() == 0
    importing.take(cast.shop, week_file(END - timedelta(days=7)), "taken.csv", person=cast.bob)
    assert told(cast)[1:3] == ("accept_import", "taken.csv")


def test_a_long_file_is_remembered_when_it_is_accepted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BACKGROUND_BYTES", 10)
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    importing.accept(item, person=cast.bob, later=True)
    assert told(cast) == ("bob", "accept_import", "week.csv", {"state": "waiting"}, {"state": "working"})
    importing.accept(item, person=cast.bob, later=True)
    importing.carry_out(item, "bob")
    assert (item.state, Change.objects.count()) == ("accepted", 0)


def test_registers(cast: Cast) -> None:
    table = TABLES["target_country"]
    row = Row(1, None, dict.fromkeys(columns(table), "") | {"country": "Germany", "priority": "1"})
    outcome = registering.save(cast.shop, table, [row], person=cast.bob)
    assert outcome.written == 1
    assert told(cast) == ("bob", "save_register", "target_country", {}, {"number": outcome.number, "new": 1, "changed": 0})
    registering.save(cast.shop, table, [], person=cast.bob)
    assert Change.objects.count() == 0
    registering.undo(cast.shop, table, outcome.number, person=cast.bob)
    gone = {"state": "undone", "removed": 1, "restored": 0}
    assert told(cast) == ("bob", "undo_save", "target_country", {"state": "accepted"}, gone)
    with pytest.raises(LookupError):
        registering.undo(cast.shop, table, outcome.number, person=cast.bob)
    assert Change.objects.count() == 0


def test_connections_and_never_a_secret(cast: Cast) -> None:
    given = {"address": "https://erp.example/rows?key=SECRETKEY", "details": True}
    made = connecting.connect(
        cast.shop, "generic", "ERP", settings=given, secret={"headers": "SECRET"}, every_minutes=60, person=cast.alice
    )
    kept = {"name": "ERP", "kind": "generic", "every_minutes": 60, "active": True}
    kept |= {"settings.address": "erp.example", "settings.details": True}
    assert told(cast) == ("alice", "connect", "ERP", {}, kept | {"secrets_changed": ["headers"]})
    connecting.change(made, active=False, person=cast.alice)
    assert told(cast)[1:] == ("change_connection", "ERP", {"active": True}, {"active": False})
    moved = {"address": "https://erp.example/rows?key=OTHERKEY", "details": True}
    connecting.change(made, settings=moved, secret={"headers": "OTHER"}, person=cast.alice)
    changed = ("change_connection", "ERP", {}, {"secrets_changed": ["headers"], "address_changed": True})
    assert told(cast)[1:] == changed
    connecting.change(made, forget=["headers"], from_the_start=True, person=cast.alice)
    assert told(cast)[4] == {"secrets_changed": ["headers"], "from_the_start": True}
    made.refresh_from_db()
    connecting.disconnect(made, person=cast.alice)
    assert told(cast) == ("alice", "disconnect", "ERP", kept | {"active": False}, {})


def test_explained_headers(cast: Cast) -> None:
    item = importing.bring(cast.shop, b"Nation,Rank\nGermany,1\n", "Unknown.csv", person=cast.bob)
    (_, head, _), *_ = mapping.sheets_of(item)
    table, answer = "target_country", {"country": "Nation", "priority": "Rank"}
    saved = mapping.save(cast.shop, head, HeaderMap(table, answer, {}, {}, {}), person=cast.bob)
    after = {"table": table, "columns": answer}
    assert told(cast) == ("bob", "save_mapping", table, {}, after)
    with pytest.raises(mapping.Unfit):
        mapping.save(cast.shop, head, HeaderMap(table, {"country": "No such"}, {}, {}, {}), person=cast.bob)
    assert Change.objects.count() == 0
    mapping.forget(cast.shop, saved.pk, person=cast.bob)
    assert told(cast) == ("bob", "forget_mapping", table, after, {})
    with pytest.raises(LookupError):
        mapping.forget(cast.shop, saved.pk, person=cast.bob)
    assert Change.objects.count() == 0


def test_the_name_stays_when_the_person_goes(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.alice)
    cast.alice.delete()
    change = Change.objects.get()
    assert (change.person, change.name, change.after["value"]) == (None, "alice", 30)


# ---- taken back


def last() -> Change:
    return Change.objects.latest("pk")


def test_a_rule_goes_back_to_what_it_was(cast: Cast) -> None:
    day = date(2026, 9, 1)
    setting.change_rule(cast.shop, "no_effect_days", 30, since=day, reason="first", person=cast.alice)
    first = last()
    setting.change_rule(cast.shop, "no_effect_days", 40, since=day, reason="second", person=cast.alice)
    second = last()
    with pytest.raises(undoing.CannotUndo):
        undoing.undo(first, person=cast.alice)
    undoing.undo(second, person=cast.alice)
    row = cast.shop.rule_overrides.get()
    assert (row.value, row.reason, last().verb, last().after) == (
        30,
        "first",
        "change_rule",
        {"value": 30.0, "reason": "first"},
    )
    undoing.undo(last(), person=cast.alice)  # an undo is a decision like any other
    assert cast.shop.rule_overrides.get().value == 40
    setting.drop_rule(cast.shop, "no_effect_days", person=cast.alice)
    dropped = last()
    undoing.undo(dropped, person=cast.alice)
    assert checking.own_rules(cast.shop) == {"no_effect_days": {day: 40}}
    with pytest.raises(undoing.CannotUndo):
        undoing.undo(dropped, person=cast.alice)


def test_a_value_confirmed_stands_in_no_undo_s_way(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.alice)
    first = last()
    setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.alice)
    assert (last().before, last().after) == ({}, {})
    assert undoing.undoable(cast.shop, list(Change.objects.all())) == {first.pk}


def test_the_first_value_of_a_rule_goes_away(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 20, since=date(2026, 8, 1), person=cast.alice)
    setting.change_rule(cast.shop, "no_effect_days", 30, since=date(2026, 9, 1), person=cast.alice)
    undoing.undo(last(), person=cast.alice)
    assert checking.own_rules(cast.shop) == {"no_effect_days": {date(2026, 8, 1): 20}}
    assert (last().verb, last().subject) == ("drop_rule", "no_effect_days 2026-09-01")


def test_a_setting_goes_back(cast: Cast) -> None:
    setting.change_setting(cast.shop, "TR01", "share", 0.1, person=cast.alice)
    setting.change_setting(cast.shop, "TR01", "share", 0.2, person=cast.alice)
    undoing.undo(last(), person=cast.alice)
    assert checking.own_settings(cast.shop) == {"TR01": {"share": 0.1}}
    setting.drop_setting(cast.shop, "TR01", "share", person=cast.alice)
    undoing.undo(last(), person=cast.alice)
    assert checking.own_settings(cast.shop) == {"TR01": {"share": 0.1}}


def test_findings_and_tasks_come_back(cast: Cast, finding: Finding) -> None:
    deciding.dismiss(finding, "seasonal", person=cast.bob)
    dismissed = last()
    undoing.undo(dismissed, person=cast.alice)
    assert (checking.hidden(cast.shop), last().verb, last().name) == (frozenset(), "bring_back", "alice")
    with pytest.raises(undoing.CannotUndo):
        undoing.undo(dismissed, person=cast.alice)
    task = deciding.assign([finding], cast.bob, person=cast.alice)
    with pytest.raises(undoing.CannotUndo):
        undoing.undo(last(), person=cast.alice)
    deciding.finish(task, person=cast.bob)
    undoing.undo(last(), person=cast.alice)
    task.refresh_from_db()
    assert (task.state, last().verb) == ("open", "reopen")


def test_who_may_not_decide_may_not_undo(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.alice)
    from zhanggui.desk.access import Forbidden

    for person in (cast.bob, cast.charlie):
        with pytest.raises(Forbidden):
            undoing.undo(last(), person=person)
    assert checking.own_rules(cast.shop) != {}


def test_what_can_be_undone_is_asked_in_the_same_number_of_queries(cast: Cast) -> None:
    counts = []
    for n in (1, 3, 60):
        for i in range(n):
            setting.change_rule(cast.shop, "no_effect_days", 30, since=date(2026, 1, 1) + timedelta(days=i))
        changes = list(Change.objects.all())
        with CaptureQueriesContext(connection) as seen:
            undoing.undoable(cast.shop, changes)
        counts.append(len(seen))
    assert counts == [3, 3, 3]


def test_another_shop_s_change_is_not_this_one_s(cast: Cast) -> None:
    setting.change_rule(cast.other, "no_effect_days", 30, person=cast.charlie)
    assert undoing.undoable(cast.shop, list(Change.objects.all())) == set()
    remember("rename", "x", about=cast.shop.company, person=cast.alice)
    with pytest.raises(undoing.CannotUndo):
        undoing.undo(last(), person=cast.alice)
    people.open_shop("third", "Third", company=cast.shop.company)


def test_rows_of_a_list_handed_out(cast: Cast) -> None:
    task = deciding.hand_out(
        cast.shop, "products", [("Lamp", {"product_id": "1"})], cast.bob, note="new pictures", person=cast.alice
    )
    after = {"assignee": "bob", "rows": 1, "note": "new pictures"}
    assert told(cast) == ("alice", "hand_out", f"products #{task.pk}", {}, after)
