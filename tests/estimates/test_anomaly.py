"""Events are found and noise is not told, by the past alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench import daily
from zhanggui.estimates.anomaly import FEWEST, LIMIT, Watch, watch

SEED = 7  # the limit was chosen on seed 100


def drawn(n: int, seed: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).poisson(1000 * (1 - 0.3 * (np.arange(n) % 7 >= 5))).astype(float)


def judged(many: int, seed: int = SEED) -> tuple[dict[str, np.ndarray], float]:
    """Found, falsely told and missed by our detector and by two rules of thumb; and the share of days in the usual range."""
    counts = {"ours": np.zeros(3, int), "week_over_week_20": np.zeros(3, int), "week_over_week_50": np.zeros(3, int)}
    inside = []
    for figures, event in daily.series(seed, many):
        told = watch(figures, (7,))
        counts["ours"] += daily.hits(told.unusual, event)
        counts["week_over_week_20"] += daily.hits(daily.week_over_week(figures, 0.2), event)
        counts["week_over_week_50"] += daily.hits(daily.week_over_week(figures, 0.5), event)
        inside.append((told.beyond[FEWEST:] == 0)[~event[FEWEST:]].mean())
    return counts, float(np.mean(inside))


def told_in_quiet(many: int, seed: int = SEED) -> float:
    """The share of days that are told in series without any event."""
    told = [watch(figures, (7,)).unusual[FEWEST:] for figures, _ in daily.series(seed, many, events=0)]
    return float(np.mean(told))


def test_events_of_a_shop_are_found_where_the_rule_of_thumb_drowns():
    counts, inside = judged(12)
    precision, f1 = daily.precision_and_f1(counts["ours"])
    assert precision >= 0.5
    assert f1 >= 0.55
    assert daily.precision_and_f1(counts["week_over_week_20"])[1] < 0.12
    assert inside == pytest.approx(0.95, abs=0.02)


def test_quiet_days_are_seldom_told():
    assert told_in_quiet(12) <= 0.006


@pytest.mark.proof
def test_sixty_series():
    from bench.results import record

    counts, inside = judged(60)
    figures = {name: daily.precision_and_f1(found) for name, found in counts.items()}
    quiet = told_in_quiet(60)
    record(
        "anomalies",
        seed=SEED,
        series=60,
        events_each=daily.EVENTS,
        f1=figures["ours"][1],
        precision=figures["ours"][0],
        week_over_week_20_f1=figures["week_over_week_20"][1],
        week_over_week_20_precision=figures["week_over_week_20"][0],
        week_over_week_50_f1=figures["week_over_week_50"][1],
        told_of_quiet_days=quiet,
        in_the_usual_range=inside,
        limit=LIMIT,
    )
    assert figures["ours"][0] >= 0.5
    assert figures["ours"][1] >= 0.55
    assert quiet <= 0.005


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(st.integers(0, 500), st.just(float("nan"))), min_size=0, max_size=120),
    st.integers(0, 120),
    st.sampled_from([(), (7,), (1, 7), (3, 30)]),
    st.sampled_from([0, 5]),
)
def test_what_comes_later_changes_nothing(values, until, seasons, memory):
    whole, begin = watch(values, seasons, memory=memory), watch(values[:until], seasons, memory=memory)
    for name in Watch.__dataclass_fields__:
        assert np.array_equal(getattr(whole, name)[:until], getattr(begin, name), equal_nan=name not in ("unusual", "needs"))


def test_what_comes_later_changes_nothing_in_a_long_series():
    values = np.cumsum(np.random.default_rng(2).normal(size=6000))
    whole, begin = watch(values, (24, 168), memory=50), watch(values[:5003], (24, 168), memory=50)
    assert np.array_equal(whole.score[:5003], begin.score, equal_nan=True)


def test_too_few_points_say_how_many_are_lacking():
    told = watch(drawn(25))
    assert told.needs.tolist() == [*range(FEWEST, 0, -1), 0, 0, 0, 0, 0]
    assert np.isnan(told.score[:FEWEST]).all()
    assert np.isnan(told.expected[:FEWEST]).all()
    assert not told.unusual[:FEWEST].any()


def test_nothing_is_nothing():
    assert watch([]).score.shape == (0,)


def test_missing_stays_missing_and_is_not_zero():
    values = drawn(100)
    values[[30, 31, 90]] = np.nan
    told = watch(values, (7,))
    assert np.flatnonzero(np.isnan(told.score)).tolist() == [*range(FEWEST), 30, 31, 90]
    assert not told.unusual.any()
    assert np.isfinite(told.expected[90])
    assert told.needs[90] == 0
    zero = drawn(100)
    zero[90] = 0
    assert watch(zero, (7,)).unusual[90]


@pytest.mark.parametrize("day", [90, 94])
def test_a_spike_is_told_with_what_was_expected(day):
    values = drawn(100)
    values[day] = 2100
    told = watch(values, (7,))
    assert np.flatnonzero(told.unusual).tolist() == [day]
    assert told.low[day] < told.expected[day] < told.high[day] < 2100
    assert told.expected[day] == pytest.approx(700 if day % 7 >= 5 else 1000, rel=0.1)
    assert 0 < told.score[day] < 1


def test_a_usual_saturday_is_unusual_on_a_tuesday():
    values = drawn(140)
    values[127] = 700
    assert values[124] < 800  # the weekend before
    assert np.flatnonzero(watch(values, (7,)).unusual).tolist() == [127]
    assert not watch(values).unusual.any()


def test_after_a_gap_the_season_is_expected_again_and_until_then_the_middle_of_everything():
    values = drawn(200)
    values[150:199] = np.nan
    told = watch(values, (7,))
    assert np.isfinite(told.expected[150:]).all()
    assert not told.unusual.any()


def test_figures_that_never_changed():
    assert not watch([5.0] * 60, (7,)).unusual.any()
    assert np.flatnonzero(watch([5.0] * 60 + [9.0], (7,)).unusual).tolist() == [60]


def test_below_zero():
    values = drawn(100) - 900
    values[90] = -1500
    assert np.flatnonzero(watch(values, (7,)).unusual).tolist() == [90]


def test_the_same_is_told_once_in_a_while():
    values = drawn(300)
    values[250:253] = 3000, 2500, 5000
    assert np.flatnonzero(watch(values, (7,)).unusual).tolist() == [250, 251, 252]
    assert np.flatnonzero(watch(values, (7,), memory=10).unusual).tolist() == [250, 252]
