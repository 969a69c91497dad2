"""Side images that have not been renewed for half a year."""

from datetime import timedelta

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named


@check("LI10", key=("product_id",))
def old_side_images(shop, settings, rules):
    """Products all of whose side images are the same files since a day at least the rulebook's days before they were last seen; no other
    stood there in between."""
    if not shop.has("picture"):
        return NotYet("picture")
    days = int(rules["picture_renewal_days"])
    rows = (
        shop.frames["picture"]
        .filter(pl.col("as_of") <= shop.day, pl.col("whose").is_null(), pl.col("position") > 1, pl.col("content").is_not_null())
        .select("product_id", "position", "content", "as_of")
    )
    newest = rows.sort("as_of").group_by("product_id", "position").agg(pl.col("content", "as_of").last())
    seen = rows.join(newest.rename({"content": "now", "as_of": "last"}), on=["product_id", "position"])
    other = pl.col("as_of").filter(pl.col("content") != pl.col("now")).max()
    since = pl.col("as_of").filter(other.is_null() | (pl.col("as_of") > other)).min()
    sides = (
        newest.join(seen.group_by("product_id", "position").agg(since.alias("since")), on=["product_id", "position"])
        .group_by("product_id")
        .agg(pl.col("since").max(), pl.col("as_of").min(), pl.len().cast(pl.Int64).alias("sides"))
    )
    old = sides.filter(pl.col("as_of") - pl.col("since") >= timedelta(days=days)).with_columns(
        (pl.col("as_of") - pl.col("since")).dt.total_days().alias("same_days")
    )
    return named(shop, old).select("product_id", "product_name", "sides", "same_days", pl.lit(days).alias("days"))
