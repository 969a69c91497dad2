"""Fast tests of words, images, regions, hours and labels: the verdict on each so far, and before one starts how long it must run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

import polars as pl

from zhanggui.estimates.sequential import SURE, Sequel, events_needed, sequel
from zhanggui.facts import Snapshot
from zhanggui.measures import ads, products
from zhanggui.measures.measure import DEFAULT_DAYS

WORTH = 0.2  # the shop may ask for another
LIMIT_DAYS = 56
#: Differences that may be asked about, each larger than the one before.
SIZES = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0)
#: What is judged: events and the trials they came from, earliest step first.
STEPS = (("clicks", "exposures"), ("inquiries", "clicks"), ("inquiries", "visitors"))
MOST_PRODUCTS = 50


@dataclass(frozen=True)
class Variant:
    name: str
    events: int
    trials: int

    @property
    def rate(self) -> float:
        return self.events / self.trials


@dataclass(frozen=True)
class Reading:
    """One step of a test. `clicks`, `days` and `money` until it is decided, at its own pace and the price of a click; None: not known.
    `money` in the currency of the P4P account."""

    step: tuple[str, str]
    variants: tuple[Variant, ...]
    told: Sequel
    clicks: float | None
    days: float | None
    money: float | None

    @property
    def best(self) -> Variant:
        return self.variants[self.told.best]


@dataclass(frozen=True, eq=False)
class PageTest:
    """One test of the register. `judged`: the verdict that a person wrote down; `ran`: days from its start to the last count."""

    name: str
    subject: str
    product_id: str
    start: date | None
    end: date | None
    judged: str
    ran: int
    rows: tuple[dict[str, Any], ...]

    def readings(self, worth: float, price: Mapping[str, float], sure: float = SURE) -> tuple[Reading, ...]:
        """Each step that at least two variants have counts of, the earliest first; () where nothing can be judged."""
        found: list[Reading] = []
        for step in STEPS:
            if found and found[-1].step[0] == step[0]:
                continue
            counted = [r for r in self.rows if r[step[1]] and r[step[0]] is not None and 0 <= r[step[0]] <= r[step[1]]]
            if len(counted) > 1:
                found.append(
                    self._reading(step, [Variant(r["variant"], r[step[0]], r[step[1]]) for r in counted], worth, price, sure)
                )
        return tuple(found)

    def _reading(
        self, step: tuple[str, str], variants: Sequence[Variant], worth: float, price: Mapping[str, float], sure: float
    ) -> Reading:
        told = sequel([v.events for v in variants], [v.trials for v in variants], worth, sure)
        clicks = _clicks(told, step, variants)
        each = price.get(self.product_id, price.get(""))
        return Reading(
            step=step,
            variants=tuple(variants),
            told=told,
            clicks=clicks,
            days=told.needs * self.ran / told.events if self.ran and told.events else None,
            money=clicks * each if clicks is not None and each is not None else None,
        )


def page_tests(shop: Snapshot) -> tuple[PageTest, ...]:
    """The tests of the register: those without a written verdict first, the newest first."""
    if not shop.has("page_test"):
        return ()
    found = []
    for (name,), own in shop.scan("page_test").sort("test", "variant").collect().group_by("test", maintain_order=True):
        rows = own.to_dicts()

        def first(column: str, rows: list[dict[str, Any]] = rows) -> Any:
            return next((r[column] for r in rows if r[column]), None)

        start = min((r["start"] for r in rows if r["start"]), default=None)
        end = max((r["end"] for r in rows if r["end"]), default=None)
        ran = max(0, (min(max(r["as_of"] for r in rows), end or date.max) - start).days) if start else 0
        product, judged = first("product_id") or "", first("verdict") or ""
        found.append(PageTest(str(name), first("subject") or "", product, start, end, judged, ran, tuple(rows)))
    return tuple(sorted(found, key=lambda t: (bool(t.judged), -(t.start or date.min).toordinal(), t.name)))


def _clicks(told: Sequel, step: tuple[str, str], variants: Sequence[Variant]) -> float | None:
    """The further clicks that the missing events mean; None where they are not counted in clicks."""
    if step[0] == "clicks":
        return told.needs
    if step[1] != "clicks" or not told.events:
        return None
    return told.needs * sum(v.trials for v in variants) / told.events


def click_prices(shop: Snapshot) -> dict[str, float]:
    """Product → what its paid click cost in the last four weeks; "" for the whole account."""
    found: dict[str, float] = {}
    if shop.has("p4p_product"):
        rows = ads.by_product(shop, DEFAULT_DAYS).filter(pl.col("cpc").is_not_null()).select("product_id", "cpc").collect()
        found |= dict(rows.iter_rows())
    for table, measure in (("p4p_account", ads.account), ("p4p_keyword", ads.words)):
        if shop.has(table):
            whole = measure(shop, DEFAULT_DAYS).select(pl.col("cost").sum().cast(pl.Float64), pl.col("clicks").sum()).collect()
            cost, clicks = whole.row(0)
            if clicks:
                return found | {"": cost / clicks}
    return found


# ---- before the start


@dataclass(frozen=True)
class Subject:
    """What may be tested on: a product, or the whole shop (`product_id` ""), with what it counted in `days` days."""

    product_id: str
    name: str
    exposures: int
    clicks: int
    inquiries: int
    days: int


@dataclass(frozen=True)
class Length:
    """How long a test must run. `events` and `trials` of all variants; `days` at the subject's own pace (inf: it has none), `money` if all
    clicks were bought; `least`: the smallest difference that `limit` days can tell, None if not even the largest asked about."""

    subject: Subject
    step: tuple[str, str]
    variants: int
    worth: float
    limit: int
    events: int
    trials: float
    days: float
    clicks: float
    money: float | None
    least: float | None

    @property
    def advised(self) -> bool:
        return self.days <= self.limit


def subjects(shop: Snapshot) -> tuple[Subject, ...]:
    """The whole shop, then its products with clicks, most clicks first. Empty without a product report."""
    window = shop.last("product_effect", DEFAULT_DAYS)
    if window is None:
        return ()
    columns = ("shop_exposures", "shop_clicks", "inquiries")
    rows = products.effect(shop, DEFAULT_DAYS).select("product_id", "product_name", *columns).drop_nulls(columns)
    found = rows.filter(pl.col("shop_clicks") > 0).sort("shop_clicks", "product_id", descending=[True, False]).collect()
    exposures, clicks, inquiries = (int(found[c].sum()) for c in columns)
    whole = Subject("", "", exposures, clicks, inquiries, window.covered)
    every = [Subject(i, name or i, e, c, q, window.covered) for i, name, e, c, q in found.iter_rows()]
    return (whole, *every[:MOST_PRODUCTS])


def length(
    subject: Subject, step: tuple[str, str], variants: int, worth: float, limit: int, price: Mapping[str, float]
) -> Length:
    """How long `variants` shown side by side must run until a difference of `worth` is told four times in five."""
    counted = {"exposures": subject.exposures, "clicks": subject.clicks, "inquiries": subject.inquiries}
    seen, tried = counted[step[0]], counted[step[1]]
    events = events_needed(worth, variants)
    trials = events * tried / seen if seen else inf
    clicks = events if step[0] == "clicks" else trials
    each = price.get(subject.product_id, price.get(""))
    within = [w for w in SIZES if seen and events_needed(w, variants) * subject.days / seen <= limit]
    return Length(
        subject=subject,
        step=step,
        variants=variants,
        worth=worth,
        limit=limit,
        events=events,
        trials=trials,
        days=events * subject.days / seen if seen else inf,
        clicks=clicks,
        money=clicks * each if each is not None and clicks < inf else None,
        least=min(within, default=None),
    )
