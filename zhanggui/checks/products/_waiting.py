"""Tables that one check waits for and that not every shop is asked to bring."""

from zhanggui.checks.check import NotYet


def lacks(shop, *tables: str) -> NotYet | None:
    """The first of the tables of which the shop has nothing."""
    return next((NotYet(table) for table in tables if not shop.has(table)), None)
