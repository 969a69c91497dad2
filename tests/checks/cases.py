"""Situations in YAML → snapshots: what the shop's tables held, and what a check had to say of it.

A block of CSV names only the columns that matter; all others are missing. Instead of a period a row may name its `week`: 0 is
2026-09-13..19, -1 the week before, `-8..0` nine rows that are equal but for their week. A row whose key stands in the case's
`background` changes the columns that it names; any other row is added.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from zhanggui.checks import CHECKS, Finding, Outcome, load, run_one
from zhanggui.facts import Snapshot
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES, Table

FOLDER = Path(__file__).parent
WEEK = date(2026, 9, 13)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Rows = list[dict[str, Any]]


def ordinary_shop() -> dict[str, Rows]:
    """24 products p01..p24 with 40 to 500 clicks in the week, 1 to 3 inquiries per 100 clicks, 2 % of the exposures clicked."""
    rows: Rows = []
    for i in range(24):
        clicks = 40 + 20 * i
        rows.append(
            {
                "product_id": f"p{i + 1:02}",
                "product_name": f"Loafers {i + 1}",
                "search_exposures": 50 * clicks,
                "search_clicks": clicks,
                "visitors": clicks,
                "inquiries": max(1, clicks * (1 + i % 3) // 100),
                "chatters": 0,
                "orders_submitted": 0,
                "shop_clicks": clicks,
                "paid_clicks": 0,
                "standard_clicks": 0,
                "showcase": False,
            }
        )
    return {"product_effect": rows}


def showcase_shop() -> dict[str, Rows]:
    """20 products f01..f20 outside the showcase with 10 to 48 clicks, nobody asks; s1..s5 inside with 200 to 240 and inquiries."""

    def product(name: str, clicks: int, held: bool) -> dict[str, Any]:
        return {
            "product_id": name,
            "product_name": f"Loafers {name}",
            "showcase": held,
            "shop_clicks": clicks,
            "inquiries": int(held) * 3,
            "chatters": 0,
            "orders_submitted": 0,
        }

    free = [product(f"f{i + 1:02}", 10 + 2 * i, False) for i in range(20)]
    return {"product_effect": [*free, *(product(f"s{i + 1}", 200 + 10 * i, True) for i in range(5))]}


def paid_words() -> dict[str, Rows]:
    """20 paid words with 20 to 210 clicks at 2 CNY in the week and an inquiry per 20 clicks."""
    words = [
        {"word": f"loafers {i + 1}", "exposures": 500, "clicks": c, "cost": f"{2 * c}.00", "inquiries": c // 20}
        for i, c in enumerate(range(20, 220, 10))
    ]
    return {"p4p_keyword": words}


STAR_PAGE = {
    "6020013": ("商品力", "全店优品数", "40", "40个", "60", "60个"),
    "6020005": ("商品力", "橱窗优品占比", "1", "100.00%", "1", "100.00%"),
    "21100021": ("营销力", "商机转化率", "0.02", "2.00%", "0.03", "3.00%"),
    "21100061": ("交易力", "近60天站内交易额", "5000", "5000美元", "8000", "8000美元"),
    "21100066": ("交易力", "近60天站外交易额", "1000", "1000美元", "2000", "2000美元"),
    "21100068": ("交易力", "近60天ACP站外交易额", "400", "400美元", "800", "800美元"),
    "21100006": ("服务力", "平均回复时间", "0.9", "0.90小时", "0.5", "0.50小时"),
}


def star_page() -> dict[str, Rows]:
    """The 交易 page of 2026-09-19: two stars on all four powers, two predicted, each indicator well below the next level's average."""
    rows: Rows = []
    for code, (power, indicator, value, written, aim, aim_written) in STAR_PAGE.items():
        rows.append(
            {
                "as_of": "2026-09-19",
                "track": "rts",
                "star": 2,
                "predicted": 2,
                "power": power,
                "power_star": 2,
                "power_score": 75,
                "code": code,
                "indicator": indicator,
                "value": value,
                "value_written": written,
                "next_average": aim,
                "next_average_written": aim_written,
            }
        )
    return {"star_level": rows}


BACKGROUNDS = {f.__name__: f for f in (ordinary_shop, showcase_shop, paid_words, star_page)}


@dataclass(frozen=True)
class Case:
    """One situation. `kind`: found, limit (just inside it: nothing, or not enough yet), cleared (the offender mended)."""

    code: str
    name: str
    kind: str
    raw: dict[str, Any]

    @property
    def settings(self) -> dict[str, Any]:
        return self.raw.get("settings") or {}

    def snapshot(self) -> Snapshot:
        made = BACKGROUNDS[self.raw["background"]]() if "background" in self.raw else {}
        for name in TABLES:
            if name in self.raw:
                made[name] = _laid_over(TABLES[name], made.get(name, []), _written(self.raw[name]))
        return Snapshot(self.raw["day"], {name: frame(TABLES[name], rows).lazy() for name, rows in made.items()}, TABLES)

    @cached_property
    def judged(self) -> Outcome:
        """The outcome, worked out once."""
        return self.outcome()

    def outcome(self) -> Outcome:
        rules = RULEBOOK.on(self.raw["day"], what_if=self.raw.get("rules"))
        return run_one(CHECKS[self.code], self.snapshot(), rules, self.settings)


def case_files() -> dict[str, Path]:
    """Check code → its file of cases."""
    return {code: FOLDER / check.subject / f"{check.name}.yaml" for code, check in load().items()}


def cases() -> list[Case]:
    """Every case of every check."""
    found = []
    for code, path in case_files().items():
        for raw in yaml.safe_load(path.read_text("utf-8")) if path.exists() else []:
            found.append(Case(code, raw.pop("name"), raw.pop("kind"), raw))
    return found


def said(finding: Finding, wanted: dict[str, Any]) -> dict[str, Any]:
    """Of a finding, what a case lists; a number to as many decimals as the case writes."""
    numbers = {k: getattr(finding, k) for k in ("verdict", "needs", "gain", "gain_low", "gain_high")}
    known = {**finding.key, **finding.values, **numbers}
    return {k: _rounded(known[k], v) for k, v in wanted.items()}


def _rounded(value: Any, like: Any) -> Any:
    if value is None or isinstance(value, bool | str | date) or not isinstance(like, int | float):
        return value
    return round(float(value), len(str(like).partition(".")[2]))


def _written(block: str) -> Rows:
    rows: Rows = []
    for line in csv.DictReader(StringIO(block)):
        values: dict[str, Any] = {k: v if v != "" else None for k, v in line.items()}
        if DAY.fullmatch(values.get("week") or ""):  # a table's own column of that name
            rows.append(values)
            continue
        first, _, last = (values.pop("week", None) or "").partition("..")
        weeks = range(int(first), int(last or first) + 1) if first else [None]
        rows += [values | ({} if n is None else _period(n)) for n in weeks]
    return rows


def _period(week: int) -> dict[str, Any]:
    start = WEEK + timedelta(weeks=week)
    return {"period_start": start, "period_end": start + timedelta(days=6)}


def _timed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    fixed = {"period": _period(0), "state": {"as_of": WEEK}, "event": {}}[table.time]
    return fixed | ({"occurrence": 1} if "occurrence" in table.key else {}) | row


def _laid_over(table: Table, below: Rows, above: Rows) -> Rows:
    def key(row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(str(row.get(k)) for k in table.full_key)

    rows = {key(r): r for r in (_timed(table, r) for r in below)}
    for row in (_timed(table, r) for r in above):
        rows[key(row)] = rows.get(key(row), {}) | row
    return list(rows.values())


def frame(table: Table, rows: Rows) -> pl.DataFrame:
    """Rows as the store holds them; what they do not name is missing."""
    texts = [{k: None if v is None else str(v) for k, v in _timed(table, row).items()} for row in rows]
    if unknown := {k for row in texts for k in row} - set(table.schema):
        raise KeyError(f"{table.name} has no {unknown}")
    cells = pl.DataFrame(texts, schema=dict.fromkeys(table.schema, pl.String))
    return cells.select(_typed(name, kind) for name, kind in table.schema.items())


def _typed(name: str, kind: Any) -> pl.Expr:
    if kind == pl.Boolean:
        return pl.when(pl.col(name).is_not_null()).then(pl.col(name).is_in(["Y", "True"])).alias(name)
    if name in ("_import", "_part", "_line"):
        return pl.lit(0, pl.Int32).alias(name)
    if kind == pl.Datetime("us"):
        return pl.col(name).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us")
    return pl.col(name).str.to_date() if kind == pl.Date else pl.col(name).cast(kind)
