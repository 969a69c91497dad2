"""Who is shown what in a list: money is not for every eye, sales see their own buyers, another company sees nothing."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.web import listed
from tests.web.conftest import PASSWORD
from tests.web.listed import get, heads, names, take
from zhanggui.desk import people
from zhanggui.desk.models import Membership

COSTS = [{"word": "boots", "cost": 1}, {"word": "loafers", "cost": 9}, {"word": "sandals", "cost": 5}]
BY_COST, BY_WORD = ["loafers", "sandals", "boots"], ["boots", "loafers", "sandals"]


@pytest.fixture
def ads(cast):
    same = {"plan": "P", "ad_group": "G", "exposures": 10, "clicks": 1, "inquiries": 0}
    take(cast.shop, "p4p_keyword", [same | row for row in COSTS])


@pytest.fixture
def dora(cast):
    """A designer: sees no money."""
    return people.add_person("dora", PASSWORD, cast.shop.company, "designer")


def test_a_hidden_column_does_not_exist_for_the_role(cast, as_, ads, dora):
    alice, designer = as_(cast.alice), as_(dora)
    seen, hidden = get(alice, cast.shop, "ads"), get(designer, cast.shop, "ads")
    assert [h for h in heads(seen) if h not in heads(hidden)] == ["花费 CNY", "平均点击花费 CNY", "每个询盘花费"]
    for page, there in ((seen, True), (hidden, False)):
        assert ('value="cost"' in page, 'value="cpc"' in page, "有花费没有询盘" in page) == (there,) * 3


def test_sorting_and_filtering_by_a_hidden_column_tells_nothing(cast, as_, ads, dora):
    alice, designer = as_(cast.alice), as_(dora)
    assert names(get(alice, cast.shop, "ads", sort="cost")) == BY_COST  # it could leak
    usual = names(get(designer, cast.shop, "ads"))
    for query in ({"sort": "cost"}, {"sort": "cost", "dir": "up"}, {"sort": "cpc"}, {"f": "spent"}, {"cols": "cost"}):
        assert (query, names(get(designer, cast.shop, "ads", **query))) == (query, usual)
    for ask, value in (("min.cost", "5"), ("max.cpc", "5"), ("is.cost", "9"), ("missing.cost_per_inquiry", "1")):
        assert len(names(get(alice, cast.shop, "ads", **{ask: value}))) in (1, 2, 3)
        page = get(designer, cast.shop, "ads", **{ask: value})
        assert (names(page), f"这个列表没有「{ask.split('.')[1]}」这一列" in page) == (usual, True)
    assert names(get(alice, cast.shop, "ads", **{"min.cost": "5"})) == BY_COST[:2]


def test_excel_and_evidence_of_a_hidden_column(cast, as_, ads, dora):
    address = reverse("ads", args=[cast.shop.key])
    figure = reverse("figure", args=[cast.shop.key])
    query = {"address": "ads.words.cost[word=loafers]@28"}
    found = {}
    for person in (cast.alice, dora):
        sheet = load_workbook(io.BytesIO(as_(person).get(address, {"format": "xlsx", "cols": "cost,clicks"}).content)).active
        row = as_(person).get(reverse("list_row", args=[cast.shop.key, "ads"]), {"word": "loafers"}).content.decode()
        found[person.username] = (
            "花费 CNY" in [c.value for c in sheet[1]],
            as_(person).get(figure, query).status_code,
            as_(person).get(figure, {"address": "ads.words.cpc[word=loafers]@28"}).status_code,
            "花费" in row,
        )
    assert found == {"alice": (True, 200, 200, True), "dora": (False, 403, 403, False)}
    assert as_(dora).get(figure, {"address": "ads.words.clicks[word=loafers]@28"}).status_code == 200


@pytest.fixture
def sales(cast):
    """Sam sells under the name Sam Lin; two inquiries are his, one is another's."""
    sam = people.add_person("sam", PASSWORD, cast.shop.company, "sales")
    Membership.objects.filter(person=sam).update(account="Sam Lin")
    day = listed.newest()
    lead = {"created": f"{day} 10:00:00", "buyer_amount": 5}
    rows = [("1", "Mine", "Sam Lin"), ("2", "Mine too", "Sam Lin"), ("3", "Secret", "Kim")]
    take(cast.shop, "inquiry", [lead | {"inquiry_id": i, "title": t, "seller": s} for i, t, s in rows])
    orders = [("7", "Sam Lin", 10), ("8", "Kim", 700)]
    line = {"created": day, "currency": "USD", "product_name": "Boots", "sku": "red", "quantity": 1}
    take(cast.shop, "order_lines", [line | {"order_no": n, "seller": s, "order_amount": a} for n, s, a in orders])
    return sam


def test_sales_see_their_own_rows_in_lists_totals_search_excel_and_rows(cast, as_, sales):
    sam, alice = as_(sales), as_(cast.alice)
    assert sorted(names(get(alice, cast.shop, "leads"))) == ["Mine", "Mine too", "Secret"]
    assert sorted(names(get(sam, cast.shop, "leads"))) == ["Mine", "Mine too"]
    for query in ({"q": "secret"}, {"has.title": "secret"}, {"is.seller": "Kim"}):
        assert [names(get(c, cast.shop, "leads", **query)) for c in (alice, sam)] == [["Secret"], []]
    assert [listed.totals(get(c, cast.shop, "orders"))["订单总价 USD"] for c in (alice, sam)] == ["710.00", "10.00"]
    file = sam.get(reverse("leads", args=[cast.shop.key]), {"format": "xlsx"}).content
    assert load_workbook(io.BytesIO(file)).active.max_row == 3
    row = reverse("list_row", args=[cast.shop.key, "leads"])
    assert [c.get(row, {"inquiry_id": "3"}).status_code for c in (alice, sam)] == [200, 404]
    figure = reverse("figure", args=[cast.shop.key])
    query = {"address": "orders.by_order.order_amount[order_no=8]@90"}
    assert [c.get(figure, query).status_code for c in (alice, sam)] == [200, 404]


def test_sales_whose_name_is_not_known_are_told_so(cast, as_, sales):
    Membership.objects.filter(person=sales).update(account="")
    page = get(as_(sales), cast.shop, "leads")
    assert ("没有归到您名下的行" in page, "Mine" in page) == (True, False)


def test_the_task_of_another_shop_narrows_nothing(cast, as_, ads):
    from zhanggui.desk import deciding

    task = deciding.hand_out(
        cast.shop, "products", [("x", {"product_id": "1601825074601"})], cast.bob, note="look", person=cast.alice
    )
    own = people.open_shop("own", "Own", company=cast.charlie.memberships.get().company)
    take(own, "product_effect", 2)
    assert len(names(get(as_(cast.charlie), own, "products", task=task.pk))) == 2
    assert len(names(get(as_(cast.alice), cast.shop, "products", task=task.pk))) == 1
    assert len(re.findall("任务里的", get(as_(cast.charlie), own, "products", task=task.pk))) == 0


def test_a_buyer_who_was_given_to_a_colleague_is_no_longer_shown(cast, as_, sales):
    same = {"buyer_id": "B1", "buyer": "Handed Over", "company": "C", "email": "c@example.com"}
    kept = {"buyer_id": "B2", "buyer": "Kept", "company": "K", "email": "k@example.com", "seller": "Sam Lin"}
    days = [listed.newest() - timedelta(days=n) for n in (7, 0)]
    for on, seller in zip(days, ("Sam Lin", "Kim"), strict=True):
        take(cast.shop, "buyer", [same | {"seller": seller}, kept], f"{on}.csv", on=on)
    assert names(get(as_(cast.alice), cast.shop, "buyers")) == ["Handed Over", "Kept"]
    assert names(get(as_(sales), cast.shop, "buyers")) == ["Kept"]
    row = reverse("list_row", args=[cast.shop.key, "buyers"])
    key = {n: same[n] for n in ("buyer_id", "buyer", "company", "email")} | {"occurrence": "1"}
    assert [as_(p).get(row, key).status_code for p in (cast.alice, sales)] == [200, 404]


def test_payments_of_others_orders_are_not_shown_to_sales(cast, as_, sales):
    moved = f"{listed.newest()} 10:00:00"
    take(
        cast.shop,
        "order_fund",
        [{"order_no": n, "kind": "预付款", "moved": moved, "amount": 5, "currency": "USD"} for n in "78"],
    )
    seen = [names(get(as_(p), cast.shop, "orders-funds")) for p in (cast.alice, sales)]
    assert [sorted(found) for found in seen] == [["7", "8"], ["7"]]
