"""What 外贸直通车 costs and brings: by word, product, plan, word typed, hour, region and crowd."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.products import ratio
from zhanggui.rulebook import Rules

MONTH = 30
BID_KEY = ("plan", "ad_group", "word")
BidKey = tuple[str, str, str]
SUMS = ("exposures", "clicks", "cost", "inquiries")
EFFECT: dict[str, Formula] = {
    **summed(*SUMS),
    "ctr": Formula(("clicks", "exposures"), "ratio"),
    "cpc": Formula(("cost", "clicks"), "ratio"),
    "cost_per_inquiry": Formula(("cost", "inquiries"), "ratio"),
}


def _per(part: str, whole: str) -> pl.Expr:
    """What one of `whole` costs; missing where there is none."""
    return pl.when(pl.col(whole) > 0).then(pl.col(part).cast(pl.Float64) / pl.col(whole))


def _effect(shop: Snapshot, table: str, by: Sequence[str], days: int, newest: Sequence[str] = ()) -> pl.LazyFrame:
    """One row per `by`: what may be summed over the tiles, rates made anew from the sums, `newest` as the last period says."""
    window = shop.last(table, days)
    rows = window.rows if window else shop.scan(table)
    if newest:  # the whole key, so that no order of the rows decides what is last
        rows = rows.sort("period_end", *(c for c in shop.tables[table].key if c not in by), nulls_last=True)
    return (
        rows.group_by(by)
        .agg(
            *[whole_sum(c) for c in SUMS],
            *[pl.col(c).last() for c in newest],
        )
        .with_columns(
            ratio("clicks", "exposures").alias("ctr"),
            _per("cost", "clicks").alias("cpc"),
            _per("cost", "inquiries").alias("cost_per_inquiry"),
        )
    )


@measure("ads.words", "p4p_keyword", ("word",), **EFFECT)
def words(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per paid word over the last `days` days, over all plans. `inquiries` is missing where the report has none."""
    return _effect(shop, "p4p_keyword", ("word",), days)


BID = ("star", "bid", "average_bid", "suggested_bid", "heat")


@measure(
    "ads.bids",
    "p4p_keyword",
    BID_KEY,
    **EFFECT,
    **{c: Formula((c,), "newest") for c in BID},
)
def bids(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per word of a plan's group; its score, its bid and the other sellers' as the newest period says."""
    return _effect(shop, "p4p_keyword", BID_KEY, days, BID)


def newest_bids(shop: Snapshot) -> dict[BidKey, tuple[Decimal, date]]:
    """Plan, group and word ("" where the report names none) → the bid that was reported last, and the first day of that report:
    what was entered on it or later may not be in it yet."""
    if not shop.has("p4p_keyword"):
        return {}
    rows = (
        shop.scan("p4p_keyword")
        .filter(pl.col("bid").is_not_null())
        .sort("period_end", "period_start", "occurrence", nulls_last=True)
        .group_by(BID_KEY)
        .agg(pl.col("bid", "period_start").last())
        .with_columns(pl.col("plan", "ad_group").fill_null(""))
        .collect()
    )
    return {(plan, group, word): (bid, day) for plan, group, word, bid, day in rows.iter_rows()}


def bid_days(
    shop: Snapshot, words: Collection[BidKey], *, first: date | None = None, last: date | None = None
) -> dict[BidKey, list[tuple[date, Decimal]]]:
    """Of each of these words (as in `newest_bids`) the last day of every report within the days, oldest first, with its bid."""
    if not shop.has("p4p_keyword") or not words:
        return {}
    wanted = pl.DataFrame(sorted(words), schema=list(BID_KEY), orient="row").lazy()
    rows = shop.scan("p4p_keyword").filter(pl.col("bid").is_not_null())
    if first is not None:
        rows = rows.filter(pl.col("period_end") >= first)
    if last is not None:
        rows = rows.filter(pl.col("period_end") <= last)
    rows = rows.with_columns(pl.col("plan", "ad_group").fill_null("")).join(wanted, on=list(BID_KEY)).sort("period_end")
    found: dict[BidKey, list[tuple[date, Decimal]]] = {}
    for plan, group, word, day, bid in rows.select(*BID_KEY, "period_end", "bid").collect().iter_rows():
        found.setdefault((plan, group, word), []).append((day, bid))
    return found


@measure("ads.by_product", "p4p_product", ("product_id",), **EFFECT, product_name=Formula(("product_name",), "newest"))
def by_product(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per promoted product over the last `days` days, over all plans."""
    return _effect(shop, "p4p_product", ("product_id",), days, ("product_name",))


@measure(
    "ads.by_plan_product", "p4p_product", ("plan", "product_id"), **EFFECT, product_name=Formula(("product_name",), "newest")
)
def by_plan_product(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per plan and product that it promotes."""
    return _effect(shop, "p4p_product", ("plan", "product_id"), days, ("product_name",))


@measure(
    "ads.by_plan",
    "p4p_plan",
    ("plan_id", "plan"),
    **EFFECT,
    **{c: Formula((c,), "newest") for c in ("plan_type", "status", "budget")},
)
def by_plan(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per plan over the last `days` days; type, status and daily budget as the newest period says."""
    return _effect(shop, "p4p_plan", ("plan_id", "plan"), days, ("plan_type", "status", "budget"))


@measure("ads.by_search_word", "p4p_search_word", ("search_word", "word"), **EFFECT)
def by_search_word(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per word that buyers typed and the paid word that was shown for it, over all plans."""
    return _effect(shop, "p4p_search_word", ("search_word", "word"), days)


@measure("ads.by_hour", "p4p_hour", ("hour",), **EFFECT)
def by_hour(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per hour of the platform's day, over all plans and days of the window."""
    return _effect(shop, "p4p_hour", ("hour",), days)


@measure("ads.by_target", "p4p_target", ("kind", "target"), **EFFECT)
def by_target(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per region or audience label, over all plans. The two kinds describe the same clicks: never add them up together."""
    return _effect(shop, "p4p_target", ("kind", "target"), days)


@measure(
    "ads.account",
    "p4p_account",
    (),
    **summed(*SUMS),
    cpc=EFFECT["cpc"],
    cost_per_inquiry=EFFECT["cost_per_inquiry"],
)
def account(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row: what the whole P4P account cost over the last `days` days and what it brought."""
    window = shop.last("p4p_account", days)
    rows = window.rows if window else shop.scan("p4p_account")
    return rows.select(whole_sum(c) for c in SUMS).with_columns(
        _per("cost", "clicks").alias("cpc"), _per("cost", "inquiries").alias("cost_per_inquiry")
    )


@measure("ads.level", "p4p_level", (), **{c: Formula((c,), "as_of") for c in ("level", "score", "next_score", "currency")})
def level(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row: the marketing level of the account and its points, as its own page says. `days` has no say."""
    return shop.scan("p4p_level").select(pl.col("level", "score", "next_score", "currency").last())


def daily_spend(shop: Snapshot) -> tuple[float | None, int]:
    """What the account spends a day, in its currency, over the last 30 days, and how many of these have data; None where a part of it
    is not known."""
    window = shop.last("p4p_account", MONTH)
    if window is None or not window.covered:
        return None, 0
    cost = window.sums().collect()["cost"].item()
    return None if cost is None else float(cost) / window.covered, window.covered


def points_short(score: float | None, level: int, rules: Rules) -> float | None:
    """Points missing to marketing level 3 or 4, at most 0 where it is reached; None without a score."""
    needed: float = rules[f"p4p_level_{level}_points"]
    return None if score is None else needed - score


@measure("ads.plan_sizes", "p4p_assignment", ("plan",), products=Formula(("product_id",), "count"))
def plan_sizes(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per plan of the register: its kind and how many products it holds. `days` has no say."""
    kept = shop.scan("p4p_assignment").group_by("plan")
    return kept.agg(pl.col("plan_kind").last(), pl.col("product_id").n_unique().cast(pl.Int64).alias("products"))


@measure("ads.assigned", "p4p_assignment", ("plan", "product_id"), plan_kind=Formula(("plan_kind",), "as_of"))
def assigned(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per plan and product of the register. `days` has no say."""
    return shop.scan("p4p_assignment").select("plan", "product_id", "plan_kind", "product_name")


@measure(
    "ads.budgets",
    "budget",
    ("year", "quarter", "month", "channel"),
    pl.col("item") == "广告",
    amount=Formula(("amount",), "as_of"),
)
def budgets(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per budget of advertisements in the register. `days` has no say."""
    kept = ("year", "quarter", "month", "channel", "amount", "currency")
    return shop.scan("budget").filter(pl.col("item") == "广告").select(kept)
