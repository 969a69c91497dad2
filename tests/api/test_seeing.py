"""Nobody gets more by program than on the pages: every measure and every table for every role, against what access says."""

from __future__ import annotations

import inspect
import re

import pytest
from django.urls import reverse

from tests.api.conftest import Program, becomes
from tests.web.listed import drawn, get, names, newest, take
from zhanggui.api.asked import plain
from zhanggui.checks import load
from zhanggui.desk import access, checking, seeing
from zhanggui.desk.agenda import shows
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Finding
from zhanggui.measures import MEASURES
from zhanggui.rulebook.star import INDICATORS
from zhanggui.tables import TABLES
from zhanggui.web.lists import LISTS

ROLES = sorted(access.EVERYONE)
MINE = "Text 1"  # the salesperson of row 1 of every report that names one
TRADE, QUALITY = "21100061", "6020013"  # an indicator in USD, and one that is none


def brought() -> list[str]:
    """The tables of every measure, and registers about money and people."""
    besides = {b.table for m in MEASURES.values() for f in m.formulas.values() for b in f.beside}
    others = {"star_level", "p4p_account", "offline_deal", "product_cost", "buyer", "order_fund", "inquiry"}
    return sorted(({m.table for m in MEASURES.values()} | besides | others) - {"star_level", "p4p_account"})


@pytest.fixture
def facts(cast, unlimited):
    for name in brought():
        take(cast.shop, name, 4)
    take(cast.shop, "p4p_account", [drawn("p4p_account", n) | {"day": newest()} for n in (1,)])
    star = {"track": "rts", "star": 2, "predicted": 3, "power": "交易力", "power_star": 2, "power_score": 60, "next_average": 9}
    told = [star | {"code": c, "indicator": c, "value": 7, "value_written": "7"} for c in (TRADE, QUALITY)]
    take(cast.shop, "star_level", told)
    return cast


def expected(member, shop, name) -> list[dict]:
    """The rows of a measure that access shows the member, worked out without the API."""
    found = MEASURES[name]
    snapshot = seeing.facts_for(member, shop, platform_today())
    days = inspect.signature(found.function).parameters["days"].default
    if found.window(snapshot, days) is None:
        return []
    rows = found.function(snapshot, days).collect().iter_rows(named=True)
    return [{c: plain(r[c]) for c in (*found.by, *found.formulas) if access.sees_figure(member, name, c, r)} for r in rows]


def ordered(rows):
    return sorted(rows, key=repr)


def test_every_measure_shows_every_role_what_access_says(facts):
    program = Program(facts.bob)
    for role in ROLES:
        member, seen = becomes(facts, role, account=MINE), {}
        for name in MEASURES:
            told = program.of(f"measures/{name}").json()
            assert (role, name, ordered(told["rows"])) == (role, name, ordered(expected(member, facts.shop, name)))
            seen[name] = {c for row in told["rows"] for c in row}
            assert (role, name, seen[name] - {c["name"] for c in told["columns"]}) == (role, name, set())
        money = role in access.MAY["see_turnover"]
        assert (role, "order_amount" in seen["orders.by_order"], "cost" in seen["ads.words"]) == (role, money, money)
        assert (role, "gross_profit" in seen["profit.total"]) == (role, role in access.MAY["see_costs"])
        assert "shop_clicks" in seen["products.effect"]


def test_there_is_much_that_could_leak(facts):
    """Else the walk above would prove nothing."""
    owner = Program(facts.alice)
    told = {name: owner.of(f"measures/{name}").json() for name in MEASURES}
    assert sum(bool(one["rows"]) for one in told.values()) > 30
    hidden = {
        (name, c["name"])
        for name, one in told.items()
        for c in one["columns"]
        if one["rows"] and not access.sees_figure(becomes(facts, "designer"), name, c["name"], {"code": QUALITY})
    }
    assert len(hidden) > 20


def test_every_figure_opens_for_whom_its_page_opens(facts, as_):
    """The first figure of each measure that is hidden, and the first that is shown."""
    alice, program, browser, page = Program(facts.alice), Program(facts.bob), as_(facts.bob), reverse("figure", args=["shop-a"])
    told = {name: alice.of(f"measures/{name}").json()["rows"] for name in MEASURES}
    first = {name: rows[0] for name, rows in told.items() if rows}
    answers = {}
    for role in ("designer", "sales", "operator"):
        member = becomes(facts, role, account=MINE)
        for name, row in first.items():
            found = MEASURES[name]
            key = ",".join(f"{k}={'' if row[k] is None else row[k]}" for k in found.by)
            shown = [access.sees_figure(member, name, c, row) for c in found.formulas]
            for at in {shown.index(one) for one in (True, False) if one in shown}:
                address = f"{name}.{list(found.formulas)[at]}[{key}]"
                pair = [a.status_code for a in (browser.get(page, {"address": address}), program.of("figure", address=address))]
                assert (role, address, pair) == (role, address, [pair[0]] * 2)
                answers.setdefault(role, set()).add(pair[0])
    assert answers == {"designer": {200, 403}, "sales": {200, 403, 404}, "operator": {200, 403}}


def test_every_table_shows_every_role_its_columns_and_rows(facts):
    alice, program = Program(facts.alice), Program(facts.bob)
    names = [*brought(), "star_level", "p4p_account"]
    everything = {name: alice.of(f"tables/{name}").json() for name in names}
    own = {row["order_no"] for row in everything["order_lines"]["rows"] if row["seller"] == MINE}
    for role in ROLES:
        member = becomes(facts, role, account=MINE)
        for name in names:
            table, told, whole = TABLES[name], program.of(f"tables/{name}").json(), everything[name]
            sight = access.sight(member, table)
            columns = [c["name"] for c in whole["columns"] if c["name"] not in sight.hidden]
            assert (role, name, [c["name"] for c in told["columns"]]) == (role, name, columns)
            rows = [row for row in whole["rows"] if sight.shows(row, table)]
            if name == "star_level":
                rows = [row for row in rows if access.sees_indicator(role, row["code"])]
            if "order_no" in table.columns and not table.seller and role == "sales":
                rows = [row for row in rows if row["order_no"] in own]
            assert (role, name, told["rows"]) == (role, name, [{c: row[c] for c in columns} for row in rows])
        listed = {t["name"]: [c["name"] for c in t["columns"]] for t in program.of("tables").json()["tables"]}
        seen = [n for n in TABLES if access.sees_rows(member, TABLES[n])]
        assert listed == {n: [c for c in all_columns(n) if c not in access.sight(member, TABLES[n]).hidden] for n in seen}


def behind_pages() -> set[str]:
    """The tables of lists and measures, and the registers, as the pages declare them."""
    counted = {t for m in MEASURES.values() for f in m.formulas.values() for t, _ in f.columns(m.table)}
    return {one.table for one in LISTS.values()} | counted | {n for n, table in TABLES.items() if table.kind == "register"}


def test_only_tables_behind_a_page_are_open_to_all(cast, unlimited):
    program, behind = Program(cast.bob), behind_pages()
    assert {"sub_account", "channel_order_line", "lead", "order_header"}.isdisjoint(behind)
    for role in ROLES:
        becomes(cast, role, account=MINE)
        open_to = set(TABLES) if role in ("owner", "manager", "operator") else behind
        assert (role, {t["name"] for t in program.of("tables").json()["tables"]}) == (role, open_to)
        answered = {name for name in TABLES if program.of(f"tables/{name}", limit=1).status_code == 200}
        assert (role, answered) == (role, open_to)
        refused = {
            program.of(f"tables/{name}", format=f).status_code for name in set(TABLES) - open_to for f in ("json", "csv")
        }
        assert (role, refused - {403}) == (role, set())


def test_what_is_said_to_stand_behind_a_list_does():
    assert {one.table for one in LISTS.values()} - access.COUNTED == access.LISTED


@pytest.mark.parametrize("role", ["sales", "reader", "designer", "owner"])
def test_a_table_has_the_rows_of_its_list(cast, as_, unlimited, role):
    lists = [one for one in LISTS.values() if not one.measure]
    for one in lists:
        take(cast.shop, one.table, 4)
    take(cast.shop, "order_lines", 4)
    becomes(cast, role, account=MINE)
    program, browser = Program(cast.bob), as_(cast.bob)
    told = {one.name: [str(row[one.called]) for row in program.of(f"tables/{one.table}").json()["rows"]] for one in lists}
    shown = {one.name: names(get(browser, cast.shop, one.name)) for one in lists}
    assert {n: sorted(rows) for n, rows in told.items()} == {n: sorted(rows) for n, rows in shown.items()}
    assert sum(bool(rows) for rows in told.values()) == len(lists)


def test_figures_of_colleagues_are_a_colleagues_rows(cast):
    assert access.only_of(becomes(cast, "sales", account=MINE), TABLES["sub_account"]) == MINE


def all_columns(name: str) -> list[str]:
    return [c for c in TABLES[name].schema if not c.startswith("_") and c != "removed"]


def test_sales_see_their_own_rows_and_the_owner_all(facts):
    becomes(facts, "sales", account=MINE)
    sam, alice = Program(facts.bob), Program(facts.alice)
    sellers = [{r["seller"] for r in p.of("tables/inquiry").json()["rows"]} for p in (sam, alice)]
    assert sellers == [{MINE}, {f"Text {n}" for n in range(4)}]
    orders = [len(p.of("measures/orders.by_order").json()["rows"]) for p in (sam, alice)]
    assert orders == [1, 4]
    assert sam.of("tables/inquiry", start="2001-01-01").json()["rows"] == sam.of("tables/inquiry").json()["rows"]
    becomes(facts, "sales", account="")
    assert sam.of("tables/inquiry").json()["rows"] == []


def test_a_cell_behind_a_figure_is_not_told_either(facts):
    designer = Program(facts.bob)
    becomes(facts, "designer")
    for address in (f"star.standing.value[code={TRADE}]", "star.standing.value", "ads.words.cpc[word=Text 1]"):
        assert (address, designer.of("figure", address=address).status_code) == (address, 403)
    told = designer.of("figure", address=f"star.standing.value[code={QUALITY}]").json()
    assert (told["value"], [r["value"] for r in told["rows"]]) == (7, ["7", 7])
    told = designer.of("measures/star.standing").json()["rows"]
    assert {row["code"]: "value" in row for row in told} == {TRADE: False, QUALITY: True}
    text = designer.of("measures/star.standing", format="csv").content.decode("utf-8-sig").splitlines()
    values = {line.split(",")[1]: line.split(",")[text[0].split(",").index("value")] for line in text[1:]}
    assert values == {TRADE: "", QUALITY: "7.0"}


def test_hidden_money_cannot_be_asked_for_by_a_key(facts):
    becomes(facts, "designer")
    designer = Program(facts.bob)
    assert designer.of("measures/ads.words", cost="9").json()["parameter"] == "cost"
    assert designer.of("measures/star.standing", value="7").json()["parameter"] == "value"


def test_findings_and_their_evidence_are_those_of_the_pages(cast, as_, unlimited):
    """One finding of each check, about a row that is the salesperson's and about one that is not."""
    day, known = platform_today(), load()
    cast.shop.findings.all().delete()
    for check in known.values():
        for seller in (MINE, "Text 2"):
            key = dict.fromkeys(check.key, 1) | {"seller": seller, "salesperson": seller}
            key |= {"code": TRADE if seller == MINE else QUALITY} if "code" in check.key else {}
            named = {n for word in check.words.values() for n in re.findall(r"{(\w+)", word["zh"] + word["en"])}
            made = Finding(shop=cast.shop, code=check.code, key=key, first_seen=day, last_seen=day, changed_on=day)
            made.values = dict.fromkeys(named - key.keys(), 0)
            made.fingerprint = checking.as_core(made).fingerprint
            made.save()
    rows, program, browser = list(cast.shop.findings.order_by("pk")), Program(cast.bob), as_(cast.bob)
    counted = {}
    for role in ROLES:
        member = becomes(cast, role, account=MINE)
        shown = [row.pk for row in rows if shows(member, row)]
        assert (role, [row["id"] for row in program.of("findings").json()["rows"]]) == (role, shown)
        ranked = program.of("tasks").json()
        assert {f["id"] for part in ("worth", "early") for one in ranked[part] for f in one["findings"]} <= set(shown)
        counted[role] = len(shown)
        looked = [row for row in rows if row.pk not in shown] + rows[::9]
        for row in looked if role in ("designer", "sales", "owner") else ():
            page = browser.get(reverse("evidence", args=["shop-a", row.pk])).status_code
            answer = program.of(f"findings/{row.pk}")
            assert (role, row.code, answer.status_code) == (role, row.code, page)
            told = [e["address"] for e in answer.json().get("evidence", [])]
            addresses = list(dict.fromkeys(known[row.code].figures(checking.as_core(row), None))) if page == 200 else []
            assert (role, row.code, told) == (role, row.code, addresses)
    assert counted["owner"] == len(rows) > max(counted["sales"], counted["designer"]) > 0


def test_indicators_hidden_from_a_table_are_those_hidden_from_the_star_page(cast):
    for role in ROLES:
        codes = access.shown_indicators(becomes(cast, role), TABLES["star_level"])
        assert (INDICATORS.keys() if codes is None else set(codes)) == {c for c in INDICATORS if access.sees_indicator(role, c)}
        assert access.shown_indicators(becomes(cast, role), TABLES["buyer"]) is None
