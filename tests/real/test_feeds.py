"""Recorded answers of a real shop, replayed by a server on this machine.

The Open Platform's: the server checks signatures. Whoever recorded them wrapped each in a summary; what the platform itself said
is put back into its envelope here. A plain address: whole recorded files, byte for byte, as an ERP might give them.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.conftest import DATA, real
from tests.desk.conftest import Cast, cast  # noqa: F401
from tests.feeds.conftest import asking, clock, platform_asking  # noqa: F401
from tests.feeds.server import Source, ok, platform, serving
from zhanggui import feeds
from zhanggui.desk import connecting
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import
from zhanggui.feeds.alibaba import pull
from zhanggui.intake import read

pytestmark = pytest.mark.data


def recorded(name: str, after_grant: bool = False) -> dict[str, Any]:
    path = real("openapi") / f"{name.replace('.', '_')}{'_post_grant' if after_grant else ''}.json"
    return json.loads(path.read_text("utf-8"))["best_attempt"]


def refusal(name: str) -> dict[str, Any]:
    """The recorded error, inside the method's own response as the recorder found it."""
    best = recorded(name)
    return {best["root_key"]: best["response_excerpt"]["payload"]}


def brought(source, made):
    got = list(pull(made))
    return [a for a in got if isinstance(a, Answer)], [t for t in got if isinstance(t, Trouble)]


def test_without_the_data_grant_each_statistic_names_the_export(platform_asking):  # noqa: F811
    names = ("alibaba.mydata.overview.date.get", "alibaba.mydata.self.product.date.get")
    with serving(platform({n: refusal(n) for n in names})) as source:
        answers, troubles = brought(source, platform_asking(source.address, subjects=["overview", "effects"]))
    assert (answers, [(t.code, t.table) for t in troubles]) == (
        [],
        [("no_grant", "shop_overview"), ("no_grant", "product_effect")],
    )
    assert "数据参谋 → 产品 → 产品分析 → 导出" in troubles[1].says("zh")


def test_with_the_grant_the_overview_comes_week_by_week_and_reads_as_recorded(platform_asking):  # noqa: F811
    def said(name: str) -> dict[str, Any]:
        return recorded(name, after_grant=True)["extracted_data"]

    names = [f"alibaba.mydata.overview.{n}.get" for n in ("date", "industry", "indicator.basic")]
    fields = said(names[2])["fields"]
    methods = {
        names[0]: {"alibaba_mydata_overview_date_get_response": {"result_list": {"date_range": said(names[0])["date_ranges"]}}},
        names[1]: {
            "alibaba_mydata_overview_industry_get_response": {"result_list": {"industry": said(names[1])["industries"]}}
        },
        names[2]: {"alibaba_mydata_overview_indicator_basic_get_response": {"result": fields}},
    }
    with serving(platform(methods)) as source:
        answers, troubles = brought(source, platform_asking(source.address, subjects=["overview"]))
    assert troubles == []
    assert [a.period[0] for a in answers] == sorted(date.fromisoformat(r["start_date"]) for r in said(names[0])["date_ranges"])
    indicator = recorded(names[2], after_grant=True)["request_params"]
    assert json.loads(source.asked[-1].form["date_range"]) == indicator["date_range"]
    assert json.loads(source.asked[-1].form["industry"]) == indicator["industry"]
    newest = answers[-1]
    (part,) = read(newest.data, newest.name, on=date(2026, 4, 9), period=newest.period, table=newest.table).parts
    row = part.rows.row(0, named=True)
    assert [row[c] for c in ("visitors", "exposures", "clicks", "inquiries")] == [
        fields[f] for f in ("visitor", "imps", "clk", "fb")
    ]
    assert row["ctr"] == float(fields["clk_rate"])


def test_product_effects_read_as_recorded(platform_asking):  # noqa: F811
    best = recorded("alibaba.mydata.self.product.get", after_grant=True)
    records, day = best["extracted_data"]["sample_records"], best["request_params"]["stat_date"]
    ids = best["request_params"]["product_ids"]
    methods = {
        "alibaba.icbu.product.list": {
            "alibaba_icbu_product_list_response": {"total_item": len(ids), "products": {"p": [{"id": i} for i in ids]}}
        },
        "alibaba.mydata.self.product.date.get": {
            "alibaba_mydata_self_product_date_get_response": {"start_date": day, "end_date": day}
        },
        "alibaba.mydata.self.product.get": {
            "alibaba_mydata_self_product_get_response": {"effects": {"effect_entity": records}}
        },
    }
    with serving(platform(methods)) as source:
        (answer,), troubles = brought(source, platform_asking(source.address, subjects=["effects"]))
    assert (troubles, json.loads(source.asked[-1].form["product_ids"]), source.asked[-1].form["stat_date"]) == ([], ids, day)
    (part,) = read(answer.data, answer.name, on=date(2026, 4, 9), period=answer.period, table=answer.table).parts
    found = part.rows.sort("product_id").select("product_id", "exposures", "clicks", "visitors").rows()
    assert found == [
        (str(r["product_id"]), r["impression"], r["click"], r["visitor"])
        for r in sorted(records, key=lambda r: r["product_id"])
    ]


def test_the_recorded_order_list_has_masked_ids_only(platform_asking):  # noqa: F811
    best = recorded("alibaba.seller.order.list")
    page = {best["root_key"]: best["response_excerpt"]["payload"]}
    total = best["extracted"]["total_count"]
    with serving(platform({"alibaba.seller.order.list": page})) as source:
        answers, troubles = brought(source, platform_asking(source.address, subjects=["orders"]))
    assert [t.code for t in troubles] == ["masked_ids", "page_repeats"]  # the one recorded page stands for all twelve
    shown = page[best["root_key"]]["result"]["value"]["order_list"]["trade_ecology_order"]
    assert (troubles[0].value, len(source.asked), total) == (str(len(shown)), 2, 120)
    assert [dict(a.state) for a in answers] == [{}]


@pytest.mark.parametrize("name", ["get", "fund.get", "logistics.get"])
def test_ids_that_the_platform_refused_are_skipped_and_said(platform_asking, name):  # noqa: F811
    method = f"alibaba.seller.order.{name}"
    others = [
        m
        for m in ("alibaba.seller.order.get", "alibaba.seller.order.fund.get", "alibaba.seller.order.logistics.get")
        if m != method
    ]
    listed = {"order_list": {"trade_ecology_order": [{"trade_id": "1", "create_date": {"timestamp": 1}}]}, "total_count": 1}
    methods = {
        "alibaba.seller.order.list": {"alibaba_seller_order_list_response": {"result": {"success": True, "value": listed}}},
        method: refusal(method),
    } | {m: {} for m in others}
    with serving(platform(methods)) as source:
        _, troubles = brought(source, platform_asking(source.address, subjects=["orders"]))
    assert [(t.code, t.asked, t.value) for t in troubles] == [("ids_refused", method, "1")]


#: A recorded file as it lies there → its form and path, the table asked for, and that table's rows once it is in.
WHOLE = {
    "openapi/alibaba_seller_order_list.json": (
        "json",
        "best_attempt.response_excerpt.payload.result.value.order_list.trade_ecology_order",
        "order_header",
        8,
    ),
    "backoffice/getKeywords-2026-09-19.csv": ("csv", "", "keyword_effect", 500),
    "backoffice/Products-2026-09-19.csv": ("csv", "", "product_effect", 365),
}


def pulled(shop, source: Source, **told: Any) -> tuple[list[Import], list[Trouble]]:
    """What a connection to a plain address brings."""
    told = {"address": source.address, "path": "", "table": ""} | told
    made = connecting.connect(shop, "generic", str(shop.connections.count()), settings=told, secret={}, every_minutes=60)
    done = connecting.pull(made, feeds.pull)
    return done.imports, done.troubles


@pytest.mark.parametrize("name", WHOLE)
def test_a_plain_address_gives_a_recorded_file_and_it_is_in_once(cast: Cast, settings, name):  # noqa: F811
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    form, path, table, rows = WHOLE[name]
    real(name.split("/", maxsplit=1)[0])
    data = (DATA / name).read_bytes()
    with serving(lambda asked: ok(data)) as source:
        (item,), troubles = pulled(cast.shop, source, form=form, path=path, table=table)
        (again,), _ = pulled(cast.shop, source, form=form, path=path, table=table)
    assert (troubles, item.state, again.state) == ([], "accepted", "duplicate")
    facts = facts_of(cast.shop)
    assert facts.raw_file(item.sha256) == data
    assert facts.snapshot(date(2026, 11, 22)).scan(table).collect().height == rows


def test_a_recorded_file_that_no_table_knows_is_kept_and_waits_for_a_person(cast: Cast, settings):  # noqa: F811
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    data = (real("trends") / "new.home.sales.csv").read_bytes()
    with serving(lambda asked: ok(data)) as source:
        (item,), troubles = pulled(cast.shop, source, form="csv")
    assert (item.state, [p["code"] for p in item.preview["problems"]]) == ("refused", ["not_recognised"])
    assert [(t.code, t.value) for t in troubles] == [("not_taken", str(item.pk))]


def test_a_path_that_the_recorded_answer_has_not_is_noticed(cast: Cast, settings):  # noqa: F811
    settings.ZHANGGUI_FEED_HOSTS = frozenset({"127.0.0.1"})
    data = (real("openapi") / "alibaba_seller_order_list.json").read_bytes()
    with serving(lambda asked: ok(data)) as source:
        assert pulled(cast.shop, source, form="json", path="result.value.order_list")[1][0].code == "no_list"
