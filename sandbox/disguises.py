"""Leads that are not what they look like: bait that phishes for passwords, and one buyer under two accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from numpy.random import Generator

from sandbox.happenings import Happening, span
from sandbox.leads import Lead
from sandbox.market import stream
from sandbox.people import Person, phisher, second_self
from sandbox.shop import Shop

PHISHED = 0.04  # of inquiries, and six at least
DOUBLED = 5  # people
BAIT = (
    "Urgent: confirm your account to receive the payment of order PO-{n}",
    "Please open the attached specification and log in with your mailbox, ref {n}",
    "Bank notice: transfer {n} is on hold, verify here",
)


def strangers(shop: Shop, leads: list[Lead]) -> dict[str, list[int]]:
    """The places of the leads of everybody who never orders."""
    buyers = {line.buyer.email for line in shop.orders}
    found: dict[str, list[int]] = defaultdict(list)
    for place, lead in enumerate(leads):
        if lead.person.email not in buyers:
            found[lead.person.id].append(place)
    return found


def phish(shop: Shop, leads: list[Lead]) -> list[Happening]:
    """Some inquiries of people with no other lead in that week come from phishers instead; changes `leads`."""
    rng = stream(shop.world.seed, "phishing")
    alone = Counter((lead.person.id, lead.week) for lead in leads)
    free = [
        place
        for places in strangers(shop, leads).values()
        for place in places
        if leads[place].inquiry and alone[leads[place].person.id, leads[place].week] == 1
    ]
    count = max(6, round(PHISHED * sum(lead.inquiry for lead in leads)))
    chosen = sorted(free[i] for i in rng.permutation(len(free))[:count])
    for number, place in enumerate(chosen):
        subject = BAIT[number % len(BAIT)].format(n=int(rng.integers(10_000, 99_999)))
        person = phisher(rng, shop.world, number)
        leads[place] = replace(leads[place], person=person, subject=subject, phishing=True)
    ids = {"inquiries": [leads[place].number for place in chosen]}
    days = span(shop, [leads[chosen[0]].week, leads[chosen[-1]].week])
    return [Happening("phishing", ids, days, {"inquiries": len(chosen)}, ("inquiry",))]


def double(shop: Shop, leads: list[Lead]) -> list[Happening]:
    """A few people who wrote in two weeks or more did so under a second account in the later half; changes `leads`."""
    rng = stream(shop.world.seed, "duplicate buyer")
    often = [
        places
        for person, places in sorted(strangers(shop, leads).items())
        if len({leads[place].week for place in places}) > 1 and not any(leads[place].phishing for place in places)
    ]
    pairs, weeks = [], []
    for number, chosen in enumerate(rng.permutation(len(often))[:DOUBLED].tolist()):
        places = often[chosen]
        pairs.append(take_second_account(rng, leads, places, number))
        weeks += [leads[place].week for place in places]
    if not pairs:
        return []
    ids = {"buyers": [[one.id, other.id] for one, other in pairs], "emails": [[one.email, other.email] for one, other in pairs]}
    return [Happening("duplicate_buyer", ids, span(shop, sorted(weeks)), {"pairs": len(pairs)}, ("buyer", "inquiry", "chat"))]


def take_second_account(rng: Generator, leads: list[Lead], places: list[int], number: int) -> tuple[Person, Person]:
    one = leads[places[0]].person
    other = second_self(rng, one, number)
    weeks = sorted({leads[place].week for place in places})
    for place in places:
        if leads[place].week >= weeks[len(weeks) // 2]:
            leads[place] = replace(leads[place], person=other)
    return one, other
