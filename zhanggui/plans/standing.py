"""Where the shop stands beside its peers: every figure that the overview shows with theirs, and what the gap in leads is made of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from zhanggui.estimates.comparison import Comparison, behind
from zhanggui.estimates.decomposition import step_parts
from zhanggui.facts import Snapshot
from zhanggui.facts.snapshot import Tile
from zhanggui.measures.series import Series, Value
from zhanggui.plans.figures import Gap, gaps

#: Figures of the overview from seeing to ordering, as far as they may stand beside the peers'.
LEVELS = (
    "shop_exposures", "search_exposures", "search_clicks", "visitors", "visits", "inquirers", "chatters", "lead_people",
    "orders", "order_amount",
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """A figure of the newest period. `against`: the shop's own over the peers' average, with the noise of its own periods."""

    column: str
    own: float
    peers: float
    best: float | None
    against: Comparison | None

    @property
    def behind(self) -> bool:
        return self.against is not None and self.against.high is not None and self.against.high < 1


@dataclass(frozen=True)
class Standing:
    """`visitors` and `asking` are what these two add to the difference of lead people from the peers' average, None where the
    report lacks one of the figures. `lead_gap` is their sum."""

    period: Tile
    levels: tuple[Level, ...]
    steps: tuple[Gap, ...]
    visitors: float | None
    asking: float | None

    @property
    def lead_gap(self) -> float | None:
        return None if self.visitors is None or self.asking is None else self.visitors + self.asking

    @property
    def worst(self) -> Gap | None:
        """The step that loses most against the peers, beyond the shop's own noise."""
        return min((g for g in self.steps if g.behind), key=lambda g: g.against.ratio if g.against else 1, default=None)

    @property
    def trouble(self) -> str:
        """ "visitors" (too few), "asking" (they do not ask), "" where the gap is neither's, or within the usual."""
        if self.visitors is None or self.asking is None:
            return ""
        few = next((v for v in self.levels if v.column == "visitors"), None)
        silent = next((g for g in self.steps if g.rate == "lead_rate"), None)
        found = [
            (part, name)
            for name, part, one in (("visitors", self.visitors, few), ("asking", self.asking, silent))
            if part < 0 and one is not None and one.behind
        ]
        return min(found)[1] if found else ""


def standing(one: Series) -> Standing | None:
    """From the series of the overview with its rows. None where no figure of the newest period has its peers'."""
    found = tuple(level for column in LEVELS if (level := _level(one, column)))
    steps = gaps(one)
    if not found and not steps:
        return None
    cells = [[one.sum(one.newest, f"{c}{side}") for c in ("visitors", "lead_people")] for side in ("_peers", "")]
    parts = None
    if all(v is not None for side in cells for v in side):
        peers, own = ([float(v or 0) for v in side] for side in cells)
        parts = step_parts(peers, own)
    return Standing(one.newest[0], found, steps, *(parts or (None, None)))


def _level(one: Series, column: str) -> Level | None:
    own, peers, best = (one.sum(one.newest, f"{column}{side}") for side in ("", "_peers", "_best"))
    if own is None or peers is None:
        return None
    past = [one.sum(t, column) if len(t) == 1 else None for _, t in one.steps]
    against = behind([float("nan") if v is None else float(v) for v in past], [1.0] * len(past), float(peers))
    return Level(column, float(own), float(peers), _float(best), against)


def _float(value: Value) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class Top10:
    """The words of the newest period for which the platform tells the ten best shops' average: own figures and theirs, over the
    same words. `behind`: words with fewer exposures than that average."""

    words: int
    behind: int
    exposures: float
    top_exposures: float
    rate: float | None
    top_rate: float | None


def top10(shop: Snapshot) -> Top10 | None:
    """None where no word has the figures. Words that the shop is not seen for are not in the report, so the true gap is larger."""
    periods = shop.periods("keyword_effect") if shop.has("keyword_effect") else []
    if not periods:
        return None
    start, end = periods[-1]
    cells = ("exposures", "clicks", "top10_exposures", "top10_clicks")
    rows = shop.scan("keyword_effect").filter(pl.col("period_end") == end, pl.col("period_start") == start).drop_nulls(cells)
    behind = (pl.col("exposures") < pl.col("top10_exposures")).sum().alias("behind")
    told = rows.select(pl.len().alias("words"), behind, *(pl.col(c).sum() for c in cells)).collect().row(0, named=True)
    if not told["words"]:
        return None
    own, top = (
        float(told[c]) / float(told[e]) if told[e] else None
        for c, e in (("clicks", "exposures"), ("top10_clicks", "top10_exposures"))
    )
    return Top10(told["words"], told["behind"], float(told["exposures"]), float(told["top10_exposures"]), own, top)
