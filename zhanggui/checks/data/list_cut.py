"""A keyword list that is exactly as long as the platform's export may be."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import keywords


@check("DA04", key=("table",), needs=("keyword_effect",))
def list_cut(shop, settings, rules):
    """The newest keyword file holds as many rows as one export may."""
    most = int(rules["keyword_export_max_rows"])
    return (
        keywords.newest_list(shop)
        .select(
            pl.lit("keyword_effect").alias("table"),
            pl.len().alias("rows"),
            pl.col("exposures").min().alias("least"),
            pl.lit(most).alias("most"),
        )
        .filter(pl.col("rows") == most)
    )
