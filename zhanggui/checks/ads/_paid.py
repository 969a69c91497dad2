"""What the checks of promotion have in common: whether the shop promotes at all, and typed words over all paid ones."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.measures import ads, products
from zhanggui.measures.text import folded

BARRED = ("否定词", "不用词", "他人品牌")


def lacking(shop, *tables):
    """What a check answers where a table is missing: nothing in a shop that does not promote, else what it waits for. None: all
    are there."""
    missing = next((name for name in tables if not shop.has(name)), None)
    if missing is None:
        return None
    promotes = any(shop.has(name) for name in shop.tables if name.startswith("p4p_") and name != "p4p_assignment")
    if not promotes and shop.has("product_effect"):
        promotes = bool(products.effect(shop).select(pl.col("standard_clicks").sum()).collect().item())
    return NotYet(missing) if promotes else pl.DataFrame()


def typed(shop, days):
    """One row per word that buyers typed, over all paid words that it was shown for: counts, `word` (the one that cost most), and
    `same`, its folded spelling. Words whose inquiries are missing are left out."""
    rows = ads.by_search_word(shop, days).drop_nulls("inquiries").sort("cost", "word", descending=[True, False])
    return (
        rows.group_by("search_word")
        .agg(pl.col("clicks", "inquiries").sum(), pl.col("cost").sum().cast(pl.Float64), pl.col("word").first())
        .with_columns(folded(pl.col("search_word")).alias("same"), pl.lit(covered(shop, "p4p_search_word", days)).alias("days"))
        .sort("search_word")
        .collect()
    )


def covered(shop, table, days):
    """Days of the window that have data."""
    return shop.last(table, days).covered


def barred(shop, words, days):
    """Of typed words (`search_word` and `same`), those that somebody has marked as not to be paid for: in the whole shop, or in every
    plan that paid for them in the window."""
    marks = shop.scan("marked_word").filter(pl.col("mark").is_in(BARRED))
    marks = marks.select(folded(pl.col("word")).alias("same"), "plan").unique().collect()
    names = words.select("search_word", "same").join(marks.select("same").unique(), on="same").lazy()
    paid = shop.last("p4p_search_word", days).rows.select("search_word", "plan").unique().join(names, on="search_word")
    left = paid.join(marks.lazy(), on=["same", "plan"], how="anti").select("search_word").collect()["search_word"]
    whole = pl.col("same").is_in(marks.filter(pl.col("plan").is_null())["same"].implode())
    return names.filter(whole | ~pl.col("search_word").is_in(left.implode())).collect()["search_word"]
