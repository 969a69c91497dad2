"""Addresses for the walk through the charts: the product's own, and a page with one chart of each kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from tests.web.charts import samples
from zhanggui.site.urls import urlpatterns as product

SOURCE = """
{% extends "base.jinja" %}
{% from "parts/chart.jinja" import chart, chart_files %}
{% block title %}Charts{% endblock %}
{% block head %}{{ chart_files() }}{% endblock %}
{% block main %}
<button hx-get="?only=trend" hx-target="#swapped" hx-select="#only">swap</button>
<div id="swapped"></div>
<div id="only">{% for one in shown %}{{ chart(one) }}{% endfor %}</div>
{% endblock %}
"""


def charts(request: HttpRequest) -> HttpResponse:
    only = request.GET.get("only")
    shown = [made() for made in samples.ALL if only in (None, made.__name__)]
    return HttpResponse(engines["jinja2"].from_string(SOURCE).render({"shown": shown}, request))


charts.login_required = False  # type: ignore[attr-defined]

urlpatterns = [path("charts/", charts), *product]
