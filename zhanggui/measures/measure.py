"""What a measure is, and the way back from a figure to file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol, overload

import polars as pl

from zhanggui.facts import ImportRecord, Snapshot, Window
from zhanggui.measures.shared import shared
from zhanggui.tables import TABLES, Table
from zhanggui.tables.table import ORIGIN

DEFAULT_DAYS = 28
MOST_DAYS = 3660
STATE_DAYS = 36_600  # whatever is so, however long ago it was brought


#: Figures that a measure makes and no table has as a column.
DERIVED = {
    "inquiry_per_click": ("每次点击询盘", "Inquiries per click"),
    "paid_share": ("营销点击占比", "Share of paid clicks"),
    "had_chat": ("有没有 TM 咨询", "Any TM chat"),
    "had_inquiry": ("有没有询盘", "Any inquiry"),
    "asked": ("有没有人询问", "Anybody asked"),
    "shop_ctr": ("全店点击率", "Whole-shop click rate"),
    "cpc": ("平均点击花费", "Cost per click"),
    "orders": ("订单数", "Orders"),
    "buyers": ("买家数", "Buyers"),
    "products": ("商品数", "Products"),
    "cost_per_inquiry": ("每个询盘花费", "Spend per inquiry"),
    "amount": ("订单总额", "Order amount"),
    "goods": ("货款", "Goods"),
    "goods_costed": ("知道成本的货款", "Goods of known cost"),
    "gross_profit": ("毛利", "Gross profit"),
    "gross_margin": ("毛利率", "Gross margin"),
    "words": ("词数", "Words"),
    "cost_known": ("知道成本的占比", "Share of known cost"),
    "gap": ("离下一星级均值还差", "Short of the next level's average"),
    "reached": ("达到下一星级均值的几成", "Part of the next level's average"),
    "indicators": ("可比的指标", "Indicators that can be compared"),
    "offline": ("线下成交单数", "Deals off the platform"),
    "could_go_online": ("其中可转线上的", "Of these, could go online"),
    "online": ("信保订单数", "Trade Assurance orders"),
    "online_share": ("走线上的占比", "Share that goes online"),
    "labelled": ("有标签的产品", "Products with a label"),
    "quality": ("优品及以上的产品", "Quality products"),
    "quality_share": ("优品占比", "Share of quality products"),
    "dispatched": ("已发货订单", "Orders dispatched"),
    "late": ("晚发订单", "Orders dispatched late"),
    "overdue": ("过了约定日还没有发货时间的订单", "Orders past their day without a dispatch"),
    "unkept": ("没有按约定发货的订单", "Orders not dispatched as agreed"),
    "on_time_share": ("按时发货率（我们的算法）", "On-time dispatch, our calculation"),
    "short": ("低于下一星级均值的指标", "Indicators below the next level's average"),
    "pictures": ("图片张数", "Pictures"),
    "attributes": ("填写的属性数", "Attributes filled"),
    "steps": ("阶梯数", "Price steps"),
    "falls": ("阶梯价递减", "Price falls with quantity"),
    "visitors": ("访问人数", "Visitors"),
}


class NoFigure(LookupError):
    """The address names no figure: what is wrong with it is the message."""


class Function(Protocol):
    def __call__(self, shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame: ...


Where = pl.Expr | Callable[[Snapshot, int], pl.Expr]


@dataclass(frozen=True)
class Beside:
    """Columns of another table that feed a figure; `rows` are those of its rows that do."""

    table: str
    columns: tuple[str, ...]
    rows: Function


@dataclass(frozen=True)
class Formula:
    """How one column of a measure comes about. `of` are the columns of the source table that feed it, `beside` those of others."""

    of: tuple[str, ...]
    how: str  # a key of `says`
    beside: tuple[Beside, ...] = ()

    def columns(self, table: str) -> tuple[tuple[str, str], ...]:
        """Every table and column that feeds it."""
        return (*((table, c) for c in self.of), *((b.table, c) for b in self.beside for c in b.columns))

    def says(self, lang: str, table: str) -> str:
        labels = [TABLES[t].label(c, lang) for t, c in self.columns(table)]
        first, rest = labels[0], labels[1:]
        zh = {
            "sum": f"Σ {first}（各周期相加）",
            "ratio": f"Σ {first} ÷ Σ {rest[0] if rest else ''}",
            "newest": f"{first}（最近一个周期）",
            "in_newest": f"{first}（窗口里最近一个周期；那一期没有这一行就没有）",
            "as_brought": f"{first}（最近一次带来的文件里量出来的）",
            "falls": f"每一级{rest[0] if rest else ''}都低于前一级（按{first}排列）",
            "as_of": f"{first}（最新一天的名单）",
            "only": f"{first}（只有一个周期时才有：人数不能跨周期相加）",
            "newest_ratio": f"{first} ÷ {rest[0] if rest else ''}（最近一个周期）",
            "any": f"{'、'.join(labels)}（任一周期大于 0）",
            "count": f"不同的{first}的个数",
            "once": f"{first}（整张订单一个数，每张订单只算一次）",
            "once_each": f"Σ {first}（每个订单只算一次）",
            "product": f"Σ {' × '.join(labels)}",
            "costed": f"Σ {' × '.join(labels[:2])}（只算知道成本的行）",
            "profit": f"Σ {first} ×（{'、'.join(rest[:1])} − {'、'.join(rest[1:2])}），只算知道成本的行；未扣运费、折扣和推广",
            "margin": f"毛利 ÷ 知道成本的货款（{'、'.join(labels[:3])}）",
            "known": f"知道成本的货款 ÷ 全部货款（{'、'.join(labels[:3])}）",
            "page": f"{first}（最近一次星等级页面所写）",
            "as_written": f"{first}（最近一次星等级页面；占比按原文读）",
            "gap": f"{first} − {rest[0] if rest else ''}（时间类指标反过来减），已达到为 0",
            "reached": f"{first} ÷ {rest[0] if rest else ''}（时间类指标反过来除）",
            "known_of": f"有{first}和{rest[0] if rest else ''}的指标个数",
            "below_of": f"{rest[0] if rest else ''}还没到{first}的指标个数",
            "flagged": f"{first}为「是」的行数",
            "online": f"和{first}同样的天数里，不同的{labels[-1]}的个数",
            "online_share": f"{labels[-1]}的个数 ÷（{labels[-1]}的个数 + {first}的个数）",
            "labelled": f"最近一天{first}认得出的产品个数",
            "quality": f"{first}为优品及以上的产品个数（潜力优品不算）",
            "quality_share": f"{first}为优品及以上的产品 ÷ {first}认得出的产品",
            "dispatched": f"{'、'.join(rest)}都有的不同{first}的个数",
            "late": f"{rest[-1] if rest else ''}晚于{rest[0] if rest else ''}的不同{first}的个数",
            "overdue": f"过了{rest[0] if rest else ''}而没有{rest[-1] if rest else ''}的不同{first}的个数",
            "unkept": f"{rest[-1] if rest else ''}晚于{rest[0] if rest else ''}，或过了那天而没有它的不同{first}的个数",
            "listed": f"{first}（最近一次导出里的）",
            "mean": f"{first}的平均",
            "on_time": f"1 − 晚发 ÷ 已发，按不同的{first}数（我们的算法，平台没有公布公式）",
        }
        en = {
            "sum": f"Σ {first} over the periods",
            "ratio": f"Σ {first} ÷ Σ {rest[0] if rest else ''}",
            "newest": f"{first} of the newest period",
            "in_newest": f"{first} in the newest period of the window; missing where that has no such row",
            "as_brought": f"{first} as measured in the file that was brought last",
            "falls": f"each {rest[0] if rest else ''} below the one before it, by {first}",
            "as_of": f"{first} as of the newest day",
            "only": f"{first}, only where the window is one period: people are not added up",
            "newest_ratio": f"{first} ÷ {rest[0] if rest else ''} of the newest period",
            "any": f"{', '.join(labels)} above 0 in any period",
            "count": f"number of different {first}",
            "once": f"{first} of the whole order, counted once however many lines say it",
            "once_each": f"Σ {first}, each order counted once",
            "product": f"Σ {' × '.join(labels)}",
            "costed": f"Σ {' × '.join(labels[:2])} over the lines of known cost",
            "profit": f"Σ {first} × ({', '.join(rest[:1])} − {', '.join(rest[1:2])}) over the lines of known cost; before freight, discounts and promotion",
            "margin": f"gross profit ÷ goods of known cost ({', '.join(labels[:3])})",
            "known": f"goods of known cost ÷ all goods ({', '.join(labels[:3])})",
            "page": f"{first} as the newest star page says",
            "as_written": f"{first} of the newest star page; shares as they are written",
            "gap": f"{first} − {rest[0] if rest else ''} (the other way round where less is better), 0 where reached",
            "reached": f"{first} ÷ {rest[0] if rest else ''} (the other way round where less is better)",
            "known_of": f"indicators with {first} and {rest[0] if rest else ''}",
            "below_of": f"indicators whose {rest[0] if rest else ''} is below {first}",
            "flagged": f"rows whose {first} is yes",
            "online": f"number of different {labels[-1]} in the same days as {first}",
            "online_share": f"number of {labels[-1]} ÷ (number of {labels[-1]} + number of {first})",
            "labelled": f"products with a known {first} on the newest day",
            "quality": f"products whose {first} says quality or better (potential ones are not)",
            "quality_share": f"products whose {first} says quality or better ÷ products with a known {first}",
            "dispatched": f"number of different {first} that say {' and '.join(rest)}",
            "late": f"number of different {first} whose {rest[-1] if rest else ''} is after {rest[0] if rest else ''}",
            "overdue": f"number of different {first} whose {rest[0] if rest else ''} is over and that say no {rest[-1] if rest else ''}",
            "unkept": f"number of different {first} whose {rest[-1] if rest else ''} is after {rest[0] if rest else ''}, or missing when that is over",
            "listed": f"{first} in the newest export",
            "mean": f"mean of {first}",
            "on_time": f"1 − late ÷ dispatched, counting different {first} (our calculation; the platform publishes no formula)",
        }
        return (zh if lang == "zh" else en)[self.how]


@dataclass(frozen=True)
class Measure:
    """`function(shop, days)` gives one row per `by`, from the window of `days` days that ends where `table` ends; of a state,
    from all that is so. `where`: the rows of the table that it is about, or what tells them of shop and days.
    """

    name: str
    table: str
    by: tuple[str, ...]
    formulas: Mapping[str, Formula]
    function: Function
    where: Where | None = None

    def window(self, shop: Snapshot, days: int) -> Window | None:
        window = shop.last(self.table, STATE_DAYS if shop.tables[self.table].time == "state" else days)
        if window is None or self.where is None:
            return window
        return replace(window, rows=window.rows.filter(self.where(shop, days) if callable(self.where) else self.where))


MEASURES: dict[str, Measure] = {}


def measure(
    name: str, table: str, by: tuple[str, ...], where: Where | None = None, /, **formulas: Formula
) -> Callable[[Function], Function]:
    """Register a measure under its name: `products.effect`."""

    def register(function: Function) -> Function:
        function = shared(function)
        if name in MEASURES:
            raise ValueError(f"two measures are called {name}")
        MEASURES[name] = Measure(name, table, by, formulas, function, where)
        return function

    return register


def summed(*columns: str) -> dict[str, Formula]:
    return {c: Formula((c,), "sum") for c in columns}


@dataclass(frozen=True)
class Origin:
    """One cell that a figure was made of: where it stands in the file that a person exported."""

    import_id: int
    file: str
    sheet: str
    line: int
    header: str
    value: Any
    period: str


@dataclass(frozen=True)
class Figure:
    """A figure with its formula and its origins. `address` finds it again."""

    address: str
    value: Any
    formula: Formula
    measure: Measure
    window: Window
    origins: Sequence[Origin]


ADDRESS = re.compile(r"(?P<measure>[a-z_]+\.[a-z_]+)\.(?P<column>[a-z0-9_]+)(?:\[(?P<key>.*)\])?(?:@(?P<days>[0-9]+))?")


def parse_address(text: str) -> tuple[str, str, dict[str, str], int]:
    """`products.effect.search_clicks[product_id=123]@28` → measure, column, key, days. `plan_id=` is a row without one."""
    match = ADDRESS.fullmatch(text.strip())
    if not match:
        raise NoFigure(f"{text!r} is not of the form measure.column[key=value]@days")
    key: dict[str, str] = {}
    for part in filter(None, re.split(r",(?=[a-z_]+=)", match["key"] or "")):
        if "=" not in part:
            raise NoFigure(f"{part!r}: write key=value")
        name, value = part.split("=", 1)
        key[name.strip()] = value.strip()
    days = int((match["days"] or str(DEFAULT_DAYS))[:9])
    if not 1 <= days <= MOST_DAYS:
        raise NoFigure(f"@{days}: a window has 1 to {MOST_DAYS} days")
    return match["measure"], match["column"], key, days


def address_of(measure: str, column: str, key: Mapping[str, Any], days: int = DEFAULT_DAYS) -> str:
    """The address that `parse_address` takes apart; without a key that of the total, and of a row without a value where that is None.

    Commas and equals signs in a value are kept, but a value with `,name=` in it would be taken for two parts of the key: no figure is
    found at its address.
    """
    at = ",".join(f"{name}={'' if value is None else value}" for name, value in key.items())
    return f"{measure}.{column}{f'[{at}]' if at else ''}@{days}"


def trace(shop: Snapshot, address: str) -> Figure:
    """From a figure to formula, rows, file and line. `NoFigure` if there is none at the address."""
    name, column, key, days = parse_address(address)
    if name not in MEASURES:
        raise NoFigure(f"no measure is called {name}; there are {', '.join(sorted(MEASURES))}")
    found = MEASURES[name]
    if column not in found.formulas:
        raise NoFigure(f"{name} has no {column}; it has {', '.join(found.formulas)}")
    if unknown := set(key) - set(found.by):
        raise NoFigure(f"{name} has no key {', '.join(sorted(unknown))}; its key is {', '.join(found.by) or 'empty'}")
    window = found.window(shop, days)
    if window is None:
        raise NoFigure(f"there are no data of {found.table} up to {shop.day}")
    wanted = [pl.col(k).cast(pl.String).fill_null("") == v for k, v in key.items()]
    rows = found.function(shop, days).filter(*wanted).select(column).collect()
    if rows.is_empty():
        raise NoFigure(f"{name} has no row for {key}")
    formula = found.formulas[column]
    value = rows.item() if rows.height == 1 else _total(found, formula, rows.to_series())
    return Figure(address, value, formula, found, window, _origins(shop, window, formula, wanted, days))


def _total(found: Measure, formula: Formula, values: pl.Series) -> Any:
    if formula.how != "sum":
        raise NoFigure(f"{found.name} gives {values.len()} rows here and this figure is not additive; add [{found.by[0]}=…]")
    return values.sum() if values.null_count() == 0 else None


@dataclass(frozen=True)
class Origins(Sequence[Origin]):
    """The cells that a figure was made of, row after row, column after column. Only those that are asked for are told apart."""

    shop: Snapshot
    blocks: tuple[tuple[Table, pl.DataFrame, tuple[str, ...]], ...]

    def __len__(self) -> int:
        return sum(rows.height * len(columns) for _, rows, columns in self.blocks)

    @overload
    def __getitem__(self, at: int) -> Origin: ...
    @overload
    def __getitem__(self, at: slice) -> list[Origin]: ...
    def __getitem__(self, at: int | slice) -> Origin | list[Origin]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        left = at + len(self) if at < 0 else at
        for table, rows, columns in self.blocks:
            size = rows.height * len(columns)
            if 0 <= left < size:
                return self._cell(table, rows.row(left // len(columns), named=True), columns[left % len(columns)])
            left -= size
        raise IndexError(at)

    def _cell(self, table: Table, row: dict[str, Any], column: str) -> Origin:
        record = self.records.get(row["_import"])
        part: dict[str, Any] = record.parts[row["_part"]] if record else {"sheet": "", "headers": {}}
        period = f"{row['period_start']}~{row['period_end']}" if "period_start" in row else str(row[table.clock])
        header = part["headers"].get(column, table.columns[column].zh)
        file = record.file if record else ""
        return Origin(row["_import"], file, part["sheet"], row["_line"], header, row[column], period)

    @cached_property
    def records(self) -> dict[int, ImportRecord]:
        return {r.id: r for r in self.shop.imports}


def _origins(shop: Snapshot, window: Window, formula: Formula, wanted: list[pl.Expr], days: int) -> Origins:
    rows = window.rows.filter(*wanted)
    if (
        formula.how.startswith("newest") and window.tiles
    ):  # the newest in which this product or word stands, not the newest of all
        rows = rows.filter(pl.col("period_end") == pl.col("period_end").max())
    if formula.how == "in_newest" and window.tiles:
        rows = rows.filter(pl.col("period_end") == window.tiles[-1][1])
    blocks = [_block(window.table, rows, formula.of)]
    for other in formula.beside:
        blocks.append(_block(shop.tables[other.table], other.rows(shop, days), other.columns))
    return Origins(shop, tuple(blocks))


def _block(table: Table, rows: pl.LazyFrame, columns: tuple[str, ...]) -> tuple[Table, pl.DataFrame, tuple[str, ...]]:
    """The rows with the cells of some columns, in the order of the files."""
    names = dict.fromkeys((*ORIGIN, *table.time_columns, table.clock, *columns))
    return table, rows.select(list(names)).sort(*ORIGIN).collect(), columns
