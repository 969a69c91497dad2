"""Text cells → typed columns. What cannot be read rejects its row, with line, column, value and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from zhanggui.tables import Table
from zhanggui.tables.columns import Column, Count, Day, Flag, Id, Moment, Money, Number, Rate, Text

MISSING = ["", "-", "--", "---", "—", "——", "–", "n/a", "N/A", "暂无数据"]
TOTALS = ["合计", "总计", "汇总", "小计", "total", "grand total", "sum"]
YES, NO = ["y", "yes", "是", "true", "1", "√"], ["n", "no", "否", "false", "0", "×"]
CURRENCY = r"(?i)us\$|usd|cny|rmb|eur|gbp|[$¥￥€£]|元|美元"

PLAIN = r"^[-+]?[0-9]+(\.[0-9]+)?%?$"  # `_digits` leaves such a cell as it is

REJECTED = {"line": pl.Int32, "column": pl.String, "value": pl.String, "code": pl.String, "other": pl.Int32}
LONGEST_VALUE = 200  # characters of a rejected cell that are kept

RANGE = r"^(.*?\d\D*?)\s*[-~–—～至]\s*(\D*\d.*)$"
#: 2026-09-13, 2026/9/13, 2026.09.13, 2026年9月13日 and the same with a time; 20260913; Sep 13, 2026 and 13 Sep 2026.
YEAR_FIRST = r"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})(?:\D|$)"
YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\D|$)"
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTH_NUMBERS = {m: i for i, m in enumerate(MONTHS.split("|"), 1)}
MONTH_FIRST = rf"(?i)^({MONTHS})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})"
MONTH_SECOND = rf"(?i)^(\d{{1,2}})[\s-]+({MONTHS})[a-z]*\.?,?[\s-]+(\d{{4}})"
CLOCK = r"(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*([AaPp][Mm])?"

Order = Literal["", "dmy", "mdy"]


def tidy(cell: pl.Expr, ascii_only: bool = False) -> pl.Expr:
    """Without no-break and full-width spaces in it; the platform's signs for "none" become null."""
    text = (cell if ascii_only else cell.str.replace_all(r"[\u00a0\u3000\u200b\ufeff]", " ")).str.strip_chars()
    return pl.when(~text.is_in(MISSING)).then(text)


def _digits(text: pl.Expr) -> pl.Expr:
    """Full-width digits, thousands separators and currency signs taken away; a decimal comma kept only where it must be one."""
    half = text.str.replace_many(dict(zip("０１２３４５６７８９．，％", "0123456789.,%", strict=True)))
    several = half.str.contains(r"\d\s+(\d{1,2}|\d{4,})(\D|$)")  # 1 204 is one number, 12 34 is two
    bare = half.str.replace_all(r"\s", "").str.replace_all(CURRENCY, "")
    decimal_comma = bare.str.contains(r"^[-+]?((\d{1,3}(\.\d{3})+|\d+),\d{1,2}|0,\d+)%?$")
    swapped = bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    thousands = bare.str.contains(r"^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?%?$")
    joined = bare.str.replace_all(",", "", literal=True)
    return pl.when(~several).then(pl.when(thousands).then(joined).when(decimal_comma).then(swapped).otherwise(bare))


def _as_is(text: pl.Expr) -> pl.Expr:
    return text


def _day(cell: pl.Expr, order: Order) -> pl.Expr:
    """The day of a cell. `13/9/2026` says by itself which part is the month; `3/9/2026` only with the column's order."""
    iso = cell.str.extract(YEAR_FIRST).str.replace_all(r"[/.年月]", "-").str.to_date("%Y-%m-%d", strict=False)
    eight = cell.str.extract(r"^(\d{8})$").str.to_date("%Y%m%d", strict=False)
    one, two, year = (cell.str.extract(YEAR_LAST, i).cast(pl.Int32, strict=False) for i in (1, 2, 3))
    day_first = (one > 12) | (pl.lit(order == "dmy") & (two <= 12)) | (one == two)
    month_first = (two > 12) | pl.lit(order == "mdy")
    day, month = (
        pl.when(day_first).then(one).when(month_first).then(two),
        pl.when(day_first).then(two).when(month_first).then(one),
    )
    slashed = _made(year, month, day)
    words = []
    for pattern, (d, m, y) in ((MONTH_FIRST, (2, 1, 3)), (MONTH_SECOND, (1, 2, 3))):
        number = (
            cell.str.extract(pattern, m).str.to_lowercase().replace_strict(MONTH_NUMBERS, default=None, return_dtype=pl.Int32)
        )
        words.append(_made(cell.str.extract(pattern, y).cast(pl.Int32), number, cell.str.extract(pattern, d).cast(pl.Int32)))
    return pl.coalesce(iso, eight, slashed, *words)


def _made(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    text = pl.format("{}-{}-{}", year, month, day)
    return text.str.to_date("%Y-%m-%d", strict=False)


def order_of(cells: pl.Series) -> Order:
    """Whether a column writes day or month first, as far as its own cells tell; "" where they don't or contradict each other."""
    return _only(orders_in(cells))


def orders_in(cells: pl.Series) -> set[Order]:
    """The orders of which the cells hold a proof."""
    parts = cells.drop_nulls().str.extract_groups(YEAR_LAST).struct.unnest().drop_nulls()
    if parts.is_empty():
        return set()
    one, two = (int(parts[c].cast(pl.Int32).max()) for c in parts.columns[:2])  # type: ignore[arg-type]
    proofs: list[tuple[int, Order]] = [(one, "dmy"), (two, "mdy")]
    return {order for highest, order in proofs if highest > 12}


def _only(orders: set[Order]) -> Order:
    return next(iter(orders)) if len(orders) == 1 else ""


def _open(cell: pl.Expr) -> pl.Expr:
    """Whether a cell is a day only by its column's order."""
    one, two = (cell.str.extract(YEAR_LAST, i).cast(pl.Int32, strict=False) for i in (1, 2))
    return ((one <= 12) & (two <= 12) & (one != two)).fill_null(False)


def _times(number: pl.Expr, scale: float) -> pl.Expr:
    return number if scale == 1 else number * scale


def convert(
    column: Column, cell: pl.Expr, digits: Callable[[pl.Expr], pl.Expr] = _digits, scale: float = 1.0, order: Order = ""
) -> tuple[pl.Expr, str]:
    """The typed expression of a tidied cell, and the reason given where it yields null for a cell that is not missing."""
    if column.end:
        part = cell.str.extract(RANGE, 1 if column.end == "low" else 2)
        cell = pl.coalesce(part, cell)
    if isinstance(column, Flag):
        lower = cell.str.to_lowercase()
        return pl.when(lower.is_in(YES)).then(True).when(lower.is_in(NO)).then(False).otherwise(None), "not_a_flag"
    if isinstance(column, Day):
        return _day(cell, order), "not_a_day"
    if isinstance(column, Moment):
        clock = cell.str.extract(CLOCK, 1)
        hms = pl.when(clock.str.count_matches(":") == 1).then(clock + ":00").otherwise(clock)
        half = cell.str.extract(CLOCK, 2).str.to_lowercase()
        half = (
            pl.when(cell.str.contains("下午"))
            .then(pl.lit("pm"))
            .when(cell.str.contains("上午"))
            .then(pl.lit("am"))
            .otherwise(half)
        )
        hour = hms.str.extract(r"^(\d{1,2})").cast(pl.Int32)
        shift = pl.when((half == "pm") & (hour < 12)).then(12).when((half == "am") & (hour == 12)).then(-12).otherwise(0)
        time = pl.coalesce(hms, pl.lit("00:00:00")).str.to_time("%H:%M:%S", strict=False)
        return _day(cell, order).dt.combine(time) + pl.duration(hours=shift.fill_null(0)), "not_a_day"
    if isinstance(column, Count):
        number = digits(cell).str.replace(r"\.0+$", "")
        whole = number.cast(pl.Int64, strict=False)
        return (
            whole if scale == 1 else (number.cast(pl.Float64, strict=False) * scale).round(0).cast(pl.Int64, strict=False)
        ), "not_a_whole_number"
    if isinstance(column, Rate):
        text = digits(cell)
        number = text.str.replace(r"%$", "e-2").cast(pl.Float64, strict=False)  # 1.62e-2 is 0.0162, 1.62 / 100 is not quite
        if scale != 1:
            number = pl.when(text.str.ends_with("%")).then(number).otherwise(number * scale)
        return pl.when(number.is_finite()).then(number).otherwise(None), "not_a_number"
    if isinstance(column, Money):
        exact = digits(cell).str.to_decimal(scale=4)
        if scale != 1:
            exact = (digits(cell).cast(pl.Float64, strict=False) * scale).round(4)  # type: ignore[assignment]
        return exact.cast(pl.Decimal(18, 4), strict=False), "not_a_number"
    if isinstance(column, Number):
        number = _times(digits(cell).cast(pl.Float64, strict=False), scale)
        return pl.when(number.is_finite()).then(number).otherwise(None), "not_a_number"
    if isinstance(column, Id):
        return pl.when(cell.str.contains(r"^\d+(\.\d+)?[eE]\+?\d+$")).then(None).otherwise(
            cell.str.replace(r"^(\d+)\.0$", "${1}")
        ), "digits_lost"
    assert isinstance(column, Text)
    return cell, "required_missing"


@dataclass
class Cleaner:
    """Blocks of one sheet → typed rows. What only the whole sheet can tell (first and last line, order of days) is kept between;
    rows whose days depend on it are `held` as text to the end.

    `columns`: table column → sheet column; `headed`: how many columns the header has; `scale`: factor of columns in another unit;
    `constants`: text of columns that the file lacks.
    """

    table: Table
    columns: Mapping[str, str]
    headed: int
    scale: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    rows: list[pl.DataFrame] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    totals: list[pl.DataFrame] = field(default_factory=list)
    edge: list[int] = field(default_factory=list)
    held: list[pl.DataFrame] = field(default_factory=list)
    proofs: dict[str, set[Order]] = field(default_factory=dict)

    def take(self, cells: pl.DataFrame, lines: pl.Series) -> None:
        """A block of cells below the header."""
        columns = self.columns
        if cells.is_empty():
            return
        place = {n: c for n, c in columns.items() if c in cells.columns}
        texts = [pl.col(c).alias(n) for n, c in place.items()] + [
            pl.lit(None, pl.String).alias(n) for n in columns if n not in place
        ]
        body = cells.with_columns(lines.alias("_line"))
        raw = body.select("_line", *texts)
        ascii_only = raw.select((pl.col(n).str.len_bytes() == pl.col(n).str.len_chars()).all() for n in columns).row(
            0, named=True
        )
        tidied = raw.with_columns(tidy(pl.col(n), ascii_only[n]) for n in columns)
        content = tidied.filter(pl.any_horizontal(pl.col(n).is_not_null() for n in columns))
        if not content.is_empty():
            self.edge += [int(content["_line"][0]), int(content["_line"][-1])]
        content = content.with_columns(pl.lit(text).alias(n) for n, text in self.constants.items())
        first = next(iter(columns))
        named = pl.col(first).str.to_lowercase().str.strip_suffix(":").str.strip_suffix("：").is_in(TOTALS)
        if (totals := content.filter(named)).height:
            self.totals.append(totals.select("_line", pl.col(first).alias("value")))
        self.rows.append(self._convert(self._hold(content)))
        self._too_long(body, cells.columns)

    def _hold(self, content: pl.DataFrame) -> pl.DataFrame:
        """Keep back the rows whose days can be told only by the whole column; the others."""
        days = [n for n in self.columns if isinstance(self.table.columns[n], Day | Moment) and not self.orders.get(n)]
        for name in days:
            self.proofs[name] = self.proofs.get(name, set()) | orders_in(content[name])
        waits = content.select(pl.any_horizontal(pl.lit(False), *[_open(pl.col(n)) for n in days]).alias("waits")).to_series()
        if not waits.any():
            return content
        self.held.append(content.filter(waits))
        return content.filter(~waits)

    def _convert(self, content: pl.DataFrame) -> pl.DataFrame:
        table, names = self.table, (*self.columns, *self.constants)
        kinds = {n: table.columns[n] for n in names}
        numbers = [n for n, c in kinds.items() if isinstance(c, Count | Rate | Money | Number)]
        plain = content.select(pl.col(n).str.contains(PLAIN).all() for n in numbers).row(0, named=True) if numbers else {}
        typed, reasons = {}, {}
        for name, column in kinds.items():
            way = _as_is if plain.get(name) else _digits
            order = self.orders.get(name, "")
            typed[name], reasons[name] = convert(column, pl.col(name), way, self.scale.get(name, 1.0), order)
        rows = content.select("_line", *[expression.alias(name) for name, expression in typed.items()])
        bad = []
        for name, column in kinds.items():
            text = content[name]
            unread = rows[name].is_null() & text.is_not_null()
            if unread.any():
                bad.append(_rejections(content.filter(unread), column.zh, name, reasons[name]))
            if column.required and text.null_count():
                bad.append(_rejections(content.filter(text.is_null()), column.zh, None, "required_missing"))
        for name in (n for n in table.required if n not in kinds):
            bad.append(_rejections(content, table.columns[name].zh, None, "required_missing"))
        if bad:
            told = pl.concat(bad)
            self.rejected.append(told)
            rows = rows.join(told.select(pl.col("line").alias("_line")).unique(), on="_line", how="anti", maintain_order="left")
        return rows

    def _too_long(self, body: pl.DataFrame, columns: list[str]) -> None:
        """Lines with content right of the header: their columns may have shifted."""
        beyond = [c for c in columns if int(c[1:]) >= self.headed]
        extra = body.filter(pl.any_horizontal(tidy(pl.col(c)).is_not_null() for c in beyond)) if beyond else body.clear()
        if extra.is_empty():
            return
        filled = pl.max_horizontal(pl.when(tidy(pl.col(c)).is_not_null()).then(int(c[1:]) + 1) for c in columns)
        told = extra.select(
            pl.col("_line").alias("line"),
            pl.lit("").alias("column"),
            filled.cast(pl.String).alias("value"),
            pl.lit("row_too_long").alias("code"),
            pl.lit(self.headed).alias("other"),
        ).cast(REJECTED)  # type: ignore[arg-type]
        self.rejected.append(told)
        for kept in filter(None, (self.rows, self.held)):
            kept[-1] = kept[-1].filter(~pl.col("_line").is_in(told["line"].implode()))

    def cut(self, line: int) -> None:
        """The file stops within this last line: what stands there may be half of a figure."""
        for kept in filter(None, (self.rows, self.held)):
            if (last := kept[-1].filter(pl.col("_line") == line)).height:
                self.rejected.append(_rejections(last, "", None, "cut_off"))
                kept[-1] = kept[-1].filter(pl.col("_line") != line)

    def finish(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Typed rows (with `_line`), and the rejected cells: line, column, value, reason code.

        A totals row stands first or last; in between a keyword may be "total". Columns that the file lacks are null throughout.
        """
        table = self.table
        types = {n: table.columns[n].dtype for n in (*self.columns, *self.constants)}
        if self.held:
            self.orders |= {n: _only(found) for n, found in self.proofs.items() if not self.orders.get(n)}
            self.rows.append(self._convert(pl.concat(self.held)))
            self.rows = [pl.concat(self.rows).sort("_line", maintain_order=True)]
        rows = pl.concat(self.rows) if self.rows else pl.DataFrame(schema={"_line": pl.Int32} | types)
        rejected = pl.concat([pl.DataFrame(schema=REJECTED), *self.rejected])
        if self.totals and self.edge:
            edges = [min(self.edge), max(self.edge)]
            totals = pl.concat(self.totals).filter(pl.col("_line").is_in(edges))
            lines = totals["_line"].implode()
            rows = rows.filter(~pl.col("_line").is_in(lines))
            label = table.columns[next(iter(self.columns))].zh
            told = _rejections(totals, label, "value", "totals_row")
            rejected = pl.concat([rejected.filter(~pl.col("line").is_in(lines)), told])
        absent = [pl.lit(None, c.dtype).alias(n) for n, c in table.columns.items() if n not in types]
        return rows.with_columns(absent), rejected.sort("line", "column", maintain_order=True)


def _rejections(rows: pl.DataFrame, label: str, value: str | None, code: str) -> pl.DataFrame:
    text = pl.col(value).str.slice(0, LONGEST_VALUE) if value else pl.lit("")
    told = rows.select(
        pl.col("_line").alias("line"),
        pl.lit(label).alias("column"),
        text.alias("value"),
        pl.lit(code).alias("code"),
        pl.lit(0).alias("other"),
    )
    return told.cast(REJECTED)  # type: ignore[arg-type]
