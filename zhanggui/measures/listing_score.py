"""The listing score: what is taken off for each fault of a product's page, by weights of our own. No score of the platform's.

100 × (1 − points of the faults that are there ÷ points of all that could be looked at). What no file has told is neither a fault
nor none: it takes its points out of the whole. `judged` says how many of the points could be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import likeness, listings, products
from zhanggui.rulebook import Rules

SIBLINGS = 5  # products of a category that have a middle one worth the name
BROADLY = 0.5  # share of the products with pictures: of so many main videos, the others have none; fewer were picked by hand
GROUND = 0.85  # share of the border that must be white; JPEG noise takes some of it

#: Fault → what it is in words; its weight is a setting of the same name with `weight_` before it.
FAULTS: dict[str, tuple[str, str]] = {
    "size": ("主图小于规定边长或不是正方形", "Main image too small or not square"),
    "heavy": ("主图文件过大", "Main image file too large"),
    "ground": ("主图边框不是白底", "Border of the main image is not white"),
    "mode": ("主图有透明层或是 CMYK", "Main image is transparent or CMYK"),
    "logo": ("主图左下没有 LOGO，或 LOGO 过大", "No logo at the lower left of the main image, or one too large"),
    "pictures": ("图片张数不够", "Too few pictures"),
    "twin": ("与另一个产品主图相同", "Same main image as another product"),
    "video": ("没有主图视频", "No main video"),
    "video_fault": ("主图视频过长、没有声音或开头黑屏", "Main video too long, silent or black at first"),
    "title_long": ("标题超过上限", "Title longer than the limit"),
    "title_twin": ("标题与另一个产品相同", "Same title as another product"),
    "attributes": ("属性比同类少一半以上", "Less than half the attributes of its category"),
    "ladder": ("没有阶梯价，或价格不随数量下降", "No price ladder, or one that does not fall"),
    "min_order": ("没有填最小起订量", "No minimum order quantity"),
}


def picture_faults(rules: Rules, ground: float = GROUND) -> dict[str, pl.Expr]:
    """The faults of a main image, told from what was measured in it; missing where that is missing."""
    least = int(rules["main_image_pixels"])
    return {
        "size": (pl.col("width") < least) | (pl.col("height") < least) | (pl.col("width") != pl.col("height")),
        "heavy": pl.col("bytes") > int(rules["main_image_bytes"]),
        "ground": pl.col("white_share") < ground,
        "mode": pl.col("alpha") | (pl.col("mode") == "CMYK"),
        "logo": ~pl.col("logo") | (pl.col("logo_share") > rules["logo_max_share"]).fill_null(False),
    }


def video_faults(rules: Rules) -> pl.Expr:
    """Whether anything is wrong with a main video: longer than it may be, silent, black at first."""
    return (pl.col("seconds") > rules["main_video_max_seconds"]) | ~pl.col("audio") | pl.col("black_start")


def faults(shop: Snapshot, rules: Rules) -> pl.DataFrame:
    """product_id, product_name, and for each of `FAULTS` whether the product's page has it; missing where no file tells."""
    named = listings.titles(shop).collect()
    images = listings.main_image(shop).with_columns(e.alias(n) for n, e in picture_faults(rules).items()).collect()
    counted = listings.picture_count(shop).collect()
    sides = counted.filter(pl.col("pictures") > 1).height > 0  # only main images were brought: nothing is known of the others
    double = likeness.twins(shop)
    doubled = pl.concat([double["product_id"], double["twin_id"]]).unique()
    films = listings.main_video(shop).with_columns(video_faults(rules).alias("video_fault")).collect()
    filmed = counted.join(films, on="product_id", how="semi").height
    broadly = filmed > 0 and filmed >= BROADLY * counted.height
    filled = listings.beside_kind(shop, SIBLINGS).with_columns((pl.col("attributes") < pl.col("middle") / 2).alias("_few"))
    ladder = listings.price_ladder(shop).select("product_id", ((pl.col("steps") < 2) | ~pl.col("falls")).alias("ladder"))
    listed = products.catalogue(shop).select("product_id", "min_order_quantity").collect()
    says_order = listed["min_order_quantity"].count() > 0
    joined = named.join(images.select("product_id", "size", "heavy", "ground", "mode", "logo"), on="product_id", how="left")
    joined = joined.join(counted, on="product_id", how="left")
    joined = joined.join(films.select("product_id", "video_fault", pl.lit(True).alias("_film")), on="product_id", how="left")
    joined = joined.join(filled.select("product_id", "_few").collect(), on="product_id", how="left")
    joined = joined.join(ladder.collect(), on="product_id", how="left")
    joined = joined.join(
        listed.select("product_id", pl.col("min_order_quantity").is_null().alias("_no_order")), on="product_id", how="left"
    )
    has_pictures = pl.col("pictures").is_not_null()
    return joined.select(
        "product_id",
        "product_name",
        "size",
        "heavy",
        "ground",
        "mode",
        "logo",
        pl.when(has_pictures & sides).then(pl.col("pictures") < int(rules["pictures_min"])).alias("pictures"),
        pl.when(pl.col("size").is_not_null()).then(pl.col("product_id").is_in(doubled.implode())).alias("twin"),
        pl.when(pl.col("_film").is_not_null()).then(False).when(has_pictures & broadly).then(True).alias("video"),
        "video_fault",
        (pl.col("title_length") > int(rules["title_max_characters"])).alias("title_long"),
        (pl.col("title_twins") > 0).alias("title_twin"),
        pl.col("_few").alias("attributes"),
        "ladder",
        pl.when(says_order).then(pl.col("_no_order")).alias("min_order"),
    ).sort("product_id")


def weights(settings: Any) -> dict[str, float]:
    """Fault → points, as the settings say."""
    return {name: float(getattr(settings, f"weight_{name}")) for name in FAULTS}


def scored(found: pl.DataFrame, points: Mapping[str, float], least: float) -> pl.DataFrame:
    """`faults` with `score` (0 to 100; missing where fewer than `least` points could be looked at), `judged` (points that could)
    and `lost_points` (those of the faults that are there)."""
    held = pl.sum_horizontal(pl.col(n).cast(pl.Float64).fill_null(0) * w for n, w in points.items())
    known = pl.sum_horizontal(pl.col(n).is_not_null().cast(pl.Float64) * w for n, w in points.items())
    return found.with_columns(known.alias("judged"), held.alias("lost_points")).with_columns(
        pl.when((pl.col("judged") >= least) & (pl.col("judged") > 0))
        .then(100 * (1 - pl.col("lost_points") / pl.col("judged")))
        .alias("score")
    )
