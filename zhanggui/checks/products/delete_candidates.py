"""Products without effect whose going loses no searched word."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import products, titles


@check("PR10", key=("product_id",), needs=("product_effect",))
def delete_candidates(shop, settings, rules):
    """Products that for as long as the rulebook says nobody saw, opened or asked about, but those that keep a word."""
    if absent := lacks(shop, "keyword_effect"):
        return absent
    idle = products.without_effect(shop, int(rules["no_effect_days"])).collect()
    keepers = {o.keeper for o in titles.orphans(shop, idle["product_id"].to_list(), settings.days)}
    return (
        idle.filter(~pl.col("product_id").is_in(list(keepers)))
        .select("product_id", "product_name", "covered_days", "search_exposures", "shop_clicks")
        .sort("covered_days", "product_id", descending=[True, False])
    )
