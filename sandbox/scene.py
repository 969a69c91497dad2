"""One world: the drawn shop and all that happens in and around it, from which every further report is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox import disguises, fulfilment, happenings, leads, outside, overlay, rfq, traffic
from sandbox.fulfilment import Fulfilment
from sandbox.happenings import Happening
from sandbox.leads import Lead
from sandbox.people import Person
from sandbox.rfq import Quote, Request
from sandbox.shop import Shop

#: Weeks of the weekly reports that are written beside the first six.
RECENT = 12


@dataclass
class Scene:
    """`known`: who could write, order buyers first. `people`: who did write, ask or order, by number.

    `detailed`: the weeks whose weekly reports are written.
    """

    shop: Shop
    happenings: list[Happening]
    leads: list[Lead]
    people: dict[str, Person]
    requests: list[Request]
    quotes: list[Quote]
    fulfilment: Fulfilment
    trends: list[outside.Trend]
    by_week: dict[int, list[Lead]]
    detailed: list[int]
    _product_words: dict[int, list[traffic.ProductWord]] = field(default_factory=dict)

    def product_words(self) -> dict[int, list[traffic.ProductWord]]:
        """The words behind each product, by week, of the weeks that are `detailed`."""
        if not self._product_words:
            self._product_words = traffic.product_words(self.shop, self.detailed)
        return self._product_words

    def truth(self) -> dict[str, Any]:
        """What stands in truth.json beside the shop's own."""
        return {"happenings": [happening.as_dict() for happening in self.happenings]}


def scene(shop: Shop, kinds: str | Iterable[str] = "around", recent: int = RECENT) -> Scene:
    """The world of a drawn shop. Happenings of `WITHIN` change the shop itself; no others do."""
    wanted = happenings.choose(kinds)
    found: list[Happening] = []
    for make in (
        happenings.rising_product,
        happenings.campaign_lift,
        happenings.late_shipment,
        happenings.campaign,
        happenings.fading_word,
        happenings.late_delivery,
        happenings.price_war,
    ):
        found += make(shop) if make.__name__ in wanted else []
    overlay.put(shop, found)
    known, written = leads.contacts(shop, found)
    for name, disguise in (("phishing", disguises.phish), ("duplicate_buyer", disguises.double)):
        found += disguise(shop, written) if name in wanted else []
    written.sort(key=lambda lead: (lead.created, lead.number))
    requests, quotes = rfq.requests(shop, known, found)
    buyers = {line.buyer.email for line in shop.orders}
    people = [person for person in known if person.email in buyers]
    people += [lead.person for lead in written] + [quote.request.person for quote in quotes]
    trends, seasons = outside.trends(shop, [h for h in found if h.kind == "fading_word"])
    found += seasons if "season" in wanted else []
    by_week: dict[int, list[Lead]] = defaultdict(list)
    for lead in written:
        by_week[lead.week].append(lead)
    by_id = {person.id: person for person in people}
    people_by_id = {i: by_id[i] for i in sorted(by_id)}
    after = fulfilment.fulfilment(shop, found)
    count = len(shop.world.weeks)
    detailed = list(range(max(count - recent, 0), count))
    return Scene(shop, found, written, people_by_id, requests, quotes, after, trends, dict(by_week), detailed)
