"""Findings become ranked actions; one cause is one action; what people have put away stays away."""

from __future__ import annotations

import random

import pytest

from zhanggui.checks import CHECKS, Finding, NotYet, Outcome, load
from zhanggui.plans import agenda

load()


def found(code: str, name: str = "101", *, gain: float | None = None, verdict: str = "found") -> Finding:
    key = {k: name if k != "occurrence" else 1 for k in CHECKS[code].key}
    range_ = (None, None) if gain is None else (gain / 2, gain * 2)
    return Finding(code, key, {}, verdict, None if verdict == "found" else 9.0, gain, *range_)


def outcomes(*findings: Finding) -> list[Outcome]:
    codes = sorted({f.code for f in findings})
    return [Outcome(CHECKS[c], tuple(f for f in findings if f.code == c)) for c in codes]


def order(*findings: Finding) -> list[tuple[str, list[str]]]:
    plan = agenda(outcomes(*findings))
    return [(a.check.code, [str(next(iter(f.key.values()))) for f in a.findings]) for a in plan.actions]


def test_the_agenda_of_an_empty_shop_is_empty():
    plan = agenda([])
    assert (plan.actions, plan.early, plan.waiting) == ((), (), ())
    assert agenda([Outcome(CHECKS["PR01"])]) == plan


def test_two_checks_that_see_one_cause_in_one_product_are_one_action_which_names_both():
    (action,) = agenda(outcomes(found("PR01", gain=3), found("AD01", gain=5))).actions
    assert (action.check.code, action.also, action.gain, action.gain_low, action.gain_high) == ("AD01", ("PR01",), 5, 2.5, 10)
    (action,) = agenda(outcomes(found("PR01", gain=5), found("AD01", gain=3))).actions
    assert (action.check.code, action.also) == ("PR01", ("AD01",))


def test_the_gains_of_one_cause_are_not_added_up():
    plan = agenda(outcomes(found("PR01", "1", gain=3), found("AD01", "1", gain=5), found("PR01", "2", gain=4)))
    assert sum(a.gain for a in plan.actions) == 9


def test_one_cause_in_two_products_and_two_causes_in_one_product_are_two_actions():
    assert len(agenda(outcomes(found("PR01", "1", gain=3), found("AD01", "2", gain=3))).actions) == 2
    assert len(agenda(outcomes(found("PR01", "1", gain=3), found("PR05", "1", gain=3))).actions) == 2


def test_what_is_found_speaks_before_what_is_too_early_to_say():
    plan = agenda(outcomes(found("AD01", verdict="unsure"), found("PR01", gain=1)))
    assert ([a.check.code for a in plan.actions], plan.early, plan.actions[0].also) == (["PR01"], (), ("AD01",))


def test_late_data_come_first_whatever_the_gains():
    assert order(found("AD01", gain=99), found("DA01", "product_effect"))[0] == ("DA01", ["product_effect"])


def test_leads_come_before_money_and_both_before_what_carries_no_gain():
    ranked = order(found("TR02"), found("AD02", "mules", gain=9000), found("PR05", gain=0.1), found("DA02", "order_lines"))
    assert [code for code, _ in ranked] == ["PR05", "AD02", "TR02", "DA02"]


def test_the_gain_of_a_minute_counts_and_not_the_gain():
    assert (CHECKS["PR01"].minutes, CHECKS["AD01"].minutes) == (40, 10)
    assert order(found("PR01", "1", gain=8), found("AD01", "2", gain=3)) == [("AD01", ["2"]), ("PR01", ["1"])]
    assert order(found("PR01", "1", gain=13), found("AD01", "2", gain=3)) == [("PR01", ["1"]), ("AD01", ["2"])]


def test_without_gains_what_is_more_severe_comes_first_and_then_what_is_quicker():
    findings = [found("TR02"), found("PR06"), found("DA02"), found("TR01"), found("PR02")]
    assert [code for code, _ in order(*findings)] == ["TR02", "DA02", "PR06", "TR01", "PR02"]


def test_findings_without_gain_are_one_card_and_those_with_a_gain_are_one_each():
    assert order(found("PR02", "1"), found("PR02", "2")) == [("PR02", ["1", "2"])]
    assert order(found("PR05", "1", gain=1), found("PR05", "2", gain=2)) == [("PR05", ["2"]), ("PR05", ["1"])]


@pytest.mark.parametrize(("code", "minutes"), [("PR02", 30), ("KW01", 60), ("DA02", 5)])
def test_what_is_handled_together_takes_its_minutes_once(code, minutes):
    (action,) = agenda(outcomes(*(found(code, str(i)) for i in range(3)))).actions
    assert (action.minutes, action.check.together) == (minutes, code != "KW01")


def test_what_people_have_put_away_is_not_shown_and_the_other_check_speaks():
    first, second = found("AD01", gain=5), found("PR01", gain=3)
    (action,) = agenda(outcomes(first, second), frozenset({first.fingerprint})).actions
    assert (action.check.code, action.also) == ("PR01", ())
    assert agenda(outcomes(first, second), frozenset({first.fingerprint, second.fingerprint})).actions == ()


def test_what_is_too_early_is_one_card_a_check_the_more_severe_first():
    early = [found(c, n, verdict="unsure") for c in ("PR02", "AD02", "PR01") for n in ("1", "2")]
    plan = agenda(outcomes(*early))
    assert plan.actions == ()
    assert [(a.check.code, len(a.findings), a.gain) for a in plan.early] == [
        ("AD02", 2, None),
        ("PR01", 2, None),
        ("PR02", 2, None),
    ]


def test_checks_that_wait_are_told():
    waits = Outcome(CHECKS["KW06"], waiting=NotYet("keyword_effect", 3, "week"))
    assert agenda([waits, *outcomes(found("TR01"))]).waiting == (waits,)


def test_the_order_does_not_depend_on_that_of_the_findings():
    findings = [found(c, n, gain=2) for c in ("PR01", "AD01", "PR05") for n in ("1", "2")] + [found("PR02", n) for n in "123"]
    dice = random.Random(1)
    plans = [agenda(outcomes(*dice.sample(findings, len(findings)))) for _ in range(5)]
    assert len({tuple((a.check.code, frozenset(f.fingerprint for f in a.findings)) for a in p.actions) for p in plans}) == 1
