"""A plain reader of the sandbox's files, which knows nothing of the project: rows as dictionaries, by the words of the header."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlrd

Row = dict[str, Any]


def cells(path: Path) -> list[list[Any]]:
    """Every line of the first sheet."""
    if path.suffix == ".xls":
        sheet = xlrd.open_workbook(path).sheet_by_index(0)
        return [sheet.row_values(row) for row in range(sheet.nrows)]
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        lines = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
        return lines
    encoding = "gb18030" if path.name.startswith("P4P") else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def rows(path: Path) -> list[Row]:
    """The rows below the first line that has two filled cells, without a totals row."""
    lines = cells(path)
    at = next(i for i, line in enumerate(lines) if sum(bool(cell) for cell in line) > 1)
    header = [str(cell).strip() for cell in lines[at]]
    return [dict(zip(header, line, strict=True)) for line in lines[at + 1 :] if line[0] != "合计"]


def every(folder: Path, name: str) -> list[Row]:
    """The rows of all files of a report, each with the `_file` it stands in."""
    return [row | {"_file": path.stem} for path in sorted(folder.glob(f"{name}-*")) for row in rows(path)]


def weekly(folder: Path, name: str) -> Iterator[tuple[str, list[Row]]]:
    """`20261108-20261114`, and the rows of that week."""
    for path in sorted(folder.glob(f"{name}-*")):
        yield path.stem.removeprefix(f"{name}-"), rows(path)


def happened(folder: Path, kind: str) -> list[Row]:
    """What truth.json says of a kind of happening."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [happening for happening in truth["happenings"] if happening["kind"] == kind]
