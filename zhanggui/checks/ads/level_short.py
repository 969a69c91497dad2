"""An account below marketing level L3, and what it lacks."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import ads


@check("AD22", key=())
def level_short(shop, settings, rules):
    """The points and the daily spend that are missing to L3; nothing from L3 on."""
    if not shop.has("p4p_level"):
        return pl.DataFrame()
    told = ads.level(shop).collect().row(0, named=True)
    short = ads.points_short(told["score"], 3, rules)
    if short is None or short <= 0:
        return pl.DataFrame()
    daily, _ = ads.daily_spend(shop)
    row = {
        "level": told["level"] or "—",
        "score": told["score"],
        "needed": rules["p4p_level_3_points"],
        "short": short,
        "daily": daily,
        "asked": rules["p4p_level_3_daily"],
        "combined": rules["p4p_level_3_combined"],
    }
    return pl.DataFrame([row], schema_overrides={"daily": pl.Float64})
