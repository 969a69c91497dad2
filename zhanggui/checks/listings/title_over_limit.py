"""A title that is longer than the platform takes."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI11", key=("product_id",), needs=("product_effect",))
def title_over_limit(shop, settings, rules):
    """Titles of more characters than the rulebook's limit."""
    most = int(rules["title_max_characters"])
    long = listings.titles(shop).filter(pl.col("title_length") > most).select("product_id", "title_length")
    return named(shop, long).select("product_id", "product_name", "title_length", pl.lit(most).alias("most"))
