"""What is true of every drawn shop without anybody having planted it, and what a check may rightly say at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.market import TRADE

if TYPE_CHECKING:
    from sandbox.shop import Shop

WEEKS = 13  # the 90 days of the reports are twelve whole weeks, or thirteen where one is missing


def always(shop: Shop) -> list[dict[str, Any]]:
    """Check and key of each: products whose type says nothing, and products that nothing was seen of."""
    of = {"PR08": _typed(shop), "PR10": _unseen(shop)}
    return [{"check": code, "key": {"product_id": shop.world.ids[place]}} for code, places in of.items() for place in places]


def _typed(shop: Shop) -> list[int]:
    """交易品 of a shop whose types are drawn without regard to who asks and who orders: whether one is typed rightly has no truth there.
    In a shop of `operations` it has, and nothing is excused."""
    return [] if shop.world.levels else [p for p, kind in enumerate(shop.world.kind) if kind == TRADE]


def _unseen(shop: Shop) -> list[int]:
    """Products of the plants of idle ones: to be deleted wherever others have their words."""
    seen = shop.effect["shop_exposures"][:, -WEEKS:].sum(axis=1) + shop.effect["search_exposures"][:, -WEEKS:].sum(axis=1)
    return [p for p in range(shop.world.count) if seen[p] == 0]
