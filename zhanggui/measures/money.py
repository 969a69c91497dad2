"""Money in another currency, by the rates that the shop keeps in the register 汇率."""

from __future__ import annotations

from datetime import date

import polars as pl

from zhanggui.facts import Snapshot

HOME = "CNY"  # the register says what one unit of a currency is worth in CNY
OLDEST = date(1, 1, 1)


def rates(shop: Snapshot) -> pl.DataFrame:
    """currency, rate_on, rate: CNY for one unit, oldest first; CNY itself is one at all times."""
    kept = shop.scan("exchange_rate").select(
        pl.col("currency").str.strip_chars().str.to_uppercase(), "rate_on", pl.col("rate").cast(pl.Float64)
    )
    found = kept.drop_nulls().filter(pl.col("rate") > 0, pl.col("currency") != HOME).collect()
    home = pl.DataFrame({"currency": [HOME], "rate_on": [OLDEST], "rate": [1.0]}, schema=found.schema)
    return pl.concat([home, found]).sort("rate_on")


def converted(
    frame: pl.DataFrame, column: str, currency: pl.Expr, day: pl.Expr, into: str, known: pl.DataFrame
) -> pl.DataFrame:
    """`frame` with `column` in the currency `into`, in the order of its rows.

    Added are `COLUMN:in`, the currency of each amount as it stands now, and `COLUMN:on`, the day of the older rate that was used.
    A row whose currency is not known, or has no rate on or before its `day`, keeps its amount and currency, without a rate's day.
    `into` "" converts nothing. `known` is what `rates` gives.
    """
    code = currency.cast(pl.String).str.strip_chars().str.to_uppercase()
    told = frame.with_columns(code.alias("_code"))
    if not into:
        return told.rename({"_code": f"{column}:in"}).with_columns(pl.lit(None, pl.Date).alias(f"{column}:on"))
    told = told.with_row_index("_row").with_columns(day.cast(pl.Date).alias("_day"), pl.lit(into).alias("_into"))
    told = told.sort("_day", nulls_last=True)
    for by, name in (("_code", "_from"), ("_into", "_to")):
        kept = known.select(
            pl.col("currency").alias(by), "rate_on", pl.col("rate").alias(name), pl.col("rate_on").alias(f"{name}_on")
        )
        told = told.join_asof(kept, left_on="_day", right_on="rate_on", by=by, strategy="backward", check_sortedness=False)
        told = told.drop("rate_on", strict=False)
    change = (pl.col("_code") != into) & pl.col("_from").is_not_null() & pl.col("_to").is_not_null()
    older = pl.min_horizontal(*[pl.when(pl.col(c) > OLDEST).then(pl.col(c)) for c in ("_from_on", "_to_on")])
    amount = pl.col(column).cast(pl.Float64)
    return (
        told.with_columns(
            pl.when(change).then(amount * pl.col("_from") / pl.col("_to")).otherwise(amount).alias(column),
            pl.when(change).then(pl.lit(into)).otherwise(pl.col("_code")).alias(f"{column}:in"),
            pl.when(change).then(older).alias(f"{column}:on"),
        )
        .sort("_row")
        .drop("_row", "_day", "_into", "_code", "_from", "_from_on", "_to", "_to_on")
    )
