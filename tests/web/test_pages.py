"""What holds for every page: policy, language, queries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import files
from tests.web.addresses import all_of
from tests.web.conftest import bring
from zhanggui.desk import checking, deciding, people
from zhanggui.web.middleware import POLICY

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|https?://", re.IGNORECASE)


def pages(cast, as_):
    alice = as_(cast.alice)
    for name, method, address in all_of(cast, cast.shop.key):
        if method == "get":
            yield name, alice.get(address)
    yield "sign in", Client().get(reverse("account_login"))
    yield "lost", alice.get("/nowhere/")
    yield "forbidden", as_(cast.rita).get(reverse("undo", args=[cast.shop.key, 1]))


def is_page(answer):
    """Not a file: an Excel sheet, a picture."""
    return answer["Content-Type"].startswith("text/html")


def test_policy_and_nothing_inline(cast, as_):
    for name, answer in pages(cast, as_):
        assert (name, answer["Content-Security-Policy"]) == (name, POLICY)
        assert (name, answer["Cache-Control"]) == (name, "no-store")
        assert (name, INLINE.findall(answer.content.decode(errors="replace"))) == (name, [])


@pytest.mark.parametrize(
    ("language", "attribute", "word", "foreign"), [("zh", "zh-Hans", "今日", ">Today<"), ("en", "en", "Today", "今日")]
)
def test_both_languages(cast, as_, language, attribute, word, foreign):
    people.set_language(cast.alice, language)
    for name, answer in pages(cast, as_):
        if name in ("sign in", "forbidden", "lost") or not is_page(answer):
            continue
        text = re.sub(r'<span lang="[\w-]+">.*?</span>', "", answer.content.decode())  # words named in their own language
        assert (name, f'<html lang="{attribute}"' in text) == (name, True)
        assert (name, word in text, foreign in text) == (name, True, False)


def test_the_switch_before_and_after_sign_in(cast):
    browser = Client()
    browser.post(reverse("language"), {"lang": "en", "next": "/accounts/login/"})
    assert "Sign in to Zhanggui" in browser.get(reverse("account_login")).content.decode()
    browser.force_login(cast.alice)
    answer = browser.post(reverse("language"), {"lang": "en", "next": "/s/shop-a/"})
    assert answer["Location"] == "/s/shop-a/"
    cast.alice.refresh_from_db()
    assert cast.alice.language == "en"


def test_the_switch_leads_nowhere_else(cast):
    assert Client().post(reverse("language"), {"lang": "en", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_labels_and_landmarks(cast, as_):
    for name, answer in pages(cast, as_):
        if not is_page(answer):
            continue
        text = answer.content.decode()
        assert (name, text.count("<main"), text.count("<h1")) == (name, 1, 1)
        for field in re.findall(r"<(?:input|select|textarea)(?![^>]*type=\"hidden\")[^>]*>", text):
            around = text[: text.index(field)]
            labelled = "aria-label=" in field or around.rfind("<label") > around.rfind("</label>")
            assert (name, field, labelled) == (name, field, True)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_list_pages_ask_the_same_for_one_row_and_for_three(cast, as_):
    one = people.open_shop("one", "One", company=cast.shop.company)
    bring(one, files.products(1), "Products.csv")
    bring(one, files.keywords(1), "Keywords.csv")
    three = people.open_shop("three", "Three", company=cast.shop.company)
    for data, name in ((files.products(), "P.csv"), (files.keywords(), "K.csv"), (files.keywords(4), "K2.csv")):
        bring(three, data, name)
    for shop, n in ((one, 1), (three, 3)):
        checking.check(shop)
        found = list(shop.findings.filter(code="KW03"))[:n]
        for finding in found:
            deciding.finish(deciding.assign([finding], cast.bob, person=cast.alice), person=cast.alice)
            deciding.assign([finding], cast.bob, person=cast.alice)
        for finding in list(shop.findings.filter(code="DA02"))[:n]:
            deciding.dismiss(finding, "later", person=cast.alice)
    alice = as_(cast.alice)
    for name in ("today", "imports", "products", "keywords"):
        counts = {key: queries(alice, reverse(name, args=[key])) for key in ("one", "three")}
        assert (name, counts["one"]) == (name, counts["three"])
        assert counts["one"] <= 20
