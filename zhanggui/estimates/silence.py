"""Items that were tried often and brought nothing: is that telling, or only early?"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from zhanggui.estimates.association import goes_with
from zhanggui.estimates.spread import fit_spread

MONTH_DAYS = 30
#: Columns that `silence` adds.
ADDED = {
    "typical": pl.Float64,
    "expected": pl.Float64,
    "chance": pl.Float64,
    "verdict": pl.String,
    "needs": pl.Float64,
    "needs_days": pl.Float64,
    "monthly": pl.Float64,
    "now": pl.Float64,
    "rate_low": pl.Float64,
    "rate_high": pl.Float64,
    "gain": pl.Float64,
    "gain_low": pl.Float64,
    "gain_high": pl.Float64,
}


def silence(
    items: pl.DataFrame, *, trials: str, events: str, days: str, among: pl.Expr, chance: float
) -> tuple[pl.DataFrame, float] | None:
    """The items of `among` (all without an event) with what their silence says. None where the shop has no typical rate yet.

    `items`: one row each, with counts of trials and events and the `days` they were gathered in. The item's own silence is
    left out of the rate it is compared with. `typical` events per trial; `expected` events of so many trials at that rate;
    `chance`: how often an item of the typical rate would have none; `needs`: further silent trials until that is `chance`, and
    `needs_days` at the item's own pace. The second value is the p of trials and events going together over the items that are
    not called silent: a verdict claims that relation, and may only be given where it shows. Gain: events a month if it came to
    the typical rate, with the 80 % range of items' rates and of its own.
    """
    use = items.filter(pl.col(trials) > 0)
    spread = fit_spread(use[events].to_numpy(), use[trials].to_numpy())
    if spread is None:
        return None
    chosen = use.filter(among & (pl.col(events) == 0))
    low, high = (float(q) for q in spread.interval(0, 0, 0.8))
    added: dict[str, list[object]] = {name: [] for name in ADDED}
    for tried, over in chosen.select(trials, days).iter_rows():
        others = replace(spread, trials=spread.trials - tried)
        typical = others.events / others.trials
        p = float(others.chance_of_none(tried))
        found = p <= chance
        needs = max(0.0, others.trials_until_none_tells(chance) - tried)
        monthly = tried / over * MONTH_DAYS
        now = float(spread.rate(0, tried))
        now_low, now_high = (float(q) for q in spread.interval(0, tried))
        values = {
            "typical": typical,
            "expected": typical * tried,
            "chance": p,
            "verdict": "found" if found else "unsure",
            "needs": None if found else needs,
            "needs_days": None if found else needs / (tried / over),
            "monthly": monthly,
            "now": now,
            "rate_low": low,
            "rate_high": high,
            "gain": monthly * max(typical - now, 0.0) if found else None,
            "gain_low": max(0.0, monthly * (low - now_high)) if found else None,
            "gain_high": monthly * max(high - now_low, 0.0) if found else None,
        }
        for name, value in values.items():
            added[name].append(value)
    told = chosen.with_columns(pl.Series(name, added[name], dtype) for name, dtype in ADDED.items())
    rest = use.join(told.filter(pl.col("verdict") == "found"), on=use.columns, how="anti", nulls_equal=True)
    return told, goes_with(rest[trials], rest[events])
