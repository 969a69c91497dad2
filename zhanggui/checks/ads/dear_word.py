"""A paid word whose inquiries cost far more than those of the shop's other paid words."""

import polars as pl

from zhanggui.checks.ads._apart import more, standing_out
from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.measures import ads


@check("AD03", key=("word",))
def dear_word(shop, settings, rules):
    """Words with inquiries, but clearly fewer than all other words together bring for so much money."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    rows = ads.words(shop, settings.days).drop_nulls("inquiries").filter(pl.col("cost") > 0).sort("word").collect()
    if rows["inquiries"].sum() < FEWEST_EVENTS or rows.height < 2:
        return NotYet("p4p_keyword", missing_events(rows["inquiries"]), "inquiry")
    days = covered(shop, "p4p_keyword", settings.days)
    dear = standing_out(rows, "", True, settings.chance).filter(pl.col("inquiries") > 0)
    told = dear.with_columns(pl.lit(days).alias("days"), (1 / pl.col("rest")).alias("usual"), *more(days))
    shown = ("word", "cost", "clicks", "inquiries", "cost_per_inquiry", "usual", "expected", "days", "chance")
    return told.select(*shown, "gain", "gain_low", "gain_high").sort("cost", "word", descending=[True, False])
