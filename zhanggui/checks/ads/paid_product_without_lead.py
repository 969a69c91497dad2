"""A product that is paid for and brings no inquiry."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.quiet import quiet_products


@check("AD01", key=("product_id",), needs=("product_effect",))
def paid_product_without_lead(shop, settings, rules):
    """Products most of whose clicks are paid, without inquiry and chat where the shop's products would have brought some."""
    return quiet_products(shop, settings, pl.col("paid_share") >= settings.paid_share, by="paid_clicks")
