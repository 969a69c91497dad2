"""What is done with ticked rows: Excel of them, and a task that Today shows."""

from __future__ import annotations

import io
import re
from datetime import timedelta

from django.urls import reverse
from openpyxl import load_workbook

from tests.web.listed import get, names, take
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Task

FIRST, SECOND = "product_id=1601825074601", "product_id=1601825074602"


def do(client, cast, verb, name="products", **data):
    return client.post(reverse("list_do", args=[cast.shop.key, name, verb]), data)


def page_of(answer, client):
    return re.sub(r"\s+", " ", client.get(answer["Location"]).content.decode())


def cells(answer):
    return [[c.value for c in row] for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows()]


def test_excel_of_the_ticked_rows_in_the_order_and_columns_of_the_list(cast, as_):
    alice = as_(cast.alice)
    query = "cols=shop_clicks&sort=shop_clicks&dir=up"
    rows = cells(do(alice, cast, "excel", row=[SECOND, FIRST], query=query))
    assert rows == [
        ["产品名称", "全店点击次数", "产品ID"],
        ["Canvas Sneaker Model 1", 3, "1601825074601"],
        ["Canvas Sneaker Model 2", 6, "1601825074602"],
    ]
    assert len(cells(do(alice, cast, "excel", all="1", query="f=unseen"))) == 2
    assert len(cells(do(alice, cast, "excel", all="1", row=[FIRST], query=""))) == 4


def test_a_row_that_the_list_does_not_show_cannot_be_ticked(cast, as_):
    alice = as_(cast.alice)
    for row in ([], ["product_id=1"], ["nonsense"], [""]):
        answer = do(alice, cast, "excel", row=row, query="")
        assert "还没有选中任何一行" in page_of(answer, alice)
    assert "还没有选中任何一行" in page_of(do(alice, cast, "excel", row=[FIRST], query="f=unseen"), alice)
    assert "要写一个数" in page_of(do(alice, cast, "excel", row=[FIRST], query="min.shop_clicks=x"), alice)
    assert do(alice, cast, "burn", row=[FIRST], query="").status_code == 404


def test_a_task_about_rows_stands_in_today_and_opens_exactly_them(cast, as_):
    alice, bob = as_(cast.alice), as_(cast.bob)
    day = platform_today() + timedelta(days=3)
    answer = do(alice, cast, "task", row=[FIRST, SECOND], query="q=model", assignee=cast.bob.pk, due=day, note="改标题")
    assert answer["Location"] == f"{reverse('products', args=[cast.shop.key])}?q=model"
    assert "已把 2 项交给 bob" in page_of(answer, alice)
    task = Task.objects.get(code="")
    assert (task.assignee, task.due, task.note, task.findings.count()) == (cast.bob, day, "改标题", 0)
    assert task.subject["keys"] == [{"product_id": "1601825074602"}, {"product_id": "1601825074601"}]
    today = re.sub(r"\s+", " ", bob.get(reverse("today", args=[cast.shop.key])).content.decode())
    href = f"{reverse('list', args=[cast.shop.key, 'products'])}?task={task.pk}"
    line = re.search(r"<li>(?:(?!</li>).)*改标题.*?</li>", today)[0]
    assert (href in line, "Canvas Sneaker Model 2、Canvas Sneaker Model 1" in line, "<strong>产品</strong>" in line) == (
        True,
    ) * 3
    page = get(bob, cast.shop, "products", task=task.pk)
    assert names(page) == ["Canvas Sneaker Model 2", "Canvas Sneaker Model 1"]
    done = bob.post(reverse("task", args=[cast.shop.key, task.pk, "finish"]), {"note": "done"}, follow=True).content.decode()
    task.refresh_from_db()
    assert (task.state, task.look_back_on, task.note, "已完成。" in done) == ("done", None, "改标题\ndone", True)


def test_a_task_needs_rows_words_and_a_member_who_is_allowed(cast, as_):
    alice = as_(cast.alice)
    good = {"row": [FIRST], "query": "", "assignee": cast.bob.pk, "note": "look"}
    for data, says in (
        ({"row": []}, "还没有选中任何一行"),
        ({"note": " "}, "请写明要做什么"),
        ({"assignee": cast.charlie.pk}, "请选一位本公司的成员"),
        ({"assignee": "x"}, "请选一位本公司的成员"),
    ):
        assert says in page_of(do(alice, cast, "task", **good | data), alice)
    assert do(as_(cast.rita), cast, "task", **good).status_code == 403
    assert do(as_(cast.rita), cast, "excel", row=[FIRST], query="").status_code == 200
    assert do(as_(cast.charlie), cast, "task", **good).status_code == 404
    assert Task.objects.filter(code="").count() == 0


def test_a_task_of_too_many_rows_is_refused(cast, as_):
    take(cast.shop, "inquiry", 1001)
    alice = as_(cast.alice)
    answer = do(alice, cast, "task", "leads", all="1", query="", assignee=cast.bob.pk, note="look")
    assert "一个任务最多 1,000 项" in page_of(answer, alice)
    assert Task.objects.filter(code="").count() == 0
    do(alice, cast, "task", "leads", all="1", query="q=Text 77", assignee=cast.bob.pk, note="look")
    assert len(Task.objects.get(code="").subject["keys"]) == 11  # 77 and 770 to 779


def test_rows_with_an_empty_part_of_the_key_can_be_ticked(cast, as_):
    take(
        cast.shop,
        "p4p_plan",
        [{"plan": "A", "exposures": 1, "clicks": 1, "cost": 1}, {"plan": "B", "exposures": 1, "clicks": 1, "cost": 2}],
    )
    alice = as_(cast.alice)
    rows = cells(do(alice, cast, "excel", "ads-plans", row=["plan=A"], query="cols=cost"))
    assert [row[0] for row in rows[1:]] == ["A"]
