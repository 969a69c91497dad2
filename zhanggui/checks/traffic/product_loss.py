"""A product of weight whose clicks have fallen by themselves: what a fall of the shop is made of."""

import numpy as np
import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.traffic._fallen import weeks_of
from zhanggui.estimates.parts import moved_parts
from zhanggui.measures import products


@check("TR05", key=("product_id",), needs=("product_effect",))
def product_loss(shop, settings, rules):
    """Products that had at least a share of the shop's clicks, and fell beyond their own noise and more than the rest."""
    found = weeks_of(shop, "product_effect", "product_id", ("shop_clicks",), settings, settings.share)
    if isinstance(found, NotYet):
        return found
    ids, counts = found.names, found.counts
    whole = counts.sum(axis=0)
    rows = []
    for part in moved_parts(counts):
        moved = part.own
        if (
            part.place == len(ids)
            or part.p * len(ids) > settings.chance
            or max(moved.ratio, part.beside.ratio) > settings.below
        ):
            continue
        change = float(whole[-moved.periods :].mean() - whole[: -moved.periods].mean())
        numbers = (moved.newest, moved.before, moved.ratio, moved.low, moved.high, moved.periods, moved.before - moved.newest)
        known = np.isfinite(change)
        told = (f"，同期全店变化 {change:+,.0f} 次", f", while the whole shop changed by {change:+,.0f}") if known else ("", "")
        rows.append((ids[part.place], *numbers, change if known else None, *told))
    names = ("product_id", "newest", "before", "ratio", "low", "high", "fallen", "lost", "shop_change", "shop_zh", "shop_en")
    types = [pl.String, *[pl.Float64] * 5, pl.Int64, *[pl.Float64] * 2, *[pl.String] * 2]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return (
        frame.lazy()
        .join(products.titles(shop), on="product_id", how="left", maintain_order="left")
        .with_columns(pl.col("product_name").fill_null(pl.col("product_id")))
    )
