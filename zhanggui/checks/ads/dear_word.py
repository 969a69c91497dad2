"""A paid word whose inquiries cost far more than those of the shop's other paid words."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.measures import ads

MONTH = 30


@check("AD03", key=("word",))
def dear_word(shop, settings, rules):
    """Words with inquiries, but clearly fewer than the other words bring for so much money."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    rows = ads.words(shop, settings.days).drop_nulls("inquiries").filter(pl.col("cost") > 0).sort("word").collect()
    if rows["inquiries"].sum() < FEWEST_EVENTS or rows.height < 2:
        return NotYet("p4p_keyword", missing_events(rows["inquiries"]), "inquiry")
    one, days = apart(rows["inquiries"], rows["cost"].cast(pl.Float64)), covered(shop, "p4p_keyword", settings.days)
    monthly = pl.lit(MONTH / days)
    told = rows.with_columns(
        pl.col("cost").cast(pl.Float64),
        pl.lit(days).alias("days"),
        pl.Series("expected", one.expected),
        pl.Series("usual", 1 / one.rest.clip(1e-12)),
        pl.Series("chance", one.below),
        pl.Series("low", one.low),
        pl.Series("high", one.high),
    ).with_columns(
        ((pl.col("expected") - pl.col("inquiries")) * monthly).alias("gain"),
        (pl.col("expected") * (1 - pl.col("high")) * monthly).clip(lower_bound=0).alias("gain_low"),
        (pl.col("expected") * (1 - pl.col("low")) * monthly).alias("gain_high"),
    )
    return told.filter(pl.col("inquiries") > 0, pl.col("chance") <= settings.chance).select(
        "word", "cost", "clicks", "inquiries", "cost_per_inquiry", "usual", "expected", "days", "chance",
        "gain", "gain_low", "gain_high",
    ).sort("cost", "word", descending=[True, False])  # fmt: skip
