"""The declarations: both languages, and a secret never has a usual value."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import HAN
from zhanggui.desk.answers import WORDS
from zhanggui.feeds import KINDS
from zhanggui.feeds.alibaba import SUBJECTS
from zhanggui.feeds.alibaba.envelope import CODES, FATAL
from zhanggui.feeds.kinds import choices

NAMES = {"App Key", "App Secret", "Marketplace ID"}  # as the consoles themselves write them


def pairs():
    for kind in KINDS.values():
        yield kind.name, (kind.zh, kind.en)
        for field in kind.fields:
            yield f"{kind.name}.{field.name}", (field.zh, field.en)
            if any(field.hint):
                yield f"{kind.name}.{field.name} hint", field.hint
            for name, words in choices(field).items():
                yield f"{kind.name}.{field.name}={name}", words
    for code, words in WORDS.items():
        yield code, (words["zh"], words["en"])


ALL = dict(pairs())


@pytest.mark.parametrize("place", ALL)
def test_both_languages_each_in_its_own_script(place):
    zh, en = ALL[place]
    assert zh in NAMES or HAN.search(zh)
    assert not HAN.search(en)
    assert (zh, en) == (zh.strip(), en.strip())


@pytest.mark.parametrize("code", WORDS)
def test_both_sentences_carry_the_same_values(code):
    found = [sorted(re.findall(r"\{(\w+)\}", WORDS[code][lang])) for lang in ("zh", "en")]
    assert found[0] == found[1]


def test_every_code_has_words_and_every_choice_is_asked():
    assert set(CODES.values()) | FATAL <= set(WORDS)
    (subjects,) = (f for f in KINDS["alibaba"].fields if f.name == "subjects")
    assert set(choices(subjects)) == set(SUBJECTS)


def test_a_secret_has_no_usual_value():
    assert [f.name for k in KINDS.values() for f in k.fields if f.secret and f.usual] == []
