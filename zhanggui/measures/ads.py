"""What paid words cost and bring."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.products import ratio
from zhanggui.measures.traffic import whole


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


ACCOUNT_SUMS = ("exposures", "clicks", "cost", "inquiries")


@measure(
    "ads.account",
    "p4p_account",
    (),
    **summed(*ACCOUNT_SUMS),
    cpc=Formula(("cost", "clicks"), "ratio"),
    cost_per_inquiry=Formula(("cost", "inquiries"), "ratio"),
)
def account(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row: what the whole P4P account cost over the last `days` days and what it brought."""
    window = shop.last("p4p_account", days)
    rows = window.rows if window else shop.scan("p4p_account")
    cost = pl.col("cost").cast(pl.Float64)
    return rows.select(whole(c) for c in ACCOUNT_SUMS).with_columns(
        pl.when(pl.col("clicks") > 0).then(cost / pl.col("clicks")).alias("cpc"),
        pl.when(pl.col("inquiries") > 0).then(cost / pl.col("inquiries")).alias("cost_per_inquiry"),
    )
