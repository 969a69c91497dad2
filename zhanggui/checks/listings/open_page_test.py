"""A test of two images or pages that nobody has judged: it is decided, or it needs more showings."""

from math import inf

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.sequential import sequel


@check("LI16", key=("test",))
def open_page_test(shop, settings, rules):
    """Tests of the register without a verdict: which variant is better than all others, or how much is missing.

    All variants are judged together; `worse` is the runner-up. It may be run every day, see `sequel`. `needs`: showings of each.
    """
    if not shop.has("page_test"):
        return NotYet("page_test")
    counted = (pl.col("exposures") > 0) & (pl.col("clicks") >= 0) & (pl.col("clicks") <= pl.col("exposures"))
    rows = shop.scan("page_test").with_columns(pl.col("verdict").is_not_null().any().over("test").alias("judged"))
    rows = rows.filter(~pl.col("judged"), counted).sort("test", "variant")
    told = []
    for (test,), every in rows.collect().partition_by("test", as_dict=True, maintain_order=True).items():
        if every.height < 2:
            continue
        clicks, shown = every["clicks"].to_list(), every["exposures"].to_list()
        said = sequel(clicks, shown, settings.worth, settings.chance)
        rates = [c / n for c, n in zip(clicks, shown, strict=True)]
        best, early = said.best, said.kind == "open" and said.needs < inf
        second = max((i for i in range(len(rates)) if i != best), key=lambda i: rates[i])
        told.append(
            {
                "test": test,
                "better": every["variant"][best],
                "worse": every["variant"][second],
                "better_rate": rates[best],
                "worse_rate": rates[second],
                "shown": min(shown),
                "decided": int(said.kind == "better"),
                "worth": settings.worth,
                "verdict": "unsure" if early else "found",
                "needs": round(said.needs * sum(shown) / max(said.events, 1) / len(shown)) if early else None,
            }
        )
    schema = dict.fromkeys(("test", "better", "worse", "verdict"), pl.String)
    numbers = {"better_rate": pl.Float64, "worse_rate": pl.Float64, "shown": pl.Int64, "decided": pl.Int64}
    return pl.DataFrame(told, schema=schema | numbers | {"worth": pl.Float64, "needs": pl.Float64})
