"""Words and figures as the reader sees them: both languages stand side by side where they are used."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import lazy as lazily

from zhanggui.checks.words import ROLES, day_text
from zhanggui.measures import DERIVED
from zhanggui.tables import TABLES

CODES = {"zh": "zh-hans", "en": "en"}

STATES = {
    "new": ("新", "new"),
    "ongoing": ("持续", "ongoing"),
    "regressed": ("又出现", "back again"),
    "resolved": ("已消失", "gone"),
    "reading": ("读取中", "reading"),
    "waiting": ("待确认", "to confirm"),
    "working": ("导入中", "importing"),
    "cancelled": ("已停止", "stopped"),
    "accepted": ("已导入", "imported"),
    "duplicate": ("已有，未变", "already there"),
    "undone": ("已撤销", "undone"),
    "refused": ("不能导入", "refused"),
    "open": ("进行中", "open"),
    "done": ("已完成", "done"),
    "dropped": ("已放弃", "dropped"),
    "draft": ("草稿", "draft"),
    "approved": ("已批准，待进后台改", "approved, to be entered"),
    "applied": ("已在后台改好", "entered"),
    "reverted": ("已撤回", "reverted"),
    "discarded": ("已作废", "discarded"),
}
CADENCES = {"daily": ("每天", "daily"), "weekly": ("每周", "weekly"), "monthly": ("每月", "monthly")}


def lang() -> str:
    """The reader's language, zh or en."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def t(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def said(zh: str, en: str) -> str:
    """In the reader's language."""
    return t(lang(), zh, en)


def lazy(zh: str, en: str) -> Any:
    """In the language of whoever reads it, when it is read."""
    return lazily(said, str)(zh, en)


def word(pairs: dict[str, tuple[str, str]], key: str) -> str:
    """The word of an open set; one that has none yet shows itself."""
    return said(*pairs[key]) if key in pairs else key


def role(name: str) -> str:
    return word(ROLES, name)


def state(name: str) -> str:
    return word(STATES, name)


def cadence(name: str) -> str:
    return word(CADENCES, name)


def table_title(name: str) -> str:
    return TABLES[name].title(lang()) if name in TABLES else name


def label(table: str, column: str) -> str:
    """A column's or a derived figure's label."""
    known = TABLES[table]
    if column in DERIVED and column not in known.columns:
        return said(*DERIVED[column])
    return known.label(column, lang()) if column in known.schema else column


def day(value: date | str | None) -> str:
    """2026年9月13日, 13 Sep 2026."""
    if not value:
        return "—"
    return day_text(date.fromisoformat(value) if isinstance(value, str) else value, lang())


def moment(value: datetime | None) -> str:
    """A moment by the server's clock, to the minute."""
    return f"{day(timezone.localtime(value).date())} {timezone.localtime(value):%H:%M}" if value else "—"


def span(period: list[str] | tuple[date, date] | None) -> str:
    """A stretch of days."""
    return f"{day(period[0])} – {day(period[1])}" if period else "—"


def period(text: str) -> str:
    """When a row is of, as a figure's origin says it: a stretch of days, a day, or a moment by the source's clock."""
    return " – ".join(
        figure(datetime.fromisoformat(one) if " " in one else date.fromisoformat(one), "day") for one in text.split("~")
    )


def brief_span(start: date, end: date) -> str:
    """A stretch of days without its year: 11月15日–21日, 15–21 Nov."""
    if lang() == "zh":
        last = f"{end.day}日" if start.month == end.month and start.year == end.year else f"{end.month}月{end.day}日"
        return f"{start.month}月{start.day}日–{last}"
    first = f"{start.day}" if start.month == end.month and start.year == end.year else f"{start.day} {start:%b}"
    return f"{first}–{end.day} {end:%b}"


def size(n: int) -> str:
    if n < 2**20:
        return f"{max(1, n // 1024):,} KB"
    return f"{n / 2**20:,.0f} MB" if n >= 10 * 2**20 else f"{n / 2**20:.1f} MB"


def figure(value: Any, kind: str, unit: str = "") -> str:
    """A value of a kind of column; missing is —, zero is 0."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return said("是", "yes") if value else said("否", "no")
    if isinstance(value, datetime):
        return f"{day(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        if kind == "rate":
            return f"{value:.2%}" if value else "0%"
        if kind == "money":
            return f"{value:,.2f}{' ' + unit if unit else ''}"
        if 0 < abs(float(value)) < 0.1:
            return f"{Decimal(f'{value:.3g}'):f}"  # never 4e-05
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return str(value)
