"""A word that brings leads and shows one product alone."""

from math import inf

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.rates import least_rate, trials_until
from zhanggui.measures import keywords, library


@check("KW14", key=("word",))
def lead_word_thin(shop, settings, rules):
    """Words with exposures, clicks and leads at the rate of a lead word, by which at most `products` products are shown;
    silent where no number of clicks would tell."""
    if not shop.has("product_keyword"):
        return NotYet("product_keyword")
    wanted = rules["lead_word_rate"]
    rows = keywords.with_brand(library.leads(shop, settings.days), own=settings.own_brands).filter(
        pl.col("search_exposures") > 0,
        pl.col("search_clicks") > 0,
        pl.col("lead_rows") > 0,
        pl.col("lead_rows") > wanted * pl.col("search_clicks"),
        pl.col("products") <= settings.products,
        pl.col("brand").is_null(),
    )

    def told(leads, clicks):
        return least_rate(leads, clicks, 1 - settings.chance) >= wanted

    found = []
    for row in rows.sort("word").collect().iter_rows(named=True):
        leads, clicks = min(row["lead_rows"], row["search_clicks"]), row["search_clicks"]
        low = least_rate(leads, clicks, 1 - settings.chance)
        needs = None if low >= wanted else trials_until(told, leads / clicks, clicks) - clicks
        if needs == inf:
            continue
        found.append(
            {
                **row,
                "rate": leads / clicks,
                "low": low,
                "wanted": wanted,
                "verdict": "found" if needs is None else "unsure",
                "needs": needs,
            }
        )
    columns = (
        "word",
        "products",
        "search_exposures",
        "search_clicks",
        "lead_rows",
        "rate",
        "low",
        "wanted",
        "verdict",
        "needs",
    )
    types = (pl.String, *[pl.Int64] * 4, *[pl.Float64] * 3, pl.String, pl.Float64)
    frame = pl.DataFrame([{c: row[c] for c in columns} for row in found], schema=dict(zip(columns, types, strict=True)))
    told = frame.filter(pl.col("verdict") == "found").sort("search_clicks", "word", descending=[True, False])
    early = frame.filter(pl.col("verdict") == "unsure").sort("needs", "word").head(settings.list_early)
    return pl.concat([told, early])
