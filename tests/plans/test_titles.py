"""Titles: the best there is, within the length, no word twice; against trying everything, and against joining the top keywords."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.libraries import joined, library, weight_of
from zhanggui.plans.title_words import covered_by, parts_of
from zhanggui.plans.titles import DoesNotFit, TooHard, build

SHORT = st.lists(
    st.sampled_from(["red", "blue", "mini", "led", "lamp", "light", "torch", "usb", "car", "home"]),
    min_size=1,
    max_size=3,
    unique=True,
)
LIBRARIES = st.dictionaries(SHORT.map(" ".join), st.integers(1, 60).map(float), min_size=1, max_size=14)


def best_of_all(weights: dict[str, float], limit: int) -> float:
    """The most weight of any set of words that fits, by trying every set."""
    words = sorted({part for parts in parts_of(list(weights)) for part in parts})
    sets = (chosen for n in range(len(words) + 1) for chosen in combinations(words, n))
    return max(weight_of(" ".join(chosen), weights) for chosen in sets if len(" ".join(chosen)) <= limit)


@settings(deadline=None, max_examples=40)
@given(LIBRARIES, st.integers(8, 40))
def test_no_set_of_words_is_better(weights, limit):
    title = build(weights, limit=limit)
    assert len(title.text) <= limit
    assert title.status == "optimal"
    assert title.weight == weight_of(title.text, weights) == best_of_all(weights, limit)
    assert sorted(title.covered) == sorted(
        w for w, held in zip(weights, covered_by(title.text, list(weights)), strict=True) if held
    )
    parts = parts_of([title.text])[0]
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize("seed", range(3))
def test_a_library_is_solved_to_the_end_and_beats_joining_the_top_keywords(seed):
    weights = library(seed, 150)
    title = build(weights)
    top = joined(weights)
    assert (title.status, round(title.gap, 4)) == ("optimal", 0)
    assert max(len(title.text), len(top)) <= 128
    assert title.weight == weight_of(title.text, weights)
    assert title.weight >= 1.05 * weight_of(top, weights)


def test_the_same_library_gives_the_same_title():
    weights = library(5, 120)
    assert build(weights).text == build(dict(reversed(weights.items()))).text


def test_what_must_stand_and_what_must_stay_covered():
    weights = {"led lamp": 50.0, "usb torch": 40.0, "car lamp": 1.0}
    title = build(weights, keep=["home"], held=["car lamp"], last="lamps", limit=18)
    assert sorted(parts_of([title.text])[0]) == ["car", "home", "lamp", "led"]
    assert (title.text.split()[-1], sorted(title.covered)) == ("Lamp", ["car lamp", "led lamp"])


def test_what_does_not_fit_is_said():
    with pytest.raises(DoesNotFit):
        build({"led lamp": 5.0}, keep=["rechargeable", "emergency"], limit=12)


def test_today_s_spelling_is_kept_the_room_is_filled_and_new_words_are_few():
    weights = {"lace up shoes": 9.0, "led lace up shoes": 8.0, "usb shoes": 7.0}
    title = build(weights, today="Men's Lace-Up Shoes with OEM Logo", new=1, last="shoes", limit=60)
    assert (title.text.split()[-1], "Lace-Up" in title.text.split(), "Men's" in title.text.split()) == ("Shoes", True, True)
    assert sorted(parts_of([title.text])[0]) == ["lace", "led", "logo", "men", "oem", "shoe", "up"]
    assert build(weights, today="Shoes Lace-Up", new=0).covered == ("lace up shoes",)


def test_buyers_phrases_stand_side_by_side_and_what_is_sold_comes_last():
    title = build({"portable power station": 90.0, "solar power station": 50.0}, last="station")
    assert title.text.split()[-2:] == ["Power", "Station"]
    assert title.beside >= 50 / 140


def test_where_no_order_is_found_in_time_the_title_still_holds_every_word():
    weights = {f"A{i} B{i}": float(i) for i in range(1, 21)}
    title = build(weights, last="b12", order_effort=0)
    whole = build(weights, last="b12")
    assert (sorted(title.covered), title.text.split()[-1]) == (sorted(whole.covered), "B12")
    assert sorted(title.text.split()) == sorted(whole.text.split())
    assert title.weight == weight_of(title.text, weights) == whole.weight


def test_what_is_not_worked_out_in_time_is_not_called_too_long():
    with pytest.raises(TooHard):
        build(library(5, 120), effort=0)


def test_no_keyword_no_title():
    assert build({}).text == ""
    assert build({"!!": 3.0}).covered == ()


@pytest.mark.proof
def test_thirty_libraries_of_450_keywords():
    """Status, gap, length and gain over joining the top keywords; nothing was tuned on these seeds."""
    from bench.results import record

    told = []
    for seed in range(100, 130):
        weights = library(seed, 450)
        title, top = build(weights), joined(weights)
        assert title.weight == weight_of(title.text, weights)
        parts = parts_of([title.text])[0]
        assert len(parts) == len(set(parts))
        told.append((title.status, title.gap, title.seconds, len(title.text), title.weight / weight_of(top, weights) - 1))
    gains = sorted(one[4] for one in told)
    record(
        "titles",
        seeds=[100, 129],
        libraries=len(told),
        keywords=450,
        optimal=sum(one[0] == "optimal" for one in told),
        largest_gap=max(one[1] for one in told),
        seconds_median=sorted(one[2] for one in told)[len(told) // 2],
        seconds_most=max(one[2] for one in told),
        longest=max(one[3] for one in told),
        gain_over_joining_least=gains[0],
        gain_over_joining_median=gains[len(gains) // 2],
        libraries_with_5_percent=sum(gain >= 0.05 for gain in gains),
    )
    assert max(one[1] for one in told) <= 0.01
    assert max(one[2] for one in told) <= 10
    assert max(one[3] for one in told) <= 128
    assert gains[0] >= 0
    assert gains[len(gains) // 2] >= 0.05
