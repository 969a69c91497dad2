"""Happenings that change the year itself: added on top of what was drawn, so that everything else stays as it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from sandbox import market
from sandbox.happenings import Happening
from sandbox.market import Floats, stream
from sandbox.shop import Shop


def lift(shop: Shop, happenings: list[Happening]) -> Floats:
    """By product and week: how much more is seen by nature than was drawn (0 is nothing, 0.3 is 30 % more)."""
    more = np.zeros_like(shop.effect["shop_clicks"], dtype=float)
    for happening in happenings:
        weeks = [w for w, (start, _) in enumerate(shop.world.weeks) if happening.holds(start)]
        if happening.kind == "campaign_lift":
            more[:, weeks] += happening.strength["natural_factor"] - 1
        if happening.kind == "rising_product":
            growth = happening.strength["weekly_growth"] ** np.arange(1, len(weeks) + 1)
            more[shop.world.ids.index(happening.ids["product_id"]), weeks] += growth - 1
    return more


def add_traffic(shop: Shop, happenings: list[Happening]) -> None:
    """More natural exposures, and the clicks, visitors, inquiries and chats that come of them."""
    more = lift(shop, happenings)
    if not more.any():
        return
    world, effect = shop.world, shop.effect
    rng = stream(world.seed, "overlay")
    level = world.search[:, None] * world.season * world.seen * more
    clicks = np.zeros_like(effect["shop_clicks"])
    for place in (0, 2):
        seen = rng.poisson(level * world.mix[:, place, None])
        clicked = rng.binomial(seen, world.rates()[:, place, None])
        for scope in ("search", "shop") if place == 0 else ("shop",):
            effect[f"{scope}_exposures"] += seen
            effect[f"{scope}_clicks"] += clicked
        clicks += clicked
    visitors = np.maximum(rng.binomial(clicks, market.VISITOR_RATE), np.minimum(clicks, 1))
    inquiries = np.minimum(rng.poisson(market.INQUIRY_RATE * clicks * world.leads), visitors)
    effect["visitors"] += visitors
    effect["inquiries"] += inquiries
    effect["inquirers"] += inquiries
    effect["chatters"] += np.minimum(rng.poisson(market.CHAT_RATE * clicks * world.leads), visitors)


def delay_shipments(shop: Shop, happenings: list[Happening]) -> None:
    """Orders of the days of a `late_shipment` leave after the agreed day, as far as the year reaches."""
    end = datetime.combine(shop.world.weeks[-1][1], datetime.max.time())
    for happening in (h for h in happenings if h.kind == "late_shipment"):
        late = timedelta(days=happening.strength["days_late"])
        for line in shop.orders:
            if line.shipped and happening.holds(line.created.date()) and line.ship_by + late < end:
                line.shipped = line.ship_by + late


def put(shop: Shop, happenings: list[Happening]) -> None:
    add_traffic(shop, happenings)
    delay_shipments(shop, happenings)
