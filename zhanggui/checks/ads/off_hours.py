"""Promotion that runs while the target markets sleep, and brings less for it."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events
from zhanggui.measures import ads
from zhanggui.measures.countries import country
from zhanggui.measures.time_zones import hour_of, spans, working_hours


@check("AD12", key=())
def off_hours(shop, settings, rules):
    """Clicks in hours in which no target country is at work, where they bring clearly fewer inquiries than the others."""
    if (answer := lacking(shop, "p4p_hour", "target_country")) is not None:
        return answer
    names = shop.scan("target_country").sort("priority", "country").select("country").collect()["country"].to_list()
    known = {found.code: found for name in names if (found := country(name))}
    window = shop.last("p4p_hour", settings.days)
    open_hours = frozenset[int]().union(*(working_hours(code, window.end, settings.opens, settings.closes) for code in known))
    if not open_hours or len(open_hours) == 24:
        return pl.DataFrame()
    rows = ads.by_hour(shop, settings.days).drop_nulls(["inquiries", "cost", "clicks"]).collect()
    hours = pl.Series([hour_of(text) for text in rows["hour"]], dtype=pl.Int64)
    rows = rows.filter(hours.is_not_null()).with_columns(hours.drop_nulls().is_in(list(open_hours)).alias("open"))
    sums = rows.group_by("open").agg(pl.col("clicks", "inquiries").sum(), pl.col("cost").sum().cast(pl.Float64)).sort("open")
    if sums.height < 2 or sums["clicks"].min() == 0:
        return pl.DataFrame()
    if sums["inquiries"].sum() < FEWEST_EVENTS:
        return NotYet("p4p_hour", missing_events(sums["inquiries"]), "inquiry")
    one = apart(sums["inquiries"], sums["clicks"])
    closed = sums.row(0, named=True)
    if one.below[0] > settings.chance:
        return pl.DataFrame()
    return pl.DataFrame(
        {
            "closed_cost": [closed["cost"]],
            "share": [closed["cost"] / sums["cost"].sum()],
            "closed_clicks": [closed["clicks"]],
            "closed_inquiries": [closed["inquiries"]],
            "expected": [float(one.expected[0])],
            "ratio": [float(one.ratio[0])],
            "low": [float(one.low[0])],
            "high": [float(one.high[0])],
            "open": [spans(open_hours)],
            "countries_zh": ["、".join(c.zh for c in known.values())],
            "countries_en": [", ".join(c.en for c in known.values())],
            "days": [covered(shop, "p4p_hour", settings.days)],
        }
    )
