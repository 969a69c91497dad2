"""A product that loses clicks and whose page has many faults."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import goes_with
from zhanggui.estimates.click_gap import click_gap
from zhanggui.measures import listing_score, products, traffic


@check("LI15", key=("product_id",), needs=("product_effect",))
def weak_listing(shop, settings, rules):
    """Products of a low score whose click rate surely lies below that of their kind."""
    items = products.effect(shop, settings.days).filter(pl.col("search_exposures") > 0)
    items = items.join(products.catalogue(shop).select("product_id", "category"), on="product_id", how="left").collect()
    score = listing_score.scored(listing_score.faults(shop, rules), listing_score.weights(settings), settings.least_judged)
    if score["score"].null_count() == score.height:
        return NotYet("picture")
    if goes_with(items["search_exposures"], items["search_clicks"]) > settings.relation:
        return NotYet("product_effect", unit="relation")
    asks = traffic.total(shop, settings.days).select("inquiry_per_click").collect().item()
    weak = click_gap(items, least_siblings=settings.least_siblings).join(score.drop("product_name"), on="product_id")
    gains = {"gain": "lost", "gain_low": "lost_low", "gain_high": "lost_high"}
    return (
        weak.filter(pl.col("score") < settings.below, pl.col("lost").is_not_null())
        .with_columns(pl.lit(asks, pl.Float64).alias("asks"), *[(pl.col(c) * asks).alias(g) for g, c in gains.items()])
        .select(
            "product_id", "product_name", "score", "judged", "search_exposures", "search_ctr", "typical", "lost", "lost_low",
            "lost_high", "asks", "gain", "gain_low", "gain_high",
        )
        .sort("lost", "product_id", descending=[True, False])
    )  # fmt: skip
