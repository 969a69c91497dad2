"""The whole shop's traffic has risen beyond its own noise: worth knowing why, so that it can be done again."""

from zhanggui.checks.check import check
from zhanggui.checks.traffic._moved import moved


@check("TR11", key=("figure",), needs=("product_effect",))
def shop_rise(shop, settings, rules):
    """The newest period against the ones before; never single days."""
    return moved(shop, settings, rise=True)
