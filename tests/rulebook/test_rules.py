"""The numbers of the day: dated, with source; a shop's own; what if."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from zhanggui.rulebook import RULEBOOK, Bad, Rulebook

GOOD = {
    "label": {"zh": "数", "en": "number"},
    "unit": "day",
    "range": [0, 10],
    "values": {date(2024, 1, 1): 2, date(2025, 1, 1): 3},
    "source": [{"title": {"zh": "指南", "en": "guide"}, "grade": "C", "read": date(2026, 11, 22)}],
}
DAY = date(2026, 9, 21)


def load(folder, raw, name="lag"):
    (folder / "numbers.yaml").write_text(yaml.safe_dump({name: raw}, allow_unicode=True), "utf-8")
    return Rulebook.load(folder)


def changed(path, value):
    """`GOOD` with the value at a path replaced, or left out where it is None."""
    raw = yaml.safe_load(yaml.safe_dump(GOOD))
    inside = raw
    for step in path[:-1]:
        inside = inside[step]
    if value is None:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return raw


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2024, 1, 1), 2), (date(2024, 12, 31), 2), (date(2025, 1, 1), 3), (date.max, 3)],
)
def test_the_value_in_force_on_a_day_is_the_last_one_before_it(tmp_path, day, value):
    rules = load(tmp_path, GOOD).on(day)
    assert (rules["lag"], rules.origin["lag"], list(rules)) == (value, "rulebook", ["lag"])


def test_before_its_first_day_a_number_has_no_value(tmp_path):
    rules = load(tmp_path, GOOD).on(date(2023, 12, 31))
    assert list(rules) == []
    with pytest.raises(KeyError, match="no value of lag on 2023-12-31"):
        rules["lag"]


def test_a_shop_s_own_value_holds_from_its_own_day_on(tmp_path):
    book = load(tmp_path, GOOD)
    own = {"lag": {date(2026, 9, 1): 5, date(2026, 9, 21): 6}}
    days = [date(2026, 8, 31), date(2026, 9, 20), date(2026, 9, 21)]
    assert [(book.on(d, own)["lag"], book.on(d, own).origin["lag"]) for d in days] == [
        (3, "rulebook"),
        (5, "shop"),
        (6, "shop"),
    ]


def test_a_what_if_holds_whatever_the_day_and_the_shop_say(tmp_path):
    rules = load(tmp_path, GOOD).on(date(2020, 1, 1), {"lag": {date(2019, 1, 1): 5}}, {"lag": 9})
    assert (rules["lag"], rules.origin["lag"]) == (9, "what-if")


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan")])
@pytest.mark.parametrize("way", ["overrides", "what_if"])
def test_a_value_out_of_its_range_is_refused_whoever_says_it(tmp_path, value, way):
    said = {"overrides": {"lag": {DAY: value}}, "what_if": {"lag": value}}
    with pytest.raises(Bad, match=r"lag: .* is outside"):
        load(tmp_path, GOOD).on(DAY, **{way: said[way]})


@pytest.mark.parametrize(
    "path",
    [
        ("label",),
        ("label", "zh"),
        ("label", "en"),
        ("unit",),
        ("range",),
        ("values",),
        ("source",),
        ("source", 0),
        ("source", 0, "title"),
        ("source", 0, "title", "zh"),
        ("source", 0, "title", "en"),
        ("source", 0, "grade"),
        ("source", 0, "read"),
    ],
)
def test_a_number_that_lacks_a_part_is_refused_with_the_names_of_file_and_number(tmp_path, path):
    with pytest.raises(Bad, match=r"numbers\.yaml: lag: .*is missing"):
        load(tmp_path, changed(path, None))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("source", 0, "grade"), "E", "grade E is none of ABCD"),
        (("source", 0, "read"), "yesterday", "'yesterday' is not a day"),
        (("values",), {"soon": 3}, "'soon' is not a day"),
        (("values",), {date(2024, 1, 1): 11}, "11.0 is outside 0.0..10.0 day"),
    ],
)
def test_a_number_with_a_wrong_part_is_refused(tmp_path, path, value, said):
    with pytest.raises(Bad, match=said):
        load(tmp_path, changed(path, value))


def test_a_number_stands_in_one_file_only(tmp_path):
    (tmp_path / "a.yaml").write_text(yaml.safe_dump({"lag": GOOD}), "utf-8")
    with pytest.raises(Bad, match=r"numbers\.yaml: lag stands in two files"):
        load(tmp_path, GOOD)


def test_every_number_of_the_rulebook_has_a_value_today_but_those_that_only_a_shop_can_tell():
    asked = {name for name, number in RULEBOOK.numbers.items() if not number.values}
    assert asked == {"premium_on_top", "click_reserve"}
    assert set(RULEBOOK.on(DAY)) == set(RULEBOOK.numbers) - asked


def test_a_number_that_is_asked_of_the_shop_has_no_value_until_the_shop_tells(tmp_path):
    book = load(tmp_path, changed(("values",), None) | {"asked": True})
    assert list(book.on(DAY)) == []
    assert book.on(DAY, {"lag": {DAY: 4}})["lag"] == 4


def test_of_yes_and_no_nothing_between(tmp_path):
    book = load(tmp_path, GOOD | {"unit": "1 = yes", "range": [0, 1], "values": {date(2024, 1, 1): 1}})
    assert [book.numbers["lag"].allows(value) for value in (0, 1, 0.5, 2, float("nan"))] == [True, True, False, False, False]
    with pytest.raises(Bad, match="lag: 0.5 is outside"):
        book.on(DAY, what_if={"lag": 0.5})
