"""The word library: in which layer and language a word is, who else sells to it, which titles carry it, which words bring leads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import keywords, products
from zhanggui.measures.languages import languages
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure
from zhanggui.measures.text import folded, tokens
from zhanggui.rulebook import LISTS

#: Layer → its English name, and the rulebook's number of how many words practitioners want in it.
LAYERS = {
    "核心词": ("core", "library_core_words"),
    "长尾词": ("long-tail", "library_long_tail_words"),
    "场景词": ("scene", "library_scene_words"),
    "竞品词": ("rivals'", "library_rival_words"),
}
#: Marks of words that no title should get, and of brands that are the shop's own.
UNWANTED, OWN = ("他人品牌", "不用词"), "自有品牌"
LONG_TAIL = 3  # a word of so many parts or more is a long-tail word: practitioners' rule


@measure("library.words", "keyword_layer", ("word",), layer=Formula(("layer",), "listed"))
def words(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """The words that the shop keeps by hand, with `folded`: equal for two that differ in case, plural or order alone."""
    return shop.scan("keyword_layer").with_columns(folded(pl.col("word")).alias("folded"))


@measure("library.layers", "keyword_layer", ("layer",), words=Formula(("word",), "count"))
def layers(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """layer, words: how many different words the shop keeps in each layer."""
    kept = words(shop).group_by("layer").agg(pl.col("folded").n_unique().cast(pl.Int64).alias("words"))
    every = pl.LazyFrame({"layer": list(LAYERS)})
    return every.join(kept, on="layer", how="left", maintain_order="left").with_columns(pl.col("words").fill_null(0))


@measure(
    "library.searched",
    "keyword_index",
    ("word", "occurrence"),
    **{c: Formula((c,), "listed") for c in ("index", "growth", "seller_index")},
)
def searched(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """word, occurrence, index, growth, seller_index: what the platform last said of each word, in the newest export."""
    newest = shop.newest("keyword_index")
    return shop.scan("keyword_index").filter(pl.col("as_of") == pl.lit(newest, pl.Date))


@measure("library.trend", "search_trend", ("word", "region"), heat=Formula(("heat",), "mean"))
def trend(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """word, region, heat: the mean of a word's heat over the last `days` days of the trend."""
    window = shop.last("search_trend", days)
    rows = window.rows if window else shop.scan("search_trend")
    return rows.group_by("word", pl.col("region").fill_null("")).agg(pl.col("heat").mean())


@measure(
    "library.leads",
    "product_keyword",
    ("word",),
    products=Formula(("product_id",), "count"),
    search_exposures=Formula(("search_exposures",), "sum"),
    search_clicks=Formula(("search_clicks",), "sum"),
)
def leads(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """word, products (that it showed), search_exposures, search_clicks, lead_rows.

    People are not added up over products or weeks, so `lead_rows` counts the products and periods in which at least one buyer
    asked or chatted: there are at least so many leads.
    """
    window = shop.last("product_keyword", days)
    rows = window.rows if window else shop.scan("product_keyword")
    asked = (pl.col("inquirers").fill_null(0) > 0) | (pl.col("chatters").fill_null(0) > 0)
    return rows.group_by("word").agg(
        pl.col("product_id").n_unique().cast(pl.Int64).alias("products"),
        *[whole_sum(c) for c in ("search_exposures", "search_clicks")],
        asked.sum().cast(pl.Int64).alias("lead_rows"),
    )


def marked(shop: Snapshot, *marks: str) -> list[str]:
    """The shop's words under one of these marks, lower case."""
    found = shop.scan("marked_word").filter(pl.col("mark").is_in(marks)).select("word").collect()
    return sorted({w.lower() for w in found.to_series()})


def unmarked(shop: Snapshot, listed: pl.LazyFrame, *marks: str) -> pl.LazyFrame:
    """The rows of `listed` whose word does not hold all parts of a word under one of these marks."""
    barred = [one for one in title_tokens(marked(shop, *marks)) if one]
    parts = tokens(pl.col("word"))
    holds = [pl.all_horizontal(parts.list.contains(part) for part in one) for one in barred]
    return listed.filter(~pl.any_horizontal(holds)) if holds else listed


def layered(shop: Snapshot, listed: pl.LazyFrame) -> pl.LazyFrame:
    """`listed` (with `word` and `brand`) with `layer`: as the shop says, else by the word itself.

    A brand of others makes a 竞品词, a place or an occasion a 场景词, three parts or more a 长尾词; the rest is a 核心词.
    """
    scene = "|".join(re.escape(n) for n in sorted(LISTS["scenes"].names, key=len, reverse=True))
    parts = pl.col("word").str.extract_all(r"[\p{L}\p{N}]+").list.len()
    by_itself = (
        pl.when(pl.col("brand").is_not_null())
        .then(pl.lit("竞品词"))
        .when(pl.col("word").str.to_lowercase().str.contains(rf"(?:^|[^\p{{L}}\p{{N}}])(?:{scene})s?(?:$|[^\p{{L}}\p{{N}}])"))
        .then(pl.lit("场景词"))
        .when(parts >= LONG_TAIL)
        .then(pl.lit("长尾词"))
        .otherwise(pl.lit("核心词"))
    )
    said = words(shop).select("folded", pl.col("layer").alias("_said")).unique("folded", keep="last", maintain_order=True)
    told = listed.with_columns(folded(pl.col("word")).alias("_folded"))
    joined = told.join(said, left_on="_folded", right_on="folded", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("_said", by_itself).alias("layer")).drop("_said", "_folded")


def spoken(shop: Snapshot, listed: pl.LazyFrame) -> pl.LazyFrame:
    """`listed` with `language`, the code of each word's language."""
    rows = listed.collect()
    english = set(products.title_words(shop).select("token").unique().collect().to_series())
    told = languages(rows["word"].to_list(), english)
    return rows.with_columns(pl.Series("language", [told[w] for w in rows["word"]], pl.String)).lazy()


def ocean(listed: pl.LazyFrame) -> pl.LazyFrame:
    """`listed` with `heat_per_seller` and `ocean_rank`.

    `heat_per_seller` is the index over the seller index, missing where either is, or where no seller is counted. Sources scale
    the two differently, so the ratio by itself says little; `ocean_rank` (1 the best) is the place among this list's words by
    index over sellers + 1, brands of others left out.
    """
    per = pl.col("index") / (pl.col("seller_index") + 1)
    free = pl.when(pl.col("brand").is_null()).then(per)
    return listed.with_columns(
        pl.when(pl.col("seller_index") > 0).then(pl.col("index") / pl.col("seller_index")).alias("heat_per_seller"),
        free.rank("min", descending=True).cast(pl.Int64).alias("ocean_rank"),
    )


def passing(listed: pl.LazyFrame, ratio: float) -> pl.LazyFrame:
    """The words of more heat per seller than `ratio`: with no seller at all, whatever is searched."""
    none = (pl.col("seller_index") == 0) & (pl.col("index") > 0)
    return listed.filter(none | (pl.col("index") / pl.col("seller_index") > ratio) & (pl.col("seller_index") > 0))


def described(shop: Snapshot, listed: pl.LazyFrame, own: Sequence[str] = ()) -> pl.LazyFrame:
    """`listed` with brand, titles, layer, language, heat_per_seller and ocean_rank."""
    branded = keywords.with_brand(listed, own)
    return ocean(spoken(shop, layered(shop, keywords.coverage(shop, branded))))


def by_language(listed: pl.LazyFrame) -> pl.LazyFrame:
    """language, words, covered (by a title), exposures, clicks, ctr: the largest first."""
    return (
        listed.group_by("language")
        .agg(
            pl.len().cast(pl.Int64).alias("words"),
            (pl.col("titles") > 0).sum().cast(pl.Int64).alias("covered"),
            pl.col("exposures").sum(),
            pl.col("clicks").sum(),
        )
        .with_columns(products.ratio("clicks", "exposures").alias("ctr"))
        .sort("exposures", "language", descending=[True, False])
    )


def title_tokens(titles: Sequence[str]) -> list[list[str]]:
    """The folded words of each title, sorted, each once."""
    return pl.DataFrame({"t": titles}, schema={"t": pl.String}).select(tokens(pl.col("t"))).to_series().to_list()
