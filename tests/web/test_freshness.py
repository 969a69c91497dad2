"""How fresh each report is: what is missing since when, whose file it was, what comes first."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from tests.web import files
from tests.web.conftest import bring
from zhanggui.desk import importing, people
from zhanggui.tables import TABLES
from zhanggui.web.freshness import by_need, freshness

KNOWN = TABLES["product_effect"]


def told(shop, day, name="product_effect"):
    return next(one for one in freshness(shop, day) if one.table.name == name)


def test_a_report_is_late_when_its_next_file_could_be_there(cast):
    end = files.week()[1]
    due = KNOWN.cadence_days + KNOWN.lag_days
    on_time, late = told(cast.shop, end + timedelta(days=due)), told(cast.shop, end + timedelta(days=due + 3))
    assert (on_time.late, on_time.overdue, on_time.missing_since) == (False, 0, None)
    assert (late.late, late.overdue, late.missing_since, late.age) == (True, 3, end + timedelta(days=1), due + 3)
    assert (late.end, late.covered) == (end, 7)


def test_who_brought_it_last(cast):
    end = files.week()[1]
    item = importing.bring(cast.shop, files.products(2), "P2.csv", person=cast.bob)
    importing.accept(item, person=cast.bob)
    assert told(cast.shop, end).by == "bob"
    item.refresh_from_db()
    importing.undo(cast.shop, item.number, person=cast.alice)
    assert told(cast.shop, end).by == "cli"


def test_what_was_never_brought_is_named_the_most_useful_first(cast):
    need = by_need(freshness(cast.shop, files.week()[1]))
    here = {one.table.name for one in need.here}
    assert here == {"product_effect", "keyword_effect"}
    assert all(one.end is None and one.table.kind == "report" for one in need.never)
    assert "order_lines" in {one.table.name for one in need.never}


def test_the_most_overdue_comes_first(cast):
    start, end = files.week()
    before = (start - timedelta(days=14), end - timedelta(days=14))
    shop = people.open_shop("late", "Late", company=cast.shop.company)
    bring(shop, files.products(2), "P.csv")
    bring(shop, files.export("keyword_effect", "引流关键词", [{"词": "lamp", "曝光量": 5}], before), "K.csv")
    need = by_need(freshness(shop, end + timedelta(days=30)))
    assert [one.table.name for one in need.here] == ["keyword_effect", "product_effect"]
    assert need.here[0].overdue - need.here[1].overdue == 14


def test_the_page_says_where_a_late_report_is_exported(cast, as_):
    start, end = files.week()
    shop = people.open_shop("late", "Late", company=cast.shop.company)
    old = (start - timedelta(days=35), end - timedelta(days=35))
    bring(shop, files.export("product_effect", "产品数据", [files.product(1)], old), "P.csv")
    page = as_(cast.alice).get(reverse("imports", args=[shop.key])).content.decode()
    row = page.split(f'<th scope="row">{KNOWN.zh}')[1].split("</tr>")[0]
    assert KNOWN.menu["zh"] in row
    assert "起缺" in row
    today = as_(cast.alice).get(reverse("today", args=[shop.key])).content.decode()
    assert "缺的报表在哪里导出" in today


def test_an_empty_shop_is_told_what_to_bring_first(cast, as_):
    shop = people.open_shop("empty", "Empty", company=cast.shop.company)
    page = as_(cast.alice).get(reverse("imports", args=[shop.key])).content.decode()
    assert "靠前的最有用" in page
    assert KNOWN.menu["zh"] in page
