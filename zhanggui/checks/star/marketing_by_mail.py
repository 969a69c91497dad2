"""Marketing power is the lowest in a shop below the star from which advertisements lift it: e-mail marketing."""

from zhanggui.checks.check import check
from zhanggui.checks.star._marketing import weakest_marketing


@check("ST10", key=("track", "power"))
def marketing_by_mail(shop, settings, rules):
    """Nothing where no power is lower than another."""
    return weakest_marketing(shop, rules, high=False)
