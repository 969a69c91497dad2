"""A title in which one word stands again and again."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import products
from zhanggui.measures.text import tokens

JOINING = ["a", "and", "for", "in", "of", "on", "or", "the", "to", "with"]


@check("KW09", key=("product_id",), needs=("product_effect",))
def stuffed_title(shop, settings, rules):
    """Products in whose newest title a word, case and plural aside, stands `times` times or more."""
    spelled = pl.col("product_name").str.extract_all(r"[\p{L}\p{N}]+(?:['’`]s)?")
    return (
        products.effect(shop, settings.days)
        .select("product_id", "product_name", "search_exposures")
        .with_columns(spelled.alias("word"))
        .explode("word")
        .with_columns(tokens(pl.col("word")).list.first().alias("word"))
        .filter(pl.col("word").is_not_null(), ~pl.col("word").is_in(JOINING), pl.col("search_exposures").is_not_null())
        .group_by("product_id", "product_name", "search_exposures", "word")
        .agg(pl.len().cast(pl.Int64).alias("times"))
        .filter(pl.col("times") >= settings.times)
        .sort("times", "word", descending=[True, False])
        .group_by("product_id", "product_name", "search_exposures", maintain_order=True)
        .first()
        .sort("times", "search_exposures", "product_id", descending=[True, True, False])
    )
