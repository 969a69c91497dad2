"""The star page as the checks look at it: the track that counts, with the words of track, power and indicator beside its figures."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.measures import star
from zhanggui.rulebook.star import INDICATORS, POWERS, TRACKS


def track_that_counts(shop) -> pl.DataFrame | NotYet:
    """The row of `star.tracks` that counts; waits where no page was brought, or where nothing of it was computed."""
    found = star.tracks(shop).filter(pl.col("computed")).head(1).collect() if shop.has("star_level") else None
    return NotYet("star_level") if found is None or found.is_empty() else found


def of_that_track(shop, rows: pl.LazyFrame) -> pl.DataFrame | NotYet:
    """The rows of the track that counts, with words."""
    counts = track_that_counts(shop)
    return counts if isinstance(counts, NotYet) else worded(rows.filter(pl.col("track") == counts["track"][0]).collect())


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """track_zh, track_en, and, where there are such columns, power_zh, power_en, name_zh, name_en, value_text and aim_text."""
    told = [_words("track", TRACKS, "track", "track")]
    if "kind" in rows.columns:
        told.append(_words("kind", POWERS, "power", "power"))
    if "code" in rows.columns:
        told.append(_words("code", {c: (one.zh, one.en) for c, one in INDICATORS.items()}, "indicator", "name"))
        told += [[figure_text("value").alias("value_text"), figure_text("next_average").alias("aim_text")]]
    return rows.with_columns(*[e for pair in told for e in pair])


def _words(of: str, words: dict[str, tuple[str, str]], otherwise: str, name: str) -> list[pl.Expr]:
    return [
        pl.col(of)
        .replace_strict({k: pair[i] for k, pair in words.items()}, default=pl.col(otherwise), return_dtype=pl.String)
        .alias(f"{name}_{lang}")
        for i, lang in enumerate(("zh", "en"))
    ]


def figure_text(column: str) -> pl.Expr:
    """A figure in its unit: a share as percent, any other as a plain number."""
    share = pl.format("{}%", (pl.col(column) * 100).round(2))
    return (
        pl.when(pl.col("unit") == "%").then(share).otherwise(pl.col(column).round(2).cast(pl.String).str.replace(r"\.0$", ""))
    )
