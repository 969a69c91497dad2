"""A channel through which clearly fewer visitors come than before, while the others hold."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic._fallen import fallen

FIGURES = ("visitors", "page_visitors")


@check("TR04", key=("channel",))
def source_loss(shop, settings, rules):
    """Channels that fell beyond their own noise and more than the others do. Channels that end by themselves are left out."""
    if not shop.has("traffic_source"):
        return NotYet("traffic_source")
    found = fallen(shop, "traffic_source", "channel", FIGURES, settings)
    return found if isinstance(found, NotYet) else found.filter(~pl.col("channel").is_in(list(settings.passing)))
