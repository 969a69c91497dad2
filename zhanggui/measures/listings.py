"""What the page of each product shows: pictures, videos, title, attributes, prices. What no file has told stays missing."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure

OWN = pl.col("whose").is_null()
FIGURES = (
    "file", "format", "width", "height", "bytes", "alpha", "mode", "white_share", "fill_share", "logo", "logo_share",
)  # fmt: skip
VIDEO = ("file", "seconds", "width", "height", "bytes", "audio", "subtitles", "black_start")
MAIN, FEED = pl.col("kind") == "main", pl.col("kind") == "feed"


def pictures(shop: Snapshot) -> pl.LazyFrame:
    """The pictures of the shop's products, each position as it was brought last."""
    return shop.scan("picture").filter(OWN)


@measure(
    "listings.main_image",
    "picture",
    ("product_id",),
    OWN & (pl.col("position") == 1),
    **{c: Formula((c,), "as_brought") for c in FIGURES},
)
def main_image(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """What was measured in the main image of each product; only products whose main image was brought."""
    return pictures(shop).filter(pl.col("position") == 1).select("product_id", *FIGURES, "look", "colours", "content", "as_of")


@measure("listings.pictures", "picture", ("product_id",), OWN, pictures=Formula(("position",), "count"))
def picture_count(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """How many pictures of each product were brought."""
    return pictures(shop).group_by("product_id").agg(pl.col("position").n_unique().alias("pictures"))


@measure("listings.main_video", "video", ("product_id",), MAIN, **{c: Formula((c,), "as_brought") for c in VIDEO})
def main_video(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """The main video of each product that has one."""
    return shop.scan("video").filter(MAIN).select("product_id", *VIDEO, "as_of")


@measure("listings.feed_video", "video", ("product_id",), FEED, **{c: Formula((c,), "as_brought") for c in VIDEO})
def feed_video(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """The upright video of each product that has one."""
    return shop.scan("video").filter(FEED).select("product_id", *VIDEO, "as_of")


def _newest_list(shop: Snapshot, table: str) -> pl.LazyFrame:
    """The rows of each product's newest day: an attribute or a price step that is gone from its page is gone here."""
    return shop.scan(table).filter(pl.col("as_of") == pl.col("as_of").max().over("product_id"))


@measure("listings.attributes", "product_attribute", ("product_id",), attributes=Formula(("attribute",), "count"))
def attributes(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """How many different attributes of each product have a value."""
    filled = _newest_list(shop, "product_attribute").filter(pl.col("value").is_not_null())
    return filled.group_by("product_id").agg(pl.col("attribute").n_unique().alias("attributes"))


def beside_kind(shop: Snapshot, least: int) -> pl.LazyFrame:
    """product_id, attributes, category, `middle` (attributes of the middle product of its category), siblings: only products of
    categories with at least `least` products whose attributes were brought. Of no known category there is no middle."""
    listed = products.catalogue(shop).select("product_id", "category").filter(pl.col("category").is_not_null())
    middle = pl.col("attributes").median().over("category").alias("middle")
    filled = attributes(shop).join(listed, on="product_id").with_columns(middle, pl.len().over("category").alias("siblings"))
    return filled.filter(pl.col("siblings") >= least)


@measure(
    "listings.price_ladder",
    "product_price",
    ("product_id",),
    steps=Formula(("from_quantity",), "count"),
    falls=Formula(("from_quantity", "price"), "falls"),
)
def price_ladder(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """Steps of each product's longest ladder, and whether in each of its ladders (one per variant) every step is cheaper than
    the one before it. Missing where a price or its currency differs in kind."""
    ladder = (
        _newest_list(shop, "product_price")
        .sort("product_id", "sku", "from_quantity")
        .group_by("product_id", "sku", maintain_order=True)
        .agg(
            pl.col("from_quantity").n_unique().alias("steps"),
            (pl.col("price").diff().drop_nulls() < 0).all().alias("falls"),
            (pl.col("price").null_count() > 0).alias("lacks"),
            (pl.col("currency").n_unique() > 1).alias("mixed"),
        )
    )
    known = ~(pl.col("lacks") | pl.col("mixed")).any()
    return ladder.group_by("product_id").agg(pl.col("steps").max(), pl.when(known).then(pl.col("falls").all()).alias("falls"))


def titles(shop: Snapshot) -> pl.LazyFrame:
    """product_id, product_name, title_length (characters), title_twins (other products of the same title)."""
    return products.titles(shop).with_columns(
        pl.col("product_name").str.len_chars().cast(pl.Int64).alias("title_length"),
        (pl.len().over(pl.col("product_name").str.to_lowercase().str.strip_chars()) - 1).cast(pl.Int64).alias("title_twins"),
    )
