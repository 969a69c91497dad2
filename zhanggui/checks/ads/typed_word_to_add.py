"""A word that buyers typed, that brought inquiries, and that is no paid word yet."""

import polars as pl

from zhanggui.checks.ads._paid import barred, lacking, typed
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, shrunk
from zhanggui.measures.text import folded

MONTH = 30


@check("AD05", key=("search_word",))
def typed_word_to_add(shop, settings, rules):
    """Typed words with inquiries whose rate, drawn towards the usual one, is at least the usual one."""
    if (answer := lacking(shop, "p4p_search_word")) is not None:
        return answer
    words = typed(shop, settings.days)
    rates = shrunk(words["inquiries"], words["clicks"])
    if rates is None:
        return NotYet("p4p_search_word", missing_events(words["inquiries"]), "inquiry")
    windows = [shop.last(name, settings.days) for name in ("p4p_keyword", "p4p_search_word")]
    paid = pl.concat([window.rows.select("word") for window in windows if window]).unique()
    known = paid.select(folded(pl.col("word")).alias("same")).collect()["same"]
    monthly = pl.col("clicks") / pl.col("days") * MONTH
    told = words.with_columns(
        pl.Series("rate", rates.rate),
        pl.Series("low", rates.low),
        pl.Series("high", rates.high),
        pl.lit(rates.typical).alias("typical"),
    ).with_columns(monthly.alias("monthly"))
    return (
        told.filter(
            pl.col("inquiries") >= settings.min_inquiries,
            pl.col("rate") >= pl.col("typical"),
            ~pl.col("same").is_in(known.implode()),
            ~pl.col("search_word").is_in(barred(shop, words, settings.days).implode()),
        )
        .select("search_word", "word", "clicks", "cost", "inquiries", "rate", "low", "high", "typical", "days")
        .sort("inquiries", "search_word", descending=[True, False])
        .head(settings.list_most)
    )
