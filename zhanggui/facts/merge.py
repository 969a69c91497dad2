"""Same key, newest import wins: how rows of an import meet the rows that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from zhanggui.tables import ORIGIN, Table

MONTH = "%Y-%m"
BUCKET_ROWS = 500_000  # rows that are compared at once


def months_of(table: Table, rows: pl.DataFrame) -> list[str]:
    """The months in which rows are stored."""
    return sorted(rows.get_column(table.clock).dt.strftime(MONTH).unique().to_list())


def same_key(table: Table) -> list[str]:
    """The key without the occurrence: rows told apart by an occurrence number only stand or fall together."""
    return [k for k in table.full_key if k != "occurrence"]


def buckets(table: Table, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows in parts of bounded size; rows of one key stay together."""
    if rows.height <= BUCKET_ROWS:
        yield rows
        return
    parts = rows.height // BUCKET_ROWS + 1
    number = rows.select(same_key(table)).hash_rows(seed=0) % parts
    for i in range(parts):
        yield rows.filter(number == i)


@dataclass(frozen=True)
class Met:
    """`rows`: the new rows; an unchanged one keeps the import that first brought it. `fates` counts new, changed, unchanged rows
    and those of an older file that the newer one has no longer (`dropped`). `columns`: cells that change, per column; `cleared`:
    those of them that had a value and have none now.
    """

    rows: pl.DataFrame
    fates: Counter[str]
    columns: Counter[str]
    cleared: Counter[str]


def first_seen(rows: pl.DataFrame) -> Met:
    """Rows where nothing is stored that they could meet."""
    return Met(rows, Counter(new=rows.height), Counter(), Counter())


def meet(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> Met:
    """The rows of an import against the stored rows of the same keys."""
    key, values = list(table.full_key), list(table.values)
    if not key:
        raise ValueError(f"{table.name} has no key")
    carried = [*values, *ORIGIN]
    known = old.select(*key, *[pl.col(v).alias(f"_old_{v}") for v in carried], pl.lit(True).alias("_known"))
    joined = new.join(known, on=key, how="left", nulls_equal=True, maintain_order="left")
    differs = {v: pl.col("_known") & pl.col(v).ne_missing(pl.col(f"_old_{v}")) for v in values}
    changed = pl.any_horizontal(differs.values()) if values else pl.lit(False)
    told = joined.select(
        pl.len().alias("rows"),
        pl.col("_known").sum().alias("known"),
        changed.sum().alias("changed"),
        *[d.sum().alias(f"d_{v}") for v, d in differs.items()],
        *[(d & pl.col(v).is_null()).sum().alias(f"c_{v}") for v, d in differs.items()],
    ).row(0, named=True)
    fates = Counter(
        new=told["rows"] - told["known"],
        changed=told["changed"],
        unchanged=told["known"] - told["changed"],
        dropped=old.height - told["known"],
    )
    stays = pl.col("_known").fill_null(False) & ~changed.fill_null(False)
    origin = [pl.when(stays).then(pl.col(f"_old_{o}")).otherwise(pl.col(o)).alias(o) for o in ORIGIN]
    rows = joined.with_columns(origin).select(list(table.schema))
    return Met(
        rows,
        fates,
        Counter({v: told[f"d_{v}"] for v in values if told[f"d_{v}"]}),
        Counter({v: told[f"c_{v}"] for v in values if told[f"c_{v}"]}),
    )


def merge(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """All rows after an import, in the order of their key."""
    keys = new.select(same_key(table)).unique()
    on = same_key(table)
    met = meet(table, old.join(keys, on=on, how="semi", nulls_equal=True), new)
    rest = old.join(keys, on=on, how="anti", nulls_equal=True)
    return pl.concat([rest.select(list(table.schema)), met.rows]).sort(list(table.full_key), nulls_last=True)
