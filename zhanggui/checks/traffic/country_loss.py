"""A country from which clearly fewer visits come than before, while the others hold."""

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic._fallen import fallen

FIGURES = ("visits", "clicks", "exposures", "visitors")


@check("TR03", key=("country",))
def country_loss(shop, settings, rules):
    """Countries that fell beyond their own noise and more than the rest; a fall of the whole shop is no country's."""
    if not shop.has("shop_region"):
        return NotYet("shop_region")
    return fallen(shop, "shop_region", "country", FIGURES, settings)
