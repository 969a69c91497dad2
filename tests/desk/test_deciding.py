"""Snooze, dismiss, assign, finish; and settings of a shop's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk.conftest import Cast, week_file
from zhanggui.checks import load
from zhanggui.desk import access, checking, deciding, importing, setting
from zhanggui.desk.access import Forbidden, NoSuchShop
from zhanggui.desk.models import Finding
from zhanggui.rulebook import Bad

END = date(2026, 9, 19)


@pytest.fixture
def finding(cast: Cast) -> Finding:
    importing.take(cast.shop, week_file(END), "week.csv")
    checking.check(cast.shop, day=END + timedelta(days=2))
    return cast.shop.findings.get(code="PR02")


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(cast: Cast, finding: Finding) -> None:
    with pytest.raises(deciding.CannotDecide):
        deciding.dismiss(finding, "  ", person=cast.bob)
    deciding.dismiss(finding, "seasonal", person=cast.bob)
    assert (finding.dismissed_reason, finding.decided_by) == ("seasonal", cast.bob)
    assert checking.hidden(cast.shop) == {finding.fingerprint}
    deciding.bring_back(finding, person=cast.alice)
    assert checking.hidden(cast.shop) == frozenset()


def test_a_snooze_needs_a_day_to_come(cast: Cast, finding: Finding) -> None:
    with pytest.raises(deciding.CannotDecide):
        deciding.snooze(finding, until=date(2000, 1, 1), person=cast.bob)


def test_a_task_keeps_the_numbers_and_gets_a_look_back_day(cast: Cast, finding: Finding) -> None:
    task = deciding.assign([finding], cast.bob, person=cast.alice)
    assert (task.assignee, task.before) == (cast.bob, {finding.fingerprint: finding.values})
    deciding.finish(task, note="new title", person=cast.bob)
    assert task.closed_on is not None
    assert (task.state, task.look_back_on) == ("done", task.closed_on + timedelta(days=28))
    with pytest.raises(deciding.CannotDecide):
        deciding.finish(task, person=cast.bob)
    deciding.reopen(task, person=cast.bob)
    assert (task.state, task.look_back_on) == ("open", None)


def test_a_stranger_can_neither_decide_nor_be_given_work(cast: Cast, finding: Finding) -> None:
    with pytest.raises(deciding.CannotDecide):
        deciding.assign([finding], cast.charlie, person=cast.alice)
    for person in (cast.charlie, cast.rita):
        with pytest.raises(Forbidden):
            deciding.dismiss(finding, "x", person=person)
        with pytest.raises(Forbidden):
            deciding.assign([finding], cast.bob, person=person)


def test_another_companys_shop_looks_like_none(cast: Cast) -> None:
    assert access.shop_for(cast.alice, "alpha") == cast.shop
    for key in ("beta", "no-such"):
        with pytest.raises(NoSuchShop):
            access.shop_for(cast.alice, key)
    cast.alice.is_active = False
    with pytest.raises(NoSuchShop):
        access.shop_for(cast.alice, "alpha")


def test_every_verb_of_the_desk_is_decided_in_one_table() -> None:
    assert all(roles <= access.EVERYONE for roles in access.MAY.values())
    assert "reader" not in set.union(*(set(r) for v, r in access.MAY.items() if v != "see"))


def test_a_shops_own_rule_holds_from_its_day_and_within_its_range(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 30, since=date(2026, 9, 1), person=cast.alice)
    with pytest.raises(Bad):
        setting.change_rule(cast.shop, "no_effect_days", 1, person=cast.alice)
    with pytest.raises(Forbidden):
        setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.bob)
    with pytest.raises(setting.NoSuchNumber):
        setting.change_rule(cast.shop, "no_such", 1, person=cast.alice)
    assert checking.own_rules(cast.shop) == {"no_effect_days": {date(2026, 9, 1): 30}}
    assert setting.drop_rule(cast.shop, "no_effect_days", person=cast.alice) == 1


def test_a_shops_own_setting_is_used(cast: Cast, finding: Finding) -> None:
    before = {o.check.code: len(o.findings) for o in checking.look_at(cast.shop, END + timedelta(days=2)).outcomes}
    setting.change_setting(cast.shop, "TR01", "share", 0.01, person=cast.alice)
    after = {o.check.code: len(o.findings) for o in checking.look_at(cast.shop, END + timedelta(days=2)).outcomes}
    assert after["TR01"] > before["TR01"]
    for bad in ("much", True):
        with pytest.raises(ValueError, match="not of the kind"):
            setting.change_setting(cast.shop, "TR01", "share", bad, person=cast.alice)


def test_every_check_has_a_size_that_can_grow(cast: Cast, finding: Finding) -> None:
    for row in cast.shop.findings.all():
        assert isinstance(row.values[load()[row.code].size], int | float), row.code
