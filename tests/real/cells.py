"""The raw cells of the real exports, read with the standard library alone: nothing of the product is used here."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = 5  # row index


def rows(path: Path) -> list[dict[str, str]]:
    """Rows as header → text, header cells stripped; `line` is the line that an editor shows."""
    with path.open(encoding="utf-8-sig", newline="") as f:
        everything = list(csv.reader(f))
    header = [h.strip() for h in everything[HEADER]]
    return [dict(zip(header, r, strict=True)) | {"line": str(i)} for i, r in enumerate(everything[HEADER + 1 :], HEADER + 2)]


def grid(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))


def products(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "Products-2026-09-19.csv")


def words(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "getKeywords-2026-09-19.csv")


def number(cell: str) -> float | None:
    return None if cell == "-" else float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1)


def total(rows_: list[dict[str, str]], column: str) -> float:
    return sum(number(r[column]) or 0 for r in rows_)
