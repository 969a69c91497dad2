"""The Top group of a month: the fifth of the products that is to get most of the resources, with the reasons, and where each is used."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import polars as pl

from zhanggui.estimates import missing_events, shrunk
from zhanggui.facts import Snapshot
from zhanggui.measures import ad_plans, products
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES

DAYS, MONTH = 28, 30
USES = TABLES["top_group"].columns["use"].options
ADVERTISED = "品牌广告绑定"


@dataclass(frozen=True)
class Pick:
    """One product. `leads`: inquiries of the window; `expected` a month from now at the same exposure, `low`..`high` 80 %.

    `reasons`: codes of why it is here: "leads", "rate", "ctr", "seen", "label" (`ad_plans.standing` says
    quality). `uses`: where to use it; its P4P plan is what `p4p_plans` proposes.
    """

    product_id: str
    name: str
    exposures: int
    clicks: int
    leads: int
    expected: float
    low: float
    high: float
    own: float
    reasons: tuple[str, ...]
    label: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class TopGroup:
    """`picks`, the best first; `of` products that were shown at all. `missing`: inquiries that the shop lacks before its products
    can be ordered by them (then there is no pick). `silent`: products left out since buyers open them and surely ask less than
    of others: more exposure would be lost on them."""

    picks: tuple[Pick, ...]
    of: int
    missing: float = 0
    silent: int = 0


def top_group(shop: Snapshot, rules: Rules, days: int = DAYS) -> TopGroup:
    """Products in the order of the inquiries to be expected of them.

    Two rates, clicks per exposure and inquiries per click, are drawn towards the shop's own by as much as few figures deserve:
    one inquiry on four clicks is no reason. Chats are people and cannot be added up over weeks, so inquiries alone are counted.
    """
    rows = (
        products.effect(shop, days)
        .join(products.current(shop), on="product_id")
        .filter(pl.col("shop_exposures") > 0, pl.col("shop_clicks").is_not_null(), pl.col("inquiries").is_not_null())
        .join(
            ad_plans.standing(shop, rules).lazy().select("product_id", "label", "quality"),
            on="product_id",
            how="left",
        )
        .sort("product_id")
        .collect()
    )
    asks = shrunk(rows["inquiries"], rows["shop_clicks"])
    opens = shrunk(rows["shop_clicks"], rows["shop_exposures"])
    if asks is None or opens is None:
        return TopGroup((), rows.height, missing_events(rows["inquiries"]))
    monthly = rows["shop_exposures"].to_numpy() / rows["covered_days"].to_numpy() * MONTH * opens.rate
    ranked = rows.with_columns(
        pl.Series("expected", monthly * asks.rate),
        pl.Series("low", monthly * asks.low),
        pl.Series("high", monthly * asks.high),
        pl.Series("own", asks.weight),
        pl.Series("silent", asks.high < asks.typical),
        pl.Series("asked_more", asks.low > asks.typical),
        pl.Series("opened_more", opens.low > opens.typical),
        (pl.col("shop_exposures") >= pl.col("shop_exposures").quantile(1 - rules["top_group_share"])).alias("seen"),
    ).sort("expected", "product_id", descending=[True, False])
    chosen = ranked.filter(~pl.col("silent")).head(ceil(rules["top_group_share"] * rows.height))
    picks = tuple(_pick(row) for row in chosen.iter_rows(named=True))
    return TopGroup(picks, rows.height, silent=int(ranked["silent"].sum()))


def _pick(row: dict) -> Pick:  # type: ignore[type-arg]
    quality = bool(row["quality"])
    told = (
        ("leads", row["inquiries"] > 0),
        ("rate", row["asked_more"]),
        ("ctr", row["opened_more"]),
        ("seen", row["seen"]),
        ("label", quality),
    )
    uses = tuple(u for u in USES if u != ADVERTISED or quality)
    return Pick(
        row["product_id"],
        row["product_name"] or row["product_id"],
        row["shop_exposures"],
        row["shop_clicks"],
        row["inquiries"],
        row["expected"],
        row["low"],
        row["high"],
        row["own"],
        tuple(code for code, holds in told if holds),
        row["label"] or "",
        uses,
    )
