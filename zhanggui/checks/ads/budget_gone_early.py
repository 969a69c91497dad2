"""A plan whose daily budget is used up, and promotion is off for part of the day."""

import polars as pl

from zhanggui.checks.ads._paid import lacking
from zhanggui.checks.check import check
from zhanggui.facts import whole_sum
from zhanggui.measures.ad_hours import markets
from zhanggui.measures.time_zones import open_hours


@check("AD15", key=("plan",))
def budget_gone_early(shop, settings, rules):
    """Plans that spent their whole budget in half of the periods or more, and were on for fewer hours than advised: fewer than the
    target markets work, where these are known."""
    if (answer := lacking(shop, "p4p_plan")) is not None:
        return answer
    window = shop.last("p4p_plan", settings.days)
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    known, _ = markets(shop)
    wanted = len(open_hours(known, window.end, settings.opens, settings.closes)) or 24
    account = _account_hours(shop, settings.days)
    rows = window.rows.filter(pl.col("budget") > 0, pl.col("cost").is_not_null()).with_columns(
        length.alias("length"), (pl.col("cost") / (pl.col("budget") * length) >= settings.near).alias("full")
    )
    told = (
        rows.group_by("plan")
        .agg(
            pl.len().cast(pl.Int64).alias("periods"),
            pl.col("full").sum().cast(pl.Int64).alias("full"),
            pl.col("cost").sum().cast(pl.Float64).alias("spent"),
            (pl.col("budget") * pl.col("length")).sum().cast(pl.Float64).alias("allowed"),
            (whole_sum("hours") / pl.col("length").sum()).alias("own"),
        )
        .with_columns(pl.coalesce("own", pl.lit(account, pl.Float64)).alias("hours"))
        .with_columns(
            (pl.col("spent") / pl.col("allowed")).alias("used"),
            pl.lit(float(min(wanted, rules["p4p_min_hours"]))).alias("advised"),
        )
        .filter(pl.col("full") * 2 >= pl.col("periods"), pl.col("hours") < pl.col("advised"))
    )
    return told.select("plan", "periods", "full", "spent", "used", "hours", "advised").sort(
        "spent", "plan", descending=[True, False]
    )


def _account_hours(shop, days):
    """Hours a day that the account was on; None where no report says it."""
    window = shop.last("p4p_account", days)
    if window is None:
        return None
    hours = window.rows.select("hours").collect()["hours"]
    return float(hours.sum()) / window.covered if len(hours) and not hours.null_count() else None
