"""Findings hold numbers; the sentence is made here, in the reader's language, when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhanggui.checks.check import BROKEN, Check, Finding, NotYet
from zhanggui.tables import TABLES

UNITS = {
    "day": ("天", "day"),
    "week": ("周", "week"),
    "weekly": ("周（要按周的数）", "weekly figure"),
    "row": ("行", "row"),
    "click": ("次点击", "click"),
    "exposure": ("次曝光", "exposure"),
    "inquiry": ("个询盘", "inquiry"),
    "page": ("次星等级页面", "star page"),
    "product": ("个产品", "product"),
    "lead": ("商机/月", "leads a month"),
    "CNY": ("元/月", "CNY a month"),
    "USD": ("美元/月", "USD a month"),
}


#: Who does it, in words.
ROLES = {
    "owner": ("老板", "owner"),
    "manager": ("店长", "manager"),
    "operator": ("运营", "operator"),
    "sales": ("业务员", "sales"),
    "merchandiser": ("跟单", "merchandiser"),
    "designer": ("美工", "designer"),
    "supply": ("采购", "supply"),
    "reader": ("只读", "reader"),
}

BROKE = {
    "zh": "这项检查自己出错了，这次没有结果；其他检查照常。错误写在日志里，请交给管理员",
    "en": "this check itself failed and says nothing this time; the others ran. The error is in the log, for the administrator",
}
RELATION = {
    "zh": "在「{table}」里还看不出这两个数有关系，所以不下结论",
    "en": "in “{table}” the two figures do not go together yet, so nothing is claimed",
}


class _Plain(dict[str, Any]):
    """Values for `str.format` that show a missing one as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that any format spec of a sentence can take: a missing number shows as —."""
    return {k: _Missing() if v is None else float(v) if isinstance(v, Decimal) else v for k, v in values.items()}


class _Missing:
    def __format__(self, spec: str) -> str:
        return "—"


class _Anything(_Plain):
    """Stands for every value in turn: a template as a formula."""

    def __missing__(self, key: str) -> Any:
        return _Letter()


class _Letter:
    def __format__(self, spec: str) -> str:
        return "…"


def _filled(check: Check, word: str, finding: Finding, lang: str) -> str:
    values = {**finding.key, **finding.values, "needs": finding.needs, "gain": finding.gain}
    return check.words[word][lang].format_map(_Plain(shown(values)))


def sentence(check: Check, finding: Finding, lang: str) -> str:
    """What was found, with its numbers; or that it is not enough yet, with how much is missing."""
    return _filled(check, "unsure" if finding.verdict == "unsure" and "unsure" in check.words else "says", finding, lang)


def gain_formula(check: Check, finding: Finding, lang: str) -> str:
    """How the gain comes about, with its inputs; nothing where the data carry none."""
    return _filled(check, "gain", finding, lang) if finding.gain is not None else ""


def gain_text(check: Check, finding: Finding, lang: str) -> str:
    """`约 +3–9 商机/月`, or nothing where the data carry no gain."""
    if finding.gain_low is None or finding.gain_high is None:
        return ""
    unit = UNITS[check.gain_unit][0 if lang == "zh" else 1]
    span = f"{_short(finding.gain_low)}–{_short(finding.gain_high)}"
    return f"约 +{span} {unit}" if lang == "zh" else f"about +{span} {unit}"


def _short(x: float) -> str:
    return f"{x:,.0f}" if abs(x) >= 10 or round(x, 1) == 0 else f"{x:.1f}"


def waiting_text(waiting: NotYet, lang: str) -> str:
    """What a check that cannot judge is waiting for."""
    if waiting.unit == BROKEN:
        return BROKE[lang]
    table = TABLES[waiting.table]
    if waiting.unit == "relation":
        return RELATION[lang].format(table=table.title(lang))
    zh, en = UNITS.get(waiting.unit, (waiting.unit, waiting.unit))
    if not waiting.needs:
        where = table.menu.get(lang, "")
        tail = (f"（{where}）" if lang == "zh" else f" ({where})") if where else ""
        return f"等「{table.zh}」{tail}" if lang == "zh" else f"waits for “{table.en}”{tail}"
    n = f"{waiting.needs:,.0f}"
    many = en if waiting.needs == 1 else f"{en[:-1]}ies" if en.endswith("y") and en != "day" else f"{en}s"
    return f"「{table.zh}」还差 {n} {zh}" if lang == "zh" else f"{n} more {many} of “{table.en}” needed"


def explain(check: Check, lang: str) -> dict[str, Any]:
    """Everything a person may want to know of a check: words, settings, role, requirements."""
    i = 0 if lang == "zh" else 1
    settings = {n: {"default": s["default"], "unit": s["unit"], "label": s[("zh", "en")[i]]} for n, s in check.settings.items()}
    return {
        "code": check.code,
        "name": check.name,
        "title": check.words["title"][lang],
        "why": check.words["why"][lang],
        "do": check.words["do"][lang],
        "gain": check.words["gain"][lang].format_map(_Anything()) if "gain" in check.words else "",
        "claims": check.claims,
        "severity": check.severity,
        "role": check.role,
        "cadence": check.cadence,
        "minutes": check.minutes,
        "needs": [TABLES[t].title(lang) for t in check.needs],
        "settings": settings,
        "requirements": list(check.requirements),
    }


def day_text(day: date, lang: str) -> str:
    """2026年9月13日, 13 Sep 2026."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b %Y}"
