"""Rows about products with the titles that people know them by, those that buyers see most first."""

import polars as pl

from zhanggui.measures import listings, products


def named(shop, rows: pl.LazyFrame, days: int = 28) -> pl.LazyFrame:
    """The rows with product_name (the id where no report names it) and search_exposures of the last days (missing: unknown)."""
    seen = products.effect(shop, days).select("product_id", "search_exposures")
    titles = listings.titles(shop).select("product_id", "product_name")
    return (
        rows.join(titles, on="product_id", how="left")
        .join(seen, on="product_id", how="left")
        .with_columns(pl.col("product_name").fill_null(pl.col("product_id")))
        .sort("search_exposures", "product_id", descending=[True, False], nulls_last=True)
    )
