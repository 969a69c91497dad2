"""What a product is to the plans of 外贸直通车: new, truly of quality, truly a hit; and what each plan of the register takes."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import grades, products
from zhanggui.rulebook import Rules

DAYS = 28
NEW = "新品|试销|加速|红利"
HIT = "爆品"
LISTS = ("Top20爆品", "Top3爆品")
#: Kinds of the register for products that are truly of quality, for all others, and for platform-new ones only.
GOOD_KINDS = ("优品助推", "控成本", "国家包", "优品抢位")
OTHER_KINDS = ("普通计划", "快速引流")
NEW_KIND = "新品加速"


def standing(shop: Snapshot, rules: Rules) -> pl.DataFrame:
    """One row per product of the newest product report, the growth workbench or the catalogue.

    `fresh`: its label is at most the rulebook's days old; `quality`: a fresh label of quality or better; `hit`: a fresh hit label or
    a place on a Top list of the register 自然排名因素, or natural clicks among the shop's highest fifth on top of a fresh quality label.
    `new`: the platform's own label says so. Null where no label is known. `natural`: clicks of the last 28 days that were not paid
    for; `inquiries` of the same days.
    """
    since = shop.day - timedelta(days=int(rules["plan_quality_days"]))
    told = (
        shop.scan("product_growth")
        .with_columns(grades.quality(pl.col("label")).alias("good"), (pl.col("as_of") >= since).alias("fresh"))
        .select("product_id", "label", "fresh", "good", pl.col("label").str.contains(NEW).alias("new"))
    )
    seen = products.effect(shop, DAYS).select(
        "product_id", "shop_clicks", (pl.col("shop_clicks") - pl.col("paid_clicks")).alias("natural"), "inquiries"
    )
    listed = shop.scan("rank_factor").filter(pl.col("factor").is_in(LISTS), pl.col("present")).select("product_id").unique()
    everyone = pl.concat([products.current(shop), told.select("product_id"), _displayed(shop)]).unique()
    frame = (
        everyone.join(told, on="product_id", how="left")
        .join(seen, on="product_id", how="left")
        .join(listed.with_columns(pl.lit(True).alias("listed")), on="product_id", how="left")
        .join(products.titles(shop), on="product_id", how="left")
        .sort("product_id")
        .collect()
    )
    shown = frame["natural"].drop_nulls()
    line = shown.quantile(1 - rules["top_group_share"]) if len(shown) else None
    much = (pl.col("natural") >= line) & (pl.col("natural") > 0) if line is not None else pl.lit(None, pl.Boolean)
    quality = pl.col("good") & pl.col("fresh")
    starred = pl.col("label").str.contains(HIT) & pl.col("fresh")
    return frame.with_columns(
        quality.alias("quality"),
        (starred | pl.col("listed").fill_null(False) | (quality & much)).alias("hit"),
        much.alias("much"),
        pl.coalesce("product_name", "product_id").alias("product_name"),
    ).drop("good", "listed")


def _displayed(shop: Snapshot) -> pl.LazyFrame:
    """Products of the newest catalogue that are on display."""
    rows = shop.scan("product_catalogue")
    return rows.filter(pl.col("displayed").fill_null(True)).select("product_id")
