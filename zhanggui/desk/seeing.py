"""The facts of a shop as one member is shown them: a salesperson's own rows, and no column that is not for the role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from zhanggui.desk import access
from zhanggui.desk.home import home
from zhanggui.desk.models import Membership, Person, Shop
from zhanggui.facts import Snapshot, open_facts
from zhanggui.tables import TABLES

KEPT = 32  # snapshots, each a few open questions and no rows

ORDERS = ("order_lines", "order_header")  # the tables that say whose an order is

#: What tells one state of a shop's facts, as one member sees them, from another.
Seen = tuple[Path, str, tuple[int, int, int], date, tuple[tuple[str, str], ...]]


def membership(person: Person, shop: Shop) -> Membership:
    """What the person is in the shop's company. `NoSuchShop` outside of it."""
    found = access.membership_in(person, shop)
    if found is None:
        raise access.NoSuchShop(shop.key)
    return found


def seen(member: Membership, shop: Shop, day: date) -> Seen:
    """A key for whatever is worked out from the facts: it changes with every import, and with whose rows are shown."""
    only = tuple((name, account) for name, table in TABLES.items() if (account := access.only_of(member, table)) is not None)
    return home(), shop.key, _stamp(shop), day, only


def _stamp(shop: Shop) -> tuple[int, int, int]:
    """What tells one state of the manifest from another: each swap is a new file."""
    try:
        stat = (home() / "facts" / shop.key / "manifest.json").stat()
    except FileNotFoundError:
        return 0, 0, 0
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


@lru_cache(maxsize=KEPT)
def snapshot(key: Seen) -> Snapshot:
    """The facts of `seen`: tables whose rows belong to salespeople hold only those of the member's own name."""
    where, shop, _, day, only = key
    whole = open_facts(where, shop).snapshot(day)
    mine = {name: _mine(whole, name, account) for name, account in only if name in whole.frames}
    if only:
        mine |= _of_orders(whole, mine)
    return replace(whole, frames={**whole.frames, **mine}, _seen={})


def _mine(whole: Snapshot, name: str, account: str) -> pl.LazyFrame:
    """The rows of one salesperson. Of a state, those whose newest row is still theirs: a buyer may be given to a colleague."""
    table = TABLES[name]
    own = whole.frames[name].filter(pl.col(table.seller) == account)
    if table.time != "state":
        return own
    still = whole.scan(name).filter(pl.col(table.seller) == account).select(table.key)
    return own.join(still, on=list(table.key), how="semi", nulls_equal=True, maintain_order="left")


def whole(shop: Shop, day: date) -> Seen:
    """The key of everything that the shop has."""
    return home(), shop.key, _stamp(shop), day, ()


def _of_orders(whole: Snapshot, mine: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """What belongs to orders and names no salesperson (payments, shipments): only that of the member's own orders."""
    own = [mine[name].select("order_no") for name in ORDERS if name in mine]
    orders = pl.concat(own) if own else pl.LazyFrame(schema={"order_no": pl.String})
    return {
        name: frame.join(orders, on="order_no", how="semi", maintain_order="left")
        for name, frame in whole.frames.items()
        if "order_no" in TABLES[name].columns and not TABLES[name].seller
    }


def facts_for(member: Membership, shop: Shop, day: date) -> Snapshot:
    """What the member is shown of the shop's facts up to a day."""
    return snapshot(seen(member, shop, day))


def sees(role: str, table: str, columns: Iterable[str]) -> bool:
    """Whether a role is shown what is made of these columns of a table."""
    return all(access.sees_column(role, TABLES[table], c) for c in columns)
