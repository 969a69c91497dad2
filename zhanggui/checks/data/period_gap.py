"""Days between two imported reports of one kind that no report covers."""

from datetime import timedelta
from itertools import pairwise

import polars as pl

from zhanggui.checks.check import check
from zhanggui.facts.snapshot import choose_tiles


@check("DA03", key=("table", "gap_start"))
def period_gap(shop, settings, rules):
    """Uncovered stretches between the periods of a report, over the last days; before the first and after the last is no gap."""
    rows = []
    for table in shop.tables.values():
        if table.time != "period" or not table.cadence_days or not shop.has(table.name):
            continue
        since = shop.newest(table.name) - timedelta(days=settings.days)
        tiles = choose_tiles([p for p in shop.periods(table.name) if p[0] >= since])
        for (_, end), (start, _) in pairwise(tiles):
            missing = (start - end).days - 1
            if missing > 0:
                first, last = end + timedelta(days=1), start - timedelta(days=1)
                rows.append((table.name, first, last, missing, table.zh, table.en, table.menu["zh"], table.menu["en"]))
    names = {
        "table": pl.String,
        "gap_start": pl.Date,
        "gap_end": pl.Date,
        "missing": pl.Int64,
        "table_zh": pl.String,
        "table_en": pl.String,
        "menu_zh": pl.String,
        "menu_en": pl.String,
    }
    return pl.DataFrame(rows, schema=names, orient="row")
