"""The people who write to the shop: the buyers of its orders first, then many who never order. All invented."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from sandbox import orders
from sandbox import vocabulary as voc
from sandbox.market import World, stream

FIRST = voc.labels(
    "Amara|Boris|Celia|Daria|Emil|Fiona|Goran|Hanna|Igor|Judith|Kamil|Leila|Marta|Nadia|Oscar|Petra|Quentin|Rosa|Stefan|Tara"
    "|Umar|Vera|Wanda|Xenia|Yusuf|Zora"
)
LAST = voc.labels(
    "Acker|Bellini|Castro|Drew|Eriksen|Fabre|Gomez|Hansen|Ibarra|Jansen|Kowal|Lopez|Moreau|Novak|Okoro|Pereira|Quiroga|Rossi"
    "|Santos|Tanaka|Ueda|Varga|Weber|Yilmaz|Zeller"
)
LEVELS = ("L0", "L1", "L2", "L3", "L4")
LEVEL_ODDS = (0.34, 0.36, 0.18, 0.09, 0.03)
SORTS = voc.labels("零售商|批发商|品牌商|工程商|电商卖家")
INDUSTRIES = tuple(category.name for category in voc.CATEGORIES)
COUNTRY_ODDS = np.array([0.3, 0.13, 0.09, 0.09, 0.08, 0.08, 0.06, 0.08, 0.04, 0.05])  # by voc.COUNTRIES


@dataclass(frozen=True)
class Person:
    """A buyer as the platform's customer list has one. `id` is the visitor's, the buyer's and the customer's number."""

    id: str
    name: str
    company: str
    email: str
    country: str
    level: str
    sort: str
    industry: str
    registered: date
    owner: str


def dressed(rng: Generator, world: World, number: int, name: str, company: str, email: str, country: str) -> Person:
    return Person(
        id=f"88{world.seed % 1000:03d}{number:06d}",
        name=name,
        company=company,
        email=email,
        country=country,
        level=LEVELS[int(rng.choice(len(LEVELS), p=LEVEL_ODDS))],
        sort=SORTS[int(rng.integers(len(SORTS)))],
        industry=INDUSTRIES[int(rng.integers(len(INDUSTRIES)))],
        registered=world.weeks[0][0] - timedelta(days=int(rng.integers(20, 2_500))),
        owner=voc.OWNERS[int(rng.integers(len(voc.OWNERS)))],
    )


def people(world: World, count: int) -> list[Person]:
    """At least as many as there are order buyers, these first and under their own names."""
    rng = stream(world.seed, "people")
    found = [
        dressed(rng, world, number, buyer.name, buyer.company, buyer.email, buyer.country)
        for number, buyer in enumerate(orders.buyers(stream(world.seed, "orders")))
    ]
    for number in range(len(found), max(count, orders.BUYERS)):
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        turn = number // (len(FIRST) * len(LAST))
        middle = f" {string.ascii_uppercase[turn % 26]}." if turn else ""
        country = voc.COUNTRIES[int(rng.choice(len(voc.COUNTRIES), p=COUNTRY_ODDS))]
        email = f"{first}.{last}{number}@example.com".lower()
        company = f"{last} {('Demo Imports', 'Sample Retail', 'Test Supply')[number % 3]}"
        found.append(dressed(rng, world, number, f"{first}{middle} {last}", company, email, country))
    return found


def second_self(rng: Generator, person: Person, number: int) -> Person:
    """The same human being under another account: spelt otherwise, another address, in another salesperson's list."""
    first, *_, last = person.name.split()
    name = (f"{first[0]}. {last}", f"{last.upper()} {first}", f"{first} {last}{last[-1]}")[number % 3]
    company = (f"{person.company} Ltd.", person.company.upper(), person.company)[number % 3]
    user, _ = person.email.split("@")
    email = (f"{user.replace('.', '')}@example.org", f"{user}@example.net", f"{user.split('.')[0]}@example.org")[number % 3]
    owner = voc.OWNERS[(voc.OWNERS.index(person.owner) + 1) % len(voc.OWNERS)]
    registered = person.registered + timedelta(days=int(rng.integers(30, 400)))
    number_of_old = int(person.id[-6:])
    return replace(
        person,
        id=f"{person.id[:-6]}{900_000 + number_of_old:06d}",
        name=name,
        company=company,
        email=email,
        owner=owner,
        registered=registered,
    )


def phisher(rng: Generator, world: World, number: int) -> Person:
    """Nobody who buys: a fresh account with a borrowed name."""
    first, last = FIRST[int(rng.integers(len(FIRST)))], LAST[int(rng.integers(len(LAST)))]
    country = voc.COUNTRIES[int(rng.integers(len(voc.COUNTRIES)))]
    person = dressed(
        rng,
        world,
        800_000 + number,
        f"{first} {last}",
        "Global Demo Procurement",
        f"po{rng.integers(10**6)}@example.net",
        country,
    )
    return replace(person, level="L0")
