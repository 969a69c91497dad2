"""What a fact is.

Takes: nothing. Gives: `Table` by name (`TABLES`), columns with unit, label, additivity, and `Problem`.
May import: nothing of the project.

A file under `reports/` or `registers/` that defines `TABLE` is a table; there is no list to edit.
"""

from __future__ import annotations

import importlib
import pkgutil

from zhanggui.tables import registers, reports
from zhanggui.tables.problems import Problem
from zhanggui.tables.table import ORIGIN, Table


def discover() -> dict[str, Table]:
    """Every table of the two folders, by name, in alphabetical order."""
    found: dict[str, Table] = {}
    for package in (reports, registers):
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            table: Table = importlib.import_module(f"{package.__name__}.{module.name}").TABLE
            if table.name != module.name or table.name in found:
                raise ValueError(f"{module.name}: the file's name and the table's name must be equal and unique")
            found[table.name] = table
    return found


TABLES = discover()

__all__ = ["ORIGIN", "TABLES", "Problem", "Table", "discover"]
