"""外贸直通车 beyond the keyword report: its clicks, cost and leads of a week by product, hour, region, crowd, word typed, plan.

Every division adds up to the keyword report of the week, to the fen.
"""

from __future__ import annotations

import numpy as np

from sandbox import vocabulary as voc
from sandbox.division import Paid, drawn_from, scatter, shares
from sandbox.market import Floats, stream
from sandbox.people import COUNTRY_ODDS
from sandbox.shop import Shop

PLANS = len(voc.CATEGORIES)  # the keyword report puts word k into plan k % PLANS
CROWDS = voc.labels("高意向买家|行业买家|L1+买家|其他人群")
CROWD_ODDS = np.array([0.18, 0.34, 0.22, 0.26])
SEARCHED = ("{}", "{} for sale", "best {}", "{} supplier")
SEARCHED_ODDS = np.array([0.62, 0.16, 0.12, 0.10])
DAY_ODDS = np.array([0.11, 0.16, 0.16, 0.16, 0.16, 0.14, 0.11])  # Sunday to Saturday
HOUR_ODDS: Floats = 1.0 + np.cos(2 * np.pi * (np.arange(24) - 10) / 24)  # most at ten in the morning of the Pacific coast


def of_words(shop: Shop, week: int) -> Paid:
    """The keyword report itself."""
    figure = {name: column[:, week] for name, column in shop.p4p.items()}
    fen = np.rint(100 * shop.cost[:, week]).astype(np.int64)
    return Paid(figure["exposures"], figure["clicks"], fen, figure["inquiries"])


def by_plan(shop: Shop, week: int) -> Paid:
    return of_words(shop, week).by(np.arange(shop.words.paid) % PLANS, PLANS)


def by_product(shop: Shop, week: int) -> Paid:
    """Exposures and clicks are those of the product report's 标准推广."""
    clicks = shop.effect["standard_clicks"][:, week]
    _, _, fen, leads = of_words(shop, week).total()
    rng = stream(shop.world.seed, f"P4P by product {week}")
    return Paid(shop.effect["standard_exposures"][:, week], clicks, shares(fen, clicks), drawn_from(rng, clicks, leads))


def divided(shop: Shop, week: int, name: str, weights: Floats) -> Paid:
    return scatter(stream(shop.world.seed, f"P4P by {name} {week}"), *of_words(shop, week).total(), weights)


def by_hour(shop: Shop, week: int) -> Paid:
    """Seven days of 24 hours, by the platform's clock."""
    return divided(shop, week, "hour", np.outer(DAY_ODDS, HOUR_ODDS).ravel())


def by_day(shop: Shop, week: int) -> Paid:
    return by_hour(shop, week).by(np.repeat(np.arange(7), 24), 7)


def by_region(shop: Shop, week: int) -> Paid:
    return divided(shop, week, "region", COUNTRY_ODDS)


def by_crowd(shop: Shop, week: int) -> Paid:
    return divided(shop, week, "crowd", CROWD_ODDS)


def by_search_word(shop: Shop, week: int) -> list[tuple[str, str, Paid]]:
    """For each paid word what buyers really typed, where it brought an exposure."""
    words = of_words(shop, week)
    rng = stream(shop.world.seed, f"P4P by search word {week}")
    found = []
    for k in range(shop.words.paid):
        totals = (int(words.exposures[k]), int(words.clicks[k]), int(words.fen[k]), int(words.leads[k]))
        parts = scatter(rng, *totals, SEARCHED_ODDS)
        for place, form in enumerate(SEARCHED):
            one = Paid(*(np.array([figures[place]]) for figures in (parts.exposures, parts.clicks, parts.fen, parts.leads)))
            if one.exposures[0]:
                found.append((shop.words.text[k], form.format(shop.words.text[k]), one))
    return found
