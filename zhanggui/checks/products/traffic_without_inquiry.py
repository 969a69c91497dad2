"""A product that buyers open and nobody asks about."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.quiet import quiet_products


@check("PR01", key=("product_id",), needs=("product_effect",))
def traffic_without_inquiry(shop, settings, rules):
    """Products without inquiry and chat whose clicks would have brought some, had they converted as the shop's products do."""
    return quiet_products(shop, settings, pl.lit(True), by="shop_clicks")
