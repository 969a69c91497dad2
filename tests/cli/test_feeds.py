"""`zhanggui feeds` and `zhanggui feed pull`."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.feeds.server import ok, serving
from zhanggui.cli import feeds, reader
from zhanggui.desk import connecting
from zhanggui.desk.people import open_shop

STOCK = "sku,可用库存\nA-1,5\n".encode()


@pytest.fixture
def call():
    app = typer.Typer()
    feeds.add_to(app)

    def made(*line, lang="zh"):
        reader.choose(lang, "")
        return CliRunner().invoke(app, line)

    return made


def erp(address):
    given = {"address": address, "form": "csv", "table": "stock_level"}
    shop = open_shop("main", "Main")
    return connecting.connect(shop, "generic", "ERP", settings=given, secret={"headers": "X-Key: hidden"}, every_minutes=15)


def test_a_connection_is_listed_and_pulled(db, call, settings):
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    with serving(lambda asked: ok(STOCK)) as source:
        made = erp(source.address)
        assert [(c["name"], c["last_ok"]) for c in json.loads(call("feeds", "--json").stdout)] == [("ERP", None)]
        pulled = call("feed", "pull", "ERP")
        again = call("feed", "pull", "ERP")
    assert (pulled.exit_code, pulled.stdout.split()[-1]) == (0, "accepted")
    assert (again.exit_code, again.stdout) == (0, "没有新数据。\n")
    made.refresh_from_db()
    assert made.last_ok is not None
    assert "hidden" not in call("feeds").stdout + call("feeds", "--json").stdout


def test_trouble_is_said_and_ends_with_1(db, call):
    erp("https://10.0.0.1/stock")
    failed = call("feed", "pull", "ERP", lang="en")
    assert failed.exit_code == 1
    assert failed.stdout.startswith("10.0.0.1 may not be asked: only https and public addresses.")
    assert "only https and public addresses" in call("feeds", lang="en").stdout


def test_an_unknown_name_ends_with_2(db, call):
    erp("https://10.0.0.1/stock")
    assert call("feed", "pull", "Odoo").exit_code == 2
