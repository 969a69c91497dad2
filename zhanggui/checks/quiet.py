"""Products that nobody asks about: what the checks of traffic and of promotion both look at."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates import missing_events, silence
from zhanggui.measures import products


def quiet_products(shop, settings, among: pl.Expr, by: str) -> pl.DataFrame | NotYet:
    """Products of `among` without inquiry and chat: those that are told first, then the `list_early` largest `by` that are not yet.

    Inquiries are not split by paid and natural in the report, so all clicks are held against all inquiries of the product.
    """
    items = products.effect(shop, settings.days).collect()
    seen = among & pl.col("had_chat").not_() & (pl.col("shop_clicks") >= settings.min_clicks)
    judged = silence(items, trials="shop_clicks", events="inquiries", days="covered_days", among=seen, chance=settings.chance)
    if judged is None:
        return NotYet("product_effect", missing_events(items["inquiries"]), "inquiry")
    found, unrelated = judged
    if unrelated > settings.relation:
        return NotYet("product_effect", unit="relation")
    found = found.sort(by, "product_id", descending=[True, False])
    told = found.filter(pl.col("verdict") == "found")
    early = found.filter(pl.col("verdict") == "unsure").head(settings.list_early)
    return pl.concat([told, early]).with_columns((1 / pl.col("chance")).alias("one_in")).select(COLUMNS)


COLUMNS = [
    "product_id",
    "product_name",
    "shop_clicks",
    "paid_clicks",
    "paid_share",
    "visitors",
    "covered_days",
    "typical",
    "expected",
    "one_in",
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
]
