"""The traffic page's figures of the real shop, recomputed from its raw cells."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import real
from tests.real import cells
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.measures import products
from zhanggui.plans.standing import top10
from zhanggui.plans.traffic import traffic_of
from zhanggui.web.lists.asking import asking

pytestmark = pytest.mark.data


def everybody(table: str, column: str) -> bool:
    return True


def test_the_ten_best_stand_beside_the_same_words(backoffice: Path, real_shop: Snapshot) -> None:
    wanted = ("曝光量", "点击量", "Top10平均曝光", "Top10平均点击")
    told = [[cells.number(r[c]) for c in wanted] for r in cells.words(backoffice)]
    rows = [[float(v) for v in row if v is not None] for row in told if None not in row]
    own, clicks, top, top_clicks = (sum(row[i] for row in rows) for i in range(4))
    one = top10(real_shop)
    assert one is not None
    assert (one.words, one.behind) == (len(rows), sum(row[0] < row[2] for row in rows))
    assert (one.exposures, one.top_exposures) == pytest.approx((own, top))
    assert (one.rate, one.top_rate) == pytest.approx((clicks / own, top_clicks / top))


def test_the_products_clicks_add_up_to_the_file(backoffice: Path, real_shop: Snapshot) -> None:
    raw = cells.products(backoffice)
    clicks = sorted((cells.number(r["全店点击次数"]) or 0 for r in raw), reverse=True)
    told = traffic_of(real_shop, 28, everybody)
    assert [count for _, count in told.clicks] == clicks
    assert sum(clicks) == cells.total(raw, "全店点击次数")
    assert (told.moved, told.standing, told.regions, told.paths, told.daily) == ((), None, None, None, None)


def test_one_week_of_eighteen_inquiries_judges_few_products(backoffice: Path, real_shop: Snapshot) -> None:
    raw = cells.products(backoffice)
    drawn = asking(products.effect(real_shop, 28).collect())
    assert drawn is not None
    typical = cells.total(raw, "询盘个数") / cells.total(raw, "全店点击次数")
    assert drawn.y.split == pytest.approx(typical)  # type: ignore[attr-defined]
    points = drawn.points  # type: ignore[attr-defined]
    assert len(points) == 60
    known = {r["产品名称"]: (cells.number(r["全店点击次数"]), cells.number(r["询盘个数"])) for r in raw}
    for point in points:
        clicks, inquiries = known[point.label]
        assert clicks is not None
        assert inquiries is not None
        assert (point.x, point.y) == (clicks, pytest.approx(inquiries / clicks))
    assert sum(p.thin for p in points) >= 40


def test_one_week_beside_the_peers_is_shown_and_not_judged(tmp_path: Path) -> None:
    path = real("weekly_report") / "store_weekly_report.json"
    answer, _ = json.JSONDecoder().raw_decode(path.read_text("utf-8"))
    overview = answer["fullReport"]["values"]["STORE_DATA_OVERVIEW"]
    facts = open_facts(tmp_path, "shop")
    facts.put(path.read_bytes(), path.name, read(path.read_bytes(), path.name, on=date(2026, 5, 20)), at="2026-05-20T08:00:00")
    one = traffic_of(facts.snapshot(date(2026, 5, 20)), 7, everybody).standing
    assert one is not None
    assert [(v.column, v.own, v.peers) for v in one.levels] == [
        ("lead_people", overview["abCntValue"], overview["abCntRivalAvg"])
    ]
    assert (one.levels[0].behind, one.worst, one.trouble) == (False, None, "")
