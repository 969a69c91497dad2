"""Pictures that are transparent or in the colours of a printing press."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI03", key=("product_id",))
def picture_mode(shop, settings, rules):
    """Products with pictures in CMYK or with a transparent layer."""
    if not shop.has("picture"):
        return NotYet("picture")
    odd = (
        listings.pictures(shop)
        .group_by("product_id")
        .agg(
            (pl.col("mode") == "CMYK").sum().cast(pl.Int64).alias("cmyk"),
            pl.col("alpha").sum().cast(pl.Int64).alias("transparent"),
            pl.col("position").n_unique().alias("pictures"),
            ((pl.col("mode") == "CMYK").fill_null(False) | pl.col("alpha").fill_null(False)).sum().cast(pl.Int64).alias("odd"),
        )
        .filter(pl.col("odd") > 0)
    )
    return named(shop, odd).select("product_id", "product_name", "pictures", "cmyk", "transparent", "odd")
