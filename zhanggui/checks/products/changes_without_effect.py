"""A product that has been improved several times and has not gained."""

from math import log

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.estimates import compare
from zhanggui.measures import products


@check("PR14", key=("product_id",), needs=("product_effect",))
def changes_without_effect(shop, settings, rules):
    """Products with as many days of change as the rulebook says or more whose clicks of the whole weeks after the last of them
    are not above those of as many weeks before the `newest` so many. Told only where a rise by `effect` would have been seen."""
    if absent := lacks(shop, "product_change"):
        return absent
    least = int(rules["changes_before_replacing"])
    changed = shop.scan("product_change").group_by("product_id").agg(pl.col("changed_on").unique().sort(), pl.len())
    days = dict(
        changed.filter(pl.col("changed_on").list.len() >= least).select("product_id", "changed_on").collect().iter_rows()
    )
    series = products.weekly(shop, settings.weeks * 7, "shop_clicks").filter(
        pl.col("product_id").is_in(list(days)), pl.col("length") == 7
    )
    names = dict(products.titles(shop).collect().select("product_id", "product_name").iter_rows())
    rows = []
    for (product,), weeks in series.sort("product_id", "period_end").collect().group_by("product_id", maintain_order=True):
        first, last = days[product][-least], days[product][-1]
        before = weeks.filter(pl.col("period_end") < first)["shop_clicks"].tail(settings.each)
        after = weeks.filter(pl.col("period_start") > last)["shop_clicks"].head(settings.each)
        judged = _judged(before, after, weeks["shop_clicks"], settings)
        if judged:
            rows.append((product, names.get(product, product), len(days[product]), least, last, *judged))
    schema = {"product_id": pl.String, "product_name": pl.String, "changes": pl.Int64, "newest": pl.Int64, "last": pl.Date}
    schema |= {"before": pl.Float64, "after": pl.Float64, "most": pl.Float64, "verdict": pl.String, "needs": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _judged(before, after, all_weeks, settings):
    """Clicks a week before and after, how much higher they may be at most, verdict, missing weeks; None: it gained, or no data."""
    if before.null_count() or after.null_count() or before.len() < settings.each or not before.sum():
        return None
    if after.len() < settings.each:
        if not after.len():
            return None
        return before.mean(), after.mean(), None, "unsure", float(settings.each - after.len())
    found = compare((after.sum(), after.len()), (before.sum(), before.len()), all_weeks.to_list())
    if found is None or found.high is None or found.low > 1 or found.ratio >= 1 + settings.effect:
        return None
    if found.high < 1 + settings.effect:
        return before.mean(), after.mean(), found.high - 1, "found", None
    wide, wanted = log(found.high / max(found.ratio, 0.01)), log((1 + settings.effect) / max(found.ratio, 0.01))
    return before.mean(), after.mean(), found.high - 1, "unsure", max(1.0, settings.each * ((wide / wanted) ** 2 - 1))
