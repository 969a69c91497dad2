"""The marketing level of the P4P account: what is missing to L3 and L4, and the cheapest ways there as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.facts import Snapshot
from zhanggui.measures import ads
from zhanggui.rulebook import Rules

AIMS = (3, 4)


@dataclass(frozen=True)
class Aim:
    """One level. `short`: points missing (None: the page was never brought); `daily`: spend a day that is asked; `extra`: what that is
    more than now, a day (None: the spend is not known); `combined`: the combined-marketing figure asked, which no report carries."""

    level: int
    points: float
    short: float | None
    daily: float
    extra: float | None
    combined: float

    @property
    def reached(self) -> bool:
        return self.short is not None and self.short <= 0

    @property
    def monthly(self) -> float | None:
        return None if self.extra is None else self.extra * ads.MONTH


@dataclass(frozen=True)
class Standing:
    """`level` and `score` as the account's page says, of `day`. Money is in the account's currency. `daily` spend of the last `days`
    days with data. `promoted`: products with P4P exposures of the last week that has any, of `products`. `regions_from`: the
    level from which regions can be targeted."""

    level: str
    score: float | None
    next_score: float | None
    day: str
    daily: float | None
    days: int
    promoted: int | None
    products: int | None
    aims: tuple[Aim, ...]
    regions_from: int


def marketing_level(shop: Snapshot, rules: Rules) -> Standing:
    """Everything that the page shows; what no report says is None."""
    told = ads.level(shop).collect().row(0, named=True)
    as_of = shop.newest("p4p_level")
    score = told["score"]
    daily, days = ads.daily_spend(shop)
    return Standing(
        told["level"] or "",
        score,
        told["next_score"],
        str(as_of or ""),
        daily,
        days,
        *_promoted(shop),
        tuple(_aim(n, score, daily, rules) for n in AIMS),
        int(rules["p4p_region_level"]),
    )


def _aim(level: int, score: float | None, daily: float | None, rules: Rules) -> Aim:
    asked = rules[f"p4p_level_{level}_daily"]
    return Aim(
        level,
        rules[f"p4p_level_{level}_points"],
        ads.points_short(score, level, rules),
        asked,
        None if daily is None else max(0.0, asked - daily),
        rules[f"p4p_level_{level}_combined"],
    )


def _promoted(shop: Snapshot) -> tuple[int | None, int | None]:
    """Products with exposures of standard promotion in the newest period of the product report, and all that it lists."""
    newest = shop.newest("product_effect")
    if newest is None:
        return None, None
    rows = shop.scan("product_effect").filter(shop.tables["product_effect"].dated == newest)
    told = rows.select("product_id", "standard_exposures").collect()
    if told["standard_exposures"].null_count() == told.height:
        return None, told["product_id"].n_unique()
    return told.filter(told["standard_exposures"] > 0)["product_id"].n_unique(), told["product_id"].n_unique()
