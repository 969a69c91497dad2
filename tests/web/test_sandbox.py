"""The made-up shop from the browser: made, watched, removed; marked everywhere."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from zhanggui import jobs
from zhanggui.desk import demo, people
from zhanggui.desk.models import Run, Shop


def made(client, cast, size="small"):
    answer = client.post(reverse("sandbox", args=[cast.shop.key]), {"verb": "make", "size": size})
    return Shop.objects.get(demo=True), answer


def test_made_drawn_and_looked_at(cast, as_):
    alice = as_(cast.alice)
    shop, answer = made(alice, cast)
    where = reverse("sandbox", args=[shop.key])
    assert answer["Location"] == where
    assert OrmQ.objects.count() == 1
    page = alice.get(where).content.decode()
    assert ("zhanggui worker" in page, "hx-get" in page, "<progress" in page) == (True, True, True)  # nobody works here
    jobs.draw_demo(Run.objects.get(kind=demo.RUN).pk)
    assert alice.get(where, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = alice.get(where).content.decode()
    assert ("演示店铺已备好" in page, "<progress" in page) == (True, False)
    assert {i.state for i in shop.imports.all()} == {"accepted"}
    today = alice.get(reverse("today", args=[shop.key])).content.decode()
    assert today.count("data-card") > 3
    for name in ("today", "imports", "products", "glossary", "pages"):
        assert '<span class="badge">演示</span>' in alice.get(reverse(name, args=[shop.key])).content.decode()


@pytest.mark.parametrize(
    ("step", "done", "total", "says"),
    [("draw", 45, 0, "已有 45 个文件"), ("import", 30, 120, "30 / 120 个文件 · 25%"), ("check", 0, 0, "正在体检")],
)
def test_how_far_it_is(cast, as_, step, done, total, says):
    alice = as_(cast.alice)
    shop, _ = made(alice, cast)
    Run.objects.filter(shop=shop).update(note={"size": "small", "step": step, "done": done, "total": total})
    page = alice.get(reverse("sandbox", args=[shop.key])).content.decode()
    assert says in " ".join(page.split())


def test_one_demo_shop_a_company_and_one_job(cast, as_):
    alice = as_(cast.alice)
    shop, first = made(alice, cast)
    again = made(alice, cast, "usual")[1]
    assert (first["Location"], OrmQ.objects.count()) == (again["Location"], 1)
    assert shop.key in alice.get(reverse("sandbox", args=[cast.shop.key])).content.decode()


def test_removed_in_one_click_even_while_it_is_drawn(cast, as_, zhanggui_home):
    alice = as_(cast.alice)
    shop, _ = made(alice, cast)
    pk = Run.objects.get(kind=demo.RUN).pk
    answer = alice.post(reverse("sandbox", args=[shop.key]), {"verb": "remove"})
    assert answer["Location"] == "/"
    assert not Shop.objects.filter(pk=shop.pk).exists()
    jobs.draw_demo(pk)  # the job that still waited
    assert not (zhanggui_home / "facts" / shop.key).exists()


def test_a_real_shop_cannot_be_removed_by_it(cast, as_):
    answer = as_(cast.alice).post(reverse("sandbox", args=[cast.shop.key]), {"verb": "remove"})
    assert answer.status_code == 403
    assert (Shop.objects.filter(pk=cast.shop.pk).exists(), cast.shop.imports.count()) == (True, 2)


def test_an_unknown_size_is_refused(cast, as_):
    assert as_(cast.alice).post(reverse("sandbox", args=[cast.shop.key]), {"verb": "make", "size": "x"}).status_code == 400
    assert not Shop.objects.filter(demo=True).exists()


def test_who_does_not_manage_the_shop_may_not(cast, as_):
    shop, _ = made(as_(cast.alice), cast)
    for person in (cast.bob, cast.rita):
        for key in (cast.shop.key, shop.key):
            for verb in ("make", "remove"):
                answer = as_(person).post(reverse("sandbox", args=[key]), {"verb": verb, "size": "small"})
                assert answer.status_code == 403
    assert as_(cast.charlie).post(reverse("sandbox", args=[shop.key]), {"verb": "remove"}).status_code == 404
    assert Shop.objects.filter(pk=shop.pk).exists()


def test_a_failed_drawing_says_why(cast, as_):
    alice = as_(cast.alice)
    shop, _ = made(alice, cast)
    Run.objects.filter(shop=shop).update(
        ok=False, finished="2026-11-28T00:00Z", note={"size": "small", "step": "draw", "error": "no xlwt"}
    )
    page = alice.get(reverse("sandbox", args=[shop.key])).content.decode()
    assert ("no xlwt" in page, "删除演示店铺" in page) == (True, True)


def test_the_empty_today_offers_it_to_who_may(cast, as_):
    empty = people.open_shop("empty", "Empty", company=cast.shop.company)
    for person, offered in ((cast.alice, True), (cast.bob, False), (cast.rita, False)):
        page = as_(person).get(reverse("today", args=[empty.key])).content.decode()
        assert (person.username, reverse("sandbox", args=[empty.key]) in page) == (person.username, offered)
