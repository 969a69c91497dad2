"""Little of the trade off the platform is received through Alibaba.com Pay."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import track_that_counts, worded
from zhanggui.measures import star


@check("ST06", key=("track", "code"))
def little_through_pay(shop, settings, rules):
    """近60天ACP站外交易额 ÷ 近60天站外交易额 of the track that names both, below the guide's share. Our calculation."""
    counts = track_that_counts(shop)
    if isinstance(counts, NotYet):
        return counts
    standing = star.standing(shop).filter(pl.col("track") == "rts").collect()
    if not standing["code"].is_in([star.THROUGH_PAY]).any():
        return counts.head(0)
    return (
        worded(star.pay_share(standing))
        .filter(pl.col("share") < rules["star_pay_share"])
        .with_columns(pl.lit(star.THROUGH_PAY).alias("code"), pl.lit(rules["star_pay_share"]).alias("aim"))
        .select("track", "code", "through_pay", "off_platform", "share", "aim")
    )
