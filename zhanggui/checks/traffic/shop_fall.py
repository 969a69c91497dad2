"""The whole shop's traffic has fallen beyond its own noise."""

from zhanggui.checks.check import check
from zhanggui.checks.traffic._moved import moved


@check("TR02", key=("figure",), needs=("product_effect",))
def shop_fall(shop, settings, rules):
    """The newest period against the ones before; never single days."""
    return moved(shop, settings, rise=False)
