"""Checks that claim a relation on reports that the real week lacks: where the same events are dealt at random, nothing is left to say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.checks.cases import Case, cases
from zhanggui.checks import CHECKS, Finding, run_one
from zhanggui.facts import Snapshot
from zhanggui.rulebook import RULEBOOK

#: Check → table, column of events, column of what they are dealt to (None: one row, one trial).
DEALT = {
    "LI07": ("product_effect", "inquiries", "shop_clicks"),
    "LI15": ("product_effect", "search_clicks", "search_exposures"),
    "TR08": ("visitor", ("inquired", "chatted"), None),
}


def found(case: Case, shop: Snapshot) -> list[Finding]:
    """What the check claims of the shop; a new product without a video is no relation."""
    said = run_one(CHECKS[case.code], shop, RULEBOOK.on(shop.day), case.settings).findings
    return [f for f in said if not f.values.get("new")]


def dealt(case: Case, seed: int) -> Snapshot:
    """The shop of a case, each event given to a trial at random: an inquiry to a click, a click to an exposure, an asking to a visitor."""
    shop, rng = case.snapshot(), np.random.default_rng(seed)
    table, events, trials = DEALT[case.code]
    rows = shop.frames[table].collect()
    if trials is None:
        order = rng.permutation(rows.height)
        rows = rows.with_columns(rows[column].gather(order).alias(column) for column in events)
    else:
        many = rows[trials].fill_null(0).to_numpy()
        given = rng.multivariate_hypergeometric(many, int(rows[events].sum()))
        rows = rows.with_columns(pl.Series(events, given, rows.schema[events]))
    return Snapshot(shop.day, {**shop.frames, table: rows.lazy()}, shop.tables)


@pytest.mark.parametrize("code", DEALT)
def test_the_shop_says_it_and_twenty_shuffled_ones_do_not(code: str):
    case = next(c for c in cases() if c.code == code and c.kind == "found")
    assert len(found(case, case.snapshot())) == 1
    assert [(seed, dict(f.key)) for seed in range(20) for f in found(case, dealt(case, seed))] == []
