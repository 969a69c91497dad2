"""A word that the library keeps twice, in another case, number or order."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import library


@check("KW13", key=("word",))
def library_twice(shop, settings, rules):
    """Words of the library that fold to the same as one before them, with that one and its layer."""
    if not shop.has("keyword_layer"):
        return NotYet("keyword_layer")
    rows = library.words(shop).filter(pl.col("folded") != "").sort("word")
    first = rows.group_by("folded", maintain_order=True).agg(
        pl.col("word").first().alias("kept"),
        pl.col("layer").first().alias("kept_layer"),
        pl.len().cast(pl.Int64).alias("times"),
    )
    return (
        rows.select("word", "layer", "folded")
        .join(first, on="folded", how="inner", maintain_order="left")
        .filter(pl.col("word") != pl.col("kept"))
        .select("word", "layer", "kept", "kept_layer", "times")
    )
