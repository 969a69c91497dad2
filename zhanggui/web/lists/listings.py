"""The list of product pages: what each scores, what is taken off, and the clicks that it does not get."""

from __future__ import annotations

from collections.abc import Hashable
from types import SimpleNamespace
from typing import Any, cast

import polars as pl

from zhanggui.checks import load
from zhanggui.desk import checking
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Shop
from zhanggui.estimates.click_gap import click_gap
from zhanggui.facts import Snapshot
from zhanggui.measures import listing_score, listings, products
from zhanggui.rulebook import RULEBOOK, Rules
from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Extra, Listing

SCORE = "LI15"  # the check whose settings are the weights
UNSURE = (
    "还不够判断：点击率没有明显低于同类",
    "no verdict: its click rate is not surely below that of its kind",
)
NO_SCORE = ("看得到的内容太少，不打分", "too little could be looked at for a score")
NO_PICTURES = ("没有导入它的图片", "none of its pictures was brought")


def own(shop: Shop) -> Hashable:
    """The shop's weights, and its rulebook of the day."""
    values = load()[SCORE].values(checking.own_settings(shop).get(SCORE))
    rules = RULEBOOK.on(platform_today(), checking.own_rules(shop))
    return tuple(sorted(vars(values).items())), rules.day, tuple(sorted(rules.values.items()))


def opened(own: Hashable) -> tuple[Any, Rules]:
    """The settings and the rules of `own`."""
    values, day, rules = cast(Any, own)
    return SimpleNamespace(**dict(values)), Rules(day, dict(rules), {})


def scores(shop: Snapshot, own: Hashable) -> pl.DataFrame:
    """Every product's faults with its score."""
    settings, rules = opened(own)
    found = listing_score.faults(shop, rules)
    return listing_score.scored(found, listing_score.weights(settings), settings.least_judged)


def gaps(shop: Snapshot, items: pl.LazyFrame, own: Hashable) -> pl.DataFrame:
    """Products with the clicks that they do not get."""
    settings, _ = opened(own)
    known = items.join(products.catalogue(shop).select("product_id", "category"), on="product_id", how="left")
    return click_gap(known.collect(), least_siblings=settings.least_siblings)


def _also(shop: Snapshot, items: pl.LazyFrame, own: Hashable) -> pl.LazyFrame:
    told = scores(shop, own).with_columns(
        pl.sum_horizontal(pl.col(n).cast(pl.Int64) for n in listing_score.FAULTS).alias("faults")
    )
    rows = (
        gaps(shop, items, own)
        .with_columns(pl.col("lost").round(0))
        .join(told.select("product_id", pl.col("score", "judged").round(0), "faults"), on="product_id", how="left")
    )
    counted = listings.picture_count(shop).collect()
    films = listings.main_video(shop).select("product_id", "seconds").collect()
    return rows.join(counted, on="product_id", how="left").join(films, on="product_id", how="left").lazy()


LISTS = (
    Listing(
        name="listings",
        section="products",
        zh="详情",
        en="Listings",
        table="product_effect",
        measure="products.effect",
        key=("product_id",),
        called="product_name",
        note="product_id",
        sort="lost",
        search=("product_name", "product_id"),
        opens="product_page",
        shown=(
            "score", "judged", "faults", "lost", "search_exposures", "search_ctr", "typical", "pictures", "seconds",
        ),
        own=own,
        also=_also,
        chips=lambda own: (
            Chip("losing", "点击明显偏少", "Surely loses clicks", pl.col("lost").is_not_null()),
            Chip("faulty", "有扣分", "Has deductions", pl.col("faults") > 0),
            Chip("pictured", "导入过图片", "Pictures brought", pl.col("pictures").is_not_null()),
        ),
        extra={
            "score": Extra("详情得分（自算）", "Listing score (ours)", "count", NO_SCORE),
            "judged": Extra("看得到的分", "Points judged", "count", NO_SCORE),
            "faults": Extra("扣分项", "Deductions", "count", NO_SCORE),
            "lost": Extra("每月少的点击", "Clicks missing a month", "count", UNSURE),
            "typical": Extra("同类点击率", "Click rate of its kind", "rate", ("全店点击还太少", "the shop has too few clicks yet")),
            "pictures": Extra("图片张数", "Pictures", "count", NO_PICTURES),
            "seconds": Extra("主图视频秒数", "Seconds of main video", "number", ("没有导入主图视频", "no main video was brought")),
        },
    ),
)  # fmt: skip
