"""A search that is paid for although somebody has marked its words as not to be."""

import polars as pl

from zhanggui.checks.ads._paid import BARRED, lacking
from zhanggui.checks.check import check
from zhanggui.measures.text import tokens

ENGLISH = {"否定词": "excluded", "不用词": "not to be used", "他人品牌": "somebody's brand"}
EXACT = "精确"


@check("AD07", key=("search_word",))
def marked_word_paid(shop, settings, rules):
    """Typed words with spend since the day of the mark that hold a marked word (of exact match: that are it)."""
    if (answer := lacking(shop, "p4p_search_word")) is not None:
        return answer
    marks = shop.scan("marked_word").filter(pl.col("mark").is_in(BARRED), pl.col("plan").is_null())
    marks = marks.select(tokens(pl.col("word")).alias("held"), pl.col("word").alias("marked"), "mark", "match", "as_of")
    window = shop.last("p4p_search_word", settings.days)
    rows = window.rows.filter(pl.col("cost") > 0).select("search_word", "word", "period_start", "clicks", "cost", "inquiries")
    holds = pl.col("held").list.set_difference(pl.col("typed")).list.len() == 0
    exact = pl.col("held").list.len() == pl.col("typed").list.len()
    return (
        rows.with_columns(tokens(pl.col("search_word")).alias("typed"))
        .join(marks, how="cross")
        .filter(
            pl.col("period_start") >= pl.col("as_of"),
            pl.col("held").list.len() > 0,
            holds & (exact | (pl.col("match").fill_null("") != EXACT)),
        )
        .sort("cost", "marked", descending=[True, False])
        .unique(["search_word", "word", "period_start"], keep="first", maintain_order=True)
        .group_by("search_word", maintain_order=True)
        .agg(
            pl.col("marked", "mark").first(),
            pl.col("clicks").sum().alias("spent_clicks"),
            pl.col("cost").sum().cast(pl.Float64).alias("spent"),
            pl.col("period_start").min().cast(pl.String).alias("since"),
        )
        .with_columns(pl.col("mark").alias("mark_zh"), pl.col("mark").replace_strict(ENGLISH).alias("mark_en"))
        .drop("mark")
        .sort("spent", "search_word", descending=[True, False])
    )
