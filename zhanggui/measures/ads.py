"""What paid words cost and bring."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.products import ratio


@measure(
    "ads.words",
    "p4p_keyword",
    ("word",),
    **summed("exposures", "clicks", "cost", "inquiries"),
    ctr=Formula(("clicks", "exposures"), "ratio"),
    cpc=Formula(("cost", "clicks"), "ratio"),
)
def words(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per paid word over the last `days` days, over all plans. `inquiries` is missing where the report has none."""
    window = shop.last("p4p_keyword", days)
    rows = window.rows if window else shop.scan("p4p_keyword")
    sums = ("exposures", "clicks", "cost", "inquiries")
    return (
        rows.group_by("word")
        .agg(*[pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum()).alias(c) for c in sums])
        .with_columns(
            ratio("clicks", "exposures").alias("ctr"),
            pl.when(pl.col("clicks") > 0).then(pl.col("cost").cast(pl.Float64) / pl.col("clicks")).alias("cpc"),
        )
    )
