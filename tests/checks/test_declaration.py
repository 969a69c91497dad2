"""A check is two files of one name; what is missing in them is said with the name of the file."""

from __future__ import annotations

import sys

import pytest
import yaml

import zhanggui.checks

package = sys.modules[zhanggui.checks.Check.__module__]  # `zhanggui.checks.check` is the decorator of that name

WORDS = {"zh": "字", "en": "word"}
GOOD = {
    "title": WORDS,
    "says": WORDS,
    "why": WORDS,
    "do": WORDS,
    "role": "operator",
    "cadence": "weekly",
    "severity": "low",
    "claims": "fact",
    "minutes": 5,
    "size": "clicks",
    "requirements": ["TRAF-1"],
}
CODE = """
from zhanggui.checks.check import check
@check("ZZ01", key=("word",), needs=("keyword_effect",))
def odd(shop, settings, rules):
    return None
"""


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Declares a check from code and words in a folder of its own, as if there were no other."""
    monkeypatch.setattr(package, "_declared", {})

    def declare(words=GOOD, code=CODE, name="odd"):
        (tmp_path / "subject").mkdir(exist_ok=True)
        if code is not None:
            (tmp_path / "subject" / f"{name}.py").write_text(code, "utf-8")
        if words is not None:
            (tmp_path / "subject" / f"{name}.yaml").write_text(yaml.safe_dump(words, allow_unicode=True), "utf-8")
        return package.discover(tmp_path)

    return declare


def test_a_check_is_found_by_its_two_files(declared):
    found = declared()["ZZ01"]
    assert (found.name, found.subject, found.cause, found.together, found.key) == ("odd", "subject", "odd", False, ("word",))


@pytest.mark.parametrize("key", list(GOOD))
def test_words_that_are_missing_are_named(declared, key):
    with pytest.raises((ValueError, KeyError), match=key):
        declared({k: v for k, v in GOOD.items() if k != key})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": {"zh": "字"}}, r"odd\.yaml: title needs zh and en"),
        ({"why": {"zh": "字", "en": ""}}, r"odd\.yaml: why needs zh and en"),
        ({"unsure": "x"}, r"odd\.yaml: unsure needs zh and en"),
        ({"severity": "urgent"}, r"odd\.yaml: severity is one of"),
        ({"claims": "guess"}, r"odd\.yaml: severity is one of .* claims one of"),
        ({"settings": {"days": {"default": 28, "unit": "day", "zh": "天"}}}, r"odd\.yaml: setting days lacks en"),
        ({"evidence": [{"measure": "no.such", "columns": []}]}, r"odd\.yaml: evidence names .*, which no measure gives"),
        ({"evidence": [{"measure": "traffic.total", "columns": ["visitors"]}]}, r"odd\.yaml: evidence names"),
    ],
)
def test_wrong_words_are_refused(declared, wrong, said):
    with pytest.raises(ValueError, match=said):
        declared(GOOD | wrong)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (CODE.replace("ZZ01", "Z1"), "two letters and two digits, not 'Z1'"),
        (CODE.replace("keyword_effect", "no_such"), r"odd\.yaml: no table no_such"),
        (CODE + CODE.split("\n", 2)[2].replace("ZZ01", "ZZ02"), "this one declares 2"),
        ("x = 1", "this one declares 0"),
    ],
)
def test_wrong_code_is_refused(declared, code, said):
    with pytest.raises(ValueError, match=said):
        declared(code=code)


def test_a_code_is_declared_once(declared):
    declared()
    with pytest.raises(ValueError, match=r"ZZ01 is declared by odd\.py and by other\.py"):
        declared(name="other")


def test_code_without_words_and_words_without_code_are_refused(declared):
    with pytest.raises(ValueError, match=r"odd\.py has no odd\.yaml beside it"):
        declared(words=None)


def test_words_without_code_are_refused(declared):
    with pytest.raises(ValueError, match=r"odd\.yaml has no \.py beside it"):
        declared(code=None)
