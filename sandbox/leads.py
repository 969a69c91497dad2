"""Inquiries and chats: who wrote about which product, when, and how soon somebody answered.

Counts are those of the product report: its 询盘个数, 询盘人数 and TM咨询人数 of each product and week. In one week one person
writes about one product, so that the shop's people of a week are as many as the overview says.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.random import Generator

from sandbox import overview
from sandbox import vocabulary as voc
from sandbox.happenings import Happening
from sandbox.market import Floats, Ints, stream
from sandbox.people import Person, people
from sandbox.shop import Shop

RAPID_SHARE = 0.62  # answered within five minutes; the overview says so of every week
BEFORE = 6  # weeks between a first word and an order
CHANNELS = voc.labels("搜索|系统推荐|会场|询盘|信保|站内收藏|直接访问|店内|站外|其他")
CHANNEL_ODDS = np.array([0.44, 0.2, 0.06, 0.05, 0.03, 0.03, 0.08, 0.06, 0.03, 0.02])
VENUE = CHANNELS.index("会场")
ASKED = (
    "Price and MOQ of {noun}",
    "Quotation for {noun}, shipping to {country}",
    "Is a sample of {noun} available?",
    "Custom logo on {noun}",
)


@dataclass(frozen=True)
class Lead:
    """An inquiry or the first word of a chat. `answered` is None where nobody has answered."""

    number: str
    inquiry: bool
    person: Person
    product: int
    week: int
    created: datetime
    answered: datetime | None
    owner: str
    channel: str
    subject: str
    phishing: bool = False


def writers(shop: Shop, week: int) -> tuple[Ints, Ints, int]:
    """The product of each inquirer and of each chatter of a week, and how many people they are together."""
    products = np.arange(shop.world.count)
    inquirers = np.repeat(products, shop.effect["inquirers"][:, week])
    chatters = np.repeat(products, shop.effect["chatters"][:, week])
    return inquirers, chatters, int(overview.week_figures(shop, week)["商机人数"])


def orderers(shop: Shop, by_email: dict[str, int]) -> dict[int, list[tuple[int, int]]]:
    """Product → (week, place in the list of people) of its orders."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for line in shop.orders:
        found[line.product].add((line.week, by_email[line.buyer.email]))
    return {product: sorted(orders) for product, orders in found.items()}


def crowd(rng: Generator, slots: list[int], week: int, ordered: dict[int, list[tuple[int, int]]], pool: int) -> list[int]:
    """For each slot (the product that is asked about) another person: somebody who soon orders it, else anybody."""
    taken: set[int] = set()
    chosen = [-1] * len(slots)
    for place, product in enumerate(slots):
        for when, person in ordered.get(product, ()):
            if week <= when <= week + BEFORE and person not in taken:
                chosen[place] = person
                taken.add(person)
                break
    others = iter([int(p) for p in rng.permutation(pool) if int(p) not in taken])
    return [person if person >= 0 else next(others) for person in chosen]


def moment(rng: Generator, shop: Shop, week: int) -> datetime:
    start = datetime.combine(shop.world.weeks[week][0], datetime.min.time())
    return start + timedelta(seconds=int(rng.integers(7 * 86_400)))


def answer(rng: Generator, created: datetime, end: datetime) -> datetime | None:
    """Within five minutes, or hours later, or not at all."""
    rapid, silent = rng.random() < RAPID_SHARE, rng.random() < 0.03
    seconds = rng.integers(20, 300) if rapid else 3_600 * rng.lognormal(1.6, 0.8)
    answered = created + timedelta(seconds=int(seconds))
    return None if silent or answered > end else answered


def channel_odds(happenings: list[Happening], day: date) -> Floats:
    """Where visitors of a week come from; a campaign's venues bring more."""
    odds = CHANNEL_ODDS.copy()
    for happening in happenings:
        if happening.kind == "campaign" and happening.holds(day):
            odds[VENUE] *= happening.strength["venue_factor"]
    return odds / odds.sum()


def contacts(shop: Shop, happenings: list[Happening]) -> tuple[list[Person], list[Lead]]:
    """Everybody who could write (the order buyers first), and the year's leads week by week."""
    world = shop.world
    most = max(writers(shop, week)[2] for week in range(len(world.weeks)))
    known = people(world, max(400, 4 * most))
    ordered = orderers(shop, {person.email: place for place, person in enumerate(known)})
    rng = stream(world.seed, "leads")
    end = datetime.combine(world.weeks[-1][1], datetime.max.time())
    nouns = [next(n for n in voc.CATEGORIES[c].nouns if n in t) for c, t in zip(world.category, world.titles, strict=True)]
    leads: list[Lead] = []
    for week, (start, _) in enumerate(world.weeks):
        inquirers, chatters, together = writers(shop, week)
        first = together - len(chatters)  # the chatters are the last of the people, the inquirers the first
        slots = [*inquirers.tolist(), *chatters[len(inquirers) - first :].tolist()]
        chosen = crowd(rng, slots, week, ordered, len(known))
        asked = [(True, product, chosen[place]) for place, product in enumerate(inquirers.tolist())]
        more = shop.effect["inquiries"][:, week] - shop.effect["inquirers"][:, week]
        for product in np.repeat(np.arange(world.count), more).tolist():
            again = [person for _, asked_for, person in asked[: len(inquirers)] if asked_for == product]
            asked.append((True, product, again[int(rng.integers(len(again)))]))
        asked += [(False, product, chosen[first + place]) for place, product in enumerate(chatters.tolist())]
        odds = channel_odds(happenings, start)
        channel = {person: CHANNELS[int(rng.choice(len(CHANNELS), p=odds))] for person in chosen}
        for inquiry, product, place in asked:
            person, created = known[place], moment(rng, shop, week)
            owner = person.owner if world.owners[product] == "-" else world.owners[product]
            subject = ASKED[int(rng.integers(len(ASKED)))].format(noun=nouns[product], country=person.country)
            number = f"{'3' if inquiry else '5'}{world.seed % 1000:03d}{len(leads):07d}"
            answered = answer(rng, created, end)
            leads.append(Lead(number, inquiry, person, product, week, created, answered, owner, channel[place], subject))
    return known, leads
