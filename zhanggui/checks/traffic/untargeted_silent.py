"""A country outside the targets whose visitors look and never ask: imprecise traffic to cut."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import missing_events, silence
from zhanggui.measures import traffic


@check("TR08", key=("country",))
def untargeted_silent(shop, settings, rules):
    """Countries that are no target and of whose visitors nobody inquired or chatted, though the others' visitors would have."""
    for table in ("visitor", "target_country"):
        if not shop.has(table):
            return NotYet(table)
    window = shop.last("visitor", settings.days)
    seen = traffic.visitors_by_country(shop, settings.days).filter(pl.col("country").is_not_null()).collect()
    seen = seen.with_columns(pl.lit(window.covered).alias("covered_days")).drop_nulls("askers")
    wanted = traffic.targets(shop, seen["country"])
    if not shop.scan("target_country").head(1).collect().height:
        return NotYet("target_country", 1, "row")
    among = ~pl.col("country").is_in(list(wanted))
    judged = silence(seen, trials="visitors", events="askers", days="covered_days", among=among, chance=settings.chance)
    if judged is None:
        return NotYet("visitor", missing_events(seen["askers"]), "inquiry")
    found, unrelated = judged
    if unrelated > settings.relation:
        return NotYet("visitor", unit="relation")
    whole = window.rows.select(pl.col("visitor_id").n_unique()).collect().item()  # counted once each, wherever from
    told = found.filter(pl.col("verdict") == "found").with_columns((pl.col("visitors") / whole).alias("share"))
    return told.select("country", "visitors", "share", "typical", "expected", "covered_days").sort(
        "visitors", "country", descending=[True, False]
    )
