"""Showcase places that nobody holds."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks


@check("PR18")
def showcase_place_free(shop, settings, rules):
    """One finding while fewer places are taken than there are."""
    if absent := lacks(shop, "showcase_quota"):
        return absent
    free = (pl.col("places") - pl.col("taken")).alias("free")
    return shop.scan("showcase_quota").select("places", "taken", "as_of", free).filter(pl.col("free") > 0)
