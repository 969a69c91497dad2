"""A plan that brings inquiries at no more than the usual price, and does not spend its budget."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS


@check("AD16", key=("plan",))
def budget_unused(shop, settings, rules):
    """Plans whose cost per inquiry is surely no more than that of all other plans, and less of the budget used than advised."""
    if (answer := lacking(shop, "p4p_plan")) is not None:
        return answer
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    rows = shop.last("p4p_plan", settings.days).rows.filter(pl.col("budget") > 0).drop_nulls(["cost", "inquiries"])
    plans = (
        rows.group_by("plan")
        .agg(
            pl.col("cost").sum().cast(pl.Float64).alias("spent"),
            (pl.col("budget") * length).sum().cast(pl.Float64).alias("allowed"),
            pl.col("inquiries").sum().alias("asked"),
        )
        .collect()
    )
    if plans["asked"].sum() < FEWEST_EVENTS:
        return NotYet("p4p_plan", missing_events(plans["asked"]), "inquiry")
    plans = plans.filter(pl.col("spent") > 0).sort("plan")
    if plans.height < 2:
        return pl.DataFrame()
    one = apart(plans["asked"], plans["spent"])
    return (
        plans.with_columns(
            pl.Series("rest", one.rest),
            pl.Series("low", one.low),
            pl.Series("high", one.high),
        )
        .filter(pl.col("rest") > 0, pl.col("low") >= 1)
        .with_columns(
            (1 / pl.col("rest")).alias("usual"),
            (1 / (pl.col("rest") * pl.col("high"))).alias("each_low"),
            (1 / (pl.col("rest") * pl.col("low"))).alias("each_high"),
            (pl.col("spent") / pl.col("allowed")).alias("used"),
            (pl.col("spent") / pl.col("asked")).alias("each"),
            pl.lit(rules["p4p_budget_use"]).alias("advised"),
            (pl.col("allowed") - pl.col("spent")).alias("unused"),
            pl.lit(covered(shop, "p4p_plan", settings.days)).alias("days"),
        )
        .filter(pl.col("used") < pl.col("advised"))
        .select(
            "plan", "spent", "allowed", "used", "advised", "asked", "each", "each_low", "each_high", "usual", "unused", "days"
        )
        .sort("unused", "plan", descending=[True, False])
    )
