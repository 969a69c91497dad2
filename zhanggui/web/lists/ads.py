"""外贸直通车, one list per report: words, products, plans, words typed, hours, regions and crowds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import polars as pl

from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Listing

EFFECT = ("exposures", "clicks", "ctr", "cost", "cpc", "inquiries", "cost_per_inquiry")


def _chips(own: Hashable = None) -> tuple[Chip, ...]:
    return (
        Chip("spent", "有花费没有询盘", "Spend, no inquiry", (pl.col("cost") > 0) & (pl.col("inquiries") == 0)),
        Chip("asked", "有询盘", "With inquiries", pl.col("inquiries") > 0),
        Chip("no_click", "有曝光没有点击", "Seen, no click", (pl.col("exposures") > 0) & (pl.col("clicks") == 0)),
    )


def _kinds(own: Hashable = None) -> tuple[Chip, ...]:
    region, crowd = pl.col("kind").is_in(["地域", "13"]), pl.col("kind").is_in(["人群", "14"])
    return Chip("region", "地域", "Regions", region), Chip("crowd", "人群", "Audiences", crowd), *_chips()


def _list(name: str, zh: str, en: str, measure: str, called: str, **more: Any) -> Listing:
    told: dict[str, Any] = {"key": (called,), "search": (called,), "shown": EFFECT, "sort": "cost", "chips": _chips} | more
    return Listing(name=name, section="ads", zh=zh, en=en, measure=measure, called=called, **told)


LISTS = (
    _list("ads", "推广词", "Words", "ads.words", "word", table="p4p_keyword"),
    _list(
        "ads-products", "产品", "Products", "ads.by_product", "product_name",
        table="p4p_product", key=("product_id",), note="product_id", search=("product_name", "product_id"),
    ),
    _list(
        "ads-plans", "计划", "Plans", "ads.by_plan", "plan",
        table="p4p_plan", key=("plan_id", "plan"), note="plan_id", search=("plan", "plan_id"),
        shown=("plan_type", "status", "budget", *EFFECT),
    ),
    _list(
        "ads-search-words", "搜索词", "Words typed", "ads.by_search_word", "search_word",
        table="p4p_search_word", key=("search_word", "word"), search=("search_word", "word"), shown=("word", *EFFECT),
    ),
    _list("ads-hours", "时段", "Hours", "ads.by_hour", "hour", table="p4p_hour", sort="hour"),
    _list(
        "ads-targets", "地域与人群", "Regions and audiences", "ads.by_target", "target",
        table="p4p_target", key=("kind", "target"), shown=("kind", *EFFECT), apart=("kind",), chips=_kinds,
    ),
)  # fmt: skip
