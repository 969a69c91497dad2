"""Put, undo, rebuild, trace."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from zhanggui.facts.manifest import ImportRecord, Manifest, load, settle, swap, write_durably
from zhanggui.facts.merge import MONTH, Met, buckets, first_seen, meet, merge, months_of, same_key
from zhanggui.facts.outcome import Counts, Put, Stale, Undone, counted
from zhanggui.facts.snapshot import Snapshot
from zhanggui.intake import Part, Reading, answers, read
from zhanggui.tables import TABLES, Table

GROUP_ROWS = 250_000  # of a Parquet file
GRACE_SECONDS = 3600  # a reader that has read a manifest may take this long to read its files

Progress = Callable[[int, int, str], None]


def open_facts(home: Path, shop: str, tables: Mapping[str, Table] = TABLES) -> Facts:
    """The facts of one shop under the data folder. A shop's key is lower-case letters, digits and dashes."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", shop):
        raise ValueError(f"not a shop's key: {shop!r}")
    return Facts(home / "facts" / shop, home / "raw" / shop, tables)


@dataclass(frozen=True)
class Facts:
    """One shop's facts. `folder` holds manifest and Parquet, `raw` every file as it came, by its SHA-256."""

    folder: Path
    raw: Path
    tables: Mapping[str, Table]

    # ---- reading

    def manifest(self) -> Manifest:
        return load(self.folder / "manifest.json")

    def snapshot(self, day: date) -> Snapshot:
        """What was known of the days up to `day`: one manifest, so one consistent state."""
        manifest = self.manifest()
        frames = {name: self._scan(manifest, table) for name, table in self.tables.items() if name in manifest.files}
        return Snapshot(day, frames, self.tables, manifest.imports)

    def _stored(self, manifest: Manifest, table: Table, months: list[str] | None = None) -> list[Path]:
        """The live files of a table, of some months or of all."""
        files = manifest.files.get(table.name, {})
        return [self.folder / table.name / f for m, f in files.items() if months is None or m in months]

    def _scan(self, manifest: Manifest, table: Table, months: list[str] | None = None) -> pl.LazyFrame:
        wanted = self._stored(manifest, table, months)
        if not wanted:
            return pl.LazyFrame(schema=table.schema)
        # A file written before a column was declared lacks it: null until `rebuild`.
        return pl.scan_parquet(wanted, missing_columns="insert", extra_columns="ignore", schema=table.schema)

    def imports(self) -> tuple[ImportRecord, ...]:
        return self.manifest().imports

    def raw_file(self, sha256: str) -> bytes:
        return (self.raw / sha256).read_bytes()

    # ---- writing

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer a shop, across processes; the system frees it when the process dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.raw.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def preview(self, reading: Reading, progress: Progress | None = None) -> list[Counts]:
        """What `put` would do now; nothing is written."""
        manifest = self.manifest()
        told = []
        for index, part in enumerate(reading.parts):
            if progress:
                progress(index, len(reading.parts), part.sheet)
            before = [p for p in reading.parts[:index] if p.table.name == part.table.name]
            met = [m for m, _ in self._meet(manifest, part.table, stamped(part, 0, index), before)]
            told.append(counted(part, met))
        return told

    def _meet(
        self, manifest: Manifest, table: Table, rows: pl.DataFrame, before: Sequence[Part] = ()
    ) -> Iterator[tuple[Met, list[str]]]:
        """The rows against those stored, bucket by bucket, with the months in which the stored ones lie.

        `before`: sheets of the same file that come first. An event's key may lie in any month.
        """
        on = same_key(table)
        if not before and not self._stored(manifest, table, None if table.time == "event" else months_of(table, rows)):
            yield first_seen(rows), []
            return
        for bucket in buckets(table, rows):
            months = None if table.time == "event" else months_of(table, bucket)
            keys = bucket.lazy().select(on).unique()
            stored = self._scan(manifest, table, months).join(keys, on=on, how="semi", nulls_equal=True).collect()
            for sheet in before:
                stored = merge(table, stored, stamped(sheet, 0, 0)).join(keys.collect(), on=on, how="semi", nulls_equal=True)
            yield meet(table, stored, bucket), months_of(table, stored)

    def find_duplicate(self, sha256: str, reading: Reading) -> ImportRecord | None:
        """The live import that read the same bytes the same way."""
        described = [_describe(p) for p in reading.parts]
        return next((r for r in self.imports() if r.live and r.sha256 == sha256 and _same_parts(r.parts, described)), None)

    def put(
        self,
        data: bytes | Path,
        name: str,
        reading: Reading,
        *,
        at: str,
        by: str = "",
        expect: int | None = None,
        progress: Progress | None = None,
    ) -> Put:
        """Take a file in: raw file first, then Parquet, then the manifest. Killed anywhere, it has happened wholly or not at all.

        `at` is the moment of the import (ISO 8601), `by` who accepted it. `expect`: the `swaps` of the manifest that the file was
        made from; `Stale` if another has been swapped in since. `progress` is told steps behind and in all; what it raises ends
        the import with nothing done.
        """
        sha256 = digest(data)
        with self._lock():
            if expect is not None and self.manifest().swaps != expect:
                raise Stale(expect)
            known = self.find_duplicate(sha256, reading)
            if known:
                now = self.preview(reading)
                if not any(c.new or c.changed or c.dropped for c in now):  # nothing newer has overwritten it meanwhile
                    return Put(known, now, duplicate=True)
            self._keep(data, sha256)
            manifest = self.manifest()
            import_id = max((r.id for r in manifest.imports), default=0) + 1
            manifest, counts = self._add_all(manifest, reading, import_id, progress)
            if progress:
                progress(len(reading.parts), len(reading.parts), name)
            record = ImportRecord(import_id, at, name, sha256, by, reading.options, _told(reading, counts))
            self._commit(replace(manifest, imports=(*manifest.imports, record)))
        return Put(record, counts)

    def _add_all(
        self, manifest: Manifest, reading: Reading, import_id: int, progress: Progress | None = None
    ) -> tuple[Manifest, list[Counts]]:
        counts = []
        for index, part in enumerate(reading.parts):
            if progress:
                progress(index, len(reading.parts), part.sheet)
            manifest, told = self._add(manifest, part, import_id, index)
            counts.append(told)
        return manifest, counts

    def _keep(self, data: bytes | Path, sha256: str) -> None:
        """The file as it came, by its content."""
        if not (self.raw / sha256).exists():
            write_durably(self.raw / sha256, data)

    def _add(self, manifest: Manifest, part: Part, import_id: int, index: int) -> tuple[Manifest, Counts]:
        """The manifest with a part's rows in it. Only months in which something changes are written anew."""
        table = part.table
        rows = stamped(part, import_id, index)
        met, touched = [], set()
        for one, months in self._meet(manifest, table, rows):
            met.append(one)
            touched |= {*months, *months_of(table, one.rows)}
        counts = counted(part, met)
        if not (counts.new or counts.changed or counts.dropped):
            return manifest, counts
        merged = pl.concat([m.rows for m in met])
        written: dict[str, str | None] = {}
        for month in sorted(touched):
            mine = merged if len(touched) == 1 else merged.filter(pl.col(table.clock).dt.strftime(MONTH) == month)
            if self._stored(manifest, table, [month]):
                on = same_key(table)
                keys = rows.lazy().select(on).unique()
                rest = self._scan(manifest, table, [month]).join(keys, on=on, how="anti", nulls_equal=True).collect()
                mine = pl.concat([rest.select(list(table.schema)), mine])
            written[month] = self._write(table, month, mine)
        return manifest.with_files(table.name, written), counts

    def _store(self, table: Table, rows: pl.DataFrame, months: list[str]) -> dict[str, str | None]:
        """Each month's rows as a file; None for a month without rows."""
        by_month = rows.with_columns(pl.col(table.clock).dt.strftime(MONTH).alias("_month"))
        parts = by_month.partition_by("_month", as_dict=True, include_key=False)
        return dict.fromkeys(months) | {str(m): self._write(table, str(m), frame) for (m,), frame in parts.items()}

    def _write(self, table: Table, month: str, rows: pl.DataFrame) -> str | None:
        """Write a month's rows, in the order of their key, as a new immutable file named by its content; None without rows."""
        if rows.is_empty():
            return None
        folder = self.folder / table.name
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{month}.{os.getpid()}.part"
        in_order(rows, list(table.full_key)).sink_parquet(
            draft, compression="zstd", statistics=True, row_group_size=GROUP_ROWS, maintain_order=True
        )
        told = digest(draft)
        name = f"{month}-{told[:16]}.parquet"
        if (folder / name).exists() and digest(folder / name) == told:
            draft.unlink()
            os.utime(folder / name)  # an orphan of the same content lives again: not to be swept
        else:
            settle(draft, folder / name)
        return name

    def _commit(self, manifest: Manifest) -> None:
        manifest = replace(manifest, swaps=manifest.swaps + 1)
        for name in self.manifest().live_files() - manifest.live_files():
            with suppress(FileNotFoundError):
                os.utime(self.folder / name)  # its time of grace begins now: a reader may be on it, however old it is
        swap(self.folder / "manifest.json", manifest)
        self._sweep(manifest)

    def _sweep(self, manifest: Manifest) -> None:
        """Delete files that no manifest names, once no reader can still be on them."""
        live = manifest.live_files()
        before = time.time() - GRACE_SECONDS  # the file system's own clock, not the shop's day
        for path in self.folder.glob("*/*"):
            if f"{path.parent.name}/{path.name}" not in live and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def undo(self, import_id: int, *, at: str) -> Undone:
        """Take an import back: the months that it touched are read again from the raw files of the imports that remain."""
        with self._lock():
            manifest = self.manifest()
            record = manifest.record(import_id)
            if record is None or not record.live:
                raise LookupError(import_id)
            imports = tuple(replace(r, undone=at) if r.id == import_id else r for r in manifest.imports)
            remaining = replace(manifest, imports=imports)
            removed: dict[str, int] = {}
            restored: dict[str, int] = {}
            kept: dict[str, int] = {}
            for name in sorted({p["table"] for p in record.parts}):
                table = self.tables[name]
                before = self._scan(manifest, table).filter(pl.col("_import") == import_id).collect()
                if table.time == "event":  # it may have moved a known order out of any month, even out of one that is gone
                    rows = self._replay(remaining, table, None)
                    months = sorted({*months_of(table, rows), *manifest.files.get(name, {})})
                else:
                    months = _months_between([p for p in record.parts if p["table"] == name])
                    rows = self._replay(remaining, table, months)
                remaining = remaining.with_files(name, self._store(table, rows, months))
                again = rows.join(before.select(table.full_key), on=list(table.full_key), how="semi", nulls_equal=True).height
                removed[name], restored[name] = before.height - again, again
                brought = sum(p["counts"]["new"] + p["counts"]["changed"] for p in record.parts if p["table"] == name)
                kept[name] = max(0, brought - before.height)
            self._commit(remaining)
        return Undone(import_id, removed, restored, kept)

    def _replay(self, manifest: Manifest, table: Table, months: list[str] | None) -> pl.DataFrame:
        """The rows of a table (in some months) as its live imports give them, in the order they came, from the raw files."""
        rows = pl.DataFrame(schema=table.schema)
        for record in manifest.imports:
            if record.live and any(_touches(p, table, months) for p in record.parts):
                for index, part in enumerate(self._read_again(record).parts):
                    if part.table.name == table.name:
                        rows = merge(table, rows, stamped(part, record.id, index))
        if months is not None:
            rows = rows.filter(pl.col(table.clock).dt.strftime(MONTH).is_in(months))
        return rows

    def _read_again(self, record: ImportRecord) -> Reading:
        return read(self.raw / record.sha256, record.file, **answers(record.options), tables=self.tables)

    def rebuild(self, progress: Progress | None = None) -> dict[str, int]:
        """All tables anew from the raw files, import by import; rows per table. A better reader or a new column takes effect here,
        and each import is described as it reads now.
        """
        with self._lock():
            manifest = self.manifest()
            fresh = replace(manifest, files={})
            records = []
            for i, record in enumerate(manifest.imports):
                if progress:
                    progress(i, len(manifest.imports), record.file)
                if record.live:
                    reading = self._read_again(record)
                    fresh, counts = self._add_all(fresh, reading, record.id)
                    record = replace(record, parts=_told(reading, counts))
                records.append(record)
            self._commit(replace(fresh, imports=tuple(records)))
        return {name: self._scan(fresh, self.tables[name]).select(pl.len()).collect().item() for name in fresh.files}


def in_order(rows: pl.DataFrame, key: list[str]) -> pl.LazyFrame:
    """The rows sorted by a key, handed over group by group, so that no second copy of them all is held."""
    order = rows.select(pl.arg_sort_by(key, nulls_last=True)).to_series()

    def groups(
        columns: list[str] | None, predicate: pl.Expr | None, most: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        for start in range(0, rows.height, GROUP_ROWS):
            group = rows[order[start : start + GROUP_ROWS]]
            yield group.select(columns) if columns else group

    return register_io_source(groups, schema=rows.schema)


def digest(data: bytes | Path) -> str:
    """SHA-256 of a file, in hexadecimal: its name among the raw files."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def stamped(part: Part, import_id: int, index: int) -> pl.DataFrame:
    """A part's rows with the import and the part that they come from."""
    rows = part.rows.with_columns(pl.lit(import_id, pl.Int32).alias("_import"), pl.lit(index, pl.Int32).alias("_part"))
    return rows.select(list(part.table.schema))


def _describe(part: Part) -> dict[str, Any]:
    months = months_of(part.table, part.rows)
    return {
        "table": part.table.name,
        "sheet": part.sheet,
        "header_line": part.header_line,
        "headers": part.headers,
        "period": [d.isoformat() for d in part.period] if part.period else None,
        "as_of": part.as_of.isoformat() if part.as_of else None,
        "months": [months[0], months[-1]] if months else None,
    }


def _told(reading: Reading, counts: Sequence[Counts]) -> list[dict[str, Any]]:
    """The parts of an import as its record keeps them."""
    return [_describe(p) | {"counts": c.__dict__} for p, c in zip(reading.parts, counts, strict=True)]


def _same_parts(stored: list[dict[str, Any]], described: list[dict[str, Any]]) -> bool:
    return [{k: v for k, v in p.items() if k != "counts"} for p in stored] == described


def _months_between(parts: list[dict[str, Any]]) -> list[str]:
    """Every month from the first to the last that the parts hold."""
    months: set[str] = set()
    for part in parts:
        if part["months"]:
            low, high = (date.fromisoformat(f"{m}-01") for m in part["months"])
            months |= set(pl.date_range(low, high, "1mo", eager=True).dt.strftime(MONTH).to_list())
    return sorted(months)


def _touches(part: dict[str, Any], table: Table, months: list[str] | None) -> bool:
    """Whether an import's part may hold rows of these months; an event's key may have lived in any."""
    if part["table"] != table.name or not part["months"]:
        return False
    low, high = part["months"]
    return months is None or table.time == "event" or any(low <= m <= high for m in months)
