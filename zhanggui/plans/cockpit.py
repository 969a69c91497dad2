"""The cockpit of a shop: traffic, orders and profit of a window beside the window before it and the peers. A pure function of a
snapshot; what a person may not see is not computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from zhanggui.estimates.comparison import Comparison, behind, compare
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.facts import Snapshot
from zhanggui.facts.snapshot import Tile
from zhanggui.measures import MEASURES, orders, profit, traffic
from zhanggui.measures.series import YEAR, Series, Value, series, with_rows
from zhanggui.plans.moves import FUNNEL, Move, moves
from zhanggui.plans.pace import Pace, paces

Sees = Callable[[str, str], bool]  # table, column

#: Band → measure → figures, in the order in which they are read.
BANDS: dict[str, dict[str, tuple[str, ...]]] = {
    "traffic": {
        "traffic.overview": (
            "search_exposures", "search_clicks", "search_ctr", "visitors", "lead_people", "lead_rate", "inquiries", "shop_leads",
        ),
        "traffic.total": ("shop_exposures", "shop_clicks"),
    },
    "orders": {"traffic.overview": ("orders", "order_amount"), "orders.total": ("orders", "amount")},
    "profit": {
        "profit.total": ("gross_profit", "gross_margin"),
        "ads.account": ("cost", "cpc", "inquiries", "cost_per_inquiry"),
    },
}  # fmt: skip
#: Left out where the report does not carry it: another figure says nearly the same.
OPTIONAL = {"shop_leads"}
GOAL_CURRENCY = "USD"
MONEY = {"order_lines": {"amount": "order_amount"}, "shop_overview": {"order_amount": "order_amount"}}


@dataclass(frozen=True)
class Shown:
    """One figure. `tiles` are the periods that it stands for; `spark` the same figure step by step, oldest first. `peers` and
    `best` are those of the newest period, beside which `alone` is the shop's own.

    `needs`: events that a rate still lacks before it says anything, and the days that they take at this pace. `why` tells why the
    value is missing: nothing (it is there), "cell" (a cell is), "zero" (nothing to divide by), "cost", "rate".
    """

    measure: str
    column: str
    key: Mapping[str, str]
    days: int
    value: Value
    series: Series
    tiles: tuple[Tile, ...]
    earlier: tuple[Tile, ...] = ()
    before: Value = None
    change: Comparison | None = None
    alone: Value = None
    peers: Value = None
    best: Value = None
    spark: tuple[Value, ...] = ()
    why: str = ""
    needs: tuple[float, float] | None = None
    part: float | None = None

    @property
    def address(self) -> str:
        key = ",".join(f"{k}={v}" for k, v in self.key.items())
        return f"{self.measure}.{self.column}{f'[{key}]' if key else ''}@{self.days}"

    @property
    def how(self) -> str:
        return MEASURES[self.measure].formulas[self.column].how


@dataclass(frozen=True)
class Gap:
    """One step of the overview's funnel beside the peers', both of the newest period: `column` of `of`."""

    rate: str
    column: str
    of: str
    own: Value
    peers: float
    best: float | None
    against: Comparison | None
    lost: float

    @property
    def behind(self) -> bool:
        return self.against is not None and self.against.high is not None and self.against.high < 1


@dataclass(frozen=True)
class Cockpit:
    """`figures` by band; `absent`: tables without data, by band; `funnel`: figures of one scope, widest first."""

    days: int
    figures: Mapping[str, tuple[Shown, ...]]
    absent: Mapping[str, tuple[str, ...]]
    funnel: tuple[Shown, ...]
    gaps: tuple[Gap, ...]
    moves: tuple[Move, ...]
    series: Mapping[str, Series]
    goals: tuple[Pace, ...]
    festivals: tuple[tuple[date, str], ...]

    @property
    def worst(self) -> Gap | None:
        """The step that loses most against the peers, beyond the shop's own noise."""
        return min((g for g in self.gaps if g.behind), key=lambda g: g.against.ratio if g.against else 1, default=None)


def cockpit(shop: Snapshot, days: int, sees: Sees) -> Cockpit:
    """Everything of the page that comes from facts. Every table is read once, all of them together."""
    tables = {MEASURES[m].table for band in BANDS.values() for m in band}
    found = {name: one for name in sorted(tables) if (one := series(shop, name, days))}
    wanted = _plans(shop, found)
    sees_profit = sees("product_cost", "unit_cost") and sees("order_lines", "unit_price")
    if (one := found.get("order_lines")) and sees_profit:
        wanted["profit"] = profit.summary(shop, one.window.rows)
    if "product_effect" in found:
        wanted["moves"] = _products(shop, found["product_effect"])
    if shop.has("goal"):
        wanted["goal"] = shop.scan("goal")
    if shop.has("festival"):
        wanted["festival"] = shop.scan("festival").select("start", "festival")
    frames = dict(zip(wanted, pl.collect_all(list(wanted.values())), strict=True))
    told = {
        name: with_rows(one, _whole(frames[name]) if name == "order_lines" else frames[name]) for name, one in found.items()
    }
    bands: dict[str, tuple[Shown, ...]] = {}
    for band, measures in BANDS.items():
        shown: list[Shown] = []
        for measure, columns in measures.items():
            table = MEASURES[measure].table
            open_to = [c for c in columns if all(sees(*cell) for cell in MEASURES[measure].formulas[c].columns(table))]
            if measure == "orders.total" and table in found:
                shown += _by_currency(found[table], frames[table], open_to, days)
            elif measure == "profit.total" and "profit" in frames and open_to:
                shown += _profit(found[table], frames["profit"], open_to, days)
            elif table in told and table != "order_lines":
                shown += [
                    f for c in open_to if (f := figure(told[table], measure, c, days)).value is not None or c not in OPTIONAL
                ]
        bands[band] = tuple(shown)
    effect = told.get("product_effect")
    funnel = tuple(figure(effect, "traffic.total", c, days) for c in FUNNEL) if effect else ()
    absent = {
        band: tuple(dict.fromkeys(MEASURES[m].table for m in measures if MEASURES[m].table not in found))
        for band, measures in BANDS.items()
    }
    return Cockpit(
        days,
        bands,
        absent,
        funnel,
        _gaps(told["shop_overview"]) if "shop_overview" in told else (),
        moves(effect, frames["moves"]) if effect else (),
        told,
        tuple(paces(frames["goal"], shop.day, {t: _seen(one, t, sees) for t, one in told.items()})) if "goal" in frames else (),
        tuple(sorted(frames["festival"].iter_rows())) if "festival" in frames else (),
    )


def _whole(daily: pl.DataFrame) -> pl.DataFrame:
    """Orders of a day in all currencies; the amount where all are in USD."""
    dollars = (pl.col("currency") == GOAL_CURRENCY).fill_null(False).all()
    return daily.group_by("day").agg(pl.col("orders").sum(), pl.when(dollars).then(pl.col("amount").sum()).alias("amount"))


def _seen(one: Series, table: str, sees: Sees) -> Series:
    """Without the money that the person may not see."""
    hidden = [c for c, feeds in MONEY.get(table, {}).items() if not sees(table, feeds)]
    return replace(one, rows={t: {c: v for c, v in row.items() if c not in hidden} for t, row in one.rows.items()})


def _plans(shop: Snapshot, found: Mapping[str, Series]) -> dict[str, pl.LazyFrame]:
    """One row per period or day of each table: what may be added up, and people as they stand."""
    period = ("period_start", "period_end")
    plans: dict[str, pl.LazyFrame] = {}
    for name, one in found.items():
        since = one.window.end - timedelta(days=2 * YEAR)
        rows = shop.scan(name).filter(shop.tables[name].dated > since)
        if name == "order_lines":
            plans[name] = orders.daily(rows)
        elif name == "product_effect":
            plans[name] = rows.group_by(period).agg(traffic.whole(c) for c in FUNNEL)
        else:
            columns = dict.fromkeys(c for m in MEASURES.values() if m.table == name for f in m.formulas.values() for c in f.of)
            plans[name] = rows.select(*period, *columns)
    return plans


def _products(shop: Snapshot, effect: Series) -> pl.LazyFrame:
    """product_id, product_name, and what each product got in the window and in the one before (0 where it is not listed)."""
    keys = pl.LazyFrame(
        [(*tile, new) for new, tiles in ((True, effect.tiles), (False, effect.earlier)) for tile in tiles],
        schema={"period_start": pl.Date, "period_end": pl.Date, "new": pl.Boolean},
        orient="row",
    )
    rows = shop.scan("product_effect").join(keys, on=["period_start", "period_end"])
    return rows.group_by("product_id").agg(
        pl.col("product_name").sort_by("period_end").last(),
        *(pl.col(c).filter(pl.col("new") == new).sum().alias(f"{c}_{'new' if new else 'old'}")
          for c in FUNNEL for new in (True, False)),
    )  # fmt: skip


def figure(one: Series, measure: str, column: str, days: int, **key: str) -> Shown:
    """A figure over the window, or of the newest period where it is one of people, beside the same before."""
    formula = MEASURES[measure].formulas[column]
    newest = formula.how.startswith("newest")
    tiles, earlier = (one.newest, one.before_newest) if newest else (one.tiles, one.earlier)
    parts = _parts(column, formula.of, formula.how)
    now, then = ([one.sum(t, c) for c in parts] for t in (tiles, earlier))
    steps = [one.of_steps(c) for c in parts]
    if newest:  # a step of several periods has no people
        steps = [[one.sum(t, c) if len(t) == 1 else None for _, t in one.steps] for c in parts]
    value, before = _value(now), _value(then)
    change = None
    if value is not None and before is not None:
        sums = [(float(v[0] or 0), float(v[1] or 0) if len(v) == 2 else 1.0) for v in (now, then)]
        change = compare(sums[0], sums[1], *map(_floats, steps))
    whys = "" if value is not None else "cell" if any(v is None for v in now) else "zero"
    spark = tuple(_value(v) for v in zip(*steps, strict=True))
    peers, best = (_beside(one, column, formula.of, kind) for kind in ("_peers", "_best"))
    alone = _value([one.sum(one.newest, c) for c in parts])
    return Shown(
        measure,
        column,
        key,
        days,
        value,
        one,
        tiles,
        earlier,
        before,
        change,
        alone,
        peers,
        best,
        spark,
        whys,
        _needs(now, tiles),
    )


def _beside(one: Series, column: str, of: tuple[str, ...], kind: str) -> Value:
    """The peers' figure of the newest period."""
    if column in traffic.OVERVIEW_RATES and len(of) == 2:
        return _rate(one, column, of[0], of[1], kind)
    return one.sum(one.newest, column + kind)


def _parts(column: str, of: tuple[str, ...], how: str) -> tuple[str, ...]:
    """The columns of the rows that make it: two for a rate."""
    return (column,) if how in ("sum", "newest", "once", "count") else of


def _value(parts: Any) -> Value:
    if any(v is None for v in parts):
        return None
    if len(parts) == 1:
        found: Value = parts[0]
        return found
    return float(parts[0]) / float(parts[1]) if parts[1] else None


def _needs(parts: list[Value], tiles: tuple[Tile, ...]) -> tuple[float, float] | None:
    """Trials that a rate of fewer than five events still lacks, and days; None where it has enough, or no pace to tell them by."""
    if len(parts) != 2 or parts[0] is None or not parts[1] or parts[0] >= FEWEST_EVENTS or not parts[0]:
        return None
    events, trials = float(parts[0]), float(parts[1])
    more = (FEWEST_EVENTS - events) * trials / events
    return more, more / trials * sum((end - start).days + 1 for start, end in tiles)


def _by_currency(one: Series, daily: pl.DataFrame, columns: list[str], days: int) -> list[Shown]:
    shown = []
    for (currency,), rows in sorted(daily.group_by("currency"), key=lambda g: str(g[0][0])):
        own = with_rows(one, rows.drop("currency"))
        shown += [figure(own, "orders.total", c, days, currency=str(currency or "")) for c in columns]
    return [s for s in shown if s.value]  # a currency of which the window has no order


def _profit(one: Series, rows: pl.DataFrame, columns: list[str], days: int) -> list[Shown]:
    shown = []
    for row in rows.sort("currency").iter_rows(named=True):
        why = "" if row["gross_profit"] is not None else "rate" if row["rateless"] else "cost"
        key = {"currency": row["currency"] or ""}
        shown += [Shown("profit.total", c, key, days, row[c], one, one.tiles, why=why, part=row["cost_known"]) for c in columns]
    return shown


def _gaps(one: Series) -> tuple[Gap, ...]:
    """Steps of which own figures and the peers' are known for the newest period."""
    found = []
    for rate, (column, of) in traffic.OVERVIEW_RATES.items():
        own, peers, best = (_rate(one, rate, column, of, kind) for kind in ("", "_peers", "_best"))
        trials = one.sum(one.newest, of)
        if own is None or peers is None or not trials:
            continue
        events, asked = (_floats(one.sum(t, c) if len(t) == 1 else None for _, t in one.steps) for c in (column, of))
        against = behind(events, asked, peers)
        found.append(Gap(rate, column, of, own, peers, best, against, (peers - own) * float(trials)))
    return tuple(found)


def _floats(values: Iterable[Value]) -> list[float]:
    """For an estimate: a missing one is not a number."""
    return [float("nan") if v is None else float(v) for v in values]


def _rate(one: Series, rate: str, column: str, of: str, kind: str) -> float | None:
    """The shop's own from its parts; the peers' as the report says it, else from their parts."""
    said = one.sum(one.newest, rate + kind) if kind else None
    made = _value([one.sum(one.newest, column + kind), one.sum(one.newest, of + kind)])
    return float(said) if said is not None else None if made is None else float(made)


__all__ = ["BANDS", "Cockpit", "Gap", "Move", "Shown", "cockpit", "figure"]
