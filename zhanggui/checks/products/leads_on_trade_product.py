"""A product typed for direct orders that buyers ask about rather than order."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import orders, products


@check("PR08", key=("product_id",), needs=("product_effect",))
def leads_on_trade_product(shop, settings, rules):
    """交易品 with enough inquiries for a lead quality product and more inquiries than buyers, but no transaction hits. Orders name
    products by title: where two products share one, neither is judged."""
    if absent := lacks(shop, "order_lines", "product_catalogue"):
        return absent
    single = products.titles(shop).filter(pl.len().over("product_name") == 1)
    sold = orders.by_product(shop, settings.days).select("product_name", "buyers")
    typed = products.catalogue(shop).filter(pl.col("product_type").str.contains("交易|(?i)transaction"))
    asked = products.effect(shop, settings.days).filter(pl.col("inquiries") >= rules["lead_quality_min_buyers"])
    return (
        asked.select("product_id", "inquiries", "covered_days")
        .join(typed.select("product_id", "product_type"), on="product_id")
        .join(single, on="product_id")
        .join(sold, on="product_name", how="left")
        .with_columns(pl.col("buyers").fill_null(0), pl.lit(int(rules["type_switch_days"])).alias("switch_days"))
        .filter(pl.col("inquiries") > pl.col("buyers"), pl.col("buyers") < rules["transaction_hit_min_buyers_90d"])
        .select("product_id", "product_name", "inquiries", "buyers", "covered_days", "product_type", "switch_days")
        .sort("inquiries", "product_id", descending=[True, False])
    )
