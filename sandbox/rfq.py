"""RFQ: what buyers ask the whole market for, what the shop quotes, and which quotations became orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.random import Generator

from sandbox import orders
from sandbox import vocabulary as voc
from sandbox.happenings import Happening
from sandbox.leads import moment
from sandbox.market import stream
from sandbox.orders import OrderLine
from sandbox.people import Person
from sandbox.shop import Shop

A_WEEK = 6.0  # in a shop of 120 products; with the root of its size
QUOTED, WON_BEFORE = 0.6, 0.06  # of the requests; of the orders, those that began as a request
OPEN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Request:
    number: str
    posted: datetime
    person: Person
    product: int
    subject: str
    quantity: int
    left: int


@dataclass(frozen=True)
class Quote:
    """`replied` is when the buyer answered, if so; `order_no` the order that came of it. Price in USD."""

    number: str
    request: Request
    product: int
    price: float
    quoted: datetime
    viewed: bool
    replied: datetime | None
    order_no: str
    owner: str


def requests(shop: Shop, known: list[Person], happenings: list[Happening]) -> tuple[list[Request], list[Quote]]:
    """In the order of posting. A campaign brings more of them."""
    world = shop.world
    rng = stream(world.seed, "requests")
    wanted: list[tuple[datetime, Person, int, int, OrderLine | None]] = []
    for week, (start, _) in enumerate(world.weeks):
        factor = np.prod([h.strength["request_factor"] for h in happenings if h.kind == "campaign" and h.holds(start)])
        for _ in range(int(rng.poisson(A_WEEK * np.sqrt(world.count / 120) * float(factor)))):
            product, person = int(rng.integers(world.count)), known[int(rng.integers(len(known)))]
            wanted.append((moment(rng, shop, week), person, product, int(world.min_order[product] * rng.integers(2, 20)), None))
    by_email = {person.email: person for person in known}
    for order in {line.order_no: line for line in shop.orders}.values():
        posted = order.created - timedelta(days=int(rng.integers(3, 20)), hours=int(rng.integers(24)))
        if rng.random() < WON_BEFORE and posted.date() >= world.weeks[0][0]:
            wanted.append((posted, by_email[order.buyer.email], order.product, order.quantity, order))
    wanted.sort(key=lambda entry: (entry[0], entry[1].id))
    end = datetime.combine(world.weeks[-1][1], datetime.max.time())
    asked, quotes = list[Request](), list[Quote]()
    for number, (posted, person, product, quantity, line) in enumerate(wanted):
        category = voc.CATEGORIES[world.category[product]]
        noun = category.nouns[int(rng.integers(len(category.nouns)))]
        subject = f"{quantity} pieces of {noun} wanted"
        left = int(rng.integers(0, 10))
        request = Request(f"7{world.seed % 1000:03d}{number:07d}", posted, person, product, subject, quantity, left)
        asked.append(request)
        if line or rng.random() < QUOTED:
            quote = quotation(rng, shop, request, line)
            if quote.quoted <= end:
                quotes.append(quote)
    return asked, quotes


def quotation(rng: Generator, shop: Shop, request: Request, line: OrderLine | None) -> Quote:
    """Within six hours in two cases of five, within three days always."""
    hours = rng.uniform(0.2, 6) if rng.random() < 0.4 else rng.uniform(6, 60)
    quoted = request.posted + timedelta(seconds=int(3_600 * hours))
    low, high = orders.price_range(shop.world, request.product)
    price = line.unit_price if line else round(float(rng.uniform(low, high)), 2)
    viewed = bool(line) or bool(rng.random() < 0.55)
    answers = viewed and (bool(line) or rng.random() < 0.35)
    replied = quoted + timedelta(hours=int(rng.integers(1, 8))) if answers else None
    number = f"6{request.number[1:]}"
    order_no = line.order_no if line else ""
    return Quote(number, request, request.product, price, quoted, viewed, replied, order_no, request.person.owner)


def months_score(quotes: list[Quote], month: str, until: date) -> int:
    """A service score of a month up to a day, by the rule of thumb of a practitioner's guide, on a base of ten points."""
    of_month = [q for q in quotes if f"{q.quoted:%Y-%m}" == month and q.quoted.date() <= until]
    early = sum(q.quoted.day <= 15 for q in of_month)
    rapid = sum(q.quoted - q.request.posted <= timedelta(hours=6) for q in of_month)
    points = 20 * (early >= 10) + 20 * (len(of_month) >= 20) + 25 * (rapid >= 5)
    return 10 + points + 15 * (sum(q.replied is not None for q in of_month) >= 5)
