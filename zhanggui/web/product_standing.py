"""What the page of a product says above its rows: grades of each era, type, words, changes, and the factors of natural rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import grades, orders, products, titles
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES
from zhanggui.web.words import said

WORDS, CHANGES = 12, 8
GRADES = {
    "trade": (("普通", "ordinary"), ("交易优品", "transaction quality"), ("交易爆品", "transaction hit")),
    "lead": (("普通", "ordinary"), ("商机优品或以上", "lead quality or better"), ("商机爆品", "lead hit")),
    "score": (("未到实力优品", "below the quality line"), ("实力优品", "quality")),
}


@dataclass(frozen=True)
class Standing:
    """`grades`: era, grade, what it stands on; an unknown one is "". `advice`: what to do about its type. `words`: the words that its
    title holds and how many titles do. `factors`: rank factor → has it (None: nobody has looked), detail."""

    grades: list[tuple[str, str, str]]
    advice: str
    words: list[tuple[str, int | None, int]]
    changes: list[dict[str, Any]]
    factors: list[tuple[str, bool | None, str]]


def standing(shop: Snapshot, rules: Rules, product: str) -> Standing:
    """What is known of one product."""
    found = grades.judged(shop, rules).filter(pl.col("product_id") == product).collect()
    row: dict[str, Any] = found.row(0, named=True) if found.height else {}
    changes = shop.scan("product_change").filter(pl.col("product_id") == product).sort("changed_on", descending=True)
    kept = changes.head(CHANGES).select("changed_on", "part", "before", "after", "person").collect().to_dicts()
    return Standing(_grades(row), _advice(shop, rules, product, row), _words(shop, product), kept, _factors(shop, product))


def _grades(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    def told(name: str, value: int | None) -> str:
        return "" if value is None else said(*GRADES[name][value])

    buyers, leads, score = row.get("buyers_90d"), row.get("lead_people_90d"), row.get("score")
    return [
        (said("平台标签（2026）", "Label of the platform (2026)"), row.get("label") or "", ""),
        (
            said("按买家数（2024）", "By buyers (2024)"),
            told("trade", row.get("trade_grade")),
            "" if buyers is None else said(f"近 90 天 {buyers} 个买家", f"{buyers} buyers in 90 days"),
        ),
        (
            said("按商机（2024）", "By leads (2024)"),
            told("lead", row.get("lead_grade")),
            "" if leads is None else said(f"近 90 天 {leads} 人", f"{leads} people in 90 days"),
        ),
        (
            said("产品成长分（2022）", "Growth score (2022)"),
            told("score", row.get("score_grade")),
            "" if score is None else said(f"{score:g} 分", f"{score:g} points"),
        ),
    ]


def _advice(shop: Snapshot, rules: Rules, product: str, row: dict[str, Any]) -> str:
    """Whether its type suits what buyers do with it; "" where the type or the figures are unknown."""
    kind, name = row.get("kind"), row.get("product_name")
    asked = products.effect(shop, 90).filter(pl.col("product_id") == product).select("inquiries").collect()
    if kind is None or not asked.height or asked.item() is None or not shop.has("order_lines"):
        return ""
    sold = orders.by_product(shop, 90).filter(pl.col("product_name") == name).select("buyers").collect()
    inquiries, buyers, days = asked.item(), sold.item() if sold.height else 0, int(rules["type_switch_days"])
    if buyers is None:
        return ""
    hit = buyers >= rules["transaction_hit_min_buyers_90d"]
    if kind == "trade" and not hit and inquiries >= rules["lead_quality_min_buyers"] and inquiries > buyers:
        return said(
            f"90 天 {inquiries} 个询盘、{buyers} 个买家：改为商机品更合适，{days} 天后生效。",
            f"{inquiries} inquiries and {buyers} buyers in 90 days: it suits a lead product better; a switch takes effect after {days} days.",
        )
    if kind == "lead" and buyers >= rules["transaction_quality_min_buyers"] and buyers > inquiries:
        return said(
            f"90 天 {buyers} 个买家、{inquiries} 个询盘：改为交易品更合适，{days} 天后生效。",
            f"{buyers} buyers and {inquiries} inquiries in 90 days: it suits a transaction product better; a switch takes effect after {days} days.",
        )
    return said(f"{row['product_type']}：类型合适。", f"{row['product_type']}: the type suits it.")


def _words(shop: Snapshot, product: str) -> list[tuple[str, int | None, int]]:
    """word, exposures of the shop for it, number of titles that hold it; words that only this title holds come first."""
    if not shop.has("keyword_effect"):
        return []
    known = titles.titles(shop)
    if product not in known.ids:
        return []
    own = 1 << known.ids.index(product)
    held = [(r["word"], r["exposures"], known.with_all(r["tokens"])) for r in titles.searched(shop, 28).iter_rows(named=True)]
    rows = [(word, exposures, bits.bit_count()) for word, exposures, bits in held if bits & own]
    return sorted(rows, key=lambda r: (r[2] > 1, -(r[1] or 0), r[0]))[:WORDS]


def _factors(shop: Snapshot, product: str) -> list[tuple[str, bool | None, str]]:
    """Every factor of the register in its order; those that reports tell are taken from there where nobody has said otherwise."""
    rows = shop.scan("rank_factor").filter(pl.col("product_id") == product).select("factor", "present", "detail").collect()
    kept = {factor: (present, detail or "") for factor, present, detail in rows.iter_rows()}
    showcase = products.effect(shop, 28).filter(pl.col("product_id") == product).select("showcase").collect()
    if showcase.height and kept.get("橱窗", (None, ""))[0] is None:
        kept["橱窗"] = showcase.item(), said("产品分析", "Product effect")
    return [(f, *kept.get(f, (None, ""))) for f in TABLES["rank_factor"].columns["factor"].options]
