"""A paid word that costs and brings nothing."""

import numpy as np
import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, silence
from zhanggui.measures import ads, products
from zhanggui.measures.text import folded


@check("AD02", key=("word",))
def spend_without_leads(shop, settings, rules):
    """Words with spend and no inquiry where the shop's paid words would have brought some. A shop without standard promotion has
    no such words and is not asked for the report."""
    if not shop.has("p4p_keyword"):
        clicks = products.effect(shop, settings.days).select(pl.col("standard_clicks").sum()).collect().item()
        return NotYet("p4p_keyword") if clicks else pl.DataFrame(schema={"word": pl.String})
    words = ads.words(shop, settings.days).collect()
    if words["inquiries"].null_count() == words.height:
        return pl.DataFrame(schema={"word": pl.String})
    words = words.filter(pl.col("inquiries").is_not_null())
    covered = shop.last("p4p_keyword", settings.days).covered
    words = words.with_columns(pl.lit(covered).alias("days"), pl.col("cost").cast(pl.Float64))
    costly = (pl.col("clicks") >= settings.min_clicks) & (pl.col("cost") > 0)
    found = _judged(_with_match(shop, words), costly, settings.chance)
    if found is None:
        return NotYet("p4p_keyword", missing_events(words["inquiries"]), "inquiry")
    monthly = pl.col("cost") / pl.col("days") * 30
    noise = 1.2816 / pl.col("clicks").cast(pl.Float64).sqrt()  # 80 % range of a Poisson count of clicks
    saved = {"gain": monthly, "gain_low": monthly * (1 - noise), "gain_high": monthly * (1 + noise)}
    found = found.with_columns(
        [
            pl.when(pl.col("verdict") == "found").then(value).otherwise(np.nan).fill_nan(None).alias(name)
            for name, value in saved.items()
        ]
    )
    told = found.filter(pl.col("verdict") == "found").sort("cost", "word", descending=[True, False])
    early = found.filter(pl.col("verdict") == "unsure").sort("cost", "word", descending=[True, False]).head(settings.list_early)
    return pl.concat([told, early]).select(
        "word",
        "cost",
        "clicks",
        "cpc",
        "days",
        "expected",
        "chance",
        "verdict",
        "needs",
        "needs_days",
        "gain",
        "gain_low",
        "gain_high",
    )


def _with_match(shop, words):
    """`words` with `match`: the match type that the register 标注词 says; the report itself has none."""
    told = shop.scan("marked_word").drop_nulls("match").select(folded(pl.col("word")).alias("same"), "match")
    told = told.unique("same", keep="last", maintain_order=True).collect()
    return words.with_columns(folded(pl.col("word")).alias("same")).join(told, on="same", how="left").drop("same")


def _judged(words, costly, chance):
    """Words of a match type are held against others of their type where these have a rate of their own, all others against the whole.

    The report ascribes each inquiry to a click on the word: the relation needs no showing. None where nothing has a rate.
    """
    match, found, own = pl.col("match"), [], []
    for one in words["match"].drop_nulls().unique().sort():
        alike = words.filter(match == one)
        judged = silence(alike, trials="clicks", events="inquiries", days="days", among=costly, chance=chance)
        if judged is not None:
            own.append(one)
            found.append(judged[0])
    rest = costly & ~match.fill_null("").is_in(own)
    judged = silence(words, trials="clicks", events="inquiries", days="days", among=rest, chance=chance)
    found += [judged[0]] if judged is not None else []
    return pl.concat(found) if found else None
