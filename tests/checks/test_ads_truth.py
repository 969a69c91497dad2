"""Drawn shops whose hours, regions and words have known lead rates: what is planted is found, and a shop of equal rates stays silent."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tests.checks.cases import frame
from zhanggui.checks import CHECKS, NotYet, load, run_one
from zhanggui.facts import Snapshot
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

load()
DAY = date(2026, 9, 21)
RATE, SHOPS = 0.03, 40
REGIONS = ("US", "DE", "IN", "BR", "MX", "FR")
APART = {"AD08": "hour", "AD09": "hour", "AD10": "target", "AD11": "target"}


def shop(seed: int, factor: float) -> Snapshot:
    """Thirteen weeks of 24 hours, 6 regions and 40 words. Hour 3, India and word 7 have `factor` × the lead rate, hour 9 and the USA its
    inverse; a factor of 1 plants nothing."""
    rng = np.random.default_rng(seed)

    def rows(names, rates, clicks, **fixed):
        counts = rng.poisson(clicks, len(names))
        asked = rng.binomial(counts, np.minimum(RATE * rates, 1))
        cost = rng.gamma(4 * np.maximum(counts, 1), 4.5 / 4)  # a click costs 4.5 on average, give or take a half
        figures = zip(names, counts, asked, cost, strict=True)
        return [fixed | {"name": n, "clicks": c, "inquiries": i, "cost": f"{m:.2f}"} for n, c, i, m in figures]

    hours, regions, words = np.ones(24), np.ones(6), np.ones(40)
    hours[3], hours[9], regions[2], regions[0], words[7] = factor, 1 / factor, factor, 1 / factor, factor
    drawn = {
        "p4p_hour": (rows([f"{h:02}:00" for h in range(24)], hours, 400), "hour"),
        "p4p_target": (rows(REGIONS, regions, 1200, kind="地域"), "target"),
        "p4p_keyword": (rows([f"word {n}" for n in range(40)], words, np.where(np.arange(40) == 7, 900, 300)), "word"),
    }
    found = {}
    for table, (made, key) in drawn.items():
        named = [{key if k == "name" else k: v for k, v in row.items()} for row in made]
        found[table] = frame(TABLES[table], named).lazy()
    return Snapshot(DAY, found, TABLES)


def told(code: str, one: Snapshot) -> list[str]:
    outcome = run_one(CHECKS[code], one, RULEBOOK.on(DAY))
    assert not isinstance(outcome.waiting, NotYet)
    return [
        str(next(iter(f.key.values() if len(f.key) == 1 else [f.key["target"]])))
        for f in outcome.findings
        if f.verdict == "found"
    ]


@pytest.fixture(scope="module")
def planted() -> list[Snapshot]:
    return [shop(seed, 0.1) for seed in range(SHOPS)]


@pytest.mark.parametrize(("code", "name"), [("AD08", "03:00"), ("AD09", "09:00"), ("AD10", "IN"), ("AD11", "US")])
def test_what_is_planted_strongly_is_found(planted, code, name):
    found = [told(code, one) for one in planted]
    recall = sum(name in names for names in found) / SHOPS
    assert sum(set(names) - {name} != set() for names in found) <= 2  # what is strong makes nothing else weak
    assert recall >= (
        0.4 if code == "AD08" else 0.95
    )  # twelve inquiries that do not come are hardly told from luck among 24 hours


def test_a_word_that_brings_a_tenth_is_called_dear_or_silent(planted):
    found = [told("AD03", one) + told("AD02", one) for one in planted]
    assert sum("word 7" in names for names in found) / SHOPS >= 0.95
    assert sum(set(names) - {"word 7"} != set() for names in found) <= 3


@pytest.mark.parametrize("code", [*APART, "AD02", "AD03", "AD12"])
def test_a_shop_of_equal_rates_stays_silent(code):
    """Each check promises a chance of 1 % at most over all that it looks at."""
    kept = {"target_country": frame(TABLES["target_country"], [{"country": "US", "priority": "A"}]).lazy()}
    alarms = 0
    for seed in range(100, 100 + SHOPS):
        one = Snapshot(DAY, {**shop(seed, 1).frames, **kept}, TABLES)
        alarms += any(f.verdict == "found" for f in run_one(CHECKS[code], one, RULEBOOK.on(DAY)).findings)
    assert alarms <= 2


def test_night_that_brings_less_is_told_from_day():
    """Half of the lead rate outside New York's working hours."""
    open_hours = set(range(6, 15))
    heard = 0
    for seed in range(SHOPS):
        rng = np.random.default_rng(seed)
        clicks = rng.poisson(400, 24)
        rates = np.array([RATE if h in open_hours else RATE / 2 for h in range(24)])
        asked = rng.binomial(clicks, rates)
        rows = [{"hour": f"{h}", "clicks": int(c), "inquiries": int(i), "cost": f"{c}"} for h, (c, i) in enumerate(zip(clicks, asked, strict=True))]  # fmt: skip
        one = {
            "p4p_hour": frame(TABLES["p4p_hour"], rows).lazy(),
            "target_country": frame(TABLES["target_country"], [{"country": "US", "priority": "A"}]).lazy(),
        }
        (found,) = run_one(CHECKS["AD12"], Snapshot(DAY, one, TABLES), RULEBOOK.on(DAY)).findings or (None,)
        heard += found is not None and found.values["low"] <= 0.5 <= found.values["high"]
    assert heard >= 30


def test_a_precise_word_whose_season_begins_is_for_the_daily_first_group():
    """Searched four times as much in October of three years; a word of the same rate without a season is left alone."""
    start = date(2023, 9, 24)
    weeks = [start + timedelta(weeks=n) for n in range(156)]
    rows = [
        {"word": name, "week": f"{w}", "heat": 80 if w.month == 10 and name == "mules" else 20}
        for name in ("mules", "clogs")
        for w in weeks
    ]
    words = [{"word": f"word {n}", "clicks": 100, "inquiries": 3, "cost": "200"} for n in range(20)]
    words += [{"word": name, "clicks": 300, "inquiries": 45, "cost": "600"} for name in ("mules", "clogs")]
    one = {
        "search_trend": frame(TABLES["search_trend"], rows).lazy(),
        "p4p_keyword": frame(TABLES["p4p_keyword"], words).lazy(),
    }
    found = run_one(CHECKS["AD18"], Snapshot(DAY, one, TABLES), RULEBOOK.on(DAY)).findings
    assert [(f.key["word"], f.values["heat_en"].startswith("season factor")) for f in found] == [("mules", True)]
