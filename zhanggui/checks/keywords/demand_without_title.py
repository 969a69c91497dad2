"""A word that buyers search, few sellers serve and no title of the shop carries."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import keywords


@check("KW01", key=("word", "occurrence"), needs=("keyword_effect", "product_effect"))
def demand_without_title(shop, settings, rules):
    """Words of the newest list with enough index, few sellers, no brand in them, and no title that holds all their words."""
    return keywords.opportunities(shop, settings).filter(pl.col("titles") == 0)
