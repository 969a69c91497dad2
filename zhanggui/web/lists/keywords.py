"""The list of words: what each brought, what the platform says of it, and which titles carry it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, cast

import polars as pl

from zhanggui.checks import load
from zhanggui.desk import checking
from zhanggui.desk.models import Shop
from zhanggui.facts import Snapshot
from zhanggui.measures import library
from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Extra, Listing


def _own(shop: Shop) -> Hashable:
    """The shop's own brands, and from where on a word is an opportunity: the settings of KW03 and KW01."""
    settings = checking.own_settings(shop)
    wanted = load()["KW01"].values(settings.get("KW01"))
    brands = load()["KW03"].values(settings.get("KW03")).own_brands
    return tuple(brands), float(wanted.min_index), float(wanted.max_sellers)


def _also(shop: Snapshot, words: pl.LazyFrame, own: Hashable) -> pl.LazyFrame:
    brands, _, _ = cast(Any, own)
    return library.described(shop, words, brands)


def _chips(own: Hashable) -> tuple[Chip, ...]:
    _, index, sellers = cast(Any, own)
    opportunity = (
        pl.col("in_newest") & (pl.col("index") >= index) & (pl.col("seller_index") <= sellers) & pl.col("brand").is_null()
    )
    return (
        Chip(
            "opportunity",
            f"机会词（指数 ≥{index:g}，卖家 ≤{sellers:g}）",
            f"Opportunity (index ≥{index:g}, sellers ≤{sellers:g})",
            opportunity,
        ),
        Chip("brand", "品牌词", "Brand word", pl.col("brand").is_not_null()),
        Chip("no_title", "没有标题", "No title", pl.col("titles") == 0),
        Chip("foreign", "不是英语", "Not English", pl.col("language").is_not_null() & (pl.col("language") != "en")),
        *[Chip(english, layer, english, pl.col("layer") == layer) for layer, (english, _) in library.LAYERS.items()],
    )


LISTS = (
    Listing(
        name="keywords",
        section="keywords",
        zh="关键词",
        en="Keywords",
        table="keyword_effect",
        measure="keywords.effect",
        key=("word", "occurrence"),
        called="word",
        note="occurrence",
        sort="exposures",
        search=("word",),
        shown=(
            "exposures", "clicks", "ctr", "index", "seller_index", "ocean_rank", "titles", "layer", "language", "brand",
            "top10_exposures", "top10_clicks", "p4p_exposures", "p4p_clicks",
        ),
        own=_own,
        also=_also,
        chips=_chips,
        extra={
            "titles": Extra("含词标题数", "Titles with it", "count"),
            "layer": Extra("词层", "Layer", "text"),
            "language": Extra("语种", "Language", "text", ("只有品牌、尺码或型号", "brands, sizes and models only")),
            "heat_per_seller": Extra("指数÷卖家规模", "Index per seller", "number", ("没有公布，或卖家规模为 0", "not published, or no seller")),
            "ocean_rank": Extra("蓝海名次", "Blue-ocean rank", "count", ("没有公布，或含别人的品牌", "not published, or somebody's brand in it")),
            "brand": Extra("品牌", "Brand", "text", ("不含已知品牌", "no known brand in it")),
            "in_newest": Extra("在最近一期", "In the newest period", "flag"),
        },
    ),
)  # fmt: skip
