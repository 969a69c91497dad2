"""A word that buyers typed, that costs and brings nothing."""

import numpy as np
import polars as pl

from zhanggui.checks.ads._paid import barred, lacking, typed
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, silence


@check("AD06", key=("search_word",))
def typed_word_silent(shop, settings, rules):
    """Typed words with spend and no inquiry where the others would have brought some, unless somebody has excluded them already."""
    if (answer := lacking(shop, "p4p_search_word")) is not None:
        return answer
    words = typed(shop, settings.days)
    out = barred(shop, words, settings.days)
    costly = (pl.col("clicks") >= settings.min_clicks) & (pl.col("cost") > 0) & ~pl.col("search_word").is_in(out.implode())
    judged = silence(words, trials="clicks", events="inquiries", days="days", among=costly, chance=settings.chance)
    if judged is None:
        return NotYet("p4p_search_word", missing_events(words["inquiries"]), "inquiry")
    monthly, noise = pl.col("cost") / pl.col("days") * 30, 1.2816 / pl.col("clicks").cast(pl.Float64).sqrt()
    told = pl.when(pl.col("verdict") == "found")
    found = judged[0].with_columns(
        told.then(monthly * factor).otherwise(np.nan).fill_nan(None).alias(name)
        for name, factor in (("gain", 1), ("gain_low", 1 - noise), ("gain_high", 1 + noise))
    )
    ordered = found.sort("cost", "search_word", descending=[True, False])
    sure, early = (ordered.filter(pl.col("verdict") == verdict) for verdict in ("found", "unsure"))
    return pl.concat([sure, early.head(settings.list_early)]).select(
        "search_word", "word", "clicks", "cost", "days", "expected", "chance", "verdict", "needs", "needs_days",
        "gain", "gain_low", "gain_high",
    )  # fmt: skip
