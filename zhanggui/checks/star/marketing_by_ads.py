"""Marketing power is the lowest in a shop from the star on from which advertisements lift it."""

from zhanggui.checks.check import check
from zhanggui.checks.star._marketing import weakest_marketing


@check("ST11", key=("track", "power"))
def marketing_by_ads(shop, settings, rules):
    """Nothing where no power is lower than another."""
    return weakest_marketing(shop, rules, high=True)
