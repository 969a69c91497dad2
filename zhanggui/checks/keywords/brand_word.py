"""A word that brings exposures and holds somebody's brand."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import keywords


@check("KW03", key=("word", "occurrence"), needs=("keyword_effect",))
def brand_word(shop, settings, rules):
    """Words of the newest list with a brand name in them that the shop has not named as its own."""
    return (
        keywords.with_brand(keywords.effect(shop, settings.days), own=settings.own_brands)
        .filter(pl.col("brand").is_not_null(), pl.col("in_newest"))
        .join(keywords.titles_with_brand(shop, settings.own_brands), on="brand", how="left")
        .with_columns(pl.col("brand_titles").fill_null(0))
        .select("word", "occurrence", "brand", "exposures", "clicks", "brand_titles")
        .sort("exposures", "word", "occurrence", descending=[True, False, False])
    )
