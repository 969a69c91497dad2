"""Trade Assurance orders: who bought what. Orders belong to products of type 交易品, except where a plant says otherwise."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from sandbox import vocabulary as voc
from sandbox.market import ORDER_RATE, TRADE, Floats, Ints, World, stream

BUYERS = 60


@dataclass(frozen=True)
class Buyer:
    name: str
    company: str
    email: str
    country: str


@dataclass
class OrderLine:
    """One line of an order. Order-level money stands on each of its lines. Amounts in USD."""

    order_no: str
    product: int
    week: int
    buyer: Buyer
    created: datetime
    sku: str
    quantity: int
    unit_price: float
    shipping_fee: float
    discount: float
    order_amount: float
    prepaid: float
    ship_by: datetime
    shipped: datetime | None
    status: str
    dressed: bool


@dataclass(frozen=True)
class Counted:
    """Orders, distinct buyers and money received by product and week."""

    orders: Ints
    buyers: Ints
    gmv: Floats


def buyers(rng: Generator) -> list[Buyer]:
    """Invented people with addresses at example.com."""
    people = [(first, last) for first in voc.FIRST for last in voc.LAST]
    chosen = [people[i] for i in rng.permutation(len(people))[:BUYERS]]
    return [
        Buyer(f"{a} {b}", f"{b} Demo Trading", f"{a}.{b}@example.com".lower(), str(rng.choice(voc.COUNTRIES)))
        for a, b in chosen
    ]


def draw(world: World, clicks: Ints) -> list[OrderLine]:
    """Orders in the order of their creation."""
    rng = stream(world.seed, "orders")
    pool = buyers(rng)
    trade = np.array([kind == TRADE for kind in world.kind])
    counts = rng.poisson(ORDER_RATE * clicks * world.leads * trade[:, None])
    wanted = [
        (int(product), int(week), int(rng.integers(BUYERS)))
        for product, week in np.argwhere(counts)
        for _ in range(counts[product, week])
    ]
    rng = stream(world.seed, "order contents")
    wanted += [(product, week, buyer) for product, planned in world.forced_orders for week, buyer in planned]
    lines: list[OrderLine] = []
    for number, (product, week, buyer) in enumerate(wanted):
        lines += order(world, rng, number, product, week, pool[buyer])
    return sorted(lines, key=lambda line: (line.created, line.order_no))


def order(world: World, rng: Generator, number: int, product: int, week: int, buyer: Buyer) -> list[OrderLine]:
    """One order of one product, of one or two of its variants. It is shipped in time, or its time has not come."""
    start, _ = world.weeks[week]
    created = datetime.combine(start, datetime.min.time()) + timedelta(
        days=int(rng.integers(7)), hours=int(rng.integers(24)), minutes=int(rng.integers(60)), seconds=int(rng.integers(60))
    )
    low, high = price_range(world, product)
    skus = [f"Color:{colour}" for colour in voc.pick(rng, voc.COLOURS, 1 + int(rng.random() < 0.3))]
    quantities = [int(world.min_order[product] * rng.integers(1, 5)) for _ in skus]
    unit = round(low + (high - low) * float(rng.random()), 2)
    goods = round(unit * sum(quantities), 2)
    shipping = round(goods * float(rng.uniform(0.03, 0.1)), 2)
    discount = round(goods * 0.02, 2) if rng.random() < 0.2 else 0.0
    amount = round(goods + shipping - discount, 2)
    ship_by = created + timedelta(days=int(rng.integers(12, 26)))
    shipped = ship_by - timedelta(days=int(rng.integers(1, 8)), hours=int(rng.integers(0, 5)))
    end = datetime.combine(world.weeks[-1][1], datetime.max.time())
    if shipped > end:
        status, sent = "待卖家发货", None
        ship_by = max(ship_by, end + timedelta(days=1))
    else:
        status, sent = ("交易成功" if shipped + timedelta(days=30) <= end else "待买家确认收货"), shipped
    dressed = bool(rng.random() < 0.3)
    order_no = f"29{world.seed % 10000:04d}{number:06d}001"
    return [
        OrderLine(
            order_no,
            product,
            week,
            buyer,
            created,
            sku,
            quantity,
            unit,
            shipping,
            discount,
            amount,
            round(amount * 0.3, 2),
            ship_by,
            sent,
            status,
            dressed,
        )
        for sku, quantity in zip(skus, quantities, strict=True)
    ]


def price_range(world: World, product: int) -> tuple[float, float]:
    """Lowest and highest price of a product, USD."""
    return float(world.price[product]), round(float(world.price[product]) * 1.25, 2)


def per_product(world: World, lines: list[OrderLine]) -> Counted:
    """What the product report says of the orders; money and online buyers only for products of type 交易品."""
    shape = (world.count, len(world.weeks))
    orders = np.zeros(shape, dtype=np.int64)
    bought = np.zeros(shape, dtype=np.int64)
    gmv = np.zeros(shape)
    by_place: dict[tuple[int, int], dict[str, OrderLine]] = defaultdict(dict)
    for line in lines:
        by_place[line.product, line.week].setdefault(line.order_no, line)
    for place, found in by_place.items():
        orders[place] = len(found)
        if world.kind[place[0]] == TRADE:
            bought[place] = len({line.buyer.email for line in found.values()})
            gmv[place] = round(sum(line.order_amount for line in found.values()), 2)
    return Counted(orders, bought, gmv)
