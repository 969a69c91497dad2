"""Same key, newest import wins: how rows of an import meet the rows that are there."""

from __future__ import annotations

import polars as pl

from zhanggui.tables import Table

MONTH = "%Y-%m"


def months_of(table: Table, rows: pl.DataFrame) -> list[str]:
    """The months in which rows are stored."""
    return sorted(rows.get_column(table.clock).dt.strftime(MONTH).unique().to_list())


def compare(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """`new` with a column `_fate`: "new", "changed" or "unchanged" against `old`."""
    key, values = list(table.full_key), list(table.values)
    if not key:
        raise ValueError(f"{table.name} has no key")
    known = old.select(*key, *[pl.col(v).alias(f"_old_{v}") for v in values], pl.lit(True).alias("_known"))
    joined = new.join(known, on=key, how="left", nulls_equal=True, maintain_order="left")
    same = pl.all_horizontal(pl.col(v).eq_missing(pl.col(f"_old_{v}")) for v in values) if values else pl.lit(True)
    fate = (
        pl.when(pl.col("_known").is_null())
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("changed"))
    )
    return joined.with_columns(fate.alias("_fate")).select(*new.columns, "_fate")


def merge(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """All rows after the import, in the order of their key. An unchanged row keeps the import that first brought it.

    Rows told apart by an occurrence number only stand or fall together: a word that a newer file of the period has once is there
    once, even if an older file had it twice.
    """
    key = list(table.full_key)
    if "occurrence" in table.key:
        same = [k for k in key if k != "occurrence"]
        counted = new.group_by(same).agg(pl.col("occurrence").max().alias("_most"))
        old = (
            old.join(counted, on=same, how="left", nulls_equal=True)
            .filter(pl.col("_most").is_null() | (pl.col("occurrence") <= pl.col("_most")))
            .drop("_most")
        )
    fresh = compare(table, old, new).filter(pl.col("_fate") != "unchanged").drop("_fate")
    kept = old.join(fresh.select(key), on=key, how="anti", nulls_equal=True)
    return pl.concat([kept.select(list(table.schema)), fresh.select(list(table.schema))]).sort(key, nulls_last=True)
