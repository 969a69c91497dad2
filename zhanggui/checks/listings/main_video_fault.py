"""A main video that is too long, silent, or black at first."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings
from zhanggui.measures.listing_score import video_faults


@check("LI08", key=("product_id",))
def main_video_fault(shop, settings, rules):
    """Main videos longer than the rulebook's, without sound, or black for the first three seconds."""
    if not shop.has("video"):
        return NotYet("video")
    wrong = listings.main_video(shop).filter(video_faults(rules))
    return named(shop, wrong).select(
        "product_id",
        "product_name",
        "file",
        "seconds",
        pl.col("audio").cast(pl.Int64),
        pl.col("black_start").cast(pl.Int64),
        pl.lit(rules["main_video_max_seconds"]).alias("most"),
    )
