"""Deals that went past the platform although they could go through it."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import online


@check("ST14")
def past_the_platform(shop, settings, rules):
    """Share of Trade Assurance orders below the aim, where deals of the register are marked as able to go online.
    Over the days that the orders reach over."""
    if not shop.has("offline_deal"):
        return NotYet("offline_deal")
    told = online.told(shop, settings.days)
    if told is None:
        return NotYet("order_lines")
    aim = rules["online_order_share"]
    return (
        online.total(shop, settings.days)
        .filter(pl.col("online_share") < aim, pl.col("could_go_online") > 0)
        .with_columns(pl.lit(aim).alias("aim"), pl.lit(told[0]).alias("first"), pl.lit(told[1]).alias("last"))
    )
