"""What moved and why: a change of the shop's inquiries or orders, split into steps and into products."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from zhanggui.estimates.comparison import Comparison, compare
from zhanggui.estimates.decomposition import step_parts
from zhanggui.measures.series import Series

#: Of one scope, the products' page added over all products: seen anywhere, opened from anywhere, asked, ordered.
FUNNEL = ("shop_exposures", "shop_clicks", "inquiries", "orders_submitted")
TARGETS = ("inquiries", "orders_submitted")
PRODUCTS = 5


@dataclass(frozen=True)
class Product:
    """What one product adds to the change. A product that a list leaves out had nothing there."""

    product_id: str
    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Move:
    """`parts`: step → what it adds, of the same unit as `column`; None where a step has no rate. They add up to the change,
    as the products and `rest` (all the others) do."""

    column: str
    before: float
    after: float
    against: Comparison | None
    parts: dict[str, float] | None
    products: tuple[Product, ...]
    rest: float

    @property
    def change(self) -> float:
        return self.after - self.before


def moves(effect: Series, products: pl.DataFrame) -> tuple[Move, ...]:
    """Of each target that both windows have. `products` as `cockpit` reads them."""
    found = []
    for target in TARGETS:
        levels = FUNNEL[: FUNNEL.index(target) + 1]
        then, now = ([effect.sum(tiles, c) for c in levels] for tiles in (effect.earlier, effect.tiles))
        if any(v is None for v in (*then, *now)):
            continue
        before, after = ([float(v or 0) for v in side] for side in (then, now))
        parts = step_parts(before, after)
        steps = [None if v is None else float(v) for v in effect.of_steps(target)]
        against = compare((after[-1], 1), (before[-1], 1), steps)  # type: ignore[arg-type]
        top = _most(products, target, after[-1] - before[-1])
        rest = after[-1] - before[-1] - sum(p.change for p in top)
        named = None if parts is None else dict(zip(levels, parts, strict=True))
        found.append(Move(target, before[-1], after[-1], against, named, top, rest))
    return tuple(found)


def _most(products: pl.DataFrame, target: str, change: float) -> tuple[Product, ...]:
    """The products that moved most in the direction of the whole."""
    moved = products.with_columns((pl.col(f"{target}_new") - pl.col(f"{target}_old")).alias("change"))
    same_way = moved.filter(pl.col("change") * (1 if change >= 0 else -1) > 0)
    order = same_way.sort(pl.col("change").abs(), "product_id", descending=[True, False]).head(PRODUCTS)
    columns = ("product_id", "product_name", f"{target}_old", f"{target}_new")
    return tuple(Product(i, name or i, float(old), float(new)) for i, name, old, new in order.select(columns).iter_rows())
