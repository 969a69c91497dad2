"""Run checks on a snapshot. Pure: the same snapshot, rules and settings give the same outcomes."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from zhanggui.checks.check import BROKEN, RESERVED, Check, Finding, NotYet, Outcome, load
from zhanggui.facts import Snapshot
from zhanggui.rulebook import Rules

Settings = Mapping[str, Mapping[str, Any]]

log = logging.getLogger(__name__)


def run(shop: Snapshot, rules: Rules, settings: Settings | None = None, only: Iterable[str] | None = None) -> list[Outcome]:
    """Outcomes of all checks (or of some codes), in the order of their codes. `settings`: code → the shop's own values.

    A check that raises is logged, and waits (`BROKEN`): the others run all the same.
    """
    checks = load()
    wanted = list(only) if only is not None else list(checks)
    return [_held(checks[code], shop, rules, (settings or {}).get(code)) for code in wanted]


def _held(check: Check, shop: Snapshot, rules: Rules, own: Mapping[str, Any] | None) -> Outcome:
    try:
        return run_one(check, shop, rules, own)
    except Exception:
        log.exception("check %s failed", check.code)
        return Outcome(check, waiting=NotYet(next(iter(check.needs), ""), unit=BROKEN))


def run_one(check: Check, shop: Snapshot, rules: Rules, own: Mapping[str, Any] | None = None) -> Outcome:
    """One check. A table that it cannot do without and that is not there yet makes it wait."""
    for table in check.needs:
        if not shop.has(table):
            return Outcome(check, waiting=NotYet(table))
    result = check.function(shop, check.values(own), rules)
    if isinstance(result, NotYet):
        return Outcome(check, waiting=result)
    frame = result.collect() if isinstance(result, pl.LazyFrame) else result
    return Outcome(check, tuple(_finding(check, row) for row in frame.iter_rows(named=True)))


def _finding(check: Check, row: dict[str, Any]) -> Finding:
    key = {k: row[k] for k in check.key}
    values = {k: v for k, v in row.items() if k not in check.key and k not in RESERVED}

    def number(name: str) -> float | None:
        value = row.get(name)
        return None if value is None or not math.isfinite(value) else float(value)

    return Finding(
        check.code,
        key,
        values,
        row.get("verdict") or "found",
        number("needs"),
        number("gain"),
        number("gain_low"),
        number("gain_high"),
    )
