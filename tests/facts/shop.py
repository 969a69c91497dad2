"""Small files of a shop, and putting them in."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from zhanggui.facts import Facts, Put, open_facts
from zhanggui.intake import Reading, read

AT = "2026-09-21T08:00:00Z"
WEEK = date(2026, 9, 13)


def effect(start: date, rows: dict[str, int | None], days: int = 7) -> bytes:
    """A product report: product → search exposures."""
    lines = [f"{product},{'-' if n is None else n}" for product, n in rows.items()]
    return "\n".join([f"{start}~{start + timedelta(days=days - 1)}", "产品ID,搜索曝光次数", *lines]).encode()


def orders(rows: list[tuple[str, date, int]]) -> bytes:
    """An order export: number, day, quantity."""
    return "\n".join(["订单编号,订单创建时间,商品名称,数量", *(f"{no},{day},Loafers,{n}" for no, day, n in rows)]).encode()


def costs(rows: dict[str, str], title: str = "") -> bytes:
    """A cost list: product → cost; "gone" takes the product off the list."""
    lines = [f"{p},0,CNY,Y" if c == "gone" else f"{p},{c},CNY," for p, c in rows.items()]
    return "\n".join([title, "产品ID,单件成本,成本币种,删除", *lines]).encode()


def words(start: date, rows: list[tuple[str, int | None]]) -> bytes:
    """A keyword report, in which a word may stand more than once: word, exposures."""
    lines = [f"{word},{'-' if n is None else n}" for word, n in rows]
    return "\n".join([f"{start}~{start + timedelta(days=6)}", "词,曝光量", *lines]).encode()


def packed(files: list[bytes]) -> bytes:
    """The files in one zip, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i, data in enumerate(files):
            archive.writestr(zipfile.ZipInfo(f"{i}.csv"), data)
    return out.getvalue()


def reading_of(data: bytes, on: date = date(2026, 12, 31)) -> Reading:
    return read(data, "file.csv", on=on)


def put(facts: Facts, data: bytes, on: date = date(2026, 12, 31)) -> Put:
    return facts.put(data, "file.csv", reading_of(data, on), at=AT, by="Alice")


def shop(home: Path) -> Facts:
    return open_facts(home, "alice-shoes")


def counts(done: Put) -> tuple[int, int, int]:
    """New, changed, unchanged over all tables."""
    return tuple(sum(getattr(c, fate) for c in done.counts) for fate in ("new", "changed", "unchanged"))


def all_rows(facts: Facts) -> dict[str, pl.DataFrame]:
    """Every live row, with where it came from."""
    seen = facts.snapshot(date.max)
    tables = {name: seen.frames[name].collect() for name in seen.frames}
    return {name: frame.sort(facts.tables[name].full_key, nulls_last=True) for name, frame in tables.items()}


def exposures(facts: Facts, day: date = date.max) -> dict[str, int | None]:
    """Product → exposures, of all periods up to the day (the last one wins)."""
    rows = facts.snapshot(day).scan("product_effect").sort("period_end").collect()
    return dict(rows.select("product_id", "search_exposures").iter_rows())


def stored_files(facts: Facts) -> dict[str, bytes]:
    """Every Parquet file that the manifest names."""
    return {name: (facts.folder / name).read_bytes() for name in sorted(facts.manifest().live_files())}
