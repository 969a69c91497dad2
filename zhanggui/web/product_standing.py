"""What the page of a product says above its rows: grades of each era, type, words, changes, and the factors of natural rank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from zhanggui.desk import access, seeing
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Snapshot
from zhanggui.measures import grades, products, titles
from zhanggui.measures.titles import Titles
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES
from zhanggui.web.words import said

WORDS, CHANGES = 12, 8
LEAST = 90  # days on which the counts of 2024 stand
KEPT = 8  # states of facts
GRADES = {
    "trade": (("普通", "ordinary"), ("交易优品", "transaction quality"), ("交易爆品", "transaction hit")),
    "lead": (("普通", "ordinary"), ("商机优品或以上", "lead quality or better"), ("商机爆品", "lead hit")),
    "score": (("未到实力优品", "below the quality line"), ("实力优品", "quality")),
}


@dataclass(frozen=True)
class Standing:
    """`grades`: era, grade, what it stands on; an unknown one is "". `advice`: what to do about its type; "" where
    too little is known, None where the member is not told. `words`: the words that its
    title holds and how many titles do. `factors`: rank factor → has it (None: nobody has looked), detail."""

    grades: list[tuple[str, str, str]]
    advice: str | None
    words: list[tuple[str, int | None, int]]
    changes: list[dict[str, Any]]
    factors: list[tuple[str, bool | None, str]]


def standing(member: Membership, shop: Shop, rules: Rules, product: str) -> Standing:
    """What a member is shown of one product, on the day of the rules."""
    seen = seeing.seen(member, shop, rules.day)
    snapshot = seeing.snapshot(seen)
    judged = _judged(seen, tuple(sorted(rules.values.items()))).filter(pl.col("product_id") == product)
    row: dict[str, Any] = next(judged.iter_rows(named=True), {})
    changes = snapshot.scan("product_change").filter(pl.col("product_id") == product).sort("changed_on", descending=True)
    kept = changes.head(CHANGES).select("changed_on", "part", "before", "after", "person").collect().to_dicts()
    advice = _advice(member, shop, rules, product, row)
    return Standing(_grades(row), advice, _words(seen, product), kept, _factors(snapshot, product))


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


def _advice(member: Membership, shop: Shop, rules: Rules, product: str, row: dict[str, Any]) -> str | None:
    """Whether its type suits what buyers do with it; "" where the type, the days or the buyers are not known, None for a member
    who is not shown the buyers of the whole shop."""
    if not access.sees_whole(member, "order_lines", "buyer"):
        return None
    kind, told = row.get("kind"), _asked(seeing.whole(shop, rules.day), product)
    if kind is None or told is None:
        return ""
    inquiries, buyers, days = told
    switch = int(rules["type_switch_days"])
    hit = buyers >= rules["transaction_hit_min_buyers_90d"]
    if kind == "trade" and not hit and inquiries >= rules["lead_quality_min_buyers"] and inquiries > buyers:
        return said(
            f"{days} 天 {inquiries} 个询盘、{buyers} 个买家：改为商机品更合适，{switch} 天后生效。",
            f"{inquiries} inquiries and {buyers} buyers in {days} days: it suits a lead product better; a switch takes effect after {switch} days.",
        )
    if kind == "lead" and buyers >= rules["transaction_quality_min_buyers"] and buyers > inquiries:
        return said(
            f"{days} 天 {buyers} 个买家、{inquiries} 个询盘：改为交易品更合适，{switch} 天后生效。",
            f"{buyers} buyers and {inquiries} inquiries in {days} days: it suits a transaction product better; a switch takes effect after {switch} days.",
        )
    return said(f"{row['product_type']}：类型合适。", f"{row['product_type']}: the type suits it.")


def _asked(seen: Seen, product: str) -> tuple[int, int, int] | None:
    """Inquiries, buyers, days: of the newest whole periods of the effect report that make up `LEAST` days without a gap, with the
    product in each of them, and of the orders of the same days. None where they do not reach so far."""
    shop = seeing.snapshot(seen)
    window = shop.last("product_effect", -(-LEAST // 7) * 7)
    if window is None or window.covered < LEAST:
        return None
    start, end = window.tiles[0][0], window.end
    days = (end - start).days + 1
    effect = products.effect(shop, window.days).filter(pl.col("product_id") == product).select("inquiries", "covered_days")
    inquiries, covered = next(effect.collect().iter_rows(), (None, 0))
    buyers = _buyers(seen, product, start, end)
    return None if inquiries is None or buyers is None or not window.covered == covered == days else (inquiries, buyers, days)


def _buyers(seen: Seen, product: str, start: date, end: date) -> int | None:
    """Different buyers of a product, by its ID or by any title that it has had. None where no order names it, where a title is
    another product's too, where a buyer is not told, or where the orders do not cover the days."""
    window, named = seeing.snapshot(seen).window("order_lines", start, end), _named(seen)
    own = named.filter(pl.col("product_id") == product)["product_name"]
    others = named.filter(pl.col("product_id") != product)["product_name"]
    by_name = pl.col("product_id").is_null() & pl.col("product_name").is_in(own.implode())
    rows = window.rows.filter((pl.col("product_id") == product) | by_name).select("product_name", "buyer", by_name.alias("by"))
    found = rows.collect()
    doubtful = found.filter("by", pl.col("product_name").is_in(others.implode())).height
    if not window.complete or found.is_empty() or doubtful or found["buyer"].null_count():
        return None
    return found["buyer"].n_unique()


@lru_cache(maxsize=KEPT)
def _named(seen: Seen) -> pl.DataFrame:
    """product_id, product_name: every title that each product is known to have had."""
    shop = seeing.snapshot(seen)
    changed = shop.scan("product_change").filter(pl.col("part") == "标题")
    listed = shop.frames.get("product_catalogue", pl.LazyFrame(schema=shop.tables["product_catalogue"].schema))
    named = [
        shop.scan("product_effect").select("product_id", "product_name"),
        listed.filter(pl.col("as_of") <= shop.day).select("product_id", "product_name"),
        *(changed.select("product_id", pl.col(c).alias("product_name")) for c in ("before", "after")),
    ]
    return pl.concat(named).drop_nulls().unique().collect()


@lru_cache(maxsize=KEPT)
def _judged(seen: Seen, values: tuple[tuple[str, float], ...]) -> pl.DataFrame:
    return grades.judged(seeing.snapshot(seen), dict(values)).collect()


@lru_cache(maxsize=KEPT)
def _searched(seen: Seen) -> tuple[Titles, list[tuple[str, int | None, list[str]]]]:
    """The titles, and word, exposures of the shop and tokens of every searched word."""
    shop = seeing.snapshot(seen)
    if not shop.has("keyword_effect"):
        return Titles([], {}), []
    return titles.titles(shop), titles.searched(shop, 28).select("word", "exposures", "tokens").rows()


def _words(seen: Seen, product: str) -> list[tuple[str, int | None, int]]:
    """word, exposures of the shop for it, number of titles that hold it; words that only this title holds come first."""
    known, searched = _searched(seen)
    if product not in known.ids:
        return []
    own = 1 << known.ids.index(product)
    mine = {token for token, held in known.holding.items() if held & own}
    rows = [(w, n, known.with_all(tokens).bit_count()) for w, n, tokens in searched if tokens and mine.issuperset(tokens)]
    return sorted(rows, key=lambda r: (r[2] > 1, -(r[1] or 0), r[0]))[:WORDS]


def _factors(shop: Snapshot, product: str) -> list[tuple[str, bool | None, str]]:
    """Every factor of the register in its order; those that reports tell are taken from there where nobody has said otherwise."""
    rows = shop.scan("rank_factor").filter(pl.col("product_id") == product).select("factor", "present", "detail").collect()
    kept = {factor: (present, detail or "") for factor, present, detail in rows.iter_rows()}
    showcase = products.effect(shop, 28).filter(pl.col("product_id") == product).select("showcase").collect()
    if showcase.height and kept.get("橱窗", (None, ""))[0] is None:
        kept["橱窗"] = showcase.item(), said("产品分析", "Product effect")
    return [(f, *kept.get(f, (None, ""))) for f in TABLES["rank_factor"].columns["factor"].options]
