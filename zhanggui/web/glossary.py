"""The words of the trade: what each means, may it be added up; and every figure with its formula, every column of every table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.desk import access
from zhanggui.measures import MEASURES, Measure
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Column
from zhanggui.web import words
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said

MOST = 200  # lines of one kind that a search shows


@dataclass(frozen=True)
class Word:
    """One word with its Chinese original. `code` is how the code calls it; `added` whether it may be added up ({}: nothing to add)."""

    zh: str
    en: str
    code: str
    means: Mapping[str, str]
    added: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    title: Mapping[str, str]
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Definition:
    """A column of a table or a figure of a measure, as the reader sees it. `adds`: None where there is nothing to add."""

    label: str
    of: str
    unit: str
    adds: bool | None
    missing: str
    how: str = ""

    def has(self, text: str) -> bool:
        return text in f"{self.label} {self.of}".lower()


@cache
def chapters() -> tuple[Chapter, ...]:
    """The words as they are written down: the only place."""
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return tuple(Chapter(one["title"], tuple(Word(**word) for word in one["words"])) for one in told)


@cache
def chinese() -> dict[str, dict[str, str]]:
    """The Chinese of units and of what an empty cell means, which tables declare in English."""
    told: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text("utf-8"))
    return told


def _said(kind: str, text: str) -> str:
    return text if words.lang() == "en" else chinese()[kind].get(text, text)


@require_GET
def glossary(request: HttpRequest, key: str) -> HttpResponse:
    """All words; with `q`, what has the text in it, figures and columns too; with `table`, the columns of one table."""
    shop = access.shop_for(person_of(request), key)
    text = request.GET.get("q", "").strip()
    table = TABLES.get(request.GET.get("table", ""))
    wanted = text.lower()
    columns = (
        list(_columns(table)) if table else [d for t in TABLES.values() for d in _columns(t) if d.has(wanted)] if text else []
    )
    figures = [d for m in MEASURES.values() for d in _figures(m) if d.has(wanted)] if text and not table else []
    return page(
        request,
        "glossary.jinja",
        shop,
        section="glossary",
        text=text,
        table=table,
        chapters=[] if table else _found(wanted),
        figures=figures[:MOST],
        columns=columns if table else columns[:MOST],
        more=0 if table else max(0, len(columns) - MOST),
        reports=[t for t in TABLES.values() if t.kind == "report"],
        registers=[t for t in TABLES.values() if t.kind == "register"],
    )


def _found(text: str) -> list[Chapter]:
    """The chapters with the words that have the text in them, in either language."""
    kept = [
        Chapter(one.title, tuple(w for w in one.words if text in " ".join((w.zh, w.en, w.code, *w.means.values())).lower()))
        for one in chapters()
    ]
    return [one for one in kept if one.words]


def _columns(table: Table) -> Iterator[Definition]:
    for name, column in table.columns.items():
        adds = column.additive if column.kind in ("count", "number", "money", "rate") else None
        unit = _said("units", column.unit) if column.unit else said(*KINDS[column.kind])
        yield Definition(table.label(name, words.lang()), table.title(words.lang()), unit, adds, _missing(column))


def _missing(column: Column) -> str:
    if column.required:
        return said("不会空：没有它的行不导入", "never empty: a row without it is left out")
    return _said("missing", column.missing) if column.missing else said("文件里没有这个值", "the file does not say it")


def _figures(measure: Measure) -> Iterator[Definition]:
    table = TABLES[measure.table]
    for name, formula in measure.formulas.items():
        how = formula.says(words.lang(), measure.table)
        yield Definition(words.label(measure.table, name), table.title(words.lang()), "", formula.how == "sum", "", how)


KINDS = {
    "text": ("文字", "text"),
    "id": ("编号", "identifier"),
    "count": ("个", "number of things"),
    "number": ("数", "number"),
    "rate": ("比率", "rate"),
    "money": ("金额", "money"),
    "day": ("日期", "day"),
    "moment": ("时刻", "moment"),
    "flag": ("是或否", "yes or no"),
}
