"""The step of the funnel that is furthest below the peers' average, for weeks on end."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic._peers import lasting, overview
from zhanggui.measures.traffic import OVERVIEW_RATES

SCHEMA = {
    "step": pl.String, "step_zh": pl.String, "step_en": pl.String, "own": pl.Float64, "peers": pl.Float64, "ratio": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "lost": pl.Float64, "of_zh": pl.String, "of_en": pl.String,
}  # fmt: skip


@check("TR06", key=("step",))
def step_behind_peers(shop, settings, rules):
    """Of the steps below the peers in each of the last four periods, and clearly so in the newest, the furthest."""
    if not shop.has("shop_overview"):
        return NotYet("shop_overview")
    declared = shop.tables["shop_overview"].columns
    cells = {c for parts in OVERVIEW_RATES.values() for p in parts for c in (p, f"{p}_peers")}
    said = {f"{rate}_peers" for rate in OVERVIEW_RATES if f"{rate}_peers" in declared}
    rows = overview(shop, sorted(cells | said), settings.weeks)
    if isinstance(rows, NotYet):
        return rows
    found = []
    for rate, (column, of) in OVERVIEW_RATES.items():
        made = pl.when(pl.col(f"{of}_peers") > 0).then(pl.col(f"{column}_peers") / pl.col(f"{of}_peers"))
        peers = rows.select(pl.coalesce(pl.col(f"{rate}_peers"), made) if f"{rate}_peers" in said else made).to_series()
        against = lasting(rows, rows[column], rows[of], peers.to_list())
        if against is None or against.ratio > settings.below:
            continue
        lost = (against.before - against.newest) * float(rows[of][-1])
        label, counted = declared.get(rate), declared[column]
        zh, en = (label.zh, label.en) if label else ("全店点击率", "Whole-shop click rate")
        numbers = (against.newest, against.before, against.ratio, against.low, against.high, lost)
        found.append((rate, zh, en, *numbers, counted.zh, counted.en))
    return pl.DataFrame(found, schema=SCHEMA, orient="row").sort("ratio", "step").head(1)
