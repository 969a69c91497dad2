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

#: Differences that may be asked about, each larger than the one before.
SIZES = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0)
#: What is judged: events and the trials they came from, earliest step first.
STEPS = (("clicks", "exposures"), ("inquiries", "clicks"), ("inquiries", "visitors"))
COLUMNS = {"exposures": "shop_exposures", "clicks": "shop_clicks", "inquiries": "inquiries"}
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


def disagree(readings: Sequence[Reading]) -> bool:
    """Whether one step calls one variant better, and another step another."""
    return len({r.best.name for r in readings if r.told.kind == "better"}) > 1


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
    each = ads.account(shop, DEFAULT_DAYS).select("cpc").collect().item() if shop.has("p4p_account") else None
    if each is None and shop.has("p4p_keyword"):
        words = ads.words(shop, DEFAULT_DAYS).select("cost", "clicks").collect()
        cost, clicks = (None if words[c].null_count() else float(words[c].sum()) for c in ("cost", "clicks"))
        each = cost / clicks if cost is not None and clicks else None
    return found if each is None else found | {"": each}


# ---- before the start


@dataclass(frozen=True)
class Subject:
    """What may be tested on: a product, or the whole shop (`product_id` ""), with what it counted in `days` days: step → events and
    trials of the products of which both are known; None where they are of none."""

    product_id: str
    name: str
    seen: Mapping[tuple[str, str], tuple[int, int] | None]
    days: int


@dataclass(frozen=True)
class Length:
    """How long a test must run. `events` and `trials` of all variants; `days` at the subject's own pace (inf: it has none, or it is not
    `known`), `money` if all clicks were bought; `least`: the smallest difference that `limit` days can tell, None if not even the largest asked about."""

    subject: Subject
    step: tuple[str, str]
    variants: int
    worth: float
    limit: int
    known: bool
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
    rows = products.effect(shop, DEFAULT_DAYS).select("product_id", "product_name", *COLUMNS.values()).collect()
    clicked = rows.filter(pl.col("shop_clicks") > 0).sort("shop_clicks", "product_id", descending=[True, False])
    every = [
        Subject(one["product_id"], one["product_name"] or one["product_id"], _seen(clicked[i]), window.covered)
        for i, one in enumerate(clicked.head(MOST_PRODUCTS).iter_rows(named=True))
    ]
    return (Subject("", "", _seen(rows), window.covered), *every)


def _seen(rows: pl.DataFrame) -> dict[tuple[str, str], tuple[int, int] | None]:
    found: dict[tuple[str, str], tuple[int, int] | None] = {}
    for step in STEPS[:2]:
        known = rows.select(COLUMNS[name] for name in step).drop_nulls()
        events, trials = (int(known[COLUMNS[name]].sum()) for name in step)
        found[step] = (events, trials) if known.height else None
    return found


def length(
    subject: Subject,
    step: tuple[str, str],
    variants: int,
    worth: float,
    limit: int,
    price: Mapping[str, float],
    sure: float = SURE,
) -> Length:
    """How long `variants` shown side by side must run until a difference of `worth` is told four times in five."""
    seen, tried = subject.seen[step] or (0, 0)
    events = events_needed(worth, variants, sure)
    trials = events * tried / seen if seen else inf
    clicks = events if step[0] == "clicks" else trials
    each = price.get(subject.product_id, price.get(""))
    within = [w for w in SIZES if seen and events_needed(w, variants, sure) * subject.days / seen <= limit]
    return Length(
        subject=subject,
        step=step,
        variants=variants,
        worth=worth,
        limit=limit,
        known=subject.seen[step] is not None,
        events=events,
        trials=trials,
        days=events * subject.days / seen if seen else inf,
        clicks=clicks,
        money=clicks * each if each is not None and clicks < inf else None,
        least=min(within, default=None),
    )
