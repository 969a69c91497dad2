"""The document says what can be asked, no more and no less."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import resolve

from tests.api.conftest import Program
from zhanggui.api.endpoints import ENDPOINTS
from zhanggui.api.figures import parameters_of
from zhanggui.api.openapi import document
from zhanggui.measures import MEASURES
from zhanggui.tables import TABLES

DOCUMENT = document()
OPERATIONS = {path: told["get"] for path, told in DOCUMENT["paths"].items()}


def test_it_is_for_everybody_and_names_no_shop(cast):
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()) == (200, json.loads(json.dumps(DOCUMENT)))
    assert "shop-a" not in answer.content.decode()


def test_every_endpoint_and_every_measure_has_its_place():
    fixed = {f"/api/v1/{one.address}" for one in ENDPOINTS if not one.of_name}
    measures = {f"/api/v1/shops/{{key}}/measures/{name}" for name in MEASURES}
    assert set(OPERATIONS) == fixed | measures
    ids = [one["operationId"] for one in OPERATIONS.values()]
    assert len(ids) == len(set(ids))
    for path in OPERATIONS:
        assert resolve(re.sub(r"{\w+}", "1", path))


def test_places_in_the_address_are_declared_and_parameters_are_named_once():
    for path, told in OPERATIONS.items():
        by_place = {p: [one["name"] for one in told["parameters"] if one["in"] == p] for p in ("path", "query")}
        assert (path, by_place["path"]) == (path, re.findall(r"{(\w+)}", path))
        assert len(by_place["query"]) == len(set(by_place["query"]))
        assert all(one["description"] for one in told["parameters"])


def test_what_is_referred_to_is_there():
    for name in re.findall(r'"\$ref": "#/([\w/]+)"', json.dumps(DOCUMENT)):
        part = DOCUMENT
        for step in name.split("/"):
            part = part[step]
        assert part


def test_names_and_keys_come_from_the_declarations():
    table = OPERATIONS["/api/v1/shops/{key}/tables/{name}"]
    assert next(p for p in table["parameters"] if p["name"] == "name")["schema"]["enum"] == list(TABLES)
    for name, found in MEASURES.items():
        told = OPERATIONS[f"/api/v1/shops/{{key}}/measures/{name}"]
        assert {*found.by, "days", "limit", "cursor", "format", "day"} == {p["name"] for p in told["parameters"]} - {"key"}
        assert [p.name for p in parameters_of(name)] == ["days", *found.by]
        assert set(told["responses"]["200"]["content"]) == {"application/json", "text/csv"}


@pytest.mark.parametrize("path", [p for p in OPERATIONS if "measures/" not in p])
def test_defaults_may_be_sent(cast, unlimited, path):
    """What the document names as default is taken, and gives what is given without it."""
    program = Program(cast.alice)
    address = path.removeprefix("/api/v1/").format(key="shop-a", pk=cast.finding.pk, name="product_effect")
    needed = {"address": "products.effect.search_clicks"} if address.endswith("figure") else {}
    sent = {p["name"]: p["schema"]["default"] for p in OPERATIONS[path]["parameters"] if "default" in p["schema"]}
    answers = [program.get(address, **needed, **more) for more in ({}, sent)]
    assert (answers[0].status_code, answers[0].json()) == (200, answers[1].json())
