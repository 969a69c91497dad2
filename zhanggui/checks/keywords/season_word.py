"""A word that is searched far more than usual in the weeks to come."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates.season import TooShort, season


@check("KW07", key=("word", "region"))
def season_word(shop, settings, rules):
    """Words whose heat in one of the coming weeks is above the rulebook's coefficient, in each of two years or more."""
    if not shop.has("search_trend"):
        return NotYet("search_trend")
    rows = shop.scan("search_trend").select("word", pl.col("region").fill_null(""), "week", "heat").sort("week").collect()
    found, short = [], []
    for (word, region), series in rows.group_by("word", "region", maintain_order=True):
        told = season(series["week"].to_list(), series["heat"].to_list(), shop.day, settings.ahead)
        if isinstance(told, TooShort):
            short.append(told.weeks)
        elif told.coefficient > rules["season_coefficient"] and told.least > 1:
            days = (told.week - shop.day).days
            found.append((word, region, told.coefficient, told.least, str(told.week), days, told.years))
    if short and len(short) == rows.select("word", "region").n_unique():
        return NotYet("search_trend", min(short), "weekly")
    names = {"word": pl.String, "region": pl.String, "coefficient": pl.Float64, "least": pl.Float64, "week": pl.String}
    frame = pl.DataFrame(found, schema=names | {"days_left": pl.Int64, "years": pl.Int64}, orient="row")
    return frame.sort("coefficient", "word", "region", descending=[True, False, False])
