"""What grade each product has under the rules of each era, and the platform's own label beside it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import Formula, measure
from zhanggui.rulebook import LISTS, Rules

#: Other spellings of the labels of `product_labels`, as the platform's answers and older pages write them.
SPELLINGS = {
    "LOW_QUALITY": "低质品",
    "NORMAL": "普通品",
    "POTENTIAL": "潜力优品",
    "PLATFORM_GOOD": "优品",
    "PLATFORM_SUPER": "爆品",
    "实力优品": "优品",
}
QUALITY = "优品"  # the lowest label of a quality product; 潜力优品 is not one yet
TRADE, LEAD = "交易|transaction|rts", "商机|lead|sourcing"


def rank(label: pl.Expr) -> pl.Expr:
    """How high a label stands, 0 to 4; missing where it is none of the list."""
    plain = label.str.strip_chars().replace(SPELLINGS)
    return plain.replace_strict(
        {name: i for i, name in enumerate(LISTS["product_labels"].names)}, default=None, return_dtype=pl.Int8
    )


def quality(label: pl.Expr) -> pl.Expr:
    """Whether a label says quality or better; missing where it is none of the list."""
    return rank(label) >= LISTS["product_labels"].names.index(QUALITY)


@measure(
    "products.grades",
    "product_growth",
    ("product_id",),
    **{c: Formula((c,), "as_of") for c in ("label", "buyers_90d", "lead_people_90d", "advice")},
)
def grades(shop: Snapshot, days: int = 28) -> pl.LazyFrame:
    """One row per product of the growth workbench: the platform's own label, what it counts, its advice. `days` has no say."""
    kept = ("product_id", "product_name", "label", "advice", "buyers_90d", "lead_people_90d")
    return shop.scan("product_growth").select(*kept).with_columns(rank(pl.col("label")).alias("rank"))


@measure("products.score", "product_score", ("product_id",), score=Formula(("score",), "as_of"))
def score(shop: Snapshot, days: int = 28) -> pl.LazyFrame:
    """One row per product: its newest quality score. `days` has no say."""
    return shop.scan("product_score").select("product_id", "score", "troubles")


def judged(shop: Snapshot, rules: Rules | Mapping[str, float]) -> pl.LazyFrame:
    """Every product of the growth workbench, the scores or the catalogue, with its grade in each era.

    `trade_grade` and `lead_grade` (0 ordinary, 1 quality, 2 hit) by the counts of 2024, `score_grade` by the score of 2022
    (0 below the line, 1 from it on; higher grades of that era have no published line), `label` and `rank` of 2026. Both counts are
    told whatever the type, since it can be switched. No report brings the leads of 90 days, only the people behind them, each with one
    lead or more: so many people as a hit takes leads are a hit for sure, and `lead_grade` 1 is quality or better. What no report brings is missing: nothing is inferred.
    """
    scored = score(shop).select("product_id", "score")
    typed = shop.scan("product_catalogue").select("product_id", pl.col("product_name").alias("_listed"), "product_type")
    frame = grades(shop).join(scored, on="product_id", how="full", coalesce=True)
    frame = frame.join(typed, on="product_id", how="full", coalesce=True)
    frame = frame.with_columns(pl.coalesce("product_name", "_listed").alias("product_name")).drop("_listed")

    def steps(column: str, quality: str, hit: str) -> pl.Expr:
        reached = (pl.col(column) >= rules[quality]).cast(pl.Int8) + (pl.col(column) >= rules[hit]).cast(pl.Int8)
        return reached

    kind = pl.col("product_type").str.to_lowercase()
    return frame.with_columns(
        steps("buyers_90d", "transaction_quality_min_buyers", "transaction_hit_min_buyers_90d").alias("trade_grade"),
        steps("lead_people_90d", "lead_quality_min_buyers", "lead_hit_min_leads_90d").alias("lead_grade"),
        pl.when(pl.col("score") > 5)
        .then((pl.col("score") >= rules["growth_quality_min_score"]).cast(pl.Int8))
        .alias("score_grade"),
        pl.when(kind.str.contains(TRADE))
        .then(pl.lit("trade"))
        .when(kind.str.contains(LEAD))
        .then(pl.lit("lead"))
        .alias("kind"),
    )


def earlier(shop: Snapshot, table: str, column: str, least_days: int) -> pl.LazyFrame:
    """product_id, `column`, `before`, as_of, before_as_of: each product's newest value beside the last one at least so many days
    older. Products without an older one are left out."""
    frame = shop.frames.get(table, pl.LazyFrame(schema=shop.tables[table].schema))
    rows = frame.filter(pl.col("as_of") <= shop.day).sort("as_of", "_import").select("product_id", "as_of", column)
    newest = rows.group_by("product_id").agg(pl.all().last())
    older = (
        rows.join(newest.select("product_id", pl.col("as_of").alias("_newest")), on="product_id")
        .filter(pl.col("as_of") <= pl.col("_newest") - pl.duration(days=least_days))
        .group_by("product_id")
        .agg(pl.col(column).last().alias("before"), pl.col("as_of").last().alias("before_as_of"))
    )
    return newest.join(older, on="product_id")
