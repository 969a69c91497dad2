"""Tables of the promotion pages: cells in the reader's words, and how money, shares and ranges are written in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from zhanggui.desk.models import Shop
from zhanggui.measures import address_of
from zhanggui.web import words
from zhanggui.web.words import said

MISSING = "—"


@dataclass(frozen=True)
class Cell:
    """`small` stands below the text, `badge` beside it. With `href` the text opens, in the drawer where there is one."""

    text: str
    href: str = ""
    small: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Rows:
    """`head`: label and whether the column is numeric; the first column names the row."""

    head: list[tuple[str, bool]]
    rows: list[list[Cell]] = field(default_factory=list)


def money(value: float | None) -> str:
    """Money, without cents from a thousand on."""
    if value is None:
        return MISSING
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}"


def count(value: float | None) -> str:
    return MISSING if value is None else f"{value:,.0f}"


def few(value: float | None) -> str:
    """A count that is expected: one decimal while it is small."""
    return MISSING if value is None else f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def share(value: float | None, digits: int = 0) -> str:
    return MISSING if value is None else f"{value:.{digits}%}"


def signed(value: float | None, text: str) -> str:
    """A change: ↑ or ↓ and how much; nothing moved is ≈."""
    if value is None:
        return MISSING
    return f"{'↑' if value > 0 else '↓'} {text}" if value else said("没变", "the same")


def between(low: float, high: float, write: object = money) -> str:
    return f"{write(low)}–{write(high)}"  # type: ignore[operator]


def figure_href(shop: Shop, measure: str, column: str, days: int, **key: str) -> str:
    """Where a figure opens."""
    return f"{reverse('figure', args=[shop.key])}?{urlencode({'address': address_of(measure, column, key, days)})}"


def label(column: str, table: str = "p4p_plan") -> str:
    return words.label(table, column)
