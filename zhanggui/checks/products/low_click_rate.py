"""A product that is shown and not clicked."""

import numpy as np
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
    frames = [_judge(group, settings, asks, looked_at=items.height) for group in items.partition_by("group")]
    return pl.concat([f for f in frames if f is not None] or [items.head(0).select("product_id")])


def _judge(group: pl.DataFrame, settings, asks: float | None, looked_at: int) -> pl.DataFrame | None:
    """Each product against the spread of the others of its group, allowing for how many products of the shop are looked at."""
    group = group.sort("product_id")
    x, n = group["search_clicks"].to_numpy(), group["search_exposures"].to_numpy()
    whole = fit_spread(x, n)
    if whole is None:
        return None
    rows = []
    # A product that is not rare even in a spread that it has itself widened will not be rare among the others.
    maybe = (x / n <= settings.below * whole.typical) & (whole.chance_of_at_most(x, n) <= 0.2)
    for i in np.flatnonzero(maybe):
        rest = np.arange(len(x)) != i
        others = fit_spread(x[rest], n[rest])
        if others is None or x[i] / n[i] > settings.below * others.typical:
            continue
        chance = float(others.chance_of_at_most(x[i], n[i]))
        if chance * looked_at <= settings.chance:
            low, high = (float(q) for q in others.interval(0, 0))
            now_low, now_high = (float(q) for q in whole.interval(x[i], n[i]))
            rows.append((i, chance, float(whole.rate(x[i], n[i])), now_low, now_high, others.typical, low, high))
    names = ("_row", "chance", "now", "now_low", "now_high", "typical", "rate_low", "rate_high")
    told = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64) | {"_row": pl.UInt32}, orient="row")
    more = (
        pl.col("search_exposures") / pl.col("covered_days") * 30 * pl.lit(asks, pl.Float64)
    )  # inquiries a month per click rate
    gains = {"gain": ("typical", "now"), "gain_low": ("rate_low", "now_high"), "gain_high": ("rate_high", "now_low")}
    return (
        group.with_row_index("_row")
        .join(told, on="_row")
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
            (pl.col("search_exposures") / pl.col("covered_days") * 30).alias("monthly"),
            pl.lit(asks, pl.Float64).alias("asks"),
            "now",
            "rate_low",
            "rate_high",
            *[(more * (pl.col(rate) - pl.col(now)).clip(0)).alias(name) for name, (rate, now) in gains.items()],
        )
    )
