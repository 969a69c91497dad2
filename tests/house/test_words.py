"""Both languages stand everywhere, each in its own script, and without the jargon of statistics on the surface."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.house.tree import HAN
from zhanggui.checks import load
from zhanggui.checks.words import UNITS
from zhanggui.measures import MEASURES
from zhanggui.rulebook import LISTS, RULEBOOK
from zhanggui.site.environment import VARIABLES
from zhanggui.tables import TABLES
from zhanggui.tables.problems import WORDS

Pair = tuple[str, str]

#: Signs of the platform that the Chinese back office itself writes in Latin letters, and terms that are only named in Chinese.
LATIN = re.compile(r"[A-Za-z]")
JARGON = (
    "p-value", "p值", "p 值", "Poisson", "泊松", "置信", "显著性", "显著", "贝叶斯", "先验", "后验", "似然", "标准差", "方差", "回归系数",
    "假设检验", "二项", "Spearman", "Bayes", "shrink", "confidence", "sigma",
)  # fmt: skip
ENGLISH_JARGON = (
    "p-value",
    "poisson",
    "bayes",
    "posterior",
    "likelihood",
    "confidence interval",
    "significan",
    "standard deviation",
)


def declared() -> Iterator[tuple[str, Pair]]:
    """Every pair of texts that a declaration holds, by its place."""
    for table in TABLES.values():
        yield f"table {table.name}", (table.zh, table.en)
        if table.menu:
            yield f"table {table.name} menu", (table.menu["zh"], table.menu["en"])
        for name, column in table.columns.items():
            yield f"column {table.name}.{name}", (column.zh, column.en)
    for check in load().values():
        for key, text in check.words.items():
            yield f"check {check.code} {key}", (text["zh"], text["en"])
        for name, setting in check.settings.items():
            yield f"setting {check.code}.{name}", (setting["zh"], setting["en"])
    for number in RULEBOOK.numbers.values():
        yield f"rulebook {number.name}", (number.zh, number.en)
        if number.note:
            yield f"rulebook {number.name} note", (number.note["zh"], number.note["en"])
    for names in LISTS.values():
        yield f"list {names.name}", (names.zh, names.en)
    for code, said in WORDS.items():
        yield f"problem {code}", (said["zh"], said["en"])
    for name, variable in VARIABLES.items():
        yield f"environment {name}", (variable["zh"], variable["en"])
    for measure in MEASURES.values():
        for name, formula in measure.formulas.items():
            yield f"formula {measure.name}.{name}", (formula.says("zh", measure.table), formula.says("en", measure.table))
    for unit, pair in UNITS.items():
        yield f"unit {unit}", pair


ALL = dict(declared())

#: English texts that name a thing by its only name, which is Chinese.
CHINESE_NAMES = {"column product_effect.top_ad": "顶展"}


@pytest.mark.parametrize("place", ALL)
def test_both_languages_each_in_its_own_script(place: str) -> None:
    zh, en = ALL[place]
    assert HAN.search(zh), f"{place}: the Chinese text has no Chinese character: {zh!r}"
    assert not HAN.search(en.replace(CHINESE_NAMES.get(place, "\0"), "")), (
        f"{place}: the English text has Chinese in it: {en!r}"
    )
    assert LATIN.search(en), f"{place}: the English text has no letter: {en!r}"
    assert zh == zh.strip()
    assert en == en.strip()


@pytest.mark.parametrize("code", load())
def test_a_check_speaks_the_words_of_the_trade(code: str) -> None:
    for key, text in load()[code].words.items():
        for word in JARGON:
            assert word.lower() not in text["zh"].lower(), f"{code} {key}: {word}"
        for word in ENGLISH_JARGON:
            assert word not in text["en"].lower(), f"{code} {key}: {word}"


#: A number that one language may leave out, because it says the same in another way.
SAID_OTHERWISE: dict[str, set[str]] = {}


@pytest.mark.parametrize("code", load())
def test_both_sentences_carry_the_same_numbers(code: str) -> None:
    """A figure that one language says and the other does not would be lost to half of the readers."""
    names = re.compile(r"\{(\w+)")
    for key in ("says", "unsure"):
        text = load()[code].words.get(key)
        if text:
            zh, en = ({re.sub(r"_(zh|en)$", "", n) for n in names.findall(text[lang])} for lang in ("zh", "en"))
            assert zh ^ en == SAID_OTHERWISE.get(code, set()), f"{code} {key}"


def test_labels_are_unlike_within_a_table() -> None:
    """Two columns with one label could not be told apart on a page, nor by their headers in a file."""
    for table in TABLES.values():
        for lang in ("zh", "en"):
            labels = [getattr(c, lang) for c in table.columns.values()]
            assert sorted(labels) == sorted(set(labels)), f"{table.name} {lang}"
