"""One who knows the truth: could this trouble be seen at all in the figures that were drawn?

For each kind a test of the drawn figures of the plant's own key against a shop without the plant, with the true rates, at a
false-alarm rate of one in a thousand; facts (a flag, a name, a missing file) are compared exactly. `chance` is the probability
that the test finds the plant, before the figures are drawn. A check of the product cannot be asked for more than this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from scipy.stats import binom, poisson

from sandbox import leads, market, traffic
from sandbox import vocabulary as voc
from sandbox.market import LEAD, TRADE
from sandbox.plants import CONCENTRATED_SHARE, DROP, QUARTER, Plant
from sandbox.shop import Shop

FALSE_ALARM = 0.001
STRONG_CLICKS_28D, PAID_SHARE, LOW_CTR_EXPOSURES_28D = 900, 0.70, 6_000
WASTED_CLICKS_28D, WASTED_COST_28D = 400, 2_000.0
CONCENTRATED, BEHIND, BEHIND_TOP10, NEVER_BEHIND = 0.30, 0.20, 400, 0.35

Finds = Callable[[Shop, Plant], bool]


def total(shop: Shop, column: str, plant: Plant, weeks: int) -> int:
    """The product's figure over the last weeks whose file exists."""
    return int(shop.effect[column][plant.at, shop.last("product_effect", weeks)].sum())


def too_few(count: float, expected: float) -> bool:
    return bool(poisson.cdf(count, expected) <= FALSE_ALARM)


def few(expected: float) -> float:
    """The highest count that is too few where `expected` is usual (-1: none is)."""
    at = float(poisson.ppf(FALSE_ALARM, expected))
    return at if poisson.cdf(at, expected) <= FALSE_ALARM else at - 1


def many(expected: float) -> float:
    """The lowest count that is too many where `expected` is usual."""
    return float(poisson.isf(FALSE_ALARM, expected)) + 1


def shrink(shop: Shop) -> float:
    """The last 28 days in weeks of full traffic."""
    return 4.0 if not any(p.kind == "shop_drop" for p in shop.plants) else 3.0 + DROP


def no_inquiry_product(shop: Shop, plant: Plant) -> bool:
    contacts = total(shop, "inquiries", plant, QUARTER) + total(shop, "chatters", plant, QUARTER)
    expected = total(shop, "shop_clicks", plant, QUARTER) * (market.INQUIRY_RATE + market.CHAT_RATE)
    inquiries = too_few(total(shop, "inquiries", plant, 4), total(shop, "shop_clicks", plant, 4) * market.INQUIRY_RATE)
    return inquiries and too_few(contacts, expected) and total(shop, "shop_clicks", plant, 4) >= STRONG_CLICKS_28D


def paid_no_inquiry_product(shop: Shop, plant: Plant) -> bool:
    paid = total(shop, "paid_clicks", plant, 4) >= PAID_SHARE * total(shop, "shop_clicks", plant, 4)
    return paid and bool(shop.world.promoted[plant.at]) and no_inquiry_product(shop, plant)


def low_ctr_product(shop: Shop, plant: Plant) -> bool:
    exposures, clicks = total(shop, "search_exposures", plant, 4), total(shop, "search_clicks", plant, 4)
    usual = plant.strength["category_click_rate"]
    return exposures >= LOW_CTR_EXPOSURES_28D * shrink(shop) / 4 and bool(binom.cdf(clicks, exposures, usual) <= FALSE_ALARM)


def dead_product(shop: Shop, plant: Plant) -> bool:
    weeks = len(shop.last("product_effect", 14))
    return total(shop, "search_exposures", plant, 14) == 0 and too_few(0, weeks * plant.strength["mean_before"])


def weak_showcase(shop: Shop, plant: Plant) -> bool:
    silent = all(total(shop, column, plant, QUARTER) == 0 for column in ("inquiries", "chatters", "orders_submitted"))
    usual = shop.world.typical * shrink(shop)
    return bool(shop.world.showcase[plant.at]) and silent and too_few(total(shop, "shop_clicks", plant, 4), usual)


def strong_unshowcased(shop: Shop, plant: Plant) -> bool:
    strong = total(shop, "shop_clicks", plant, 4) >= many(plant.strength["others_clicks_28d"] * shrink(shop) / 4)
    return strong and not shop.world.showcase[plant.at] and total(shop, "inquiries", plant, 4) >= 1


def mistyped_product(shop: Shop, plant: Plant) -> bool:
    first = len(shop.world.weeks) - QUARTER
    lines = [line for line in shop.orders if line.product == plant.at and line.week >= first]
    silent = total(shop, "inquiries", plant, QUARTER) + total(shop, "chatters", plant, QUARTER) == 0
    ordered, bought = len({line.order_no for line in lines}), len({line.buyer.email for line in lines})
    many_orders = ordered >= min(4, plant.strength["orders_90d"]) and bought >= plant.strength["buyers_90d"]
    return shop.world.kind[plant.at] == LEAD and silent and many_orders


def concentration(shop: Shop, plant: Plant) -> bool:
    whole = int(shop.effect["shop_clicks"][:, shop.last("product_effect", 4)].sum())
    return total(shop, "shop_clicks", plant, 4) >= CONCENTRATED * whole


def listed(shop: Shop, plant: Plant, weeks: int) -> list[int]:
    """Weeks in whose keyword file the word stands."""
    return [w for w in shop.last("keyword_effect", weeks) if shop.word_effect["exposures"][plant.at, w] > 0]


def uncovered_word(shop: Shop, plant: Plant) -> bool:
    weeks = listed(shop, plant, 4)
    titles = [voc.tokens(title) for title in shop.world.titles]
    wanted = any(
        shop.word_figures["index"][plant.at, w] >= 300 and shop.word_figures["sellers"][plant.at, w] <= 8 for w in weeks
    )
    return wanted and not voc.covered(shop.words.text[plant.at], titles)


def behind_top10(shop: Shop, plant: Plant) -> bool:
    weeks = shop.last("keyword_effect", 4)
    own = int(shop.word_effect["exposures"][plant.at, weeks].sum())
    top10 = shop.word_figures["top10_exposures"][plant.at, weeks]
    far = bool((top10 >= BEHIND_TOP10).all()) and own < BEHIND * top10.sum()
    return far and too_few(own, NEVER_BEHIND * float(top10.sum()))


def brand_word(shop: Shop, plant: Plant) -> bool:
    return bool(listed(shop, plant, 4)) and bool(voc.tokens(shop.words.text[plant.at]) & set(voc.BRANDS))


def duplicate_word(shop: Shop, plant: Plant) -> bool:
    second = shop.second.get(plant.at, {}).get("exposures")
    first = shop.word_effect["exposures"][plant.at]
    return second is not None and any(second[w] > 0 and second[w] != first[w] for w in listed(shop, plant, 4))


def falling_word(shop: Shop, plant: Plant) -> bool:
    weeks = shop.last("keyword_effect", int(plant.strength["weeks"]))
    own = int(shop.word_effect["exposures"][plant.at, weeks].sum())
    return bool(weeks) and too_few(own, float(shop.words.natural[plant.at]) * len(weeks))


def spend_without_leads(shop: Shop, plant: Plant) -> bool:
    weeks = shop.last("p4p_keyword", 4)
    clicks, leads = (int(shop.p4p[column][plant.at, weeks].sum()) for column in ("clicks", "inquiries"))
    dear = clicks >= WASTED_CLICKS_28D and float(shop.cost[plant.at, weeks].sum()) >= WASTED_COST_28D
    return dear and too_few(leads, clicks * market.P4P_LEAD_RATE)


def shop_drop(shop: Shop, plant: Plant) -> bool:
    last = shop.last("product_effect", 1)
    return bool(last) and too_few(int(shop.effect["shop_clicks"][:, last].sum()), plant.strength["clicks_week"])


def late_report(shop: Shop, plant: Plant) -> bool:
    return not shop.last("keyword_effect", 2)


def missing_week(shop: Shop, plant: Plant) -> bool:
    ends = {shop.world.weeks[w][1].isoformat() for w in shop.written("product_effect")}
    return plant.key["period_end"] not in ends


def rising_product(shop: Shop, plant: Plant) -> bool:
    weeks = int(plant.strength["weeks"])
    usual = plant.strength["exposures_week"] * len(shop.last("product_effect", weeks))
    return total(shop, "search_exposures", plant, weeks) >= many(usual)


def asked_trade_product(shop: Shop, plant: Plant) -> bool:
    first = len(shop.world.weeks) - QUARTER
    bought = any(line.product == plant.at and line.week >= first for line in shop.orders)
    typed = shop.world.kind[plant.at] == TRADE
    return typed and not bought and total(shop, "inquiries", plant, QUARTER) >= plant.strength["leads_90d"]


def orphan_word(shop: Shop, plant: Plant) -> bool:
    wanted = voc.tokens(shop.words.text[shop.words.text.index(plant.key["word"])])
    holders = [place for place, title in enumerate(shop.world.titles) if wanted <= voc.tokens(title)]
    return holders == [plant.at] and total(shop, "search_exposures", plant, 14) == 0


def image_fault(shop: Shop, plant: Plant) -> bool:
    return plant.strength["side"] < 1000 or plant.strength["grey"] > 0.03


def word_loss(shop: Shop, plant: Plant) -> bool:
    return falling_word(shop, plant)


def product_loss(shop: Shop, plant: Plant) -> bool:
    weeks = int(plant.strength["weeks"])
    return too_few(total(shop, "search_exposures", plant, weeks), weeks * plant.strength["exposures_week"])


def country_loss(shop: Shop, plant: Plant) -> bool:
    _, written = leads.contacts(shop, [])
    by_week = [[lead for lead in written if lead.week == week] for week in range(len(shop.world.weeks))]
    counts = [traffic.by_country(shop, week, of)[plant.at].visitors for week, of in enumerate(by_week)]
    weeks = int(plant.strength["weeks"])
    usual = sum(counts[-weeks - 7 : -weeks]) / 7 * weeks
    return too_few(sum(counts[-weeks:]), usual)


OF_PRODUCTS = (no_inquiry_product, paid_no_inquiry_product, low_ctr_product, dead_product, weak_showcase, strong_unshowcased)
OF_WORDS = (uncovered_word, behind_top10, brand_word, duplicate_word, falling_word, spend_without_leads)
OF_OPERATIONS = (rising_product, asked_trade_product, orphan_word, image_fault, country_loss, word_loss, product_loss)
OF_SHOP = (mistyped_product, concentration, shop_drop, late_report, missing_week)
FINDS: dict[str, Finds] = {find.__name__: find for find in (*OF_PRODUCTS, *OF_WORDS, *OF_SHOP, *OF_OPERATIONS)}


def found(shop: Shop, plant: Plant) -> bool:
    """Whether the oracle finds the plant in the drawn figures."""
    return FINDS[plant.kind](shop, plant)


def chance(shop: Shop, plant: Plant) -> float:
    """Probability, from the true parameters alone, that the oracle finds the plant. Facts are certain."""
    s, weeks = plant.strength, shrink(shop)
    match plant.kind:
        case "no_inquiry_product" | "paid_no_inquiry_product":
            return float(poisson.sf(STRONG_CLICKS_28D - 1, s["clicks_28d"] * weeks / 4))
        case "low_ctr_product":
            shown = s["search_exposures_28d"] * weeks / 4
            limit = float(binom.ppf(FALSE_ALARM, round(shown), s["category_click_rate"])) - 1
            least = LOW_CTR_EXPOSURES_28D * weeks / 4
            return float(poisson.cdf(limit, shown * s["click_rate"]) * poisson.sf(least - 1, shown))
        case "weak_showcase":
            return float(poisson.cdf(few(s["typical_clicks_28d"] * weeks / 4), s["clicks_28d"] * weeks / 4))
        case "strong_unshowcased":
            return float(poisson.sf(many(s["others_clicks_28d"] * weeks / 4) - 1, s["clicks_28d"] * weeks / 4))
        case "behind_top10":
            return float(poisson.cdf(BEHIND * 4 * s["top10_week"], 4 * s["exposures_week"]))
        case "falling_word" | "word_loss" | "product_loss":
            usual = s["exposures_week"] * s["weeks"]
            return float(poisson.cdf(few(usual), s["factor"] * usual))
        case "spend_without_leads":
            dear = max(WASTED_CLICKS_28D, WASTED_COST_28D * s["clicks_28d"] / s["cost_28d"])
            return float(poisson.sf(dear - 1, s["clicks_28d"] * weeks / 4))
        case "concentration":
            whole = np.round(s["clicks_28d"] / s["share"] * weeks / 4)
            return float(binom.sf(CONCENTRATED * whole - 1, whole, CONCENTRATED_SHARE))
        case "rising_product":
            usual = s["exposures_week"] * s["weeks"]
            return float(poisson.sf(many(usual) - 1, s["factor"] * usual))
        case "country_loss":
            usual = s["visitors_week"] * s["weeks"]
            return float(poisson.cdf(few(usual), s["factor"] * usual))
        case "shop_drop":
            return float(poisson.cdf(few(s["clicks_week"]), DROP * s["clicks_week"]))
        case _:
            return 1.0


def rates(shops: list[Shop]) -> dict[str, float]:
    """Share of the plants found, by kind."""
    planted, seen = Counter[str](), Counter[str]()
    for shop in shops:
        for plant in shop.plants:
            planted[plant.kind] += 1
            seen[plant.kind] += found(shop, plant)
    return {kind: seen[kind] / planted[kind] for kind in planted}
