"""The day of the assessment, and the indicators of the star page."""

from __future__ import annotations

from datetime import date

import pytest

from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.star import INDICATORS, LESS, POWERS, assessment, last_assessment

D = date


@pytest.mark.parametrize(
    ("day", "on", "scored", "open_on", "open_scored"),
    [
        (D(2026, 9, 1), D(2026, 9, 5), D(2026, 8, 31), D(2026, 10, 5), D(2026, 9, 30)),
        (D(2026, 9, 5), D(2026, 9, 5), D(2026, 8, 31), D(2026, 10, 5), D(2026, 9, 30)),
        (D(2026, 9, 6), D(2026, 10, 5), D(2026, 9, 30), D(2026, 10, 5), D(2026, 9, 30)),
        (D(2026, 9, 30), D(2026, 10, 5), D(2026, 9, 30), D(2026, 10, 5), D(2026, 9, 30)),
        (D(2026, 12, 31), D(2027, 1, 5), D(2026, 12, 31), D(2027, 1, 5), D(2026, 12, 31)),
        (D(2027, 1, 3), D(2027, 1, 5), D(2026, 12, 31), D(2027, 2, 5), D(2027, 1, 31)),
    ],
)
def test_the_fifth_on_the_score_of_the_last_day_before(day, on, scored, open_on, open_scored):
    rules = RULEBOOK.on(day)
    next_one, open_one = assessment(day, rules), assessment(day, rules, still_open=True)
    assert (next_one.on, next_one.hour, next_one.scored) == (on, 9, scored)
    assert (open_one.on, open_one.scored) == (open_on, open_scored)


@pytest.mark.parametrize(
    ("day", "on"),
    [(D(2026, 10, 4), D(2026, 9, 5)), (D(2026, 10, 5), D(2026, 10, 5)), (D(2027, 1, 4), D(2026, 12, 5))],
)
def test_the_last_assessment(day, on):
    found = last_assessment(day, RULEBOOK.on(day))
    assert (found.on, found.scored) == (on, on.replace(day=1) - (D(2026, 1, 2) - D(2026, 1, 1)))


def test_another_day_of_the_rulebook_moves_it():
    rules = RULEBOOK.on(D(2026, 9, 6), what_if={"star_assessment_day": 8})
    assert assessment(D(2026, 9, 6), rules).on == D(2026, 9, 8)


def test_indicators_of_every_power():
    assert {one.power for one in INDICATORS.values()} == set(POWERS)
    assert (len(INDICATORS), LESS) == (18, ("21100006",))
    assert [code for code, one in INDICATORS.items() if one.bonus] == ["21100059", "21100069"]
