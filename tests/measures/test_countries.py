"""Countries by every name that exports give them."""

from __future__ import annotations

import pytest

from zhanggui.measures.countries import CONTINENTS, _known, codes, country


@pytest.mark.parametrize(
    ("name", "code"),
    [("United States", "US"), ("usa", "US"), ("美国", "US"), ("UK", "GB"), ("Korea, Republic of", "KR"), ("韩国", "KR"), ("AE", "AE"), ("阿联酋", "AE"),
     ("Russian Federation", "RU"), ("Viet Nam", "VN"), ("Hong Kong", "HK"), ("China (Mainland)", "CN"), ("Côte d’Ivoire", "CI")],
)  # fmt: skip
def test_a_country_is_found_by_its_names(name, code):
    found = country(name)
    assert found is not None
    assert found.code == code


def test_a_name_that_is_none_is_not_guessed():
    assert country("Atlantis") is None
    assert country("") is None


def test_every_country_has_one_continent():
    listed = [code for _, _, codes in CONTINENTS.values() for code in codes.split()]
    assert sorted(listed) == sorted({c.code for c in _known().values()})
    assert [country(name).continent for name in ("Mexico", "巴西", "Egypt", "Turkey", "Russia", "Fiji")] == [
        "north_america", "south_america", "africa", "asia", "europe", "oceania",
    ]  # fmt: skip


def test_names_of_one_country_have_one_code_and_unknown_names_their_own():
    assert codes(["USA", "美国", "Atlantis", "", None]) == {"USA": "US", "美国": "US", "Atlantis": "atlantis"}
