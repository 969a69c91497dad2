"""The benchmark's scoring, on streams small enough to be reckoned by hand."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from tests.bench.nab import PROFILES, Stream, score, windowed_gaussian

STREAM = Stream("made up", np.arange(100.0), ((40, 49), (80, 89)), 24)


def alarms(*rows: int) -> np.ndarray:
    found = np.zeros(100)
    found[list(rows)] = 1
    return found


def sigmoid(place: float) -> float:
    return 2 / (1 + exp(5 * place)) - 1


@pytest.mark.parametrize("profile", PROFILES)
def test_no_verdict_is_nothing_and_the_first_rows_of_all_windows_are_everything(profile):
    assert score([STREAM], [np.full(100, 0.5)], profile) == 0
    assert score([STREAM], [np.zeros(100)], profile) == 0
    assert score([STREAM], [alarms(40, 80)], profile) == pytest.approx(100)


def test_one_window_found_late_and_one_false_alarm():
    found = sigmoid(-0.6) / sigmoid(-1)  # row 44 of 40..49: 6 of 10 rows are left
    false = 0.11 * sigmoid(3 / 9)  # 3 rows behind a window, whose edges are 9 rows apart
    assert score([STREAM], [alarms(44, 52)]) == pytest.approx(100 * (found + false + 1) / 4)
    assert score([STREAM], [alarms(44, 20)]) == pytest.approx(100 * (found - 0.11 + 1) / 4)


def test_the_first_alarm_of_a_window_counts():
    assert score([STREAM], [alarms(40, 45, 49)]) == pytest.approx(score([STREAM], [alarms(40)]))
    later = alarms(45)
    later[48] = 2
    assert score([STREAM], [later]) == pytest.approx(score([STREAM], [alarms(45)]))


def test_the_first_rows_do_not_count():
    assert score([STREAM], [alarms(40, *range(15))]) == score([STREAM], [alarms(40)])
    assert score([STREAM], [alarms(40, 15)]) == pytest.approx(score([STREAM], [alarms(40)]) - 100 * 0.11 / 4)


def test_one_threshold_for_all():
    other = Stream("quiet", np.arange(100.0), (), 24)
    loud = np.full(100, 0.5)
    assert score([STREAM, other], [alarms(40), loud]) == score([STREAM], [alarms(40)])
    assert score([STREAM, other], [0.4 * alarms(40), loud]) == 0


def test_the_simple_detector_looks_back():
    values = np.r_[np.tile([1.0, 2.0], 50), 9.0]
    found = windowed_gaussian(values)
    assert found[2:].argmax() == 98
    assert (windowed_gaussian(values[:60]) == found[:60]).all()
