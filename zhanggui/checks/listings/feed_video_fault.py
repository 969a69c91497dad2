"""A video for the feed that is not upright, not of its length, silent, or black at first."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI09", key=("product_id",))
def feed_video_fault(shop, settings, rules):
    """Feed videos that have not the rulebook's shape, are more than the slack away from its length, silent, or black at first."""
    if not shop.has("video"):
        return NotYet("video")
    wanted, shape = rules["feed_video_seconds"], rules["feed_video_ratio"]
    ratio = pl.col("width") / pl.col("height")
    wrong = (
        listings.feed_video(shop)
        .filter(pl.col("height") > 0)
        .with_columns(ratio.alias("ratio"))
        .filter(
            ((pl.col("seconds") - wanted).abs() > settings.slack_seconds)
            | ((pl.col("ratio") - shape).abs() > settings.slack_ratio)
            | ~pl.col("audio")
            | pl.col("black_start")
        )
    )
    return named(shop, wrong).select(
        "product_id",
        "product_name",
        "file",
        "seconds",
        "width",
        "height",
        "ratio",
        pl.col("audio").cast(pl.Int64),
        pl.col("black_start").cast(pl.Int64),
        pl.lit(wanted).alias("wanted"),
        (pl.col("seconds") - wanted).abs().alias("apart"),
        pl.lit(shape).alias("wanted_ratio"),
    )
