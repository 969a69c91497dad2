"""Items that were tried often and brought nothing: is that telling, or only early?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
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
    tried, over = chosen[trials].to_numpy().astype(float), chosen[days].to_numpy().astype(float)
    typical = spread.events / (spread.trials - tried)
    # For each item, the shop without it: its mean rate, with the whole shop's spread around it.
    others = replace(spread, b=spread.a / typical, trials=spread.trials - tried)  # type: ignore[arg-type]
    chance_of_none = others.chance_of_none(tried)
    needs = others.trials_until_none_tells(chance) - tried
    found = chance_of_none <= chance
    monthly, now = tried / over * MONTH_DAYS, others.rate(0, tried)
    (low, high), (now_low, now_high) = others.interval(0, 0), others.interval(0, tried)
    added = {
        "typical": typical,
        "expected": typical * tried,
        "chance": chance_of_none,
        "verdict": np.where(found, "found", "unsure"),
        "needs": np.where(found, np.nan, needs),
        "needs_days": np.where(found, np.nan, needs / (tried / over)),
        "monthly": monthly,
        "now": now,
        "rate_low": low,
        "rate_high": high,
        "gain": np.where(found, monthly * np.maximum(typical - now, 0), np.nan),
        "gain_low": np.where(found, monthly * np.maximum(low - now_high, 0), np.nan),
        "gain_high": np.where(found, monthly * np.maximum(high - now_low, 0), np.nan),
    }
    told = chosen.with_columns(pl.Series(name, values.tolist(), ADDED[name]) for name, values in added.items())
    told = told.with_columns(pl.col(n for n, dtype in ADDED.items() if dtype == pl.Float64).fill_nan(None))
    rest = use.join(told.filter(pl.col("verdict") == "found"), on=use.columns, how="anti", nulls_equal=True)
    return told, goes_with(rest[trials], rest[events])
