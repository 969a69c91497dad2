"""Lists of the rulebook have the same duties as its numbers."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from zhanggui.rulebook import LISTS, Bad, load_lists

GOOD = {
    "label": {"zh": "品牌", "en": "brands"},
    "unit": "name",
    "since": date(2026, 1, 1),
    "source": [{"title": {"zh": "自选", "en": "ours"}, "grade": "C", "read": date(2026, 11, 22)}],
    "names": ["nike"],
}


def load(folder, raw):
    (folder / "brands.yaml").write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    return load_lists(folder)["brands"]


def test_a_complete_list_is_read(tmp_path):
    found = load(tmp_path, GOOD)
    assert (found.name, found.zh, found.en, found.names, found.sources[0].grade) == ("brands", "品牌", "brands", ("nike",), "C")


@pytest.mark.parametrize("key", list(GOOD))
def test_a_list_that_lacks_a_part_is_refused_with_the_name_of_its_file(tmp_path, key):
    with pytest.raises(Bad, match=r"brands\.yaml: .* is missing"):
        load(tmp_path, {k: v for k, v in GOOD.items() if k != key})


@pytest.mark.parametrize("key", ["title", "grade", "read"])
def test_a_source_that_lacks_a_part_is_refused(tmp_path, key):
    with pytest.raises(Bad, match=rf"brands\.yaml: '{key}' is missing"):
        load(tmp_path, GOOD | {"source": [{k: v for k, v in GOOD["source"][0].items() if k != key}]})


@pytest.mark.parametrize("empty", [{"names": []}, {"source": []}, {"unit": ""}, {"label": {"zh": "", "en": "brands"}}])
def test_an_empty_part_is_refused(tmp_path, empty):
    with pytest.raises(Bad, match=r"brands\.yaml: .* may not be empty"):
        load(tmp_path, GOOD | empty)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_in_one_language_is_refused(tmp_path, lang):
    with pytest.raises(Bad, match=rf"brands\.yaml: '{lang}' is missing"):
        load(tmp_path, GOOD | {"label": {k: v for k, v in GOOD["label"].items() if k != lang}})


def test_names_are_in_lower_case_and_stand_once():
    names = LISTS["brands"].names
    assert list(names) == sorted({n.lower() for n in names})
