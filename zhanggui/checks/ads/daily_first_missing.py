"""A word that converts well and is searched more just now, and that nobody has put into the daily-first group."""

from datetime import date, timedelta

import polars as pl

from zhanggui.checks.ads._paid import lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, shrunk
from zhanggui.estimates.season import TooShort, season
from zhanggui.measures import ads
from zhanggui.measures.text import folded

FIRST = "优先推广"


@check("AD18", key=("word",))
def daily_first_missing(shop, settings, rules):
    """Paid words surely at the usual inquiry rate or above whose search index rises, or whose season begins; not marked yet."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    since = shop.day - timedelta(days=settings.index_days)
    newest = shop.newest("keyword_index")
    if (newest is None or newest < since) and not shop.has("search_trend"):
        return NotYet("keyword_index")
    words = ads.words(shop, settings.days).drop_nulls("inquiries").sort("word").collect()
    rates = shrunk(words["inquiries"], words["clicks"])
    if rates is None:
        return NotYet("p4p_keyword", missing_events(words["inquiries"]), "inquiry")
    same = folded(pl.col("word")).alias("same")
    marked = shop.scan("marked_word").filter(pl.col("mark") == FIRST).select(same).collect()["same"]
    told = words.with_columns(
        pl.Series("rate", rates.rate),
        pl.Series("low", rates.low),
        pl.Series("high", rates.high),
        pl.lit(rates.typical).alias("typical"),
        same,
    ).filter(pl.col("low") >= pl.col("typical"), ~pl.col("same").is_in(marked.implode()))
    heat = told.join(_heat(shop, told["same"], since, settings.ahead, same), on="same", how="left")
    hot = (pl.col("growth") >= settings.min_growth) | (pl.col("season") > rules["season_coefficient"])
    return (
        heat.filter(hot)
        .with_columns(
            pl.format("{}", (pl.col("growth") * 100).round(0).cast(pl.Int64)).alias("_g"),
            pl.format("{}", pl.col("season").round(1)).alias("_s"),
        )
        .with_columns(
            pl.when(pl.col("growth") >= settings.min_growth)
            .then(pl.format("搜索涨幅 {}%", "_g"))
            .otherwise(pl.format("季节系数 {}", "_s"))
            .alias("heat_zh"),
            pl.when(pl.col("growth") >= settings.min_growth)
            .then(pl.format("searches rose by {}%", "_g"))
            .otherwise(pl.format("season factor {}", "_s"))
            .alias("heat_en"),
        )
        .select("word", "clicks", "inquiries", "rate", "low", "high", "typical", "heat_zh", "heat_en")
        .sort("inquiries", "word", descending=[True, False])
        .head(settings.list_most)
    )


def _heat(shop, wanted, since, ahead, same):
    """same, growth, season: of the newest keyword index `since` a day, and of the coming weeks in the years that are known."""
    index = shop.scan("keyword_index").filter(pl.col("as_of") >= since, pl.col("growth").is_not_null())
    index = index.with_columns(same).filter(pl.col("same").is_in(wanted.implode()))
    growth = index.sort("as_of", "word", "occurrence").group_by("same").agg(pl.col("growth").last()).collect()
    trends = shop.scan("search_trend").with_columns(same).filter(pl.col("same").is_in(wanted.implode()))
    rows: list[tuple[str, float]] = []
    weeks = trends.select("same", "week", "heat").drop_nulls().sort("week").collect()
    for (word,), series in weeks.group_by("same", maintain_order=True):
        by_week: dict[date, float] = dict(series.group_by("week").agg(pl.col("heat").mean()).sort("week").iter_rows())
        found = season(list(by_week), list(by_week.values()), shop.day, ahead)
        if not isinstance(found, TooShort) and found.least > 1:
            rows.append((str(word), found.coefficient))
    seasons = pl.DataFrame(rows, schema={"same": pl.String, "season": pl.Float64}, orient="row")
    return growth.join(seasons, on="same", how="full", coalesce=True)
