"""A test of two images or pages that nobody has judged: it is decided, or it needs more showings."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.two_rates import two_rates


@check("LI16", key=("test",))
def open_page_test(shop, settings, rules):
    """Tests of the register without a verdict, the two variants that were shown most: which is better, or how much is missing."""
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
        said = two_rates(tuple(clicks), tuple(shown), settings.worth)
        rates = [c / n for c, n in zip(clicks, shown, strict=True)]
        best = 0 if rates[0] >= rates[1] else 1
        decided = said.chance <= settings.chance
        early = not decided and said.needs > 0
        told.append(
            {
                "test": test,
                "better": two["variant"][best],
                "worse": two["variant"][1 - best],
                "better_rate": rates[best],
                "worse_rate": rates[1 - best],
                "shown": min(shown),
                "decided": int(decided),
                "worth": settings.worth,
                "verdict": "unsure" if early else "found",
                "needs": float(said.needs) if early else None,
            }
        )
    schema = dict.fromkeys(("test", "better", "worse", "verdict"), pl.String)
    numbers = {"better_rate": pl.Float64, "worse_rate": pl.Float64, "shown": pl.Int64, "decided": pl.Int64}
    return pl.DataFrame(told, schema=schema | numbers | {"worth": pl.Float64, "needs": pl.Float64})
