"""The season of a word: a known one is found again, noise and fashion are not."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from zhanggui.estimates.season import Season, TooShort, season

LAST = date(2026, 9, 13)


def weeks(count: int) -> list[date]:
    return [LAST - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def wave(count: int, ahead: float, amplitude: float) -> np.ndarray:
    """Heat whose peak is `ahead` weeks after the last week."""
    return 50 * (1 + amplitude * np.cos(2 * np.pi * (np.arange(count) - (count - 1) - ahead) / 52))


@pytest.mark.parametrize("amplitude", [0.2, 0.4, 0.6])
@pytest.mark.parametrize("ahead", [1, 4, 8])
def test_a_known_season_is_found_again(amplitude, ahead):
    noise = np.random.default_rng(3).normal(1, 0.03, 156)
    told = season(weeks(156), list(wave(156, ahead, amplitude) * noise), LAST, ahead=8)
    assert isinstance(told, Season)
    assert told.coefficient == pytest.approx(1 + amplitude, abs=0.04)
    assert abs((told.week - LAST).days - 7 * ahead) <= 14
    assert (told.years, told.least > 1) == (3, True)


@pytest.mark.parametrize("weekday", range(7))
def test_whatever_the_weekday_the_week_of_the_peak_is_named_by_its_own_first_day(weekday):
    heat = np.full(104, 40.0)
    heat[[3, 55]] = 200.0  # 101 and 49 weeks ago: 4 weeks (less one of smoothing on either side) to come
    heat[[2, 4, 54, 56]] = 120.0
    told = season(weeks(104), list(heat), LAST + timedelta(days=weekday))
    assert isinstance(told, Season)
    assert told.week == LAST + timedelta(weeks=4)


def test_a_week_that_has_begun_is_no_coming_one():
    told = season(weeks(104), list(wave(104, 0, 0.5)), LAST + timedelta(days=8), ahead=3)
    assert isinstance(told, Season)
    assert told.week == LAST + timedelta(weeks=2)


def test_figures_by_the_month_do_not_add_up_to_weeks():
    monthly = [LAST - timedelta(days=30 * back) for back in range(79, -1, -1)]
    told = season(monthly, [50.0] * 80, LAST)
    assert isinstance(told, TooShort)
    assert 90 <= told.weeks <= 104


def test_years_with_too_many_gaps_need_as_many_weeks_as_make_them_whole():
    gaps = [None if n % 2 and n < 52 else 1.0 for n in range(104)]
    needs = season(weeks(104), gaps, LAST)
    assert isinstance(needs, TooShort)
    later = [LAST + timedelta(weeks=n + 1) for n in range(needs.weeks)]
    assert isinstance(season(weeks(104) + later, [*gaps, *[1.0] * needs.weeks], LAST), Season)
    assert isinstance(season(weeks(104) + later[:-1], [*gaps, *[1.0] * (needs.weeks - 1)], LAST), TooShort)


def test_a_trend_is_no_season():
    told = season(weeks(156), list(np.linspace(20, 80, 156)), LAST)
    assert isinstance(told, Season)
    assert told.coefficient < 1.3


def test_of_a_thousand_words_without_a_season_none_is_called_seasonal():
    dice = np.random.default_rng(11)
    told = [season(weeks(156), list(50 * dice.lognormal(0, 0.15, 156)), LAST) for _ in range(1000)]
    assert sum(one.coefficient > 1.3 and one.least > 1 for one in told if isinstance(one, Season)) == 0


def test_a_fashion_of_one_year_shows_in_the_year_that_lacks_it():
    heat = np.full(104, 40.0)
    heat[52:56] = 200.0  # a year before the weeks to come
    told = season(weeks(104), list(heat), LAST, ahead=8)
    assert isinstance(told, Season)
    assert told.least <= 1


@pytest.mark.parametrize(("count", "needs"), [(0, 104), (1, 103), (52, 52), (103, 1)])
def test_less_than_two_years_are_too_short(count, needs):
    assert season(weeks(count), [1.0] * count, LAST) == TooShort(needs)


def test_weeks_without_a_figure_are_left_out_and_too_many_are_too_few():
    heat: list[float | None] = list(wave(104, 4, 0.5))
    heat[10] = heat[60] = None
    told = season(weeks(104), heat, LAST)
    assert isinstance(told, Season)
    assert told.coefficient == pytest.approx(1.5, abs=0.03)
    assert isinstance(season(weeks(104), [None if n % 3 else h for n, h in enumerate(heat)], LAST), TooShort)
