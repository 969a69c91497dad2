"""A word with demand and few sellers that a title carries, while the Top 10 get far more of it."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import keywords


@check("KW02", key=("word", "occurrence"), needs=("keyword_effect", "product_effect"))
def opportunity_behind_top10(shop, settings, rules):
    """Opportunity words with a title, whose exposures of the newest period are at most a share of the Top 10 average."""
    return keywords.opportunities(shop, settings).filter(
        pl.col("titles") > 0, pl.col("exposures_newest") <= settings.share * pl.col("top10_exposures")
    )
