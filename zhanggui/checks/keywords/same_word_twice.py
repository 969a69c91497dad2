"""One string that stands for several words, because the platform's file lost what told them apart."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import keywords


@check("KW04", key=("word",), needs=("keyword_effect",))
def same_word_twice(shop, settings, rules):
    """Words that occur more than once in the newest file, with figures that differ."""
    return (
        keywords.newest_list(shop)
        .group_by("word")
        .agg(
            pl.len().alias("times"), pl.col("exposures").sort(descending=True).cast(pl.String).str.join(" / ").alias("figures")
        )
        .filter(pl.col("times") > 1)
        .sort("word")
    )
