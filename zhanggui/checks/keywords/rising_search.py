"""A word that buyers search more and more, and that no title of the shop carries."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import keywords, library


@check("KW08", key=("word", "occurrence"), needs=("product_effect",))
def rising_search(shop, settings, rules):
    """Words of the newest keyword index with enough search, growth and no brand of others, of which no title holds all parts;
    not those that the shop's marked words rule out."""
    if not shop.has("keyword_index"):
        return NotYet("keyword_index")
    own = [*settings.own_brands, *library.marked(shop, library.OWN)]
    wanted = library.unmarked(shop, library.searched(shop), *library.UNWANTED)
    rising = keywords.with_brand(wanted, own=own).filter(
        pl.col("brand").is_null(), pl.col("index") >= settings.min_index, pl.col("growth") >= settings.min_growth
    )
    return (
        keywords.coverage(shop, rising)
        .filter(pl.col("titles") == 0)
        .select("word", "occurrence", "index", "growth")
        .sort("index", "word", "occurrence", descending=[True, False, False])
    )
