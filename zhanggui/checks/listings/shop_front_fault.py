"""The first screen of the shop: a banner or tile of the wrong size, or one that is missing."""

import polars as pl

from zhanggui.checks.check import NotYet, check

TILES = (1, 2, 3)


@check("LI17", key=("part", "place"))
def shop_front_fault(shop, settings, rules):
    """What was saved of the first screen against its plan: a banner and three tiles, of the rulebook's sizes."""
    saved = shop.scan("picture").filter(pl.col("whose") == "shop").collect()
    if saved.is_empty():
        return NotYet("picture")
    banner = ("banner", 1, int(rules["shop_banner_width"]), int(rules["shop_banner_height"]))
    side = int(rules["shop_tile_pixels"])
    wanted = [banner, *(("tile", n, side, side) for n in TILES)]
    plan = pl.DataFrame(wanted, schema=["part", "place", "wanted_width", "wanted_height"], orient="row")
    found = plan.join(saved, left_on=["part", "place"], right_on=["product_id", "position"], how="left")
    size = pl.struct("width", "height") == pl.struct(width="wanted_width", height="wanted_height")
    return found.filter(pl.col("file").is_null() | ~size).select(
        "part",
        "place",
        "width",
        "height",
        "wanted_width",
        "wanted_height",
        pl.col("file").is_null().cast(pl.Int64).alias("missing"),
    )
