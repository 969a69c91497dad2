"""The shop's click rate or inquiries per click have fallen: by the products' own rates, or because others are shown?"""

from math import log

import numpy as np
import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import compare
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.estimates.mix import mix_and_rate
from zhanggui.measures.by_week import by_week

#: Both of one scope: the search's, the whole shop's.
RATES = {"search_ctr": ("search_clicks", "search_exposures"), "inquiry_per_click": ("inquiries", "shop_clicks")}
WORDS = {"search_ctr": ("搜索点击率", "Search click rate"), "inquiry_per_click": ("每次点击询盘", "Inquiries per click")}
SCHEMA = {
    "rate": pl.String, "rate_zh": pl.String, "rate_en": pl.String, "newest": pl.Float64, "before": pl.Float64,
    "ratio": pl.Float64, "low": pl.Float64, "high": pl.Float64, "by_mix": pl.Float64, "by_rate": pl.Float64,
    "periods": pl.Int64, "products": pl.Int64,
}  # fmt: skip


@check("TR09", key=("rate",), needs=("product_effect",))
def rate_fall(shop, settings, rules):
    """The newest period's rate beside all periods before, and the fall split over the products into mix and rate."""
    found = []
    for rate, (column, of) in RATES.items():
        events, trials = (by_week(shop, "product_effect", "product_id", (c,), settings.weeks) for c in (column, of))
        if events is None or trials is None or events.ends != trials.ends or len(trials.ends) < FEWEST_PERIODS:
            continue
        e, n = events.counts, trials.counts
        if not (np.isfinite(e).all() and np.isfinite(n).all()):
            continue
        sums = (e.sum(axis=0), n.sum(axis=0))
        moved = compare((sums[0][-1], sums[1][-1]), (sums[0][:-1].sum(), sums[1][:-1].sum()), *(s[:-1] for s in sums))
        if moved is None or moved.high is None or moved.ratio > settings.below or not _sure(moved, settings.sure):
            continue
        sides = [(part.sum(axis=1), of.sum(axis=1)) for part, of in ((e[:, :-1], n[:, :-1]), (e[:, -1:], n[:, -1:]))]
        whole = np.all([(part == 0) | (of > 0) for part, of in sides], axis=0)  # events of nothing have no rate
        split = mix_and_rate(*(figure[whole] for side in sides for figure in side))
        low = min(moved.low, moved.ratio)  # of no events the range reaches down to none
        numbers = (moved.newest, moved.before, moved.ratio, low, moved.high, split.mix.sum(), split.rate.sum())
        found.append((rate, *WORDS[rate], *map(float, numbers), len(trials.ends), len(trials.names)))
    if not found and (lacking := _lacking(shop, settings)):
        return lacking
    told = pl.DataFrame(found, schema=SCHEMA, orient="row")
    return told.with_columns((pl.col("before") - pl.col("newest")).alias("lost"))


def _sure(moved, times: float) -> bool:
    """Whether the fall, by the middle of its range, exceeds half of that range so many times over."""
    return moved.high < 1 and -(log(moved.low) + log(moved.high)) >= times * (log(moved.high) - log(moved.low))


def _lacking(shop, settings) -> NotYet | None:
    weeks = by_week(shop, "product_effect", "product_id", ("search_exposures",), settings.weeks)
    known = len(weeks.ends) if weeks else 0
    return NotYet("product_effect", FEWEST_PERIODS - known, "week") if known < FEWEST_PERIODS else None
