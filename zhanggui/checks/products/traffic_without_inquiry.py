"""A product that buyers open and nobody asks about."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, silence
from zhanggui.measures import products


@check("PR01", key=("product_id",), needs=("product_effect",))
def traffic_without_inquiry(shop, settings, rules):
    """Products without inquiry and chat whose clicks would have brought some, had they converted as the shop's products do."""
    items = products.effect(shop, settings.days).collect()
    quiet = pl.col("had_chat").not_() & (pl.col("shop_clicks") >= settings.min_clicks)
    judged = silence(items, trials="shop_clicks", events="inquiries", days="covered_days", among=quiet, chance=settings.chance)
    if judged is None:
        return NotYet("product_effect", missing_events(items["inquiries"]), "inquiry")
    found, unrelated = judged
    if unrelated > settings.relation:
        return NotYet("product_effect", unit="relation")
    told = found.filter(pl.col("verdict") == "found").sort("shop_clicks", "product_id", descending=[True, False])
    early = (
        found.filter(pl.col("verdict") == "unsure")
        .sort("shop_clicks", "product_id", descending=[True, False])
        .head(settings.list_early)
    )
    return pl.concat([told, early]).select(
        "product_id",
        "product_name",
        "shop_clicks",
        "visitors",
        "covered_days",
        "typical",
        "expected",
        (1 / pl.col("chance")).alias("one_in"),
        "monthly",
        "now",
        "rate_low",
        "rate_high",
        "verdict",
        "needs",
        "needs_days",
        "gain",
        "gain_low",
        "gain_high",
    )
