"""A main image of the wrong size, too heavy, or not on white."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings
from zhanggui.measures.listing_score import picture_faults


@check("LI01", key=("product_id",))
def main_image_fault(shop, settings, rules):
    """Main images smaller than the side of the rulebook, not square, heavier than its limit, or whose border is not white."""
    if not shop.has("picture"):
        return NotYet("picture")
    wrong = picture_faults(rules, settings.ground)
    counted = ("size", "heavy", *(("ground",) if settings.white_ground else ()))
    faulty = (
        listings.main_image(shop)
        .with_columns(pl.sum_horizontal(wrong[n].fill_null(False).cast(pl.Int64) for n in counted).alias("faults"))
        .filter(pl.col("faults") > 0)
    )
    return named(shop, faulty).select(
        "product_id",
        "product_name",
        "file",
        "width",
        "height",
        "bytes",
        "white_share",
        "faults",
        pl.lit(int(rules["main_image_pixels"])).alias("side"),
        pl.lit(int(rules["main_image_bytes"])).alias("most_bytes"),
        pl.lit(settings.ground if settings.white_ground else None, pl.Float64).alias("least_white"),
    )
