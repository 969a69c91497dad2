"""Of the star level: its powers and tracks, the indicators with the platform's codes, and the next assessment."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from zhanggui.rulebook.rules import Rules

#: Power → its words; the guides of 2024 call the last one 保障力 as well.
POWERS = {
    "product": ("商品力", "Product power"),
    "marketing": ("营销力", "Marketing power"),
    "transaction": ("交易力", "Transaction power"),
    "service": ("服务力", "Service power"),
}
WRITTEN = {zh: power for power, (zh, _) in POWERS.items()} | {"保障力": "service"}
TRACKS = {"rts": ("交易星", "Transaction star"), "custom": ("商机星", "Lead star")}
MOST_STARS = 5


@dataclass(frozen=True)
class Indicator:
    """One indicator of the star page. `less`: the smaller, the better. `most`: where it ends (a share: 1). `bonus`: 加分.
    `money`: trade, in USD."""

    code: str
    power: str
    zh: str
    en: str
    less: bool = False
    bonus: bool = False
    most: float | None = None
    money: bool = False


def load_indicators() -> dict[str, Indicator]:
    """Code → indicator, in the platform's order."""
    raw = yaml.safe_load((Path(__file__).parent / "star_indicators.yaml").read_text("utf-8"))
    return {code: Indicator(code, **told) for code, told in raw["indicators"].items()}


INDICATORS = load_indicators()
LESS = tuple(code for code, one in INDICATORS.items() if one.less)


@dataclass(frozen=True)
class Assessment:
    """`on`: the day of the assessment, at `hour` o'clock US Pacific. `scored`: the day whose score counts."""

    on: date
    hour: int
    scored: date


def assessment(day: date, rules: Rules, *, still_open: bool = False) -> Assessment:
    """The next assessment from a day on (on the day itself it is that one); `still_open`: the next whose score is not fixed yet."""
    first = day.replace(day=1)
    for _ in range(3):
        scored = first - timedelta(days=1)
        made = Assessment(first.replace(day=int(rules["star_assessment_day"])), int(rules["star_assessment_hour"]), scored)
        if day <= (scored if still_open else made.on):
            return made
        first += timedelta(days=monthrange(first.year, first.month)[1])
    raise AssertionError(day)


def last_assessment(day: date, rules: Rules) -> Assessment:
    """The newest assessment up to a day, that of the day itself included."""
    first = day.replace(day=1)
    if day.day < rules["star_assessment_day"]:
        first = (first - timedelta(days=1)).replace(day=1)
    return Assessment(
        first.replace(day=int(rules["star_assessment_day"])), int(rules["star_assessment_hour"]), first - timedelta(days=1)
    )
