"""The first screen of the shop: a banner or tile of the wrong size, or one that is missing."""

import polars as pl

from zhanggui.checks.check import NotYet, check

WANTED = [("banner", 1, 1920, 600), *(("tile", n, 600, 600) for n in (1, 2, 3))]


@check("LI17", key=("part", "place"))
def shop_front_fault(shop, settings, rules):
    """What was saved of the first screen against its plan: a banner of 1920 × 600 and three tiles of 600 × 600."""
    saved = shop.scan("picture").filter(pl.col("whose") == "shop").collect()
    if saved.is_empty():
        return NotYet("picture")
    plan = pl.DataFrame(WANTED, schema=["part", "place", "wanted_width", "wanted_height"], orient="row")
    found = plan.join(saved, left_on=["part", "place"], right_on=["product_id", "position"], how="left")
    size = pl.struct("width", "height") == pl.struct(width="wanted_width", height="wanted_height")
    return found.filter(pl.col("file").is_null() | ~size).select(
        "part",
        "place",
        pl.col("width", "height").fill_null(0),
        "wanted_width",
        "wanted_height",
        pl.col("file").is_null().cast(pl.Int64).alias("missing"),
    )
