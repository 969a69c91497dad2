"""What holds for every chart: units, plain options, the markup, the one palette, the weight of the browser files."""

from __future__ import annotations

import gzip
import html
import itertools
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tests.web.charts import samples
from zhanggui.tables import TABLES
from zhanggui.web import charts
from zhanggui.web.charts.chart import number

STATIC = Path(__file__).resolve().parents[3] / "zhanggui" / "web" / "static"
CSS = (STATIC / "chart.css").read_text("utf-8")
SOURCE = '{% from "parts/chart.jinja" import chart %}{{ chart(one) }}'


def asked() -> HttpRequest:
    """A request of somebody who has not signed in."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request._messages = []
    return request


def drawn(one: charts.Chart) -> str:
    return engines["jinja2"].from_string(SOURCE).render({"one": one})


def test_figures_are_said_in_the_readers_way():
    money = charts.Unit("money", "USD")
    values = [None, 0, 9999, 12_345, 486_200, 123_456_789]
    assert [charts.COUNT.short(v) for v in values] == ["—", "0", "9,999", "12.3k", "486.2k", "123.5M"]
    assert [charts.COUNT.said(-5, signed=True), charts.COUNT.said(5, signed=True), charts.RATE.said(0.0253)] == [
        "-5",
        "+5",
        "2.53%",
    ]
    assert money.said(Decimal("12.5")) == "12.50 USD"
    with translation.override("zh-hans"):
        assert [charts.COUNT.short(v) for v in values] == ["—", "0", "9,999", "1.2万", "48.6万", "1.2亿"]


def test_unit_of_a_column_knows_people():
    table = TABLES["product_effect"].columns
    assert charts.Unit.of(table["visitors"]) == charts.Unit("count", "", people=True)
    assert charts.Unit.of(table["shop_clicks"]) == charts.COUNT


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(ValueError, match="a missing one is None"):
        number(value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("made", samples.ALL, ids=lambda made: made.__name__)
def test_options_are_plain_and_tables_whole(made, language):
    with translation.override(language):
        one = made()
        assert json.loads(json.dumps(one.option, allow_nan=False)) == one.option
        assert {len(row) for row in one.table.rows} == {len(one.table.head)}
        assert all(cell for row in one.table.rows for cell in row)
        assert one.option["aria"]["label"]["description"] == f"{one.title} {one.summary}"


def test_every_token_and_class_that_is_named_has_its_style():
    named = set()
    for made in samples.ALL:
        one = made()
        named |= set(re.findall(r"--chart-[a-z0-9-]+", json.dumps(one.option)))
        classes = {word for key in one.key for word in key.sign.split()} | set(one.size.split())
        assert sorted(c for c in classes - {"box", "rect", "funnel"} if f".{c} " not in CSS and f".{c}," not in CSS) == []
    assert sorted(token for token in named if f"{token}:" not in CSS) == []


def test_names_from_outside_cannot_leave_their_place():
    nasty = """</script><script>alert(1)</script>' onload='x" =1+1"""
    page = drawn(charts.Pareto(title=nasty, items=[(nasty, 3), ("b", 1)]))
    assert "<script" not in page
    attribute = re.search(r"data-chart='([^']*)'", page)
    assert attribute is not None
    option = json.loads(html.unescape(attribute[1]))
    assert option["yAxis"]["data"] == [nasty, "b"]
    assert "onload=" not in re.sub(r"'[^']*'|\"[^\"]*\"", "", re.search(r"<div class=\"chart[^>]*>", page)[0])
    assert html.unescape(re.search(r"<td>(.*?)</td>", page)[1]) == nasty


def test_the_recipe_works_as_it_is_written():
    recipe = (STATIC.parents[2] / "CONTRIBUTING.md").read_text("utf-8").split("### A chart\n")[1].split("\n### ")[0]
    code, template = re.findall(r"```\w+\n(.*?)```", recipe, re.S)
    names: dict[str, object] = {}
    exec(code, names)
    source = '{% extends "base.jinja" %}{% block title %}{% endblock %}' + template
    page = engines["jinja2"].from_string(source).render({"trend": names["trend"]}, asked())
    assert re.findall(r"<td[^>]*>(.*?)</td>", page)[3:6] == ["2 Sep 2026", "—", "11"]
    assert "vendor/echarts/echarts.min.js" in page.split("</head>")[0]


def test_pages_without_a_chart_load_nothing_of_it():
    source = '{% extends "base.jinja" %}{% block title %}{% endblock %}'
    assert "chart" not in engines["jinja2"].from_string(source).render({}, asked())


def test_nothing_to_draw_leaves_the_table():
    page = drawn(charts.Pareto(title="Nothing yet", items=[("a", None)]))
    assert "data-chart" not in page
    assert re.findall(r"<td[^>]*>(.*?)</td>", page) == ["a", "—", "—", "—"]
    assert "<details open>" in page


# ---- colours


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


#: What is left of linear RGB without one kind of cone (Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009).
VISION = {
    "whole": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "without green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "without blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (sum(w * p for w, p in zip(row, linear, strict=True)) for row in matrix)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (max(v, 0) ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)")
PALETTES = [(re.findall(r"--chart-\d: (#\w{6})", text), grounds) for text, grounds in ((LIGHT, ("#ffffff", "#f6f7f8")), (DARK, ("#1b2125", "#13181b")))]  # fmt: skip


@pytest.mark.parametrize(("palette", "grounds"), PALETTES, ids=("light", "dark"))
def test_colours_stand_out_from_their_ground_and_from_each_other(palette, grounds):
    assert len(palette) == 6
    assert [c for c in palette for ground in grounds if contrast(c, ground) < 3] == []
    for matrix in VISION.values():
        apart = {
            (a, b): sum((x - y) ** 2 for x, y in zip(lab(a, matrix), lab(b, matrix), strict=True)) ** 0.5
            for a, b in itertools.combinations(palette, 2)
        }
        assert {pair: d for pair, d in apart.items() if d < 15} == {}


def test_script_and_style_of_the_whole_app_stay_light():
    files = [p for p in STATIC.rglob("*") if p.suffix in {".js", ".css"}]
    assert sum(len(gzip.compress(p.read_bytes(), 9)) for p in files) < 450_000
    assert len(gzip.compress((STATIC / "vendor" / "world" / "land.json").read_bytes(), 9)) < 150_000
