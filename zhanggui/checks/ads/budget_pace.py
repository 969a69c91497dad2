"""A budget of P4P that will be overspent, or largely left, at the pace of the last weeks."""

import polars as pl

from zhanggui.checks.ads._budget import paces
from zhanggui.checks.ads._paid import lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ad_money

KEY = ("year", "quarter", "month", "channel")


@check("AD17", key=KEY)
def budget_pace(shop, settings, rules):
    """Budgets of which the whole range of the forecast is above the amount, or below the part that should be used."""
    if (answer := lacking(shop, "p4p_account", "budget")) is not None:
        return answer
    if ad_money.rate(shop, shop.day) is None:
        return NotYet("exchange_rate", 1, "row")
    rows = []
    for pace in paces(shop):
        amount, told = pace.budget.amount, pace.forecast
        if not amount or told is None:
            continue
        value, low, high = told
        over, under = low > amount, high < amount * rules["p4p_budget_use"]
        if over or under:
            ways = ("会超", "over") if over else ("花不完", "unspent")
            found = (str(pace.budget.end), amount, pace.spent, pace.known, pace.budget.days, value, low, high)
            rows.append((*(pace.budget.key[c] for c in KEY), *found, abs(value - amount), *ways))
    names = ("until", "budget", "spent", "known", "length", "forecast", "low", "high", "beyond", "way_zh", "way_en")
    frame = pl.DataFrame(rows, schema=(*KEY, *names), orient="row", strict=False)
    return frame.with_columns(pl.col(*KEY).cast(pl.String))
