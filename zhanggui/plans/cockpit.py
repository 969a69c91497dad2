"""The cockpit of a shop: traffic, orders and profit of a window beside the window before it and the peers. A pure function of a
snapshot; what a person may not see is not computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import MEASURES, orders, profit
from zhanggui.measures.series import YEAR, Series, series, with_rows
from zhanggui.plans.figures import Gap, Shown, figure, gaps
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
TWINS = {"orders": "orders", "amount": "order_amount"}
GOAL_CURRENCY = "USD"
MONEY = {"order_lines": {"amount": "order_amount"}, "shop_overview": {"order_amount": "order_amount"}}


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
        bands[band] = tuple(one for one in shown if not _said(one, shown))
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
        gaps(told["shop_overview"]) if "shop_overview" in told else (),
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


def _said(one: Shown, others: list[Shown]) -> bool:
    """Whether the overview says the same as the orders do: one of the two is enough."""
    twin = TWINS.get(one.column) if one.measure == "orders.total" else None
    return any(o.column == twin and o.value == one.value and o.measure == "traffic.overview" for o in others)


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
            plans[name] = rows.group_by(period).agg(whole_sum(c) for c in FUNNEL)
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


__all__ = ["BANDS", "Cockpit", "Gap", "Move", "Shown", "cockpit", "figure"]
