"""Where visitors come from: by country, by channel, on the shop's own site by city, and one by one."""

from __future__ import annotations

from collections.abc import Hashable

import polars as pl

from zhanggui.desk.models import Shop
from zhanggui.facts import Snapshot
from zhanggui.measures import traffic
from zhanggui.measures.countries import CONTINENTS, country
from zhanggui.tables import TABLES
from zhanggui.web import charts, words
from zhanggui.web.charts import Chart
from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Extra, Listing
from zhanggui.web.words import said, t


def _language(shop: Shop) -> Hashable:
    return words.lang()


def _placed(shop: Snapshot, rows: pl.LazyFrame, own: Hashable) -> pl.LazyFrame:
    """`continent` of each country, and its `target` priority where the register of target countries has it."""
    names = rows.select("country").unique().collect()["country"].to_list()
    where = {name: found.continent for name in names if name and (found := country(name))}
    said_of = {name: t(str(own), *CONTINENTS[continent][:2]) for name, continent in where.items()}
    wanted = traffic.targets(shop, names)
    return rows.with_columns(
        pl.col("country").replace_strict(said_of, default=None, return_dtype=pl.String).alias("continent"),
        pl.col("country").replace_strict(wanted, default=None, return_dtype=pl.String).alias("target"),
    )


def _map(rows: pl.DataFrame) -> Chart | None:
    """The countries of the rows: visits where the report has them, else exposures, else visitors of the newest period."""
    column = next((c for c in ("visits", "exposures", "visitors") if rows[c].null_count() < rows.height), None)
    if column is None:
        return None
    unit = charts.Unit.of(TABLES["shop_region"].columns[column])
    label = words.label("shop_region", column)
    marked = rows["target"].null_count() < rows.height
    places = [
        charts.Place(name, value, target is not None)
        for name, value, target in rows.select("country", column, "target").iter_rows()
        if name
    ]
    marks = (said("目标国家", "target country"), said("其他国家", "other country")) if marked else None
    return charts.CountryMap(_conclusion(rows, column, label, unit, marked), places, unit, label, marks)


def _conclusion(rows: pl.DataFrame, column: str, label: str, unit: charts.Unit, marked: bool) -> str:
    most = rows.sort(column, "country", descending=[True, False], nulls_last=True).row(0, named=True)
    known = country(most["country"] or "")
    name = said(known.zh, known.en) if known else most["country"]
    head = said(
        f"{label}最多的是{name}（{unit.short(most[column])}）", f"{label}: most from {name} ({unit.short(most[column])})"
    )
    whole = float(rows[column].sum())
    if not marked or unit.people or not whole or rows[column].null_count():
        return head
    share = float(rows.filter(pl.col("target").is_not_null())[column].sum()) / whole
    return head + said(f"；目标国家占 {share:.0%}", f"; target countries make {share:.0%}")


def _region_chips(own: Hashable) -> tuple[Chip, ...]:
    return (
        Chip("target", "目标国家", "Target countries", pl.col("target").is_not_null()),
        Chip("other", "非目标国家", "Other countries", pl.col("target").is_null()),
    )


def _visitor_chips(own: Hashable) -> tuple[Chip, ...]:
    asked = pl.col("inquired").fill_null(False) | pl.col("chatted").fill_null(False)
    return (
        Chip("asked", "询盘或 TM", "Asked", asked),
        Chip("silent", "看了没有问", "Looked, did not ask", (pl.col("inquired") | pl.col("chatted")).not_()),
        Chip("target", "目标国家", "Target countries", pl.col("target").is_not_null()),
        Chip("other", "非目标国家", "Other countries", pl.col("target").is_null()),
    )


PLACED = {
    "continent": Extra("大洲", "Continent", "text", ("名称不认识", "name not known")),
    "target": Extra("目标国家优先级", "Target priority", "text", ("不在目标国家名单里", "not a target country")),
}

LISTS = (
    Listing(
        name="traffic-regions",
        section="traffic",
        zh="地域",
        en="Regions",
        table="shop_region",
        measure="traffic.by_country",
        key=("country",),
        called="country",
        sort="visits",
        search=("country",),
        shown=(
            "target", "continent", "visits", "visitors", "inquirers", "chatters", "lead_rate", "exposures", "clicks", "leads",
        ),
        own=_language,
        also=_placed,
        chips=_region_chips,
        extra=PLACED,
        chart=_map,
        unfolded=True,
    ),
    Listing(
        name="traffic-sources",
        section="traffic",
        zh="流量来源",
        en="Sources",
        table="traffic_source",
        measure="traffic.by_channel",
        key=("channel",),
        called="channel",
        sort="visitors",
        search=("channel",),
        shown=("visitors", "page_visitors", "inquirers", "chatters", "lead_rate", "visitors_peers", "lead_rate_peers"),
        chips=lambda own: (
            Chip("silent", "没有人询问", "Nobody asked", (pl.col("inquirers") == 0) & (pl.col("chatters") == 0)),
        ),
    ),
    Listing(
        name="traffic-visitors",
        section="traffic",
        zh="访客",
        en="Visitors",
        table="visitor",
        key=("came", "visitor_id"),
        called="visitor_id",
        note="visitor",
        sort="came",
        search=("visitor_id", "visitor", "country", "entry_words", "words", "tags"),
        shown=(
            "came", "country", "target", "level", "entry_words", "words", "views", "stay_seconds", "inquired", "chatted", "tags",
        ),
        own=_language,
        also=_placed,
        chips=_visitor_chips,
        extra=PLACED,
    ),
    Listing(
        name="traffic-cities",
        section="traffic",
        zh="独立站城市",
        en="Own site by city",
        table="web_visit",
        measure="traffic.by_city",
        key=("country", "city"),
        called="city",
        note="country",
        sort="sessions",
        search=("country", "city"),
        shown=("continent", "target", "sessions", "views", "leads"),
        own=_language,
        also=_placed,
        chips=_region_chips,
        extra=PLACED,
    ),
)  # fmt: skip
