"""A report that checks wait for and that was never imported."""

import polars as pl

from zhanggui.checks.check import check, load
from zhanggui.measures import products


@check("DA02", key=("table",))
def report_missing(shop, settings, rules):
    """Tables that some check cannot do without and that hold nothing yet; the P4P report only where standard promotion runs."""
    waiting: dict[str, list[str]] = {}
    for other in load().values():
        for table in other.needs:
            waiting.setdefault(table, []).append(other.code)
    if shop.has("product_effect"):
        runs = products.effect(shop).select(pl.col("standard_clicks").sum()).collect().item()
        if runs:
            waiting.setdefault("p4p_keyword", []).append("AD02")
    rows = [
        (
            name,
            table.zh,
            table.en,
            len(waiting[name]),
            ", ".join(sorted(waiting[name])),
            table.menu.get("zh", ""),
            table.menu.get("en", ""),
        )
        for name, table in shop.tables.items()
        if name in waiting and not shop.has(name)
    ]
    names = {
        "table": pl.String,
        "table_zh": pl.String,
        "table_en": pl.String,
        "checks": pl.Int64,
        "codes": pl.String,
        "menu_zh": pl.String,
        "menu_en": pl.String,
    }
    return pl.DataFrame(rows, schema=names, orient="row")
