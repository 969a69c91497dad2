"""The document that describes the API (OpenAPI 3.1), made from the list of endpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from zhanggui.api.asked import Rows
from zhanggui.api.door import Endpoint, open_to_all
from zhanggui.api.endpoints import ENDPOINTS
from zhanggui.api.parameters import Parameter

ROOT = "/api/v1/"
KINDS = {"int": {"type": "integer"}, "slug": {"type": "string"}, "str": {"type": "string"}}
PLACES = {
    "key": "the shop's key, as `shops` names it",
    "pk": "the finding's id",
    "name": "the name of a measure or table",
}
PROBLEMS = {
    "400": "a parameter is wrong; `parameter` says which",
    "401": "no token, or one that opens nothing",
    "403": "not for the role, or the second factor is owed",
    "404": "there is no such thing, or it is not the person's",
    "409": "the cursor is of other data or of another question; begin again",
    "429": "too many requests; `Retry-After` says when to go on",
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "detail_zh", "parameter")},
        "status": {"type": "integer"},
    },
}
ROWS = {
    "type": "object",
    "required": ["columns", "rows", "next"],
    "properties": {
        "columns": {"type": "array", "items": {"type": "object"}, "description": "what each part of a row is"},
        "rows": {
            "type": "array",
            "items": {"type": "object"},
            "description": "null is missing in the data; a part that a row lacks is not for the role",
        },
        "next": {"type": ["string", "null"], "description": "the cursor of the rows after these"},
    },
}


def document() -> dict[str, Any]:
    """Everything that can be asked. Where parameters hang on the name in the address, each name has an address of its own."""
    paths = {}
    for one in ENDPOINTS:
        names = one.names() if one.names and one.of_name else {"": ""}
        for name, says in names.items():
            address = one.address.replace("{name}", name) if name else one.address
            paths[ROOT + address] = {"get": _operation(one, name, says)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "掌柜 Zhanggui", "version": "1", "description": "Read only. Days are the platform's, US Pacific."},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": PROBLEM, "Rows": ROWS},
            "responses": {
                code: {
                    "description": says,
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for code, says in PROBLEMS.items()
            },
        },
    }


def _operation(one: Endpoint, name: str, says: str) -> dict[str, Any]:
    in_path = [(kind, place) for kind, place in re.findall(r"<(\w+):(\w+)>", one.path) if place != "name" or not name]
    asks = (one.of_name(name) if one.of_name and name else ()) + one.parameters
    schema = {"$ref": "#/components/schemas/Rows"} if gives_rows(one) else {"type": "object"}
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if "format" in [p.name for p in asks]:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {
        "operationId": name or one.function.__name__,
        "summary": f"{one.zh} · {one.en}",
        "description": says or " ".join((one.function.__doc__ or "").split()),
        "parameters": [_place(one, kind, place) for kind, place in in_path] + [_parameter(p) for p in asks],
        "responses": {
            "200": {"description": one.en, "content": content},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in PROBLEMS},
        },
    }


def gives_rows(one: Endpoint) -> bool:
    return one.function.__annotations__["return"] in ("Rows", Rows)


def _place(one: Endpoint, kind: str, place: str) -> Mapping[str, Any]:
    schema = KINDS[kind] | ({"enum": list(one.names())} if place == "name" and one.names else {})
    return {"name": place, "in": "path", "required": True, "description": PLACES[place], "schema": schema}


def _parameter(one: Parameter) -> Mapping[str, Any]:
    default = {"default": one.default} if one.default is not None else {}
    told = {"name": one.name, "in": "query", "required": one.required, "description": f"{one.zh} · {one.en}"}
    return told | {"schema": one.schema() | default}


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """For everybody: it holds no data of any shop."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
