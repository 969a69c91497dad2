"""What is true of every drawn shop without anybody having planted it, and what a check may rightly say at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.market import TRADE

if TYPE_CHECKING:
    from sandbox.shop import Shop

WEEKS = 13  # the 90 days of the reports are twelve whole weeks, or thirteen where one is missing
ENOUGH = 2  # inquiries that make a lead quality product


def always(shop: Shop) -> list[dict[str, Any]]:
    """Check and key of each: products asked about though typed for direct orders, and products that nothing was seen of."""
    of = {"PR08": _asked(shop), "PR10": _unseen(shop)}
    return [{"check": code, "key": {"product_id": shop.world.ids[place]}} for code, places in of.items() for place in places]


def _asked(shop: Shop) -> list[int]:
    """交易品 of which more inquiries than ordering buyers came: kinds are drawn without regard to them."""
    weeks = shop.world.weeks
    buyers = [set[str]() for _ in range(shop.world.count)]
    for line in shop.orders:
        if line.week >= len(weeks) - WEEKS + 1:
            buyers[line.product].add(line.buyer.email)
    asked = shop.effect["inquiries"][:, -WEEKS:].sum(axis=1)
    typed = [kind == TRADE for kind in shop.world.kind]
    return [p for p in range(shop.world.count) if typed[p] and asked[p] >= ENOUGH and asked[p] > len(buyers[p])]


def _unseen(shop: Shop) -> list[int]:
    """Products of the plants of idle ones: to be deleted wherever others have their words."""
    seen = shop.effect["shop_exposures"][:, -WEEKS:].sum(axis=1) + shop.effect["search_exposures"][:, -WEEKS:].sum(axis=1)
    return [p for p in range(shop.world.count) if seen[p] == 0]
