"""Text cells → typed columns. What cannot be read rejects its row, with line, column, value and reason."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from zhanggui.tables import Table
from zhanggui.tables.columns import Column, Count, Day, Flag, Id, Money, Number, Rate, Text

MISSING = ["", "-", "--", "---", "—", "——", "–", "n/a", "N/A", "暂无数据"]
TOTALS = ["合计", "总计", "汇总", "小计", "total", "grand total", "sum"]
YES, NO = ["y", "yes", "是", "true", "1", "√"], ["n", "no", "否", "false", "0", "×"]
CURRENCY = r"(?i)us\$|usd|cny|rmb|eur|gbp|[$¥￥€£]|元|美元"

PLAIN = r"^[-+]?[0-9]+(\.[0-9]+)?%?$"  # `_digits` leaves such a cell as it is

REJECTED = {"line": pl.Int32, "column": pl.String, "value": pl.String, "code": pl.String, "other": pl.Int32}


def tidy(cell: pl.Expr) -> pl.Expr:
    """Without no-break and full-width spaces around it; the platform's signs for "none" become null."""
    text = cell.str.replace_all(r"[\u00a0\u3000\u200b\ufeff]", " ").str.strip_chars()
    return pl.when(~text.is_in(MISSING)).then(text)


def _digits(text: pl.Expr) -> pl.Expr:
    """Full-width digits, thousands separators and currency signs taken away; a decimal comma kept only where it must be one."""
    half = text.str.replace_many(dict(zip("０１２３４５６７８９．，％", "0123456789.,%", strict=True)))
    bare = half.str.replace_all(r"\s", "").str.replace_all(CURRENCY, "")
    decimal_comma = bare.str.contains(r"^[-+]?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}%?$")
    swapped = bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    thousands = bare.str.contains(r"^[-+]?\d{1,3}(,\d{3})+(\.\d+)?%?$")
    return (
        pl.when(thousands).then(bare.str.replace_all(",", "", literal=True)).when(decimal_comma).then(swapped).otherwise(bare)
    )


def _as_is(text: pl.Expr) -> pl.Expr:
    return text


def convert(column: Column, cell: pl.Expr, digits: Callable[[pl.Expr], pl.Expr] = _digits) -> tuple[pl.Expr, str]:
    """The typed expression of a tidied cell, and the reason given where it yields null for a cell that is not missing."""
    if isinstance(column, Flag):
        lower = cell.str.to_lowercase()
        return pl.when(lower.is_in(YES)).then(True).when(lower.is_in(NO)).then(False).otherwise(None), "not_a_flag"
    if isinstance(column, Day):
        iso = cell.str.extract(r"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})(?:\D|$)").str.replace_all(r"[/.年月]", "-")
        eight = cell.str.extract(r"^(\d{8})$")
        return pl.coalesce(iso.str.to_date("%Y-%m-%d", strict=False), eight.str.to_date("%Y%m%d", strict=False)), "not_a_day"
    if isinstance(column, Count):
        number = digits(cell).str.replace(r"\.0+$", "")
        return number.cast(pl.Int64, strict=False), "not_a_whole_number"
    if isinstance(column, Rate):
        text = digits(cell)
        number = text.str.replace(r"%$", "e-2").cast(pl.Float64, strict=False)  # 1.62e-2 is 0.0162, 1.62 / 100 is not quite
        return pl.when(number.is_finite()).then(number).otherwise(None), "not_a_number"
    if isinstance(column, Money):
        return digits(cell).str.to_decimal(scale=4).cast(pl.Decimal(18, 4), strict=False), "not_a_number"
    if isinstance(column, Number):
        number = digits(cell).cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number).otherwise(None), "not_a_number"
    if isinstance(column, Id):
        return pl.when(cell.str.contains(r"^\d+(\.\d+)?[eE]\+?\d+$")).then(None).otherwise(
            cell.str.replace(r"\.0$", "")
        ), "digits_lost"
    assert isinstance(column, Text)
    return cell, "required_missing"


def clean(
    table: Table, cells: pl.DataFrame, lines: pl.Series, header: int, columns: dict[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Typed rows below the header (with `_line`), and the rejected cells: line, column, value, reason code.

    A totals row and a line without any content are not data. Columns that the file lacks are null throughout.
    """
    width = max(int(c[1:]) for c in columns.values())
    body = cells.slice(header + 1).with_columns(lines.slice(header + 1).alias("_line"))
    raw = body.select("_line", *[pl.col(c).alias(name) for name, c in columns.items()])
    shifted = [c for c in cells.columns if int(c[1:]) > width and cells[c][header] is None]
    extra = body.filter(pl.any_horizontal(tidy(pl.col(c)).is_not_null() for c in shifted)) if shifted else body.clear()
    tidied = raw.with_columns(tidy(pl.col(name)) for name in columns)
    content = tidied.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in columns))
    first = next(iter(columns))
    edge = pl.col("_line").is_in([content["_line"].min(), content["_line"].max()])  # a keyword "total" may stand in between
    totals = content.filter(edge & pl.col(first).str.to_lowercase().str.strip_suffix(":").str.strip_suffix("：").is_in(TOTALS))
    content = content.join(totals, on="_line", how="anti")

    numbers = [n for n in columns if isinstance(table.columns[n], Count | Rate | Money | Number)]
    plain = content.select(pl.col(n).str.contains(PLAIN).all() for n in numbers).row(0, named=True) if numbers else {}
    typed, reasons = {}, {}
    for name in columns:
        typed[name], reasons[name] = convert(table.columns[name], pl.col(name), _as_is if plain.get(name) else _digits)
    rows = content.select("_line", *[expression.alias(name) for name, expression in typed.items()])
    rejected = [
        totals.select("_line", pl.lit(table.columns[first].zh).alias("column"), pl.col(first).alias("value")).with_columns(
            pl.lit("totals_row").alias("code")
        )
    ]
    for name in columns:
        column = table.columns[name]
        text = content.get_column(name)
        bad = rows.get_column(name).is_null() & text.is_not_null()
        if bad.any():
            rejected.append(
                pl.DataFrame({"_line": content["_line"], "value": text})
                .filter(bad)
                .with_columns(pl.lit(column.zh).alias("column"), pl.lit(reasons[name]).alias("code"))
            )
        if column.required and text.null_count():
            rejected.append(
                content.filter(text.is_null()).select(
                    "_line",
                    pl.lit(column.zh).alias("column"),
                    pl.lit("").alias("value"),
                    pl.lit("required_missing").alias("code"),
                )
            )
    headed = max(int(c[1:]) for c in cells.columns if cells[c][header] is not None) + 1
    if extra.height:
        filled = pl.max_horizontal(pl.when(tidy(pl.col(c)).is_not_null()).then(int(c[1:]) + 1) for c in cells.columns)
        rejected.append(
            extra.select(
                "_line",
                pl.lit("").alias("column"),
                filled.cast(pl.String).alias("value"),
                pl.lit("row_too_long").alias("code"),
            )
        )
    out = pl.concat([r.select("_line", "column", "value", "code").cast({"value": pl.String}) for r in rejected])
    out = (
        out.rename({"_line": "line"})
        .with_columns(pl.when(pl.col("code") == "row_too_long").then(headed).otherwise(0).cast(pl.Int32).alias("other"))
        .sort("line", "column", maintain_order=True)
    )
    good = rows.join(out.select(pl.col("line").alias("_line")).unique(), on="_line", how="anti")
    absent = [pl.lit(None, column.dtype).alias(name) for name, column in table.columns.items() if name not in columns]
    return good.with_columns(absent), out
