"""What happened in a stretch of days, for charts over time: tasks done, imports taken back, festivals, days without data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone

from zhanggui.checks import load
from zhanggui.desk.models import Shop
from zhanggui.measures.series import Series
from zhanggui.web import drawings, words
from zhanggui.web.charts import Mark
from zhanggui.web.words import said


def marks(
    shop: Shop, first: date, last: date, festivals: Iterable[tuple[date, str]], series: Mapping[str, Series] | None = None
) -> list[Mark]:
    """The marks from the first day to the last."""
    found, known = [], load()
    for task in shop.tasks.filter(state="done", closed_on__range=(first, last)):
        check = known.get(task.code)
        title = check.words["title"][words.lang()] if check else task.code
        if task.closed_on:
            found.append(Mark(task.closed_on, said(f"做完：{title}", f"done: {title}")))
    for item in shop.imports.filter(Q(state="undone"), undone__date__range=(first, last)):
        found.append(Mark(timezone.localtime(item.undone).date(), said(f"撤销了 {item.file}", f"{item.file} taken back")))
    found += [Mark(start, name) for start, name in festivals if first <= start <= last]
    for table in ("shop_overview", "product_effect"):
        if series and table in series:
            found += [_hole(table, *hole) for hole in drawings.holes(series[table]) if hole[0] >= first]
    return found


def _hole(table: str, start: date, end: date) -> Mark:
    title, days = words.table_title(table), words.brief_span(start, end)
    return Mark(start, said(f"「{title}」缺 {days}", f"“{title}” lacks {days}"))
