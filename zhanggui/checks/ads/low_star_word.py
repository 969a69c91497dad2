"""Money on a word whose promotion score keeps it from the first places."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import check
from zhanggui.measures import ads


@check("AD13", key=("plan", "ad_group", "word"))
def low_star_word(shop, settings, rules):
    """Words with spend and fewer stars than the first places ask for, the dearest `list_most` of them."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    rows = ads.bids(shop, settings.days).filter(pl.col("star") < rules["p4p_top_places_min_star"])
    return (
        rows.filter(pl.col("cost") >= settings.min_cost)
        .with_columns(
            pl.col("plan", "ad_group").fill_null(""),
            pl.col("cost").cast(pl.Float64),
            pl.lit(rules["p4p_top_places_min_star"]).alias("needed"),
            pl.lit(covered(shop, "p4p_keyword", settings.days)).alias("days"),
        )
        .select("plan", "ad_group", "word", "star", "needed", "cost", "clicks", "inquiries", "days")
        .sort("cost", "word", "plan", "ad_group", descending=[True, False, False, False])
        .head(settings.list_most)
        .collect()
    )
