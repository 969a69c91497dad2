"""The lists of products and of keywords."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhanggui.checks import load
from zhanggui.desk import access, checking
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.documents.excel import workbook
from zhanggui.facts import Snapshot, Window
from zhanggui.measures import MEASURES, Measure
from zhanggui.measures import keywords as words_of
from zhanggui.measures import products as products_of
from zhanggui.tables import TABLES
from zhanggui.tables.columns import Column as Declared
from zhanggui.web import words
from zhanggui.web.page import page, person_of
from zhanggui.web.table import WINDOWS, Chip, Column, Table
from zhanggui.web.words import said

DEFAULT_WINDOW = 28
PRODUCT_COLUMNS = (
    "search_exposures", "search_clicks", "search_ctr", "visitors", "inquiries", "inquirers", "chatters", "inquiry_per_click",
    "orders_submitted", "shop_exposures", "shop_clicks", "paid_exposures", "paid_clicks", "paid_share", "showcase", "promoted", "owner",
)  # fmt: skip
WORD_COLUMNS = (
    "exposures", "clicks", "ctr", "top10_exposures", "top10_clicks", "index", "seller_index",
)  # fmt: skip
PAID_COLUMNS = ("p4p_exposures", "p4p_clicks")


def column(measure: Measure, name: str) -> Column:
    """A measure's column as the list shows it: its label, kind, and what its total may be."""
    formula = measure.formulas[name]
    table = TABLES[measure.table]
    declared: Declared | None = table.columns.get(name)
    kind = "rate" if formula.how == "ratio" else declared.kind if declared else "number"
    total = {"sum": "sum", "ratio": "rate"}.get(formula.how, "people" if declared and declared.unit == "person" else "none")
    missing = ""
    if formula.how == "only":
        missing = said(
            "人数不能跨周期相加：只有窗口正好是一个周期时才有",
            "people are not added up over periods: given where the window is one period",
        )
    elif formula.how == "ratio":
        missing = said(f"{words.label(table.name, formula.of[1])}为 0", f"{words.label(table.name, formula.of[1])}: 0")
    unit = declared.unit if declared and kind == "money" else ""
    of = (formula.of[0], formula.of[1]) if formula.how == "ratio" else None
    return Column(name, words.label(table.name, name), kind, total, of, unit, missing)


def window_of(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, WINDOWS) else DEFAULT_WINDOW


def answer(request: HttpRequest, shop: Shop, section: str, table: Table, window: Window) -> HttpResponse:
    """The list as a page, or as Excel."""
    report = TABLES[window.table.name]
    if request.GET.get("format") == "xlsx":
        response = HttpResponse(workbook({report.title(words.lang()): table.sheet()}))
        response["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response["Content-Disposition"] = f'attachment; filename="{shop.key}-{section}-{window.end}.xlsx"'
        return response
    told: dict[str, Any] = {"table": table, "window": window, "windows": WINDOWS, "days": window_of(request)}
    return page(request, "listing.jinja", shop, section=section, report=report, **told)


def no_data(request: HttpRequest, shop: Shop, section: str, measure: Measure) -> HttpResponse:
    """Which export fills the list."""
    return page(request, "listing.jinja", shop, section=section, report=TABLES[measure.table], window=None)


def _snapshot(shop: Shop) -> Snapshot:
    return facts_of(shop).snapshot(platform_today())


@require_GET
def products(request: HttpRequest, key: str) -> HttpResponse:
    """One row per product over the window."""
    shop = access.shop_for(person_of(request), key)
    days, snapshot = window_of(request), _snapshot(shop)
    measure = MEASURES["products.effect"]
    window = measure.window(snapshot, days)
    if window is None:
        return no_data(request, shop, "products", measure)
    columns = [column(measure, name) for name in PRODUCT_COLUMNS]

    def address(row: dict[str, Any] | None, name: str) -> str:
        at = f"[product_id={row['product_id']}]" if row else ""
        return f"products.effect.{name}{at}@{days}"

    table = Table(
        request,
        products_of.effect(snapshot, days).collect(),
        columns,
        Column("product_name", words.label("product_effect", "product_name"), "text"),
        ("product_id",),
        ("product_name", "product_id"),
        (
            Chip("showcase", said("橱窗", "In showcase"), pl.col("showcase")),
            Chip("promoted", said("推广中", "Promoted"), pl.col("promoted")),
            Chip("no_inquiry", said("没有询盘", "No inquiry"), pl.col("inquiries") == 0),
            Chip("unseen", said("没有搜索曝光", "No search exposure"), pl.col("search_exposures") == 0),
        ),
        "search_exposures",
        address,
        reverse("figure", args=[key]),
        note=lambda row: row["product_id"],
    )
    return answer(request, shop, "products", table, window)


@require_GET
def keywords(request: HttpRequest, key: str) -> HttpResponse:
    """One row per word over the window."""
    shop = access.shop_for(person_of(request), key)
    days, snapshot = window_of(request), _snapshot(shop)
    measure = MEASURES["keywords.effect"]
    window = measure.window(snapshot, days)
    if window is None:
        return no_data(request, shop, "keywords", measure)
    own = checking.own_settings(shop)
    wanted = load()["KW01"].values(own.get("KW01"))
    brands = load()["KW03"].values(own.get("KW03")).own_brands
    frame = words_of.coverage(snapshot, words_of.with_brand(words_of.effect(snapshot, days), brands)).collect()
    columns = [column(measure, name) for name in WORD_COLUMNS]
    columns += [
        Column("titles", said("含词标题数", "Titles with it"), "count", figure=False),
        Column("brand", said("品牌", "Brand"), "text", figure=False, missing=said("不含已知品牌", "no known brand in it")),
        *(column(measure, name) for name in PAID_COLUMNS),
    ]
    opportunity = pl.col("in_newest") & (pl.col("index") >= wanted.min_index) & (pl.col("seller_index") <= wanted.max_sellers)
    label = said(f"机会词（指数 ≥{wanted.min_index:g}，卖家 ≤{wanted.max_sellers:g}）",
                 f"Opportunity (index ≥{wanted.min_index:g}, sellers ≤{wanted.max_sellers:g})")  # fmt: skip

    def address(row: dict[str, Any] | None, name: str) -> str:
        at = f"[word={row['word']},occurrence={row['occurrence']}]" if row else ""
        return f"keywords.effect.{name}{at}@{days}"

    table = Table(
        request,
        frame,
        columns,
        Column("word", words.label("keyword_effect", "word"), "text"),
        ("word", "occurrence"),
        ("word",),
        (
            Chip("opportunity", label, opportunity & pl.col("brand").is_null()),
            Chip("brand", said("品牌词", "Brand word"), pl.col("brand").is_not_null()),
            Chip("no_title", said("没有标题", "No title"), pl.col("titles") == 0),
        ),
        "exposures",
        address,
        reverse("figure", args=[key]),
        note=lambda row: (
            said(f"第 {row['occurrence']} 次出现", f"occurrence {row['occurrence']}") if row["occurrence"] > 1 else ""
        ),
    )
    return answer(request, shop, "keywords", table, window)
