"""Which pictures show the same: copies that were resized, compressed or brightened a little, and no others.

Two pictures are near copies where their perceptual hashes differ in at most `BITS` of 64 and their colours are hardly shifted:
one layout in two colours has the same hash. Figures: bench/results/listing_likeness.json.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.listings import pictures

BITS = 2
SHIFT = 0.15  # mean distance of the colour distributions, in sixteenths of the scale
AT_ONCE = 2000  # rows compared at once

PAIRS = {"left": pl.Int64, "right": pl.Int64, "bits": pl.Int64, "shift": pl.Float64}


def near_copies(left: pl.DataFrame, right: pl.DataFrame | None = None) -> pl.DataFrame:
    """Pairs of rows of two frames (or within one, each pair once) whose `look` and `colours` are nearly the same.

    `left`, `right`: row numbers. Rows without a fingerprint are like no other.
    """
    a, shades_a, rows_a = _fingerprints(left)
    b, shades_b, rows_b = (a, shades_a, rows_a) if right is None else _fingerprints(right)
    found: list[tuple[int, int, int, float]] = []
    for start in range(0, len(a), AT_ONCE):
        bits = np.bitwise_count(a[start : start + AT_ONCE, None] ^ b[None, :])
        for i, j in np.argwhere(bits <= BITS):
            if right is None and j <= i + start:
                continue
            shift = float(np.abs(shades_a[i + start] - shades_b[j]).mean() / 255 * 16)
            if shift <= SHIFT:
                found.append((int(rows_a[i + start]), int(rows_b[j]), int(bits[i, j]), shift))
    return pl.DataFrame(found, schema=PAIRS, orient="row")


def _fingerprints(frame: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hashes, colour distributions (48 levels each) and row numbers of the rows that have both."""
    rows = frame.select("look", "colours").with_row_index("row")
    rows = rows.filter(pl.col("look").str.contains("^[0-9a-f]{16}$"), pl.col("colours").str.contains("^[0-9a-f]{96}$"))
    looks = np.array([int(look, 16) for look in rows["look"]], dtype=np.uint64)
    shades = np.frombuffer(bytes.fromhex("".join(rows["colours"])), np.uint8).reshape(-1, 48).astype(np.int16)
    return looks, shades, rows["row"].to_numpy()


def twins(shop: Snapshot) -> pl.DataFrame:
    """Pairs of the shop's products with nearly the same main image: product_id, twin_id (the greater of the two), same_file."""
    mains = pictures(shop).filter(pl.col("position") == 1).sort("product_id").collect()
    pairs = near_copies(mains)
    one, other = mains[pairs["left"].to_list()], mains[pairs["right"].to_list()]
    return pl.DataFrame(
        {
            "product_id": one["product_id"],
            "twin_id": other["product_id"],
            "same_file": one["content"] == other["content"],
        },
        schema={"product_id": pl.String, "twin_id": pl.String, "same_file": pl.Boolean},
    )


def on_rivals(shop: Snapshot) -> pl.DataFrame:
    """The shop's pictures that a rival's page shows too: product_id, position, file, rival, rival_file."""
    own = pictures(shop).sort("product_id", "position").collect()
    theirs = shop.scan("picture").filter(pl.col("whose") == "rival").sort("product_id", "position").collect()
    pairs = near_copies(own, theirs)
    one, other = own[pairs["left"].to_list()], theirs[pairs["right"].to_list()]
    return one.select("product_id", "position", "file").with_columns(
        other["product_id"].alias("rival"), other["file"].alias("rival_file")
    )
