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
    marks = (
        shop.scan("marked_word")
        .filter(pl.col("mark").is_in(BARRED), pl.col("plan").is_null())
        .select(tokens(pl.col("word")).alias("token"), pl.col("word").alias("marked"), "mark", "match", "as_of")
        .with_columns(pl.col("token").list.len().alias("tokens"))
        .explode("token")
    )
    window = shop.last("p4p_search_word", settings.days)
    rows = window.rows.filter(pl.col("cost") > 0).select("search_word", "period_start", "clicks", "cost").with_row_index("row")
    typed = rows.select("search_word").unique().with_columns(tokens(pl.col("search_word")).alias("token"))
    held = (
        typed.with_columns(pl.col("token").list.len().alias("length"))
        .explode("token")
        .join(marks, on="token")
        .group_by("search_word", "length", "marked", "mark", "match", "as_of", "tokens")
        .agg(pl.len().alias("found"))
        .filter(
            pl.col("found") == pl.col("tokens"),
            (pl.col("match").fill_null("") != EXACT) | (pl.col("tokens") == pl.col("length")),
        )
    )
    return (
        rows.join(held, on="search_word")
        .filter(pl.col("period_start") >= pl.col("as_of"))
        .sort("cost", "row", "marked", "mark", descending=[True, False, False, False])
        .unique("row", keep="first", maintain_order=True)
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
        .head(settings.list_most)
    )
