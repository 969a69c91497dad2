"""The conditions of ranking lists and of the buyers' exclusive page, as far as the shop's own data tell them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products, star
from zhanggui.rulebook import Rules

WINDOW = 90


@dataclass(frozen=True)
class Condition:
    """One condition. `met` None: the data do not tell. `have` and `aim` are stars, shares or counts; `wanted`: tables to bring."""

    name: str  # natural_star | on_time | proven_products | places
    met: bool | None
    have: float | None
    aim: float | None
    wanted: tuple[str, ...] = ()


def conditions(shop: Snapshot, rules: Rules) -> list[Condition]:
    """Natural star, on-time dispatch, products that have orders, reviews and leads; places in the lists are told nowhere in the
    exports."""
    first = star.tracks(shop).head(1).collect()
    held = first["star"][0] if first.height else None
    edge = rules["star_list_from"]
    sent = star.dispatch(shop).collect()["on_time_share"].item()
    aim = rules["star_on_time_share"]
    proven = proven_products(shop)
    return [
        Condition(
            "natural_star", None if held is None else held >= edge, held, edge, () if held is not None else ("star_level",)
        ),
        Condition("on_time", None if sent is None else sent >= aim, sent, aim, () if sent is not None else ("order_lines",)),
        Condition("proven_products", None if proven is None else proven > 0, proven, 1, _missing(shop)),
        Condition("places", None, None, rules["star_list_top"]),
    ]


def _missing(shop: Snapshot) -> tuple[str, ...]:
    return tuple(t for t in ("order_lines", "review", "product_effect") if not shop.has(t))


def proven_products(shop: Snapshot) -> int | None:
    """Products with an order and a review of it, and inquiries in 90 days; orders name products by their title. None without the
    three reports."""
    if _missing(shop):
        return None
    reviewed = shop.scan("review").select("order_no").unique()
    ordered = shop.scan("order_lines").join(reviewed, on="order_no", how="semi").select("product_name").drop_nulls().unique()
    asked = products.effect(shop, WINDOW).filter(pl.col("asked"))
    found: int = asked.join(ordered, on="product_name", how="semi").select(pl.len()).collect().item()
    return found
