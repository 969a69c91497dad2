"""Hours, regions, audiences and words that bring more or less for their money than all the others."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events

NUMBERS = ("cost", "clicks", "inquiries", "rest", "expected", "ratio", "low", "high", "days", "chance", "but_zh", "but_en")
MONTH = 30
AGAINST = ("rest", "expected", "ratio", "low", "high")


def told_apart(rows, table, days, weak, settings, name, by=()):
    """The rows that are clearly weaker (or stronger) than the others of their `by`, the dearest first.

    `rows`: one per hour or label (`name`), with cost, clicks and inquiries. As much money as a weak row's would bring
    `expected − inquiries` more elsewhere. `but_…`: the row that its others are told without.
    """
    use = rows.filter(pl.col("cost") > 0).drop_nulls("inquiries").sort(*by, name)
    parts = [part for _, part in use.group_by(by, maintain_order=True)] if by else [use]
    enough = [p for p in parts if p.height > 1 and p["inquiries"].sum() >= FEWEST_EVENTS]
    if not enough:
        return NotYet(table, missing_events(use["inquiries"]), "inquiry")
    told = pl.concat([standing_out(*_without(part, weak, settings.chance, name), weak, settings.chance) for part in enough])
    frame = (
        told.with_columns(pl.lit(days).alias("days"), *more(days)) if weak else told.with_columns(pl.lit(days).alias("days"))
    )
    return frame.sort("cost", *by, name, descending=[True, *(False for _ in (*by, name))])


def standing_out(part, others, weak, chance):
    """Rows of `part` that bring fewer (`weak`) or more inquiries for their cost than the other rows of `part`, with what they are
    held against. `others`: names of rows that are not in it, as a clause."""
    part = part.with_columns(pl.col("cost").cast(pl.Float64))
    if part.height < 2:
        return part.clear().with_columns(*_told(None, weak), **_clause(others))
    one = apart(part["inquiries"], part["cost"])
    return part.with_columns(*_told(one, weak), **_clause(others)).filter(pl.col("chance") <= chance, pl.col("rest") > 0)


def more(days):
    """What the money of weak rows would bring more elsewhere in a month, with its range."""
    due, monthly = pl.col("expected"), MONTH / days
    return (
        ((due - pl.col("inquiries")) * monthly).alias("gain"),
        (due * (1 - pl.col("high")) * monthly).clip(lower_bound=0).alias("gain_low"),
        (due * (1 - pl.col("low")) * monthly).alias("gain_high"),
    )


def _told(one, weak):
    numbers = {name: getattr(one, name, []) for name in AGAINST} | {"chance": getattr(one, "below" if weak else "above", [])}
    return [pl.Series(name, values, pl.Float64) for name, values in numbers.items()]


def _clause(name):
    return {"but_zh": pl.lit(f"（不计{name}）" if name else ""), "but_en": pl.lit(f" ({name} left out)" if name else "")}


def _without(part, weak, chance, name):
    """The rows without the one that stands out most on the other side, if it does beyond chance, and that one's name: few as hours
    and regions are, one of many inquiries would make all others weak."""
    one = apart(part["inquiries"], part["cost"].cast(pl.Float64))
    p = one.above if weak else one.below
    at = int(p.argmin())
    if p[at] > chance or (part.height == 2 and not weak):  # of two, both stand apart by one fact: the stronger is named
        return part, ""
    return part.filter(pl.int_range(pl.len()) != at), part[name][at]
