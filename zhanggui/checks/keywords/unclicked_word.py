"""A word by which titles are shown and nobody clicks."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import fit_spread, goes_with, missing_events
from zhanggui.measures import keywords


@check("KW11", key=("word", "occurrence"), needs=("keyword_effect", "product_effect"))
def unclicked_word(shop, settings, rules):
    """Words that titles carry, shown so often without a click that no usual word of the shop is so."""
    shown = keywords.effect(shop, settings.days).filter(pl.col("exposures") > 0, pl.col("clicks").is_not_null())
    rows = shown.sort("word", "occurrence").collect()
    spread = fit_spread(rows["clicks"].to_numpy(), rows["exposures"].to_numpy()) if rows.height else None
    if spread is None:
        return NotYet("keyword_effect", missing_events(rows["clicks"]), "click")
    if goes_with(rows["exposures"], rows["clicks"]) > settings.relation:
        return NotYet("keyword_effect", unit="relation")
    chance = spread.chance_of_at_most(rows["clicks"].to_numpy(), rows["exposures"].to_numpy())
    told = rows.with_columns(
        pl.Series("chance", chance),
        (pl.col("exposures") * spread.typical).alias("expected"),
        pl.lit(spread.typical).alias("typical"),
    ).filter(pl.col("clicks") == 0, pl.col("chance") * rows.height <= settings.chance)
    carried = keywords.coverage(shop, told.lazy()).filter(pl.col("titles") > 0)
    columns = ("word", "occurrence", "exposures", "clicks", "expected", "typical", "titles", "chance")
    return carried.select(columns).sort("exposures", "word", "occurrence", descending=[True, False, False])
