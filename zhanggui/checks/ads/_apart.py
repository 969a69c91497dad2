"""Hours, regions and audiences that bring more or less for their clicks than all the others."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates.beyond import apart
from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events

NUMBERS = ("cost", "clicks", "inquiries", "rate", "rest", "expected", "ratio", "low", "high", "days", "chance")
MONTH = 30
SAME = 1e-9


def told_apart(rows, table, days, weak, settings, by=()):
    """The rows that are clearly weaker (or stronger) than the others of their `by`, the dearest first.

    `rows`: one per hour or label, with cost, clicks and inquiries. A weak row that is brought to the others' rate gains
    `expected − inquiries`.
    """
    named = [c for c in ("kind", "hour", "target") if c in rows.columns]
    use = rows.filter(pl.col("clicks") > 0).drop_nulls("inquiries").sort(named)
    parts = [part for _, part in use.group_by(by, maintain_order=True)] if by else [use]
    enough = [p for p in parts if p.height > 1 and p["inquiries"].sum() >= FEWEST_EVENTS]
    if not enough:
        return NotYet(table, missing_events(use["inquiries"]), "inquiry")
    told = [row for part in enough for row in standing_out(part, "clicks", settings.chance) if row["weak"] == weak]
    had, due, monthly = pl.col("inquiries"), pl.col("expected"), MONTH / days
    schema = {**rows.schema, **dict.fromkeys(("rest", "expected", "ratio", "low", "high", "chance"), pl.Float64)}
    frame = pl.DataFrame(told, schema=schema).with_columns(
        pl.col("cost").cast(pl.Float64), (had / pl.col("clicks")).alias("rate"), pl.lit(days).alias("days")
    )
    if weak:
        frame = frame.with_columns(
            ((due - had) * monthly).alias("gain"),
            (due * (1 - pl.col("high")) * monthly).clip(lower_bound=0).alias("gain_low"),
            (due * (1 - pl.col("low")) * monthly).alias("gain_high"),
        )
    return frame.sort("cost", *named, descending=[True, *(False for _ in named)])


def standing_out(part, trials, chance):
    """Rows that bring more or fewer inquiries for their `trials` (clicks, money) than the others, as dicts with `weak` and what they
    were held against, the clearest first.

    Each is left out of what the next is held against, so that one hour of many inquiries makes no other hour weak.
    """
    found = []
    while part.height > 1:
        one = apart(part["inquiries"], part[trials].cast(pl.Float64))
        weak = bool(
            one.below.min() < one.above.min() * (1 - SAME)
        )  # of two rows both are told apart by one fact: the stronger is named
        p = one.below if weak else one.above
        at = int(p.argmin())
        if p[at] > chance:
            break
        row = {**part.row(at, named=True), "weak": weak, "chance": float(p[at])}
        numbers = {name: float(getattr(one, name)[at]) for name in ("rest", "expected", "ratio", "low", "high")}
        if numbers["rest"] > 0:
            found.append(row | numbers)
        part = part.filter(pl.int_range(pl.len()) != at)
    return found
