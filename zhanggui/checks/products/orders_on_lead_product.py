"""A product that buyers order and nobody asks about, but which is typed as a lead product."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import orders, products


@check("PR06", key=("product_id",), needs=("product_effect", "order_lines", "product_catalogue"))
def orders_on_lead_product(shop, settings, rules):
    """商机品 with orders from enough buyers and no inquiry or chat in the window. Orders name products by title: a title that
    two products share cannot be assigned and is left out."""
    sold = orders.by_product(shop, settings.days).filter(pl.col("buyers") >= rules["transaction_quality_min_buyers"])
    names = products.titles(shop).filter(pl.len().over("product_name") == 1)
    typed = (
        products.catalogue(shop)
        .filter(pl.col("product_type").str.contains("商机|lead|sourcing"))
        .select("product_id", "product_type")
    )
    quiet = products.effect(shop, settings.days).filter(pl.col("inquiries") == 0, pl.col("had_chat").not_())
    return (
        sold.join(names, on="product_name")
        .join(typed, on="product_id")
        .join(quiet.select("product_id", "covered_days"), on="product_id")
        .with_columns(pl.lit(int(rules["type_switch_days"])).alias("switch_days"), pl.lit(settings.days).alias("days"))
        .select("product_id", "product_name", "orders", "buyers", "covered_days", "product_type", "switch_days", "days")
        .sort("product_id")
    )
