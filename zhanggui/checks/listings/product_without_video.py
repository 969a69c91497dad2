"""A product that matters and has no main video."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.estimates import fit_spread
from zhanggui.measures import listings, products


@check("LI07", key=("product_id",))
def product_without_video(shop, settings, rules):
    """New products and those that surely convert better than usual, of which pictures were brought and no main video."""
    if not shop.has("video"):
        return NotYet("video")
    if not shop.has("picture"):
        return NotYet("picture")
    without = listings.picture_count(shop).join(listings.main_video(shop), on="product_id", how="anti").select("product_id")
    listed = products.catalogue(shop).select("product_id", "created")
    items = products.effect(shop, settings.days).select("product_id", "inquiries", "shop_clicks").collect()
    told = items.drop_nulls(["inquiries", "shop_clicks"])
    spread = fit_spread(told["inquiries"], told["shop_clicks"])
    better = []
    if spread is not None:
        low, _ = spread.interval(told["inquiries"], told["shop_clicks"])
        better = told.filter(pl.Series(low) > spread.typical)["product_id"].to_list()
    items = items.with_columns(pl.col("product_id").is_in(better).alias("converts"))
    age = (pl.lit(shop.day) - pl.col("created")).dt.total_days()
    wanted = (
        without.join(listed, on="product_id", how="left")
        .join(items.lazy(), on="product_id", how="left")
        .with_columns(
            (age.is_between(0, settings.new_days)).fill_null(False).cast(pl.Int64).alias("new"),
            pl.col("converts").fill_null(False).cast(pl.Int64),
        )
        .filter((pl.col("new") == 1) | (pl.col("converts") == 1))
    )
    return named(shop, wanted).select("product_id", "product_name", "new", "converts", "inquiries", "shop_clicks")
