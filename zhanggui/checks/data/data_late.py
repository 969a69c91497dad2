"""A report that is brought regularly and has not come for too long."""

import polars as pl

from zhanggui.checks.check import check


@check("DA01", key=("table",))
def data_late(shop, settings, rules):
    """Reports whose newest data are older than their rhythm, the platform's own delay and some patience allow."""
    rows = []
    for table in shop.tables.values():
        newest = shop.newest(table.name) if table.cadence_days else None
        if newest is None:
            continue
        age = (shop.day - newest).days
        lag = rules["data_lag_days"] if table.lag_days else 0
        if age > table.cadence_days * settings.patience + lag:
            rows.append((table.name, table.zh, table.en, newest, age, table.menu["zh"], table.menu["en"]))
    names = {
        "table": pl.String,
        "table_zh": pl.String,
        "table_en": pl.String,
        "newest": pl.Date,
        "age": pl.Int64,
        "menu_zh": pl.String,
        "menu_en": pl.String,
    }
    return pl.DataFrame(rows, schema=names, orient="row")
