"""Every list of the app, by its name and by the section of the rail in which it is a tab; the first of a section stands at its address,
unless the section opens with a page of its own."""

from zhanggui.web.lists import ads, buyers, keywords, leads, listings, orders, products, stock, traffic
from zhanggui.web.lists.declared import Extra, Listing

#: Section → its lists, in the order of the tabs.
SECTIONS: dict[str, tuple[Listing, ...]] = {
    lists[0].section: lists
    for lists in (
        traffic.LISTS,
        (*products.LISTS, *listings.LISTS),
        keywords.LISTS,
        ads.LISTS,
        leads.LISTS,
        buyers.LISTS,
        orders.LISTS,
        stock.LISTS,
    )
}
#: Sections that open with a page of their own, which is their first tab: its words.
FRONTS: dict[str, tuple[str, str]] = {"traffic": ("概况", "Overview")}
LISTS: dict[str, Listing] = {one.name: one for lists in SECTIONS.values() for one in lists}

__all__ = ["FRONTS", "LISTS", "SECTIONS", "Extra", "Listing"]
