"""A test of two images or pages that nobody has judged: it is decided, or it needs more showings."""

from math import inf

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.sequential import sequel


@check("LI16", key=("test",))
def open_page_test(shop, settings, rules):
    """Tests of the register without a verdict, the two variants that were shown most: which is better, or how much is missing.

    It may be run every day, see `sequel`. `needs`: showings of each.
    """
    if not shop.has("page_test"):
        return NotYet("page_test")
    counted = (pl.col("exposures") > 0) & (pl.col("clicks") >= 0) & (pl.col("clicks") <= pl.col("exposures"))
    rows = shop.scan("page_test").with_columns(pl.col("verdict").is_not_null().any().over("test").alias("judged"))
    rows = rows.filter(~pl.col("judged"), counted).sort("test", "exposures", "variant", descending=[False, True, False])
    told = []
    for (test,), two in rows.collect().partition_by("test", as_dict=True, maintain_order=True).items():
        if two.height < 2:
            continue
        clicks, shown = two["clicks"].head(2).to_list(), two["exposures"].head(2).to_list()
        said = sequel(clicks, shown, settings.worth, settings.chance)
        rates = [c / n for c, n in zip(clicks, shown, strict=True)]
        best, early = said.best, said.kind == "open" and said.needs < inf
        told.append(
            {
                "test": test,
                "better": two["variant"][best],
                "worse": two["variant"][1 - best],
                "better_rate": rates[best],
                "worse_rate": rates[1 - best],
                "shown": min(shown),
                "decided": int(said.kind == "better"),
                "worth": settings.worth,
                "verdict": "unsure" if early else "found",
                "needs": round(said.needs * sum(shown) / max(said.events, 1) / 2) if early else None,
            }
        )
    schema = dict.fromkeys(("test", "better", "worse", "verdict"), pl.String)
    numbers = {"better_rate": pl.Float64, "worse_rate": pl.Float64, "shown": pl.Int64, "decided": pl.Int64}
    return pl.DataFrame(told, schema=schema | numbers | {"worth": pl.Float64, "needs": pl.Float64})
