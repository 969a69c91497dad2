"""The world around the shop: what the web searches, what countries import, what rivals offer, who visits the shop's own site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sandbox import vocabulary as voc
from sandbox.happenings import Happening
from sandbox.market import Floats, stream
from sandbox.people import COUNTRY_ODDS
from sandbox.shop import Shop

TREND_WEEKS = 156
TREND_WORDS = 5  # as many as one file may have
AMPLITUDES = (0.1, 0.6)
#: HS codes of the five categories, eight digits.
HS_CODES = ("85076000", "85414300", "94054200", "85131000", "94054100")
RIVALS, LISTINGS = 8, 4  # listings of each rival in each category
CITIES = {
    "United States": ("Los Angeles", "Houston"),
    "Germany": ("Hamburg", "Munich"),
    "Spain": ("Madrid", "Valencia"),
    "Mexico": ("Monterrey", "Puebla"),
    "France": ("Lyon", "Nantes"),
    "Canada": ("Toronto", "Calgary"),
    "Chile": ("Santiago", "Valdivia"),
    "Australia": ("Sydney", "Perth"),
    "Kenya": ("Nairobi", "Mombasa"),
    "Poland": ("Gdansk", "Lodz"),
}


@dataclass(frozen=True)
class Trend:
    """A word's heat on the web, 0 to 100, by week; `weeks` are their first days (Sundays)."""

    word: str
    weeks: list[date]
    heat: Floats


def trends(shop: Shop, fading: list[Happening]) -> tuple[list[Trend], list[Happening]]:
    """Three years of weekly heat. Each word has a season of its own; a fading word falls at the end."""
    rng = stream(shop.world.seed, "trends")
    last = shop.world.weeks[-1][0]
    weeks = [last - timedelta(weeks=back) for back in range(TREND_WEEKS - 1, -1, -1)]
    english = [word for word, is_english in zip(shop.words.text, shop.words.english, strict=True) if is_english]
    chosen = [h.ids["word"] for h in fading]
    chosen += [word for word in (english[i] for i in rng.permutation(len(english))) if word not in chosen]
    found, seasons = [], []
    for word in chosen[:TREND_WORDS]:
        amplitude, peak = round(rng.uniform(*AMPLITUDES), 3), int(rng.integers(1, 53))
        turn = np.array([2 * np.pi * (day.timetuple().tm_yday / 7 - peak) / 52.18 for day in weeks])
        raw = (1 + amplitude * np.cos(turn)) * rng.normal(1, 0.04, TREND_WEEKS) * np.linspace(0.9, 1.0, TREND_WEEKS)
        for happening in (h for h in fading if h.ids["word"] == word):
            factor = happening.strength["weekly_factor"]
            raw *= [factor ** max(0, (day - happening.days[0]).days // 7 + 1) for day in weeks]
        found.append(Trend(word, weeks, np.round(100 * raw / raw.max())))
        strength = {"amplitude": amplitude, "peak_week": float(peak)}
        days = (weeks[0], weeks[-1] + timedelta(days=6))
        seasons.append(Happening("season", {"word": word}, days, strength, ("search_trend",)))
    return found, seasons


@dataclass(frozen=True)
class Listing:
    """A rival's product page as anybody can see it. Prices in USD."""

    rival: int
    number: str
    category: int
    title: str
    low: float
    high: float
    min_order: int


def rivals(shop: Shop) -> list[tuple[str, int]]:
    """Name and years on the platform of each."""
    rng = stream(shop.world.seed, "rivals")
    return [(f"Rival {chr(65 + place)} Demo Lighting Co., Ltd.", int(rng.integers(1, 16))) for place in range(RIVALS)]


def listings(shop: Shop, day: date, happenings: list[Happening]) -> list[Listing]:
    """What the rivals offer on a day; a price war changes nothing but prices."""
    rng = stream(shop.world.seed, "listings")
    found = []
    for rival in range(RIVALS):
        for place, category in enumerate(voc.CATEGORIES):
            for _ in range(LISTINGS):
                title = voc.title(rng, category, voc.model_number(rng))
                low = category.price * rng.uniform(0.7, 1.4)
                number = f"1600{rng.integers(10**8, 10**9)}"
                min_order = int(rng.choice([2, 10, 50, 100]))
                spread = float(rng.uniform(1.1, 1.5))
                for h in happenings:
                    if h.kind == "price_war" and h.holds(day) and place == h.ids["category"] and rival in h.ids["rivals"]:
                        low *= h.strength["price_factor"]
                found.append(Listing(rival, number, place, title, round(low, 2), round(low * spread, 2), min_order))
    return found


def customs(shop: Shop) -> list[tuple[str, int, str, str, str, float, int]]:
    """HS code, year, country, partner, flow, value in USD, kilograms: five whole years of imports, growing by country and code."""
    rng = stream(shop.world.seed, "customs")
    last = shop.world.weeks[-1][1].year - 1
    rows = []
    for code in HS_CODES:
        for country, odds in zip(voc.COUNTRIES, COUNTRY_ODDS, strict=True):
            value, growth = 4e8 * odds * rng.lognormal(0, 0.4), rng.uniform(0.97, 1.15)
            for year in range(last - 4, last + 1):
                amount = round(value * growth ** (year - last) * rng.normal(1, 0.03))
                rows.append((code, year, country, "China", "进口", float(amount), round(amount / rng.uniform(9, 14))))
    return rows


def web_visits(shop: Shop, happenings: list[Happening]) -> list[tuple[date, str, str, int, int]]:
    """Day, country, city, visits, visitors of the shop's own site; with the shop's season and the platform's campaigns."""
    rng = stream(shop.world.seed, "web visits")
    scale = 30 * shop.world.count / 120
    rows = []
    for week, (start, _) in enumerate(shop.world.weeks):
        factor = np.prod([h.strength["request_factor"] for h in happenings if h.kind == "campaign" and h.holds(start)])
        for day in (start + timedelta(days=ahead) for ahead in range(7)):
            mean = scale * shop.world.season[week] * factor * (0.7 if day.weekday() >= 5 else 1.1)
            for country, odds in zip(voc.COUNTRIES, COUNTRY_ODDS, strict=True):
                for city, share in zip(CITIES[country], (0.6, 0.4), strict=True):
                    visits = int(rng.poisson(mean * odds * share))
                    if visits:
                        rows.append((day, country, city, visits, visits - int(rng.binomial(visits - 1, 0.2))))
    return rows
