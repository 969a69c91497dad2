"""Countries by every name that exports give them."""

from __future__ import annotations

import pytest
from django.utils import translation

from zhanggui.web.charts.countries import country


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


def test_a_country_is_named_in_the_readers_language():
    found = country("de")
    assert found is not None
    assert found.name == "Germany"
    with translation.override("zh-hans"):
        assert found.name == "德国"
