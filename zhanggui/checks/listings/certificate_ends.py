"""A certificate that ends soon or has ended."""

import polars as pl

from zhanggui.checks.check import NotYet, check


@check("LI14", key=("kind", "name", "country", "certified"))
def certificate_ends(shop, settings, rules):
    """Certificates of the register whose last day lies within the coming days, or has passed."""
    if not shop.has("certificate"):
        return NotYet("certificate")
    return (
        shop.scan("certificate")
        .filter(pl.col("valid_until").is_not_null())
        .with_columns((pl.col("valid_until") - pl.lit(shop.day)).dt.total_days().alias("left"))
        .filter(pl.col("left") <= settings.days)
        .select(
            "kind",
            "name",
            pl.col("country").fill_null(""),
            pl.col("product_id").fill_null("").alias("certified"),
            "left",
            (settings.days - pl.col("left")).alias("used"),
            pl.col("valid_until").cast(pl.String).alias("until"),
        )
        .sort("left", "kind", "name", "country", "certified")
    )
