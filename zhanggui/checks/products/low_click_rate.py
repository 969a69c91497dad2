"""A product that is shown and not clicked."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import fit_spread, goes_with
from zhanggui.measures import products, traffic


@check("PR05", key=("product_id",), needs=("product_effect",))
def low_click_rate(shop, settings, rules):
    """Search click rate clearly below that of the product's own category (of the whole shop where the category is too small)."""
    items = products.effect(shop, settings.days).filter(pl.col("search_exposures") > 0)
    items = items.join(products.catalogue(shop).select("product_id", "category"), on="product_id", how="left").collect()
    if goes_with(items["search_exposures"], items["search_clicks"]) > settings.relation:
        return NotYet("product_effect", unit="relation")
    asks = traffic.total(shop, settings.days).select("inquiry_per_click").collect().item()
    big = (
        items.group_by("category")
        .len()
        .filter(pl.col("len") >= settings.min_siblings, pl.col("category").is_not_null())["category"]
    )
    items = items.with_columns(pl.when(pl.col("category").is_in(big.implode())).then("category").alias("group"))
    frames = [_judge(group, settings, asks) for group in items.partition_by("group")]
    return pl.concat([f for f in frames if f is not None] or [items.head(0).select("product_id")])


def _judge(group: pl.DataFrame, settings, asks: float | None) -> pl.DataFrame | None:
    x, n = group["search_clicks"].to_numpy(), group["search_exposures"].to_numpy()
    spread = fit_spread(x, n)
    if spread is None:
        return None
    low, high = spread.interval(0, 0, 0.8)
    now = spread.rate(x, n)
    monthly = pl.col("search_exposures") / pl.col("covered_days") * 30 * (asks or 0)
    judged = group.with_columns(
        pl.Series("chance", spread.chance_of_at_most(x, n)),
        pl.Series("now", now),
        pl.lit(spread.typical).alias("typical"),
    )
    found = judged.filter(pl.col("chance") <= settings.chance, pl.col("search_ctr") <= settings.below * spread.typical)
    gains = {"gain": spread.typical, "gain_low": float(low), "gain_high": float(high)}
    return (
        found.with_columns(
            [
                (monthly * pl.max_horizontal(rate - pl.col("now"), 0.0) if asks else pl.lit(None, pl.Float64)).alias(name)
                for name, rate in gains.items()
            ]
        )
        .select(
            "product_id",
            "product_name",
            "search_exposures",
            "search_clicks",
            "search_ctr",
            "typical",
            "chance",
            "covered_days",
            "group",
            "gain",
            "gain_low",
            "gain_high",
        )
        .sort("product_id")
    )
