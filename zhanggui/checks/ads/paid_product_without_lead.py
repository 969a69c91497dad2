"""A product that is paid for and brings no inquiry."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, silence
from zhanggui.measures import products


@check("AD01", key=("product_id",), needs=("product_effect",))
def paid_product_without_lead(shop, settings, rules):
    """Products most of whose clicks are paid, without inquiry and chat where the shop's products would have brought some.

    Inquiries are not split by paid and natural, so all clicks are held against all inquiries of the product.
    """
    items = products.effect(shop, settings.days).collect()
    paid = (
        pl.col("had_chat").not_()
        & (pl.col("paid_share") >= settings.paid_share)
        & (pl.col("shop_clicks") >= settings.min_clicks)
    )
    judged = silence(items, trials="shop_clicks", events="inquiries", days="covered_days", among=paid, chance=settings.chance)
    if judged is None:
        return NotYet("product_effect", missing_events(items["inquiries"]), "inquiry")
    found, unrelated = judged
    if unrelated > settings.relation:
        return NotYet("product_effect", unit="relation")
    told = found.filter(pl.col("verdict") == "found").sort("paid_clicks", "product_id", descending=[True, False])
    early = (
        found.filter(pl.col("verdict") == "unsure")
        .sort("paid_clicks", "product_id", descending=[True, False])
        .head(settings.list_early)
    )
    return pl.concat([told, early]).select(
        "product_id",
        "product_name",
        "paid_clicks",
        "shop_clicks",
        "paid_share",
        "covered_days",
        "expected",
        "chance",
        "monthly",
        "typical",
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
