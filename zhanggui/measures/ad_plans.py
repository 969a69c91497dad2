"""What a product is to the plans of 外贸直通车: new, truly of quality, truly a hit; and what each plan of the register takes."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import grades, products
from zhanggui.measures.shared import shared
from zhanggui.rulebook import Rules

DAYS = 28
NEW_LABEL = "新品|试销|加速|红利"
HIT_LABEL = "爆品"
LISTS = ("Top20爆品", "Top3爆品")
#: Kinds of the register; `NEW` is for platform-new products only.
NEW, ORDINARY, QUICK, BOOST, CAPPED = "新品加速", "普通计划", "快速引流", "优品助推", "控成本"
COUNTRIES, WHOLE_SHOP, SMART, POSITIONS = "国家包", "全店智投", "智能计划", "优品抢位"
BRAND = ("问鼎", "顶展")
#: For products that are truly of quality, and for all others.
GOOD_KINDS = (BOOST, CAPPED, COUNTRIES, POSITIONS)
OTHER_KINDS = (ORDINARY, QUICK)


@shared
def stock(shop: Snapshot) -> pl.LazyFrame:
    """product_id of the shop's products: those in the newest product report, catalogue (on display) or growth workbench. What only
    older imports list is no longer there."""

    def newest(table: str) -> pl.LazyFrame:
        return shop.scan(table).filter(pl.col("as_of") == pl.lit(shop.newest(table), pl.Date))

    listed = newest("product_catalogue").filter(pl.col("displayed").fill_null(True))
    both = [frame.select("product_id") for frame in (listed, newest("product_growth"))]
    return pl.concat([products.current(shop), *both]).unique()


def labels_stale(shop: Snapshot, rules: Rules) -> bool:
    """Whether the newest growth workbench is itself too old to say what a product is today."""
    newest = shop.newest("product_growth")
    return newest is not None and newest < _since(shop, rules)


def _since(shop: Snapshot, rules: Rules) -> date:
    return shop.day - timedelta(days=int(rules["plan_quality_days"]))


def standing(shop: Snapshot, rules: Rules) -> pl.DataFrame:
    """One row per product of `stock`.

    `fresh`: its label is at most the rulebook's days old; `new`, `quality`: a fresh label says new, or quality or better; `hit`: a
    fresh hit label or a place on a Top list of the register 自然排名因素, or natural clicks among the shop's highest fifth on top of a
    fresh quality label. Null where no label is known, or where the whole workbench is older than that. `natural`: clicks of the last
    28 days that were not paid for; `inquiries` of the same days.
    """
    fresh = pl.lit(None, pl.Boolean) if labels_stale(shop, rules) else pl.col("as_of") >= _since(shop, rules)
    told = (
        shop.scan("product_growth")
        .with_columns(grades.quality(pl.col("label")).alias("good"), fresh.alias("fresh"))
        .select("product_id", "label", "fresh", "good")
    )
    seen = products.effect(shop, DAYS).select(
        "product_id", "shop_clicks", (pl.col("shop_clicks") - pl.col("paid_clicks")).alias("natural"), "inquiries"
    )
    listed = shop.scan("rank_factor").filter(pl.col("factor").is_in(LISTS), pl.col("present")).select("product_id").unique()
    frame = (
        stock(shop)
        .join(told, on="product_id", how="left")
        .join(seen, on="product_id", how="left")
        .join(listed.with_columns(pl.lit(True).alias("listed")), on="product_id", how="left")
        .join(products.titles(shop), on="product_id", how="left")
        .sort("product_id")
        .collect()
    )
    shown = frame["natural"].drop_nulls()
    line = shown.quantile(1 - rules["top_group_share"]) if len(shown) else None
    much = (pl.col("natural") >= line) & (pl.col("natural") > 0) if line is not None else pl.lit(None, pl.Boolean)

    def said(tells: pl.Expr) -> pl.Expr:
        return pl.when(pl.col("fresh").is_not_null()).then(tells & pl.col("fresh"))

    quality, starred = said(pl.col("good")), said(pl.col("label").str.contains(HIT_LABEL))
    return frame.with_columns(
        said(pl.col("label").str.contains(NEW_LABEL)).alias("new"),
        quality.alias("quality"),
        (starred | pl.col("listed").fill_null(False) | (quality & much)).alias("hit"),
        much.alias("much"),
        pl.coalesce("product_name", "product_id").alias("product_name"),
    ).drop("good", "listed")


def misfit() -> pl.Expr:
    """Of rows of `standing` with `plan_kind`, why the kind is wrong: "good" (for a better one), "plain" (not of quality), "old" (not
    new); null where it is right, or where nothing is known of the product."""
    kind, good = pl.col("plan_kind"), pl.col("quality") | pl.col("hit")
    return pl.when(pl.col("label").is_not_null()).then(
        pl.when(good & kind.is_in(OTHER_KINDS))
        .then(pl.lit("good"))
        .when(good.not_() & kind.is_in(GOOD_KINDS))
        .then(pl.lit("plain"))
        .when((kind == NEW) & pl.col("new").not_())
        .then(pl.lit("old"))
    )


def limits(kind: str, products: float, stock: int, rules: Rules) -> tuple[int, float]:
    """Fewest and most products that a plan of a kind should hold, in a shop of `stock` (0: not known); infinite: any number.

    A boost plan of as few `products` as a hit's is a hit's. (0, 0): the shop has too few for a plan of this kind.
    """
    hit = int(rules["plan_hit_products"])
    if kind == NEW:
        return 1, int(rules["plan_new_max"])
    if kind == BOOST:
        return (1, hit) if products <= hit else (int(rules["plan_boost_min"]), int(rules["plan_boost_max"]))
    if kind == QUICK:
        return (0, 0) if 0 < stock < rules["plan_quick_min_shop"] else (1, int(rules["plan_quick_max"]))
    return 1, inf
