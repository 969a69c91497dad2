"""A product typed for direct orders that buyers ask about rather than order."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import orders, products


@check("PR08", key=("product_id",), needs=("product_effect",))
def leads_on_trade_product(shop, settings, rules):
    """交易品 with enough inquiries for a lead quality product and more inquiries than buyers in the same days, but no transaction
    hits; silent where an order names no buyer. Orders name products by title: where two products share one, neither is judged."""
    if absent := lacks(shop, "order_lines", "product_catalogue"):
        return absent
    single = products.titles(shop).filter(pl.len().over("product_name") == 1)
    weeks = products.weekly(shop, settings.days)
    lines = orders.lines(shop.scan("order_lines")).select("product_name", "order_no", "buyer", "created")
    same_days = pl.col("created").is_between("period_start", "period_end")
    sold = orders.bought(lines.join(single, on="product_name").join(weeks, on="product_id").filter(same_days))
    quarter = orders.by_product(shop).select(
        "product_name", pl.col("buyers").alias("buyers_90d"), pl.lit(True).alias("ordered")
    )
    typed = products.catalogue(shop).filter(pl.col("product_type").str.contains("交易|(?i)transaction"))
    asked = products.effect(shop, settings.days).filter(pl.col("inquiries") >= rules["lead_quality_min_buyers"])
    return (
        asked.select("product_id", "inquiries", "covered_days")
        .join(typed.select("product_id", "product_type"), on="product_id")
        .join(single, on="product_id")
        .join(sold, on="product_name", how="left")
        .join(quarter, on="product_name", how="left")
        .with_columns(_none_ordered("orders", "buyers"), _none_ordered("ordered", "buyers_90d"))
        .with_columns(pl.lit(int(rules["type_switch_days"])).alias("switch_days"))
        .filter(pl.col("inquiries") > pl.col("buyers"), pl.col("buyers_90d") < rules["transaction_hit_min_buyers_90d"])
        .select("product_id", "product_name", "inquiries", "buyers", "covered_days", "product_type", "switch_days")
        .sort("inquiries", "product_id", descending=[True, False])
    )


def _none_ordered(seen: str, buyers: str) -> pl.Expr:
    """No buyer where there is no order; missing where orders do not say whose they are."""
    return pl.when(pl.col(seen).is_null()).then(0).otherwise(pl.col(buyers)).alias(buyers)
