"""Parameters, pages and formats: what is wrong is named, and nothing that is asked gets beyond its place."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Program
from tests.web.listed import newest, take
from zhanggui.desk import checking
from zhanggui.desk.models import Finding


@pytest.fixture
def alice(cast, unlimited):
    return Program(cast.alice)


EFFECT, TABLE, FIGURE = "measures/products.effect", "tables/product_effect", "products.effect.search_clicks"
WRONG = [
    (EFFECT, {"days": "0"}, "days"),
    (EFFECT, {"days": "-1"}, "days"),
    (EFFECT, {"days": "3661"}, "days"),
    (EFFECT, {"days": "7.5"}, "days"),
    (EFFECT, {"days": "٧"}, "days"),
    (EFFECT, {"days": ""}, "days"),
    (EFFECT, {"days": ["7", "28"]}, "days"),
    (EFFECT, {"limit": "0"}, "limit"),
    (EFFECT, {"limit": "10001"}, "limit"),
    (EFFECT, {"limit": "9" * 400}, "limit"),
    (EFFECT, {"cursor": "x"}, "cursor"),
    (EFFECT, {"cursor": "-1-0123456789abcdef"}, "cursor"),
    (EFFECT, {"cursor": ""}, "cursor"),
    (EFFECT, {"format": "xml"}, "format"),
    (EFFECT, {"day": "yesterday"}, "day"),
    (EFFECT, {"day": "2026-02-30"}, "day"),
    (EFFECT, {"day": "20260921"}, "day"),
    (EFFECT, {"product_id": "1" * 501}, "product_id"),
    (EFFECT, {"search_clicks": "2"}, "search_clicks"),
    (EFFECT, {"product_id;--": "2"}, "product_id;--"),
    (TABLE, {"start": "1"}, "start"),
    (TABLE, {"start": "2026-09-22", "end": "2026-09-21"}, "start"),
    (TABLE, {"product_id": "1"}, "product_id"),
    ("findings", {"code": "KW"}, "code"),
    ("findings", {"code": "KW03' OR '1'='1"}, "code"),
    ("findings", {"state": "open"}, "state"),
    ("findings", {"since": "now"}, "since"),
    ("findings", {"key__word": "x"}, "key__word"),
    ("findings", {"shop": "2"}, "shop"),
    ("figure", {}, "address"),
    ("figure", {"address": "x"}, "address"),
    ("figure", {"address": FIGURE + "@0"}, "address"),
    ("figure", {"address": FIGURE + "[x]"}, "address"),
    ("tasks", {"role": "owner"}, "role"),
    ("checks", {"_": "1"}, "_"),
]


@pytest.mark.parametrize(("path", "query", "parameter"), WRONG)
def test_a_wrong_question_is_told_which_parameter(alice, path, query, parameter):
    answer = alice.of(path, **query)
    told = answer.json()
    assert (answer.status_code, told["parameter"], parameter in told["detail"]) == (400, parameter, True)


@pytest.mark.parametrize(
    "value",
    [
        "' OR 1=1 --",
        "1) | (pl.col('x')",
        "%",
        "*",
        ".*",
        "=HYPERLINK(1)",
        "../../etc/passwd",
        "<b>",
        "\u202e",
        "{}",
        "1601825074601]",
    ],
)
def test_a_key_is_a_text_and_nothing_more(alice, value):
    answer = alice.of(EFFECT, product_id=value)
    assert (answer.status_code, answer.json()["rows"]) == (200, [])
    assert alice.of("figure", address=f"{FIGURE}[product_id={value}]").status_code == 404


def test_a_key_gives_its_rows(alice):
    rows = alice.of(EFFECT, product_id="1601825074602").json()["rows"]
    assert [(r["product_id"], r["search_clicks"]) for r in rows] == [("1601825074602", 4)]


def test_a_figure_comes_down_to_file_and_line(alice):
    told = alice.of("figure", address=f"{FIGURE}[product_id=1601825074602]@28").json()
    assert (told["value"], told["cells"], told["figure"]["en"]) == (4, 1, "Search clicks")
    assert told["figure"]["formula"]["zh"] == "Σ 搜索点击次数（各周期相加）"
    cell = {k: told["rows"][0][k] for k in ("import_id", "file", "line", "header", "value")}
    assert cell == {"import_id": 1, "file": "Products.csv", "line": 8, "header": "搜索点击次数", "value": 4}


def test_figures_say_what_they_are(alice):
    told = {
        m["name"]: {c["name"]: (c["kind"], c["unit"]) for c in m["columns"]} for m in alice.of("measures").json()["measures"]
    }
    effect, ads, orders = told["products.effect"], told["ads.words"], told["orders.by_order"]
    assert [effect[c] for c in ("product_id", "visitors", "search_ctr")] == [("id", ""), ("count", "person"), ("rate", "")]
    assert [ads["cost"], ads["cpc"], orders["order_amount"], told["keywords.effect"]["occurrence"]] == [
        ("money", "CNY"), ("money", "CNY"), ("money", "order currency, per order"), ("count", ""),
    ]  # fmt: skip


def test_the_evidence_of_a_finding_opens(cast, alice):
    told = alice.of(f"findings/{cast.finding.pk}").json()
    assert told["evidence"]
    for one in told["evidence"]:
        assert alice.of("figure", **one).status_code == 200


@pytest.mark.parametrize("path", [EFFECT, TABLE, "findings", "figure"])
def test_pages_hold_every_row_once(cast, alice, path):
    take(cast.shop, "product_effect", 7)
    query = {"address": FIGURE} if path == "figure" else {}
    whole = alice.of(path, **query).json()
    assert whole["next"] is None
    rows, cursor, pages = [], None, 0
    while True:
        told = alice.of(path, limit=2, **query, **({"cursor": cursor} if cursor else {})).json()
        rows, cursor, pages = rows + told["rows"], told["next"], pages + 1
        assert len(told["rows"]) <= 2
        if cursor is None:
            break
    assert (rows, pages) == (whole["rows"], -(-len(rows) // 2))
    assert pages > 2


def test_the_link_leads_to_the_next_page(alice):
    answer = alice.of(EFFECT, limit=2, format="csv")
    link = answer["Link"].partition(">")[0][1:]
    assert list(csv.reader(io.StringIO(alice.client.get(link).content.decode("utf-8-sig"))))[1][0] == "1601825074603"
    assert "Link" not in alice.of(EFFECT).headers


def test_a_cursor_is_good_for_its_own_question_and_data(cast, alice):
    cursor = alice.of(EFFECT, limit=1).json()["next"]
    assert alice.of(EFFECT, cursor=cursor, limit=9).status_code == 200
    bob = Program(cast.bob)
    for answer in (
        alice.of(EFFECT, cursor=cursor, days=7),
        alice.of(TABLE, cursor=cursor),
        alice.of("findings", cursor=cursor),
        bob.of(EFFECT, cursor=cursor),
    ):
        assert (answer.status_code, answer.json()["parameter"]) == (409, "cursor")
    take(cast.shop, "product_effect", 1)
    assert alice.of(EFFECT, cursor=cursor).status_code == 409


def test_csv_and_json_say_the_same(cast, alice):
    take(cast.shop, "keyword_effect", [{"word": "=1+1", "exposures": 5, "clicks": 1}])
    told = alice.of("measures/keywords.effect").json()
    lines = list(csv.DictReader(io.StringIO(alice.of("measures/keywords.effect", format="csv").content.decode("utf-8-sig"))))
    assert list(lines[0]) == [c["name"] for c in told["columns"]]
    assert [line["word"].removeprefix("'") for line in lines] == [r["word"] for r in told["rows"]]
    assert [line["exposures"] for line in lines] == [str(r["exposures"]) for r in told["rows"]]
    assert "'=1+1" in [line["word"] for line in lines]


def test_missing_is_null_and_no_data_say_so(alice):
    told = alice.of("measures/ads.words").json()
    assert (told["rows"], told["window"], told["waits_for"], told["next"]) == ([], None, "p4p_keyword", None)
    early = alice.of(EFFECT, day="2001-01-01").json()
    assert (early["day"], early["window"], early["rows"]) == ("2001-01-01", None, [])
    assert alice.of(EFFECT, product_id="1601825074603").json()["rows"][0]["search_ctr"] is None


def test_a_table_gives_the_days_that_are_asked_for(cast, alice):
    days = [newest() - timedelta(days=n) for n in (3, 2, 1)]
    take(
        cast.shop,
        "inquiry",
        [{"inquiry_id": str(d.day), "created": f"{d} 10:00:00", "title": "t", "seller": "s"} for d in days],
    )

    def asked(**query):
        return [date.fromisoformat(r["created"][:10]) for r in alice.of("tables/inquiry", **query).json()["rows"]]

    assert asked() == days
    assert (asked(start=days[1]), asked(end=days[1]), asked(start=days[1], end=days[1])) == (days[1:], days[:2], [days[1]])
    assert asked(day=days[0]) == days[:1]


def test_findings_by_check_state_and_day(cast, alice):
    KW = [f.pk for f in cast.shop.findings.filter(code="KW03").order_by("pk")]
    cast.shop.findings.filter(pk=KW[0]).update(state="resolved", changed_on=date(2001, 1, 1))
    ids = {
        q: [r["id"] for r in alice.of("findings", code="KW03", **dict([q])).json()["rows"]]
        for q in (("state", "resolved"), ("state", "new"), ("since", "2001-01-01"), ("since", "2001-01-02"))
    }
    assert list(ids.values()) == [KW[:1], KW[1:], KW, KW[1:]]


def test_today_is_ranked_as_on_its_page(cast, as_, alice):
    told = alice.of("tasks").json()
    assert [a["rank"] for a in told["worth"]] == list(range(1, len(told["worth"]) + 1))
    page = as_(cast.alice).get("/s/shop-a/", {"all": "1"}).content.decode()
    places = [page.index(a["title"]["zh"]) for a in told["worth"]]
    assert (places == sorted(places), len(places) > 1) == (True, True)
    taken = [cast.task.findings.get().pk]
    assert [(t["id"], t["assignee"], t["findings"], t["count"]) for t in told["open"]] == [(cast.task.pk, "bob", taken, 1)]
    assert taken[0] not in {f["id"] for a in told["worth"] for f in a["findings"]}


def test_checks_carry_the_shops_own_settings(cast, alice):
    cast.shop.check_settings.create(code="TR01", name="share", value=0.5)
    told = {c["code"]: c for c in alice.of("checks").json()["checks"]}
    assert (told["TR01"]["settings"]["share"]["value"], told["TR01"]["settings"]["share"]["default"]) != (0.5, 0.5)
    assert told["TR01"]["settings"]["share"]["value"] == 0.5


@pytest.mark.parametrize("path", ["shops", "findings", "tasks", EFFECT, TABLE, "figure", "tables", "measures", "checks"])
def test_as_many_questions_to_the_database_for_1_3_and_300_rows(cast, alice, path):
    query, address = ({"address": FIGURE} if path == "figure" else {}), path if path == "shops" else f"shops/shop-a/{path}"
    pattern, asked = cast.finding, set()
    alice.get(address, **query)
    for count in (1, 3, 300):
        take(cast.shop, "product_effect", count)
        for n in range(count):
            made = Finding(
                shop=cast.shop, code="KW03", key={"word": f"nike {count} {n}", "occurrence": 1}, values=pattern.values
            )
            made.first_seen = made.last_seen = made.changed_on = pattern.first_seen
            made.fingerprint = checking.as_core(made).fingerprint
            made.save()
        with CaptureQueriesContext(connection) as queries:
            assert alice.get(address, **query).status_code == 200
        asked.add(len(queries))
    assert len(asked) == 1
    assert max(asked) < 25
