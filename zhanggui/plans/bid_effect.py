"""How it went with the words of a bid sheet: the days before against the days after, beside the words whose bids stayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures.ads import BID_KEY, BidKey
from zhanggui.plans.bid_days import Reading

FIGURES = ("clicks", "cost", "inquiries")
WEEK = 7  # days: whole weeks, so that weekdays weigh the same
MOST_WEEKS = 4


@dataclass(frozen=True)
class Sides:
    """A figure a day, `before` and `after`; that of the words whose bids stayed beside it (None: there are none, or it is not said)."""

    before: float
    after: float
    rest: tuple[float, float] | None


@dataclass(frozen=True)
class BidEffect:
    """`days` before and as many after, whole weeks; `needs`: days of the report that are still lacking for a week (0: enough). `words`: how
    many of the sheet's words are counted: no other sheet changed them within these days.

    `figures`, by column; None where the report does not say it. There is no verdict: words are put on a sheet for what their last
    days happened to be (few inquiries, say), and such words come back towards the middle whatever is bid for them.
    """

    days: int
    needs: int
    figures: dict[str, Sides | None]
    words: int = 0


def bid_effect(shop: Snapshot, words: Collection[BidKey], on: date, others: Iterable[tuple[BidKey, date]] = ()) -> BidEffect:
    """The words (plan, group, word; "" where the report names none) whose bids were changed on the day `on`.

    That day itself is left out; of the days before as many are taken as there are after it, and of these weeks as many as leave the most
    words. `others`: words that other sheets changed, and when: within these days they count on neither side. Nor does a word of no sheet
    whose bid changed, or of which only one side has a row.
    """
    newest = shop.newest("p4p_keyword")
    past = (newest - timedelta(days=Reading.unsettled) - on).days if newest else 0
    if past < WEEK:
        return BidEffect(0, WEEK - max(past, 0), {})
    changed, own_words = list(others), set(words)

    def mixed_in(days: int) -> set[BidKey]:
        return {key for key, day in changed if abs((day - on).days) <= days}

    weeks = range(1, min(past // WEEK, MOST_WEEKS) + 1)
    days = WEEK * min(weeks, key=lambda w: (len(mixed_in(WEEK * w) & own_words), -w))
    mixed = mixed_in(days)
    counted = own_words - mixed
    apart_from = pl.DataFrame(sorted(mixed), schema=dict.fromkeys(BID_KEY, pl.String), orient="row").lazy()
    own = pl.DataFrame(sorted(counted), schema=dict.fromkeys(BID_KEY, pl.String), orient="row").lazy().with_columns(own=True)
    apart = (pl.col("period_end") - pl.lit(on)).dt.total_days()
    single, near = pl.col("period_start") == pl.col("period_end"), apart.abs().is_between(1, days)
    rows = (
        shop.scan("p4p_keyword")
        .filter(single, near)
        .with_columns(pl.col("plan", "ad_group").fill_null(""), late=apart > 0)
        .join(apart_from, on=BID_KEY, how="anti")
        .join(own, on=BID_KEY, how="left")
        .with_columns(pl.col("own").fill_null(value=False))
    )
    stays = (pl.col("bid").drop_nulls().n_unique().over(BID_KEY) == 1) & (pl.col("late").n_unique().over(BID_KEY) == 2)
    told = rows.filter(pl.col("own") | stays)
    sums = told.group_by("own", "late").agg(whole_sum(c).cast(pl.Float64) for c in FIGURES).collect()
    told_days = shop.scan("p4p_keyword").filter(single, near).select(pl.col("period_end").n_unique()).collect().item()
    whole = told_days == 2 * days
    known = {(row["own"], row["late"]): row for row in sums.iter_rows(named=True)}

    def sides(column: str, own: bool) -> tuple[float, float] | None:
        """A day; a side without any row of these words had nothing."""
        values = [known[own, late][column] if (own, late) in known else 0.0 for late in (False, True)]
        return None if None in values else (values[0] / days, values[1] / days)

    found: dict[str, Sides | None] = {}
    for column in FIGURES:
        mine = sides(column, True) if whole and counted else None
        rest = sides(column, False) if any(not own for own, _ in known) else None
        found[column] = Sides(*mine, rest) if mine else None
    return BidEffect(days, 0, found, len(counted))
