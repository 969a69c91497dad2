"""Every list of the app, by its name and by the section of the rail in which it is a tab; the first of a section stands at its address."""

from zhanggui.web.lists import ads, buyers, keywords, leads, listings, orders, products, stock
from zhanggui.web.lists.declared import Extra, Listing

#: Section → its lists, in the order of the tabs.
SECTIONS: dict[str, tuple[Listing, ...]] = {
    lists[0].section: lists
    for lists in (
        (*products.LISTS, *listings.LISTS),
        keywords.LISTS,
        ads.LISTS,
        leads.LISTS,
        buyers.LISTS,
        orders.LISTS,
        stock.LISTS,
    )
}
LISTS: dict[str, Listing] = {one.name: one for lists in SECTIONS.values() for one in lists}

__all__ = ["LISTS", "SECTIONS", "Extra", "Listing"]
