"""Saved views: own, shared, opened with, written over, thrown away; never another company's."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.web.listed import get, names
from zhanggui.desk.models import Change, SavedView

QUERY = "f=unseen&min.shop_clicks=1&cols=owner%2Cshop_clicks&page=3&view=9&format=xlsx&evil=1"
KEPT = "cols=owner%2Cshop_clicks&f=unseen&min.shop_clicks=1"


def save(client, cast, name="Unseen", **data):
    address = reverse("save_view", args=[cast.shop.key, "products"])
    return client.post(address, {"name": name, "query": QUERY} | data)


def views(client, cast):
    page = get(client, cast.shop, "products", view="none")
    found = re.search(r'<div class="views">.*?</ul>', page)
    return re.findall(r">([^<>★]+?)(?: <small|</a>)", found[0])[1:] if found else []


def test_a_view_keeps_what_the_address_says_of_the_list(cast, as_):
    alice = as_(cast.alice)
    answer = save(alice, cast)
    view = SavedView.objects.get()
    assert (view.query, view.shared, view.person) == (KEPT, False, cast.alice)
    assert answer["Location"] == f"{reverse('products', args=[cast.shop.key])}?{KEPT}&view={view.pk}"
    page = re.sub(r"\s+", " ", alice.get(answer["Location"]).content.decode())
    assert (len(names(page)), "更新「Unseen」" in page) == (1, False)
    changed = alice.get(answer["Location"].replace("f=unseen", "f=promoted")).content.decode()
    assert "更新「Unseen」" in changed


def test_own_views_are_ones_own_and_shared_ones_everybodys(cast, as_):
    alice, bob, rita = as_(cast.alice), as_(cast.bob), as_(cast.rita)
    save(alice, cast, "Mine")
    save(alice, cast, "Ours", shared="1")
    assert (views(alice, cast), views(bob, cast), views(rita, cast)) == (["Mine", "Ours"], ["Ours"], ["Ours"])
    assert Change.objects.filter(verb="save_view").count() == 1
    assert save(rita, cast, "Hers", shared="1").status_code == 403
    assert save(rita, cast, "Hers").status_code == 302
    assert views(rita, cast) == ["Hers", "Ours"]


def test_saving_under_the_same_name_writes_over(cast, as_):
    alice = as_(cast.alice)
    save(alice, cast)
    save(alice, cast, query="q=boots")
    assert SavedView.objects.get().query == "q=boots"
    for name, query, says in (
        ("  ", "q=x", "请给视图起个名字"),
        ("Long", "&".join(f"is.owner={'x' * 100}{n}" for n in range(40)), "条件太多"),
    ):
        assert says in alice.get(save(alice, cast, name, query=query)["Location"]).content.decode()
    assert SavedView.objects.count() == 1


def test_a_list_opens_with_the_persons_view(cast, as_):
    alice, bob = as_(cast.alice), as_(cast.bob)
    save(alice, cast, "Ours", shared="1")
    view = SavedView.objects.get()
    act = {v: reverse("view_verb", args=[cast.shop.key, view.pk, v]) for v in ("open_with", "close", "delete")}
    address = reverse("products", args=[cast.shop.key])
    assert (alice.get(address).status_code, bob.get(address).status_code) == (200, 200)
    bob.post(act["open_with"])
    assert (alice.get(address).status_code, bob.get(address)["Location"]) == (200, f"{address}?{KEPT}&view={view.pk}")
    assert bob.get(address + "?view=none").status_code == 200
    bob.post(act["close"])
    assert bob.get(address).status_code == 200


def test_deleting(cast, as_):
    alice, bob, rita = as_(cast.alice), as_(cast.bob), as_(cast.rita)
    save(alice, cast, "Ours", shared="1")
    save(alice, cast, "Mine")
    ours, mine = SavedView.objects.get(name="Ours"), SavedView.objects.get(name="Mine")
    gone = {v: reverse("view_verb", args=[cast.shop.key, v.pk, "delete"]) for v in (ours, mine)}
    assert rita.post(gone[ours]).status_code == 403
    assert (bob.post(gone[mine]).status_code, rita.post(gone[mine]).status_code) == (404, 404)
    assert bob.post(gone[ours]).status_code == 302
    assert alice.post(gone[mine]).status_code == 302
    assert SavedView.objects.count() == 0
    assert [c.person for c in Change.objects.filter(verb="delete_view")] == [cast.bob]


@pytest.mark.parametrize("verb", ["delete", "open_with", "close", "nonsense"])
def test_a_view_of_another_company_is_none(cast, as_, verb):
    save(as_(cast.alice), cast, "Ours", shared="1")
    view = SavedView.objects.get()
    charlie = as_(cast.charlie)
    for key in (cast.shop.key, "shop-c"):
        assert charlie.post(reverse("view_verb", args=[key, view.pk, verb])).status_code == 404
    assert SavedView.objects.count() == 1
    assert charlie.get(reverse("products", args=["shop-c"]), {"view": view.pk}).content.decode().count("Ours") == 0
