"""Visitors of a week by where they come from and where they live, and one by one; and the words that lead to each product.

Everybody who inquires or chats is a visitor of the week, with the country of the person; the others are strangers. By country
visitors add up to the overview's; by channel they may overlap, as people come twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sandbox import overview
from sandbox import vocabulary as voc
from sandbox.happenings import Happening
from sandbox.leads import CHANNELS, Lead, channel_odds
from sandbox.market import Ints, stream
from sandbox.operation_plants import country_odds
from sandbox.people import LEVEL_ODDS, LEVELS, Person
from sandbox.shop import Shop, bought

#: Product, word, search exposures and clicks, and those of standard promotion among them.
ProductWord = tuple[int, str, int, int, int, int]

OVERLAP = 1.08  # visitors by channel, added up, to the shop's visitors
LISTED_WORDS = 300  # natural words that the product-360 page is drawn for
UNLISTED = 0.5  # of a product's natural search exposures come by words that the page does not list


@dataclass(frozen=True)
class Group:
    """Visitors of a week who share a channel or a country: visitors, visits, inquirers, chatters, people of either kind."""

    name: str
    visitors: int
    visits: int
    inquirers: int
    chatters: int
    people: int


def visitors(shop: Shop, week: int) -> int:
    return int(overview.week_figures(shop, week)["店铺访问人数"])


def groups(leads: list[Lead], names: list[str], of: list[str], seen: Ints, visits: int) -> list[Group]:
    """`of[i]` is the group of lead i, `seen` the visitors of each group, at least its people."""
    people: dict[str, dict[str, set[str]]] = {name: {"inquiry": set(), "chat": set()} for name in names}
    for lead, name in zip(leads, of, strict=True):
        people[name]["inquiry" if lead.inquiry else "chat"].add(lead.person.id)
    visited = np.floor(visits * seen / max(seen.sum(), 1)).astype(np.int64)
    visited[int(np.argmax(visited))] += visits - int(visited.sum())
    found = []
    for name, seen_here, visits_here in zip(names, seen.tolist(), visited.tolist(), strict=True):
        inquirers, chatters = people[name]["inquiry"], people[name]["chat"]
        found.append(
            Group(name, seen_here, max(seen_here, visits_here), len(inquirers), len(chatters), len(inquirers | chatters))
        )
    return found


def by_channel(shop: Shop, week: int, leads: list[Lead], happenings: list[Happening]) -> list[Group]:
    total = visitors(shop, week)
    odds = channel_odds(happenings, shop.world.weeks[week][0])
    seen = stream(shop.world.seed, f"channels {week}").multinomial(round(total * OVERLAP), odds)
    least = Counter(channel for channel, _ in {(lead.channel, lead.person.id) for lead in leads})
    seen = np.maximum(seen, [least[channel] for channel in CHANNELS])
    visits = int(overview.week_figures(shop, week)["店铺访问次数"])
    return groups(leads, [*CHANNELS], [lead.channel for lead in leads], seen, visits)


def by_country(shop: Shop, week: int, leads: list[Lead]) -> list[Group]:
    """Visitors add up to the overview's, since nobody lives in two countries."""
    people = {lead.person.id: lead.person.country for lead in leads}
    known = Counter(people.values())
    strangers = visitors(shop, week) - len(people)
    seen = stream(shop.world.seed, f"countries {week}").multinomial(
        max(strangers, 0), country_odds(shop.plants, shop.world, week)
    )
    seen = seen + np.array([known[country] for country in voc.COUNTRIES])
    visits = int(overview.week_figures(shop, week)["店铺访问次数"])
    return groups(leads, [*voc.COUNTRIES], [lead.person.country for lead in leads], seen, visits)


@dataclass(frozen=True)
class Visit:
    """One visitor of a week, on the day of the first visit. `person` is known only of those who wrote."""

    visitor: str
    person: Person | None
    country: str
    level: str
    day: date
    pages: int
    seconds: int
    word: str
    inquired: bool
    chatted: bool


def visits(shop: Shop, week: int, leads: list[Lead]) -> list[Visit]:
    """Every visitor of a week once: as many as the overview says, by country as the region report says."""
    rng = stream(shop.world.seed, f"visitors {week}")
    start = shop.world.weeks[week][0]
    people = {lead.person.id: lead.person for lead in leads}
    first = {person: min(lead.created for lead in leads if lead.person.id == person).date() for person in people}
    inquired = {lead.person.id for lead in leads if lead.inquiry}
    chatted = {lead.person.id for lead in leads if not lead.inquiry}
    words = shop.words.text[: 2 * shop.words.paid]
    found = []
    for group in by_country(shop, week, leads):
        here = [person for person in people.values() if person.country == group.name]
        count = group.visitors - len(here)
        place = voc.COUNTRIES.index(group.name)
        ids = rng.permutation(6 * count + 20)[:count]
        strangers = [f"9{shop.world.seed % 1000:03d}{place:02d}{number:06d}" for number in ids.tolist()]
        for visitor, person in [(p.id, p) for p in here] + [(stranger, None) for stranger in strangers]:
            pages = 1 + int(rng.poisson(5 if person else 1.2))
            level = person.level if person else LEVELS[int(rng.choice(len(LEVELS), p=LEVEL_ODDS))]
            day = first[visitor] if person else start + timedelta(days=int(rng.integers(7)))
            word = words[int(rng.integers(len(words)))] if rng.random() < 0.5 else ""
            seconds = int(pages * rng.lognormal(3.2, 0.7))
            wrote = (visitor in inquired, visitor in chatted)
            found.append(Visit(visitor, person, group.name, level, day, pages, seconds, word, *wrote))
    return sorted(found, key=lambda visit: (visit.day, visit.visitor))


def product_words(shop: Shop, weeks: list[int]) -> dict[int, list[ProductWord]]:
    """Week → product, word, search exposures and clicks, those of standard promotion among them; where there were any.

    Standard promotion is that of the P4P report word by word. By nature a product is seen for words that its title carries; the
    words of the keyword report are drawn for the shop as a whole, so their natural exposures do not add up to these.
    """
    world = shop.world
    exposures, clicks = (part[:, :, weeks] for part in bought(world, shop.words, stream(world.seed, "figures")))
    order = np.argsort(-shop.words.expected(), kind="stable")[:LISTED_WORDS].tolist()
    titles = [voc.tokens(title) for title in world.titles]
    wanted = [(place, voc.tokens(shop.words.text[place])) for place in order if shop.words.english[place]]
    covering = [[place for place, tokens in wanted if tokens <= title] for title in titles]
    found: dict[int, list[ProductWord]] = {}
    for at, week in enumerate(weeks):
        rng = stream(world.seed, f"product words {week}")
        rows: list[ProductWord] = []
        for product in range(world.count):
            natural = shop.effect["search_exposures"][product, week] - shop.effect["standard_exposures"][product, week]
            free = shop.effect["search_clicks"][product, week] - shop.effect["standard_clicks"][product, week]
            places = covering[product]
            odds = np.append(shop.words.natural[places], 0.0)
            odds[-1] = UNLISTED * odds.sum() / (1 - UNLISTED) if places else 1.0
            seen = dict(zip(places, rng.multinomial(natural, odds / odds.sum())[:-1].tolist(), strict=True))
            opened = dict(zip(places, rng.multinomial(free, odds / odds.sum())[:-1].tolist(), strict=True))
            paid = exposures[:, product, at]
            for place in sorted({*places, *np.flatnonzero(paid).tolist()}):
                p4p = (int(paid[place]), int(clicks[place, product, at])) if place < len(paid) else (0, 0)
                shown = seen.get(place, 0)
                if shown + p4p[0]:
                    clicked = min(opened.get(place, 0), shown)
                    rows.append((product, shop.words.text[place], shown + p4p[0], clicked + p4p[1], *p4p))
        found[week] = rows
    return found
