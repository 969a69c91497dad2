"""Why traffic has moved: a change between two stretches of the same length, split into steps, products, words and countries.

Every split stays within one scope and adds up; what it does not name is its rest. Arithmetic, not cause. What has moved by
itself, beyond its own noise and otherwise than the rest, is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import polars as pl

from zhanggui.estimates.comparison import Comparison, compare
from zhanggui.estimates.decomposition import step_parts
from zhanggui.estimates.mix import mix_and_rate
from zhanggui.estimates.parts import moved_parts
from zhanggui.estimates.shapley import shapley_parts
from zhanggui.facts import Snapshot, whole_sum
from zhanggui.facts.snapshot import Tile
from zhanggui.measures.by_week import by_week
from zhanggui.measures.series import YEAR, Series, series, with_rows

#: Figures of the products' page from the widest on, each chain of one scope: the whole shop's, the search's.
CHAINS = (
    ("shop_exposures", "shop_clicks", "inquiries", "orders_submitted"),
    ("search_exposures", "search_clicks"),
)
#: The figures that are explained, in the order of the page.
TARGETS = ("shop_exposures", "shop_clicks", "search_clicks", "inquiries", "orders_submitted")
#: Where else a figure may be looked at: (table, its key) → figure → columns, the first that the report carries.
ELSEWHERE: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("shop_region", "country"): {
        "shop_exposures": ("exposures", "visits"),
        "shop_clicks": ("clicks", "visits"),
        "inquiries": ("leads",),
    },
    ("keyword_effect", "word"): {
        "shop_exposures": ("exposures",),
        "shop_clicks": ("clicks",),
        "search_clicks": ("clicks",),
    },
}
#: The same to the money, from the overview; where it lacks the whole, the last two.
VALUE = ("shop_exposures", "shop_clicks", "shop_leads", "orders", "order_amount")
NAMED = 5
WEEKS = 9
SHARE, CHANCE = 0.01, 0.05


@dataclass(frozen=True)
class Part:
    """What one product, word or country adds. `itself`: it moved beyond its own noise and otherwise than the rest."""

    key: str
    name: str
    before: float
    after: float
    itself: bool

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Cut:
    """One way to take a change apart: `column` of `table` by `by`, of the stretches `earlier` and `tiles`. The parts are those
    that moved furthest, those that moved by themselves first; with `rest` they add up to the change."""

    table: str
    by: str
    column: str
    earlier: tuple[Tile, ...]
    tiles: tuple[Tile, ...]
    before: float
    after: float
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def rest(self) -> float:
        return self.change - sum(p.change for p in self.parts)


@dataclass(frozen=True)
class RateSplit:
    """A rate's change over the products: `mix`, that others are shown than before; `rate`, that theirs has changed; both sum to
    after − before. `largest`: the product whose own rate adds most in the direction of `rate`, and what it adds."""

    column: str
    of: str
    before: float
    after: float
    mix: float
    rate: float
    largest: tuple[str, float] | None


@dataclass(frozen=True)
class Explained:
    """One figure of `table`. `steps`: what the widest level and each rate below it add (None: a step has no rate); `second` the same by
    Shapley. `split`: its last rate; `cuts`: by product first, then elsewhere."""

    table: str
    column: str
    earlier: tuple[Tile, ...]
    tiles: tuple[Tile, ...]
    before: float
    after: float
    against: Comparison | None
    steps: Mapping[str, float] | None
    second: Mapping[str, float] | None
    split: RateSplit | None
    cuts: tuple[Cut, ...]

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def known(self) -> bool:
        """Whether it is a change beyond the usual."""
        return bool(self.against and self.against.moved)

    @property
    def cause(self) -> tuple[Cut, Part] | None:
        """What moved by itself the same way as the whole and accounts for the largest part of its cut's change."""
        found = [
            (part.change / cut.change, -place, cut, part)
            for place, cut in enumerate(self.cuts)
            for part in cut.parts
            if part.itself and cut.change * self.change > 0 and part.change * cut.change > 0
        ]
        return max(found, key=lambda f: f[:2])[2:] if found else None

    @property
    def named(self) -> tuple[Cut, Part] | None:
        """The cause as a reader is told it: only of a change that is known."""
        return self.cause if self.known else None

    @property
    def trouble(self) -> str:
        """For clicks of the search: "words" where exposures or their mix bear most of the change, "listing" where the products'
        own click rate does; "" for other figures, and where nothing moved."""
        if self.column != "search_clicks" or not self.known or not self.steps or self.split is None:
            return ""
        seen, clicked = self.steps["search_exposures"], self.steps["search_clicks"]
        moved = self.split.after - self.split.before
        own = clicked * self.split.rate / moved if moved else 0.0
        sign = 1 if self.change > 0 else -1
        return "listing" if own * sign > (seen + clicked - own) * sign else "words"


def explain(shop: Snapshot, days: int) -> tuple[Explained, ...]:
    """Every target that both stretches have. The newest window of `days` days beside the one right before it."""
    effect = _whole(shop, "product_effect", days, tuple(dict.fromkeys(c for chain in CHAINS for c in chain)))
    if effect is None or not effect.earlier:
        return ()
    sums = _sums(shop, effect, "product_id", tuple(dict.fromkeys(c for chain in CHAINS for c in chain)), "product_name")
    places = [_place(shop, days, table, by, columns) for (table, by), columns in ELSEWHERE.items()]
    found = (_explained(shop, effect, sums, [p for p in places if p], target) for target in TARGETS)
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True)
class _Place:
    """Another report in which a change may be looked at."""

    by: str
    one: Series
    sums: pl.DataFrame
    columns: Mapping[str, tuple[str, ...]]

    def column(self, target: str) -> str:
        """The first that both stretches have; "" where none is."""
        tried = self.columns.get(target, ())
        return next((c for c in tried if all(self.one.sum(t, c) is not None for t in (self.one.tiles, self.one.earlier))), "")


def _place(shop: Snapshot, days: int, table: str, by: str, columns: Mapping[str, tuple[str, ...]]) -> _Place | None:
    every = tuple(dict.fromkeys(c for tried in columns.values() for c in tried))
    one = _whole(shop, table, days, every)
    return _Place(by, one, _sums(shop, one, by, every), columns) if one and one.earlier else None


def _explained(shop: Snapshot, effect: Series, sums: pl.DataFrame, places: list[_Place], target: str) -> Explained | None:
    chain = next(c for c in CHAINS if target in c)
    levels = chain[: chain.index(target) + 1]
    then, now = ([effect.sum(tiles, c) for c in levels] for tiles in (effect.earlier, effect.tiles))
    if any(v is None for v in (*then, *now)):
        return None
    before, after = ([float(v or 0) for v in side] for side in (then, now))
    rising = after[-1] > before[-1]
    cuts = [_cut(shop, effect, "product_id", target, sums, rising)]
    cuts += [_cut(shop, p.one, p.by, c, p.sums, rising) for p in places if (c := p.column(target))]
    return _made(effect, levels, before, after, _split(sums, levels) if len(levels) > 1 else None, tuple(cuts))


def explain_value(shop: Snapshot, days: int) -> Explained | None:
    """The order amount of the overview. None where it lacks orders or amounts of either stretch."""
    one = _whole(shop, "shop_overview", days, VALUE)
    if one is None or not one.earlier:
        return None
    for levels in (VALUE, VALUE[-2:]):
        sides = [[one.sum(tiles, c) for c in levels] for tiles in (one.earlier, one.tiles)]
        if all(v is not None for side in sides for v in side):
            before, after = ([float(v or 0) for v in side] for side in sides)
            return _made(one, levels, before, after, None, ())
    return None


def _made(
    one: Series,
    levels: tuple[str, ...],
    before: list[float],
    after: list[float],
    split: RateSplit | None,
    cuts: tuple[Cut, ...],
) -> Explained:
    parts, second = step_parts(before, after), None
    if parts is not None and all(before) and all(after):
        second = shapley_parts(*([side[0], *(low / high for high, low in pairwise(side))] for side in (before, after)))
    past = [float("nan") if v is None else float(v) for v in one.of_steps(levels[-1])]
    return Explained(
        one.window.table.name,
        levels[-1],
        one.earlier,
        one.tiles,
        before[-1],
        after[-1],
        compare((after[-1], 1), (before[-1], 1), past),
        None if parts is None else dict(zip(levels, parts, strict=True)),
        None if second is None else dict(zip(levels, second, strict=True)),
        split,
        cuts,
    )


def _whole(shop: Snapshot, table: str, days: int, columns: tuple[str, ...]) -> Series | None:
    """The series of a table with its figures over all rows of a period."""
    one = series(shop, table, days)
    if one is None:
        return None
    since = one.window.end - timedelta(days=2 * YEAR)
    rows = shop.scan(table).filter(pl.col("period_end") > since)
    told = rows.group_by("period_start", "period_end").agg(whole_sum(c) for c in columns)
    return with_rows(one, told.collect())


def _sums(shop: Snapshot, one: Series, by: str, columns: tuple[str, ...], name: str = "") -> pl.DataFrame:
    """`by`, `name`, and each column's sum in the earlier stretch (`…_old`) and the newest (`…_new`); who is not listed had none."""
    keys = pl.LazyFrame(
        [(*tile, new) for new, tiles in ((True, one.tiles), (False, one.earlier)) for tile in tiles],
        schema={"period_start": pl.Date, "period_end": pl.Date, "new": pl.Boolean},
        orient="row",
    )
    rows = shop.scan(one.window.table.name).join(keys, on=["period_start", "period_end"]).filter(pl.col(by).is_not_null())
    return (
        rows.group_by(by)
        .agg(
            pl.col(name or by).sort_by("period_end").last().alias("name"),
            *(
                pl.col(c).filter(pl.col("new") == new).sum().cast(pl.Float64).alias(f"{c}_{'new' if new else 'old'}")
                for c in columns
                for new in (True, False)
            ),
        )
        .collect()
    )


def _cut(shop: Snapshot, one: Series, by: str, column: str, sums: pl.DataFrame, rising: bool) -> Cut:
    """The parts that moved by themselves in the direction of the whole, then those that moved furthest in it."""
    table = one.window.table.name
    itself = _itself(shop, table, by, column, rising)
    before, after = (float(one.sum(tiles, column) or 0) for tiles in (one.earlier, one.tiles))
    moved = sums.select(
        by, "name", pl.col(f"{column}_old").alias("old"), pl.col(f"{column}_new").alias("new"),
        pl.col(by).is_in(list(itself)).alias("itself"),
    ).with_columns(((pl.col("new") - pl.col("old")) * (1 if rising else -1)).alias("way"))  # fmt: skip
    moved = moved.with_columns(pl.col("itself") & (pl.col("way") > 0)).filter(pl.col("way") > 0)
    top = moved.sort("itself", "way", by, descending=[True, True, False]).head(NAMED)
    parts = tuple(
        Part(key, name or key, old, new, clear)
        for key, name, old, new, clear in top.select(by, "name", "old", "new", "itself").iter_rows()
    )
    return Cut(table, by, column, one.earlier, one.tiles, before, after, parts)


def _itself(shop: Snapshot, table: str, by: str, column: str, rising: bool) -> set[str]:
    """The names of at least a hundredth of the figure that moved by themselves in the newest period or two."""
    weeks = by_week(shop, table, by, (column,), WEEKS, SHARE)
    if weeks is None:
        return set()
    found = moved_parts(weeks.counts, rise=rising)
    return {weeks.names[f.place] for f in found if f.place < len(weeks.names) and f.p * len(weeks.names) <= CHANCE}


def _split(sums: pl.DataFrame, levels: tuple[str, ...]) -> RateSplit | None:
    """The last rate of the levels over the products. A product with events and nothing to have them of takes no part."""
    of, column = levels[-2:]
    odd = pl.any_horizontal((pl.col(f"{of}_{side}") <= 0) & (pl.col(f"{column}_{side}") > 0) for side in ("old", "new"))
    rows = sums.filter(~odd).sort("name")
    found = mix_and_rate(*(rows[f"{c}_{side}"] for side in ("old", "new") for c in (column, of)))
    if found is None:
        return None
    largest = None
    if rows.height and (whole := float(found.rate.sum())):
        place = int((found.rate * (1 if whole > 0 else -1)).argmax())
        largest = rows["name"][place], float(found.rate[place])
    return RateSplit(column, of, found.before, found.after, float(found.mix.sum()), float(found.rate.sum()), largest)
