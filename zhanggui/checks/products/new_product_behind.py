"""A new product that is behind the shop's own earlier new products at the same age."""

from datetime import timedelta

import numpy as np
import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.products._waiting import lacks
from zhanggui.estimates import fit_spread
from zhanggui.measures import products

AGES = (7, 14, 30)  # days after which PROD-9 looks at a new product
FEWEST = 5


@check("PR16", key=("product_id",), needs=("product_effect",))
def new_product_behind(shop, settings, rules):
    """Clicks in the whole weeks that began in the first 7, 14 or 30 days after listing, beside those of the other new products at that age.

    A product is judged at the highest of these ages that its weeks cover, while it is younger than `until` days.
    """
    if absent := lacks(shop, "product_launch"):
        return absent
    listed = (
        shop.scan("product_launch")
        .drop_nulls(["product_id", "listed_on"])
        .unique("product_id", keep="last", maintain_order=True)
    )
    weeks = products.weekly(shop, 366, "shop_clicks").drop_nulls("shop_clicks").filter(pl.col("length") <= 7)
    early = weeks.join(listed.select("product_id", "candidate", "listed_on"), on="product_id")
    early = early.filter(pl.col("period_start") >= pl.col("listed_on")).collect()
    others = early["product_id"].n_unique()
    if others < FEWEST:
        return NotYet("product_launch", FEWEST - others, "product")
    young = (
        early.filter(pl.col("listed_on") > shop.day - timedelta(days=settings.until))["product_id"].unique().sort().to_list()
    )
    told = [row for product in young if (row := _behind(early, product, settings, len(young)))]
    columns = ("product_id", "candidate", "age", "clicks", "days", "typical", "others", "chance", "verdict", "needs")
    schema = dict.fromkeys(columns, pl.Float64) | {"product_id": pl.String, "candidate": pl.String, "verdict": pl.String}
    schema |= {"age": pl.Int64, "clicks": pl.Int64, "days": pl.Int64, "others": pl.Int64}
    return pl.DataFrame(told, schema=schema, orient="row")


def _behind(early, product, settings, looked_at):
    """The row of one product; None where it is not behind, has no whole week of an age yet, or no later age would tell."""
    sums = {}
    for age in AGES:
        within = early.filter(pl.col("period_start") < pl.col("listed_on") + pl.duration(days=age))
        sums[age] = (
            within.group_by("product_id", "candidate")
            .agg(pl.col("shop_clicks").sum(), pl.col("length").sum())
            .sort("product_id")
        )
    own = {age: s.filter(pl.col("product_id") == product) for age, s in sums.items()}
    reached = [age for age in AGES if own[age].height and own[age]["length"][0] >= age // 7 * 7]
    if not reached:
        return None
    age = reached[-1]
    rest = sums[age].filter(pl.col("product_id") != product, pl.col("length") >= age // 7 * 7)
    spread = fit_spread(rest["shop_clicks"], rest["length"]) if rest.height >= FEWEST - 1 else None
    if spread is None:
        return None
    _, candidate, clicks, days = own[age].row(0)
    chance = float(spread.chance_of_at_most(clicks, days))
    if clicks / days > settings.below * spread.typical:
        return None
    row = (product, candidate, age, clicks, days, spread.typical * days, rest.height, chance)
    if chance * looked_at <= settings.chance:
        return (*row, "found", None)
    later = np.array([whole for a in AGES if (whole := a // 7 * 7) > days])
    enough = spread.chance_of_at_most(np.full(len(later), clicks), later) * looked_at <= settings.chance
    return (*row, "unsure", float(later[enough.argmax()] - days)) if enough.any() else None
