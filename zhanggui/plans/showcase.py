"""Which products should hold the showcase places: the swaps of the month, and what each may bring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from zhanggui.estimates import missing_events, shrunk
from zhanggui.facts import Snapshot
from zhanggui.measures import products

DAYS, MONTH = 28, 30


@dataclass(frozen=True)
class Side:
    """One product of a swap: clicks and inquiries of the window, and inquiries per 10,000 exposures, shrunk."""

    product_id: str
    name: str
    clicks: int
    leads: int
    rate: float


@dataclass(frozen=True)
class Swap:
    """`out` makes room for `into`. `gain`: inquiries a month more, should the place go on getting the exposures of `out`
    (`exposures` a month), with the middle 80 % of what is known of both rates."""

    out: Side
    into: Side
    exposures: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class Showcase:
    """`swaps`: whose whole interval is above nothing, the greatest gain first; `open`: the same where it is not, to be waited for.
    `held` places in the report; `unseen`: (product, name) of those that nobody was shown, for whom there is no rate; `free` empty
    places, None where no report says so; `first`: whom to give the places of both. `missing`: inquiries that the shop lacks before
    anything can be told."""

    swaps: tuple[Swap, ...]
    held: int
    free: int | None
    unseen: tuple[tuple[str, str], ...] = ()
    first: tuple[Side, ...] = ()
    open: tuple[Swap, ...] = ()
    missing: float = 0


def showcase(shop: Snapshot, days: int = DAYS, most: int = 10) -> Showcase:
    """Outsiders by their expected inquiries: the first get the places that nobody holds or is seen in; the next one stands against
    the holder of the lowest inquiries per exposure, and so on; only swaps whose middle gain is above nothing. Products in their
    first weeks are judged by what they have.
    """
    seen = products.effect(shop, days).join(products.current(shop), on="product_id")
    listed = seen.sort("product_id").collect()
    held = int(listed["showcase"].sum())
    nobody = listed.filter("showcase", pl.col("shop_exposures") == 0)
    unseen = tuple((row["product_id"], _name(row)) for row in nobody.iter_rows(named=True))
    known = ("showcase", "shop_exposures", "shop_clicks", "inquiries", "covered_days")
    rows = listed.drop_nulls(known).filter(pl.col("shop_exposures") > 0)
    quota = shop.scan("showcase_quota").select(pl.col("places") - pl.col("taken")).collect()
    free = quota.item() if quota.height else None
    found = shrunk(rows["inquiries"], rows["shop_exposures"])
    if found is None or not held:
        return Showcase((), held, free, unseen, missing=missing_events(rows["inquiries"]) if found is None else 0)
    rows = rows.with_columns(
        pl.Series("rate", found.rate),
        pl.Series("low", found.low),
        pl.Series("high", found.high),
        (pl.col("shop_exposures") / pl.col("covered_days") * MONTH).alias("monthly"),
    )
    inside = rows.filter("showcase").sort("rate", "product_id")
    outside = rows.filter(~pl.col("showcase"), pl.col("inquiries") > 0)
    outside = outside.sort(pl.col("rate") * pl.col("monthly"), "product_id", descending=[True, False])
    idle = max(free or 0, 0) + len(unseen)
    first = tuple(_side(row) for row in outside.head(min(most, idle)).iter_rows(named=True))
    pairs = list(zip(inside.iter_rows(named=True), outside.slice(idle).iter_rows(named=True), strict=False))
    swaps = [_swap(out, into) for out, into in pairs if into["rate"] > out["rate"]]
    swaps.sort(key=lambda s: (-s.gain, s.out.product_id))
    sure = tuple(s for s in swaps if s.low > 0)
    unsure = tuple(s for s in swaps if s.low <= 0)
    return Showcase(sure[:most], held, free, unseen, first, unsure[:most])


def _name(row: dict) -> str:  # type: ignore[type-arg]
    return str(row["product_name"] or row["product_id"])


def _side(row: dict) -> Side:  # type: ignore[type-arg]
    return Side(row["product_id"], _name(row), row["shop_clicks"], row["inquiries"], row["rate"] * 10_000)


def _swap(out: dict, into: dict) -> Swap:  # type: ignore[type-arg]
    """The interval adds the two half-widths as of independent errors."""
    gain = out["monthly"] * (into["rate"] - out["rate"])
    down = out["monthly"] * float(np.hypot(into["rate"] - into["low"], out["high"] - out["rate"]))
    up = out["monthly"] * float(np.hypot(into["high"] - into["rate"], out["rate"] - out["low"]))
    return Swap(_side(out), _side(into), out["monthly"], gain, gain - down, gain + up)
