"""A month for which nobody has chosen the Top group."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks


@check("PR17", key=("month",), needs=("product_effect",))
def top_group_missing(shop, settings, rules):
    """A shop that has chosen its Top group before, and not for this month; told from the day of the month in the setting on."""
    if absent := lacks(shop, "top_group"):
        return absent
    chosen = (
        shop.scan("top_group")
        .filter(pl.col("month").str.contains(r"^\d{4}-\d{2}$"))
        .select("month", "product_id")
        .unique()
        .collect()
    )
    month = f"{shop.day:%Y-%m}"
    earlier = chosen.filter(pl.col("month") < month)
    if earlier.is_empty() or month in chosen["month"] or shop.day.day < settings.from_day:
        return pl.DataFrame(schema={"month": pl.String})
    last = earlier["month"].max()
    return pl.DataFrame({"month": [month], "last": [last], "products": [earlier.filter(pl.col("month") == last).height]})
