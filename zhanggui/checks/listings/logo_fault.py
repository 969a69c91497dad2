"""A main image without the shop's logo, or with one that is too large."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI02", key=("product_id",))
def logo_fault(shop, settings, rules):
    """Main images that were searched for the logo and have none at the lower left, or one above the share of the rulebook."""
    if not shop.has("picture"):
        return NotYet("picture")
    searched = listings.main_image(shop).filter(pl.col("logo").is_not_null()).collect()
    if searched.is_empty():
        return NotYet("picture")
    most = rules["logo_max_share"]
    wrong = (
        searched.lazy().with_columns(pl.col("logo_share").fill_null(0)).filter(~pl.col("logo") | (pl.col("logo_share") > most))
    )
    return named(shop, wrong).select("product_id", "product_name", "file", "logo_share", pl.lit(most).alias("most"))
