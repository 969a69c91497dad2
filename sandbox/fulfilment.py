"""After an order: its payments, its shipment, what the buyer says of it, and the quarrels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from numpy.random import Generator

from sandbox import vocabulary as voc
from sandbox.happenings import Happening
from sandbox.market import stream
from sandbox.orders import OrderLine
from sandbox.shop import Shop

CARRIERS = {"演示快递": (6, 0.35), "演示专线": (14, 0.4), "演示海运": (38, 0.25)}  # days promised, share of orders
FEE = 0.02  # of what is paid; the sandbox's own figure
REVIEWED, QUARRELLED, QUARRELLED_LATE = 0.45, 0.015, 0.3
PRAISE = ("Good quality, will order again", "Fast reply and careful packing", "As described", "Nice samples, fair price")
BLAME = ("Arrived much later than promised", "Too late for our season")
REASONS = voc.labels("质量问题|货不对版|数量短缺")


@dataclass(frozen=True)
class Payment:
    """One stage of an order's money, USD. `paid` is None while it is due."""

    order: OrderLine
    stage: str
    amount: float
    fee: float
    paid: datetime | None


@dataclass(frozen=True)
class Parcel:
    """`delivered` is None while it is under way. Freight is what the shop pays, USD."""

    number: str
    order: OrderLine
    carrier: str
    left: datetime
    promised: datetime
    delivered: datetime | None
    freight: float


@dataclass(frozen=True)
class Review:
    parcel: Parcel
    score: int
    service: int
    speed: int
    text: str
    written: datetime


@dataclass(frozen=True)
class Dispute:
    number: str
    parcel: Parcel
    reason: str
    claimed: float
    opened: datetime
    closed: datetime | None
    refunded: float


@dataclass(frozen=True)
class Fulfilment:
    payments: list[Payment]
    parcels: list[Parcel]
    reviews: list[Review]
    disputes: list[Dispute]


def fulfilment(shop: Shop, happenings: list[Happening]) -> Fulfilment:
    """Everything up to the last day of the year, order by order."""
    rng = stream(shop.world.seed, "fulfilment")
    end = datetime.combine(shop.world.weeks[-1][1], datetime.max.time())
    late = [h for h in happenings if h.kind == "late_delivery"]
    done = Fulfilment([], [], [], [])
    for number, line in enumerate({line.order_no: line for line in shop.orders}.values()):
        done.payments.extend(payments(rng, line, end))
        if line.shipped is None or line.shipped > end:
            continue
        delay = sum(h.strength["days_late"] for h in late if h.holds(line.created.date()))
        parcel = shipment(rng, f"AL{shop.world.seed % 1000:03d}{number:06d}", line, delay, end)
        done.parcels.append(parcel)
        chances = rng.random(2)
        was_late = parcel.delivered is not None and parcel.delivered > parcel.promised
        if parcel.delivered is None:
            continue
        if line.status == "交易成功" and chances[0] < REVIEWED:
            done.reviews.append(review(rng, parcel, was_late, end))
        if chances[1] < (QUARRELLED_LATE if was_late else QUARRELLED):
            done.disputes.append(dispute(rng, f"DP{number:06d}", parcel, was_late, end))
    return done


def payments(rng: Generator, line: OrderLine, end: datetime) -> list[Payment]:
    """Prepayment within two days, the balance before the goods leave; together the order's money."""
    balance = round(line.order_amount - line.prepaid, 2)
    first = line.created + timedelta(hours=int(rng.integers(1, 48)))
    second = line.shipped - timedelta(hours=int(rng.integers(2, 40))) if line.shipped else None
    found = []
    for stage, amount, paid in (("预付款", line.prepaid, first), ("尾款", balance, second)):
        when = paid if paid and paid <= end else None
        found.append(Payment(line, stage, amount, round(amount * FEE, 2) if when else 0.0, when))
    return found


def shipment(rng: Generator, number: str, line: OrderLine, delay: float, end: datetime) -> Parcel:
    """In time, but for a delay that somebody planted: then so many days after the promised one."""
    assert line.shipped is not None
    names, (days, odds) = list(CARRIERS), zip(*CARRIERS.values(), strict=True)
    place = names.index("演示专线") if delay else int(rng.choice(len(names), p=odds))
    promised = line.shipped + timedelta(days=days[place])
    early = timedelta(hours=int(rng.integers(2, 24 * 4)))
    delivered = promised + timedelta(days=delay) if delay else promised - early
    freight = round(line.shipping_fee * float(rng.uniform(0.75, 0.95)), 2)
    return Parcel(number, line, names[place], line.shipped, promised, delivered if delivered <= end else None, freight)


def review(rng: Generator, parcel: Parcel, late: bool, end: datetime) -> Review:
    assert parcel.delivered is not None
    written = min(parcel.delivered + timedelta(days=int(rng.integers(1, 12))), end)
    score = int(rng.integers(2, 4)) if late else int(rng.choice([3, 4, 5], p=[0.04, 0.2, 0.76]))
    text = (BLAME if late else PRAISE)[int(rng.integers(2))]
    return Review(parcel, score, max(score, 4), score, text, written.replace(microsecond=0))


def dispute(rng: Generator, number: str, parcel: Parcel, late: bool, end: datetime) -> Dispute:
    assert parcel.delivered is not None
    opened = min(parcel.delivered + timedelta(days=int(rng.integers(1, 10))), end).replace(microsecond=0)
    closed = opened + timedelta(days=int(rng.integers(3, 25)))
    claimed = round(parcel.order.order_amount * float(rng.uniform(0.1, 0.6)), 2)
    reason = "延迟到货" if late else REASONS[int(rng.integers(len(REASONS)))]
    is_closed = closed <= end
    refunded = round(claimed * float(rng.uniform(0.3, 1)), 2) if is_closed else 0.0
    return Dispute(number, parcel, reason, claimed, opened, closed if is_closed else None, refunded)
