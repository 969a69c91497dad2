"""Hours of the platform's clock in which the buyers' countries work."""

from __future__ import annotations

from datetime import date

import pytest

from zhanggui.measures.time_zones import hour_of, spans, working_hours, zones

WINTER, SUMMER, BETWEEN = date(2026, 1, 15), date(2026, 7, 15), date(2026, 3, 15)


@pytest.mark.parametrize(
    ("code", "day", "says"),
    [
        ("US", WINTER, "06:00–15:00"),  # New York, three hours ahead
        ("DE", WINTER, "00:00–09:00"),
        ("DE", SUMMER, "00:00–09:00"),
        ("DE", BETWEEN, "01:00–10:00"),  # America has turned its clocks, Europe not yet
        ("IN", WINTER, "19:00–04:00"),  # half an hour off: told by the middle of the hour
        ("AU", WINTER, "14:00–23:00"),
    ],
)
def test_nine_to_six(code, day, says):
    assert spans(working_hours(code, day, 9, 18)) == says


def test_a_country_nobody_knows_has_no_hours():
    assert (working_hours("XX", WINTER, 9, 18), spans(frozenset())) == (frozenset(), "")


def test_the_zone_of_most_people_stands_for_a_country():
    assert [zones()[c] for c in ("US", "BR", "RU", "CN")] == [
        "America/New_York",
        "America/Sao_Paulo",
        "Europe/Moscow",
        "Asia/Shanghai",
    ]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("08:00-08:59", 8),
        ("8", 8),
        ("8.0", 8),
        ("8-9", 8),
        ("8点-9点", 8),
        ("8时至8时59分", 8),
        ("08时 (GMT-8)", 8),
        ("23", 23),
        ("23-24", 23),
        ("23:00-00:00", 23),
        ("第8时", 8),
        ("Hour 8", 8),
        ("2026-11-01 08:00", 8),
        ("2026-11-01T08:00:00", 8),
        ("2026年11月1日 8时", 8),
        ("11/1/2026 08:00", 8),
        ("20261101 08", 8),
        ("11-01 08:00", 8),
        ("11-01 8", None),  # a month, a day and an hour, or a stretch of hours and something else
        ("11-01", None),
        ("2026-11-01", None),
        ("2026110108", None),
        ("0000", None),
        ("24", None),
        ("8 PM", None),
        ("下午8点", None),
        ("第8小时", None),  # from seven to eight, or from eight on
        ("上午", None),
        (None, None),
    ],
)
def test_the_hour_of_a_row(text, hour):
    assert hour_of(text) == hour
