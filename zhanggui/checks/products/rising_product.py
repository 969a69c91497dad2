"""A product that buyers' searches show more and more, and that nobody pushes yet."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import rise
from zhanggui.estimates.rise import FEWEST_PERIODS
from zhanggui.measures import products

COLUMNS = ("search_exposures", "shop_clicks", "inquiries")


@check("PR07", key=("product_id",), needs=("product_effect",))
def rising_product(shop, settings, rules):
    """Products outside showcase and promotion whose search exposures of the last one or two weeks are beyond their own past and
    beyond what the other such products rose, and whose clicks have grown with them."""
    weeks = products.weekly(shop, settings.weeks * 7, *COLUMNS).filter(pl.col("length") == 7).collect()
    ends = weeks["period_end"].unique().sort()
    if len(ends) < FEWEST_PERIODS:
        return NotYet("product_effect", FEWEST_PERIODS - len(ends), "week")
    state = products.effect(shop, 7).select("product_id", "product_name", "showcase", "promoted").collect()
    free = state.filter(~pl.col("showcase"), ~pl.col("promoted"))
    whole = (
        weeks.drop_nulls(["search_exposures", "shop_clicks"])
        .sort("period_end")
        .group_by("product_id")
        .agg(*COLUMNS, pl.len().alias("n"))
        .filter(pl.col("n") == len(ends))
        .join(free, on="product_id")
        .sort("product_id")
    )
    if whole.is_empty():
        return whole.select("product_id")
    shown = whole["search_exposures"].to_list()
    found = rise(shown, _lifts(whole["search_exposures"]))
    judged = whole.with_columns(
        pl.Series("p", found.p),
        pl.Series("since", found.periods),
        pl.Series("usual_exposures", found.before),
        pl.col("search_exposures").list.last(),
        pl.col("shop_clicks").list.last().alias("clicks"),
        pl.col("shop_clicks").list.slice(0, len(ends) - 2).list.mean().alias("usual_clicks"),
        pl.col("inquiries").list.last(),
    )
    told = (
        judged.filter(
            pl.col("p") * whole.height <= settings.chance,
            pl.col("clicks") >= settings.min_clicks,
            pl.col("clicks") > pl.col("usual_clicks"),
        )
        .select(
            "product_id",
            "product_name",
            "search_exposures",
            "usual_exposures",
            pl.col("clicks").alias("shop_clicks"),
            "usual_clicks",
            "since",
            pl.lit(len(ends) - 2).alias("weeks_before"),
            products.ratio("search_exposures", "usual_exposures").alias("times"),
        )
        .sort("search_exposures", "product_id", descending=[True, False])
    )
    past = [_past(row) for row in told.iter_rows(named=True)]
    return told.with_columns(pl.Series(f"past_{lang}", [p[i] for p in past], pl.String) for i, lang in enumerate(("zh", "en")))


def _past(row):
    """What was usual in the weeks before, and how many times as much it is now; of a past without any there is no such factor."""
    weeks, usual, times = row["weeks_before"], row["usual_exposures"], row["times"]
    if times is None:
        return f"此前 {weeks} 周一次也没有", f"after none in the {weeks} weeks before"
    return (
        f"此前 {weeks} 周平均 {usual:,.1f} 次，{times:.1f} 倍",
        f"{times:.1f} times its {usual:,.1f} of the {weeks} weeks before",
    )


def _lifts(shown: pl.Series) -> tuple[float, float]:
    """What all of them together grew by in the newest week and in the newest two; never below 1."""
    width = len(shown[0])
    by_week = [float(shown.list.get(i).sum()) for i in range(width)]
    usual = sum(by_week[:-2]) / (width - 2)
    if usual <= 0:
        return 1.0, 1.0
    return max(1.0, by_week[-1] / usual), max(1.0, sum(by_week[-2:]) / 2 / usual)
