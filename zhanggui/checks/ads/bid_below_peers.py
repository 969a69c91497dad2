"""A good word on which the shop bids less than the other sellers do on average."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, shrunk
from zhanggui.measures import ads


@check("AD14", key=("plan", "ad_group", "word"))
def bid_below_peers(shop, settings, rules):
    """Words with inquiries, surely at the usual rate or better, stars enough for the first places, and a bid below the average one."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    rows = ads.bids(shop, settings.days).drop_nulls(["inquiries", "clicks"]).sort("plan", "ad_group", "word").collect()
    rates = shrunk(rows["inquiries"], rows["clicks"])
    if rates is None:
        return NotYet("p4p_keyword", missing_events(rows["inquiries"]), "inquiry")
    told = rows.with_columns(
        pl.Series("rate", rates.rate),
        pl.Series("low", rates.low),
        pl.Series("high", rates.high),
        pl.lit(rates.typical).alias("typical"),
        pl.col("plan", "ad_group").fill_null(""),
        pl.col("cost", "bid", "average_bid").cast(pl.Float64),
        pl.lit(covered(shop, "p4p_keyword", settings.days)).alias("days"),
    )
    return (
        told.filter(
            pl.col("inquiries") > 0,
            pl.col("low") >= pl.col("typical"),
            pl.col("star") >= rules["p4p_top_places_min_star"],
            pl.col("bid") < pl.col("average_bid"),
        )
        .with_columns((pl.col("average_bid") / pl.col("bid") - 1).alias("gap"))
        .select(
            "plan", "ad_group", "word", "bid", "average_bid", "gap", "star", "clicks", "cost", "inquiries",
            "rate", "low", "high", "typical", "days",
        )
        .sort("inquiries", "word", "plan", "ad_group", descending=[True, False, False, False])
    )  # fmt: skip
