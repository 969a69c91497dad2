"""The pictures are of every page that there is."""

from __future__ import annotations

from tests.e2e import screenshots
from tests.web.addresses import POSTED
from zhanggui.web import urls


def test_every_page_has_its_picture():
    taken = set(screenshots.pages())
    assert {p.name for p in urls.shop} - POSTED - screenshots.ON_THE_WAY <= taken
