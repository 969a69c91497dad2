"""Promotion that runs while the target markets sleep, and brings less for it."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events
from zhanggui.measures.ad_hours import by_open, markets
from zhanggui.measures.time_zones import open_hours, spans


@check("AD12", key=())
def off_hours(shop, settings, rules):
    """Money in hours in which no target country is at work, where it brings clearly fewer inquiries than in the others."""
    if (answer := lacking(shop, "p4p_hour", "target_country")) is not None:
        return answer
    known, _ = markets(shop)
    hours = by_open(shop, settings.days, known, settings.opens, settings.closes).drop_nulls()
    sums = hours.group_by("open").agg(pl.col("cost", "clicks", "inquiries").sum()).sort("open")
    if sums.height < 2 or sums["cost"].min() == 0:
        return pl.DataFrame()
    if sums["inquiries"].sum() < FEWEST_EVENTS:
        return NotYet("p4p_hour", missing_events(sums["inquiries"]), "inquiry")
    one = apart(sums["inquiries"], sums["cost"])
    closed = sums.row(0, named=True)
    if one.below[0] > settings.chance:
        return pl.DataFrame()
    now = open_hours(known, shop.last("p4p_hour", settings.days).end, settings.opens, settings.closes)
    return pl.DataFrame(
        {
            "closed_cost": [closed["cost"]],
            "share": [closed["cost"] / sums["cost"].sum()],
            "closed_clicks": [int(closed["clicks"])],
            "closed_inquiries": [int(closed["inquiries"])],
            "expected": [float(one.expected[0])],
            "ratio": [float(one.ratio[0])],
            "low": [float(one.low[0])],
            "high": [float(one.high[0])],
            "open": [spans(now)],
            "countries_zh": ["、".join(c.zh for c in known.values())],
            "countries_en": [", ".join(c.en for c in known.values())],
            "days": [covered(shop, "p4p_hour", settings.days)],
        }
    )
