"""An account below marketing level L3, and what it lacks."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import ads

MONTH = 30


@check("AD22", key=())
def level_short(shop, settings, rules):
    """The points and the daily spend that are missing to L3; nothing from L3 on."""
    if not shop.has("p4p_level"):
        return pl.DataFrame()
    told = ads.level(shop).collect().row(0, named=True)
    if told["score"] is None or told["score"] >= rules["p4p_level_3_points"]:
        return pl.DataFrame()
    window = shop.last("p4p_account", MONTH)
    cost = window.sums().collect()["cost"].item() if window and window.covered else None
    daily = float(cost) / window.covered if cost is not None else None
    row = {
        "level": told["level"] or "—",
        "score": told["score"],
        "needed": rules["p4p_level_3_points"],
        "short": rules["p4p_level_3_points"] - told["score"],
        "daily": daily,
        "asked": rules["p4p_level_3_daily"],
        "combined": rules["p4p_level_3_combined"],
    }
    return pl.DataFrame([row], schema_overrides={"daily": pl.Float64})
