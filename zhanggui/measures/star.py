"""The star level: what each track, power and indicator stands at, what the next level averages, and what every page before said.

A share is read from the written figure (`12.30%` is 0.123), since the plain one may be a fraction or not. What the platform has
not computed is missing, never zero. A gap is what lies between an indicator and the next level's average, the only published aim.
"""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import grades, orders
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure
from zhanggui.rulebook.star import LESS, WRITTEN

TABLE = "star_level"
WORDS = ("star", "predicted", "power_star", "power_score")
#: 近60天站外交易额 and, of it, 近60天ACP站外交易额.
OFF_PLATFORM, THROUGH_PAY = "21100066", "21100068"
SHOWCASE_QUALITY, REPLY, ON_TIME = "6020005", "21100006", "21100010"


def read_written(plain: str, written: str) -> pl.Expr:
    """A figure of the page: the written share as a fraction, any other as the plain number says. Of a share that is not written
    the plain number may be a fraction or not: missing."""
    share = (
        pl.col(written).str.extract(r"^\s*(-?[\d.,]+)\s*%\s*$").str.replace_all(",", "").cast(pl.Float64, strict=False) / 100
    )
    unknown = pl.col(written).is_null() & (unit_written() == "%")
    return pl.coalesce(share, pl.when(~unknown.fill_null(False)).then(pl.col(plain)))


def unit_written() -> pl.Expr:
    """% for a share, else what stands behind the number: 个, 分, USD, 小时."""
    of = pl.coalesce("value_written", "next_average_written")
    return of.str.strip_chars().str.replace(r"^-?[\d.,]+\s*", "").alias("unit")


def pages(shop: Snapshot) -> pl.LazyFrame:
    """Every star page up to the day: as_of, track, power as written, kind (a key of POWERS), code, indicator, value, next_average, unit, stars.

    A page that was brought twice stands once, the newest import of it.
    """
    table = shop.tables[TABLE]
    rows = shop.frames.get(TABLE, pl.LazyFrame(schema=table.schema)).filter(table.dated <= shop.day)
    return (
        rows.sort("as_of", "_import")
        .unique(subset=["as_of", *table.key], keep="last", maintain_order=True)
        .select(
            "as_of",
            pl.col("track").fill_null(""),
            pl.col("power").fill_null(""),
            pl.col("power")
            .replace_strict(WRITTEN, default=pl.col("power"), return_dtype=pl.String)
            .fill_null("")
            .alias("kind"),
            pl.col("code").fill_null(""),
            "indicator",
            read_written("value", "value_written").alias("value"),
            read_written("next_average", "next_average_written").alias("next_average"),
            unit_written(),
            *WORDS,
        )
    )


def _newest(shop: Snapshot) -> pl.LazyFrame:
    """The newest page of each track."""
    return pages(shop).filter(pl.col("as_of") == pl.col("as_of").max().over("track"))


@measure(
    "star.standing",
    TABLE,
    ("track", "code"),
    value=Formula(("value_written", "value"), "as_written"),
    next_average=Formula(("next_average_written", "next_average"), "as_written"),
    gap=Formula(("next_average", "value"), "gap"),
    reached=Formula(("value", "next_average"), "reached"),
    **{c: Formula((c,), "page") for c in WORDS},
)
def standing(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per track and indicator of the newest page: value, next_average, gap (what is missing, 0 where reached), reached
    (1 = the next level's average), unit, star and predicted of the track, star and points of the power. `days` changes nothing."""
    less = pl.col("code").is_in(LESS)
    value, aim = pl.col("value"), pl.col("next_average")
    short = pl.when(less).then(value - aim).otherwise(aim - value)
    part = pl.when(less & (value > 0)).then(aim / value).when(less.not_() & (aim > 0)).then(value / aim)
    return (
        _newest(shop)
        .with_columns(pl.max_horizontal(short, pl.when(short.is_not_null()).then(0.0)).alias("gap"), part.alias("reached"))
        .sort("track", "power", "code", maintain_order=True)
    )


@measure(
    "star.powers",
    TABLE,
    ("track", "power"),
    **{c: Formula((c,), "page") for c in WORDS},
    indicators=Formula(("next_average", "value"), "known_of"),
    short=Formula(("next_average", "value"), "below_of"),
)
def powers(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per track and power of the newest page: its star and points, how many indicators can be held against the next
    level's average, and how many lie below it. `days` changes nothing."""
    told = pl.col("gap").is_not_null()
    return (
        standing(shop)
        .group_by("track", "power")
        .agg(
            pl.col("as_of").max(),
            pl.col("kind").first(),
            *[pl.col(c).drop_nulls().first().alias(c) for c in WORDS],
            told.sum().cast(pl.Int64).alias("indicators"),
            (pl.col("gap") > 0).sum().cast(pl.Int64).alias("short"),
        )
        .sort("track", "power")
    )


@measure("star.tracks", TABLE, ("track",), star=Formula(("star",), "page"), predicted=Formula(("predicted",), "page"))
def tracks(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per track, the one that counts first: as_of, star, predicted, computed (whether anything of it is known).

    The higher of the two stars counts; of equal ones the transaction track is named first. `days` changes nothing.
    """
    told = pl.col("power_star", "power_score", "star").is_not_null()
    return (
        powers(shop)
        .with_columns(pl.any_horizontal(told, pl.col("indicators") > 0).alias("told"))
        .group_by("track")
        .agg(
            pl.col("as_of").max(),
            *[pl.col(c).drop_nulls().first().alias(c) for c in ("star", "predicted")],
            pl.col("told").any().alias("computed"),
        )
        .sort("star", pl.col("track") != "rts", "track", descending=[True, False, False], nulls_last=True)
    )


def weakest(found: pl.DataFrame) -> pl.DataFrame:
    """Of `powers`, the lowest of each track: by its star, then by its points. None of a track where the star of a power is missing.

    `next_lowest`: the lowest star among the other powers; `together`: how many powers stand as low.
    """
    return (
        found.filter(pl.col("power_star").null_count().over("track") == 0, pl.len().over("track") > 1)
        .sort("track", "power_star", "power_score", "power", nulls_last=True)
        .with_columns(
            pl.col("power_star").shift(-1).over("track").alias("next_lowest"),
            (pl.col("power_star") == pl.col("power_star").min().over("track")).sum().over("track").alias("together"),
        )
        .unique(subset="track", keep="first", maintain_order=True)
    )


def history(shop: Snapshot) -> pl.DataFrame:
    """Every page by day: one row per track and indicator, oldest first. Pages on which a track was not computed have no figures."""
    return pages(shop).sort("as_of", "track", "power", "code", maintain_order=True).collect()


def pay_share(found: pl.DataFrame) -> pl.DataFrame:
    """Per track of `standing`: off-platform trade of 60 days, the part of it through Alibaba.com Pay, and their share (our
    calculation: the platform publishes none). Missing without trade."""
    each = {name: pl.col("value").filter(pl.col("code") == code).first() for name, code in
            (("off_platform", OFF_PLATFORM), ("through_pay", THROUGH_PAY))}  # fmt: skip
    return (
        found.group_by("track", maintain_order=True)
        .agg(**each)
        .with_columns(pl.when(pl.col("off_platform") > 0).then(pl.col("through_pay") / pl.col("off_platform")).alias("share"))
    )


@measure(
    "star.quality",
    "product_growth",
    (),
    labelled=Formula(("label",), "labelled"),
    quality=Formula(("label",), "quality"),
    quality_share=Formula(("label",), "quality_share"),
)
def quality(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row: products with a known label on the newest day of 商品成长, those that are 优品 or better, and their share; no row
    without products. `days` changes nothing."""
    return (
        shop.scan("product_growth")
        .filter(pl.col("as_of") == pl.col("as_of").max())
        .select(grades.quality(pl.col("label")).alias("good"))
        .select(pl.col("good").count().cast(pl.Int64).alias("labelled"), pl.col("good").sum().cast(pl.Int64).alias("quality"))
        .filter(pl.col("labelled") > 0)
        .with_columns((pl.col("quality") / pl.col("labelled")).alias("quality_share"))
    )


@measure(
    "star.dispatch",
    "order_lines",
    (),
    dispatched=Formula(("order_no", "ship_by", "shipped"), "dispatched"),
    late=Formula(("order_no", "ship_by", "shipped"), "late"),
    overdue=Formula(("order_no", "ship_by", "shipped"), "overdue"),
    unkept=Formula(("order_no", "ship_by", "shipped"), "unkept"),
    on_time_share=Formula(("order_no", "ship_by", "shipped"), "on_time"),
)
def dispatch(shop: Snapshot, days: int = 60) -> pl.LazyFrame:
    """One row over the orders of the last `days` days that say both 约定发货时间 and 实际发货时间: how many, how many later than
    agreed, and the share in time (our calculation: the platform's own formula was never published). Missing without such orders.

    `overdue`: orders whose agreed day is over and that say no actual one (some may be off: no source says which 状态 mean that);
    `unkept`: late and overdue ones.
    """
    agreed = orders.by_order(shop, days).filter(pl.col("ship_by").is_not_null())
    counted = {
        "dispatched": pl.col("shipped").is_not_null(),
        "late": pl.col("shipped") > pl.col("ship_by"),
        "overdue": pl.col("shipped").is_null() & (pl.col("ship_by") < shop.day),
    }
    return agreed.select(rows.sum().cast(pl.Int64).alias(name) for name, rows in counted.items()).with_columns(
        (pl.col("late") + pl.col("overdue")).alias("unkept"),
        pl.when(pl.col("dispatched") > 0).then(1 - pl.col("late") / pl.col("dispatched")).alias("on_time_share"),
    )
