"""The glossary: the words of one file, every figure, every column."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.house.tree import HAN
from zhanggui.desk import people
from zhanggui.tables import TABLES
from zhanggui.web.glossary import chapters, chinese

LATIN = re.compile(r"[A-Za-z]")
WORDS = [word for chapter in chapters() for word in chapter.words]


def lines(answer, section: str) -> list[str]:
    """The first cells of a section's table."""
    text = answer.content.decode()
    if f'<h2 id="{section}">' not in text:
        return []
    return re.findall(r'<th scope="row">(.*?)</th>', text.split(f'<h2 id="{section}">')[1].split("</table>")[0])


@pytest.mark.parametrize("word", WORDS, ids=lambda w: w.en)
def test_every_word_stands_in_both_languages(word):
    for pair in (word.means, word.added):
        for lang, script in (("zh", HAN), ("en", LATIN)):
            assert not pair or script.search(pair[lang]), (word.zh, lang)


def test_no_word_has_two_meanings():
    names = [word.zh for word in WORDS]
    assert sorted(names) == sorted(set(names))


def test_every_unit_and_every_meaning_of_an_empty_cell_has_its_chinese():
    """Tables declare them in English; a new one gets its line in zhanggui/web/columns.yaml."""
    columns = [column for table in TABLES.values() for column in table.columns.values()]
    for kind, told in (("units", {c.unit for c in columns}), ("missing", {c.missing for c in columns})):
        assert sorted(told - {""} - set(chinese()[kind])) == []


@pytest.mark.parametrize(("lang", "first", "other"), [("zh", "曝光", "exposure"), ("en", "exposure", "曝光")])
def test_all_words_in_the_readers_language(cast, as_, lang, first, other):
    people.set_language(cast.alice, lang)
    answer = as_(cast.alice).get(reverse("glossary", args=[cast.shop.key]))
    assert lines(answer, "chapter1")[0] == first
    assert f">{other}</span>" in answer.content.decode()
    assert sum(len(lines(answer, f"chapter{i}")) for i in range(1, len(chapters()) + 1)) == len(WORDS)


def test_a_search_finds_words_figures_and_columns(cast, as_):
    answer = as_(cast.rita).get(reverse("glossary", args=[cast.shop.key]), {"q": "搜索曝光"})
    assert "搜索曝光次数" in lines(answer, "chapter1")
    assert "搜索曝光次数" in lines(answer, "figures")
    assert "搜索曝光次数" in lines(answer, "columns")
    people.set_language(cast.rita, "en")
    answer = as_(cast.rita).get(reverse("glossary", args=[cast.shop.key]), {"q": "SEARCH exposures"})
    assert lines(answer, "chapter1") == ["search exposures"]


def test_a_search_without_an_answer_says_so(cast, as_):
    answer = as_(cast.rita).get(reverse("glossary", args=[cast.shop.key]), {"q": "<没有>"})
    assert "没有这个词" in answer.content.decode()
    assert "<没有>" not in answer.content.decode()


def test_the_columns_of_a_table_with_unit_and_what_empty_means(cast, as_):
    answer = as_(cast.rita).get(reverse("glossary", args=[cast.shop.key]), {"table": "product_effect"})
    columns = TABLES["product_effect"].columns
    assert lines(answer, "columns") == [c.zh for c in columns.values()]
    row = answer.content.decode().split('<th scope="row">访问人数</th>')[1].split("</tr>")[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", row) == ["人", "不能", "文件里没有这个值"]


def test_an_unknown_table_is_the_glossary(cast, as_):
    answer = as_(cast.rita).get(reverse("glossary", args=[cast.shop.key]), {"table": "nothing"})
    assert lines(answer, "chapter1")[0] == "曝光"


def test_the_rail_and_a_figure_lead_to_it(cast, as_):
    address = reverse("glossary", args=[cast.shop.key])
    alice = as_(cast.alice)
    assert f'href="{address}"' in alice.get(reverse("today", args=[cast.shop.key])).content.decode()
    figure = alice.get(
        reverse("figure", args=[cast.shop.key]) + "?address=products.effect.search_exposures@28"
    ).content.decode()
    assert f'href="{address}?q=' in figure
