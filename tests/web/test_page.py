"""What pages have in common: the links of a long list, and a file to save."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from tests.web import listed
from zhanggui.web.page import xlsx


@pytest.fixture
def many(cast):
    """Sixty products without a plan, and sixty words."""
    grown = [{"product_id": f"16018250746{n:02d}", "product_name": f"Mules {n}", "label": "普通品"} for n in range(60)]
    listed.take(cast.shop, "product_growth", grown)
    listed.take(cast.shop, "p4p_keyword", 60)
    return cast


@pytest.mark.parametrize(("name", "asked"), [("ads_plans", {"show": "add"}), ("ads_spend", {"days": "91"})])
def test_the_next_page_asks_what_this_one_does(many, as_, name, asked):
    alice, address = as_(many.alice), reverse(name, args=[many.shop.key])

    def pager(**query):
        told = re.search(r'<p class="pager">(.*?)</p>', alice.get(address, query).content.decode(), re.DOTALL)[1]
        return told.split("<")[0].strip(), dict(
            zip(*map(re.findall, (r">(\w+)</a>", r'href="([^"]*)"'), (told, told)), strict=True)
        )

    first, links = pager(**asked)
    assert (first, list(links)) == ("1–50 / 60", ["下一页"])
    query = dict(part.split("=") for part in html.unescape(links["下一页"])[1:].split("&"))
    assert query == asked | {"page": "2"}
    second, links = pager(**query)
    assert (second, list(links)) == ("51–60 / 60", ["上一页"])


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("", 'attachment; filename="a-1.xlsx"'),
        ("单 1", "attachment; filename=\"a-1.xlsx\"; filename*=UTF-8''%E5%8D%95%201.xlsx"),
    ],
)
def test_an_excel_file_is_saved_under_its_name(title, called):
    answer = xlsx(b"data", "a-1", title)
    assert (answer.content, answer["Content-Disposition"]) == (b"data", called)
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
