"""Hours, regions and audiences that bring more or less for their clicks than all the others."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events

NUMBERS = ("cost", "clicks", "inquiries", "rate", "rest", "expected", "ratio", "low", "high", "days", "chance")
MONTH = 30


def told_apart(rows, table, days, weak, settings, by=()):
    """The rows that are clearly weaker (or stronger) than the others of their `by`, the dearest first.

    `rows`: one per hour or label, with cost, clicks and inquiries. A weak row that is brought to the others' rate gains
    `expected − inquiries`; a strong one would bring as much again for as many clicks.
    """
    use = rows.filter(pl.col("clicks") > 0).drop_nulls("inquiries")
    found = []
    for _, part in use.group_by(by, maintain_order=True) if by else [((), use)]:
        if part.height < 2 or part["inquiries"].sum() < FEWEST_EVENTS:
            continue
        one = apart(part["inquiries"], part["clicks"])
        columns = {"rest": one.rest, "expected": one.expected, "ratio": one.ratio, "low": one.low, "high": one.high}
        columns["chance"] = one.below if weak else one.above
        told = part.with_columns(pl.Series(name, values) for name, values in columns.items())
        found.append(told.filter(pl.col("chance") <= settings.chance, pl.col("rest") > 0))
    if not found:
        return NotYet(table, missing_events(use["inquiries"]), "inquiry")
    had, rest, monthly = pl.col("inquiries"), pl.col("expected"), pl.lit(MONTH / days)
    told = pl.concat(found).with_columns(
        pl.col("cost").cast(pl.Float64),
        (had / pl.col("clicks")).alias("rate"),
        pl.lit(days).alias("days"),
    )
    if weak:
        gain = [(rest - had) * monthly, rest * (1 - pl.col("high")) * monthly, rest * (1 - pl.col("low")) * monthly]
        gains = [
            each.clip(lower_bound=0).alias(name) for each, name in zip(gain, ("gain", "gain_low", "gain_high"), strict=True)
        ]
        told = told.with_columns(gains)
    return told.sort("cost", *[c for c in told.columns if c in ("hour", "target")], descending=[True, False])
