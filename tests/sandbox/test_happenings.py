"""What truth.json says has happened can be seen in the files, by a reader who knows only what to look for."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pytest

from sandbox import happenings
from tests.sandbox.conftest import Year
from tests.sandbox.written import cells, every, happened, rows, weekly


def during(row_day: str, happening: dict[str, list[str]]) -> bool:
    return happening["days"][0] <= row_day[:10] <= happening["days"][1]


def test_truth_holds_every_kind_with_days_and_strength(around: Year, within: Year) -> None:
    assert {h.kind for h in around.scene.happenings} == set(happenings.AROUND)
    assert {h.kind for h in within.scene.happenings} == {*happenings.AROUND, *happenings.WITHIN}
    for kind in (*happenings.AROUND, *happenings.WITHIN):
        for happening in happened(within.folder, kind):
            assert set(happening) == {"kind", "ids", "days", "strength", "reports"}
            assert happening["days"][0] <= happening["days"][1]
            assert happening["strength"]
            assert happening["reports"]


def test_a_campaign_fills_venues_requests_and_the_shops_own_site(around: Year) -> None:
    spring, autumn = happened(around.folder, "campaign")
    assert (spring["ids"]["name"], autumn["ids"]["name"]) == ("三月新贸节", "九月采购节")
    share: dict[bool, list[float]] = defaultdict(list)
    for week, listed in weekly(around.folder, "流量来源"):
        start = f"{week[:4]}-{week[4:6]}-{week[6:8]}"
        visitors = {row["流量来源"]: row["店铺访问人数"] for row in listed}
        share[during(start, autumn)].append(visitors["会场"] / sum(visitors.values()))
    assert len(share[True]) == 4
    factor = np.mean(share[True]) / np.mean(share[False])
    assert factor == pytest.approx(autumn["strength"]["venue_factor"], rel=0.25)
    visits: dict[str, int] = defaultdict(int)
    for row in rows(around.folder / "独立站访问.csv"):
        visits[row["日期"]] += int(row["会话数"])
    for campaign in (spring, autumn):
        first = date.fromisoformat(campaign["days"][0])
        before = [f"{first - timedelta(days=back)}" for back in range(1, 29)]
        inside = [day for day in visits if during(day, campaign)]
        grown = np.mean([visits[day] for day in inside]) / np.mean([visits[day] for day in before])
        assert grown == pytest.approx(campaign["strength"]["request_factor"], rel=0.15)
    posted = [str(row["RFQ发布时间"]) for row in every(around.folder, "RFQ列表")]
    inside = sum(during(day, h) for day in posted for h in (spring, autumn)) / 9
    assert inside > 1.4 * (len(posted) - 9 * inside) / 43


def test_each_word_has_its_season_and_the_fading_one_fades(around: Year) -> None:
    (path,) = around.folder.glob("multiTimeline-*")
    lines = cells(path)
    assert lines[0] == ["Category: All categories"]
    words = [head.removesuffix(": (Worldwide)") for head in lines[2][1:]]
    body = lines[3:]
    (fading,) = happened(around.folder, "fading_word")
    seasons = {season["ids"]["word"]: season["strength"] for season in happened(around.folder, "season")}
    assert set(seasons) == set(words)
    turn = np.array([2 * np.pi * date.fromisoformat(line[0]).timetuple().tm_yday / 7 / 52.18 for line in body])
    for place, word in enumerate(words, start=1):
        heat = np.array([float(line[place].replace("<1", "0.5")) for line in body])
        before = np.array([line[0] < fading["days"][0] for line in body]) if word == fading["ids"]["word"] else turn > -1
        shape = np.column_stack([np.ones(len(turn)), np.cos(turn), np.sin(turn)])[before]
        level, cosine, sine = np.linalg.lstsq(shape, heat[before], rcond=None)[0]
        assert np.hypot(cosine, sine) / level == pytest.approx(seasons[word]["amplitude"], abs=0.04)
        peak = np.arctan2(sine, cosine) / (2 * np.pi) * 52.18 % 52.18
        apart = abs(peak - seasons[word]["peak_week"]) % 52.18
        assert min(apart, 52.18 - apart) < 2.5
    index = {
        row["_file"][-10:]: row["搜索指数"]
        for row in every(around.folder, "关键词指数")
        if row["关键词"] == fading["ids"]["word"]
    }
    days = sorted(index)
    assert index[days[-1]] < 0.5 * np.mean([index[day] for day in days if day < fading["days"][0]])
    newest = {row["关键词"]: row["搜索涨幅"] for row in rows(around.folder / "关键词指数-2026-11-14.xlsx")}
    assert float(newest[fading["ids"]["word"]].rstrip("%")) == min(float(grown.rstrip("%")) for grown in newest.values())


def test_phishing_inquiries_come_from_fresh_accounts_that_others_have_marked(around: Year) -> None:
    (phishing,) = happened(around.folder, "phishing")
    assert len(phishing["ids"]["inquiries"]) == phishing["strength"]["inquiries"] >= 6
    fresh = {
        row["询盘ID"]
        for row in every(around.folder, "询盘")
        if row["垃圾询盘数"] >= 15
        and (date.fromisoformat(row["创建时间"][:10]) - date.fromisoformat(row["注册日期"])).days < 15
    }
    assert fresh == set(phishing["ids"]["inquiries"])


def test_a_duplicate_buyer_is_two_accounts_in_the_list_with_leads_of_each(around: Year) -> None:
    (duplicates,) = happened(around.folder, "duplicate_buyer")
    listed = {row["客户编号"]: row for row in rows(around.folder / "客户通-2026-11-14.xlsx")}
    wrote = {row["邮箱"] for name in ("询盘", "TM咨询") for row in every(around.folder, name)}
    assert len(duplicates["ids"]["buyers"]) == duplicates["strength"]["pairs"] == 5
    for one, other in duplicates["ids"]["buyers"]:
        assert listed[one]["邮箱"] != listed[other]["邮箱"]
        assert listed[one]["客户名称"] != listed[other]["客户名称"]
        assert listed[one]["业务员"] != listed[other]["业务员"]
        assert listed[one]["国家/地区"] == listed[other]["国家/地区"]
        assert {listed[one]["邮箱"], listed[other]["邮箱"]} <= wrote


def test_the_wave_of_late_deliveries_is_the_only_lateness(around: Year) -> None:
    (wave,) = happened(around.folder, "late_delivery")
    created = {line.order_no: line.created.date().isoformat() for line in around.shop.orders}
    late, lateness = set(), set()
    for row in every(around.folder, "物流订单"):
        if row["签收日期"] != "-" and row["签收日期"] > row["预计送达日期"]:
            late.add(row["信保订单号"])
            lateness.add((date.fromisoformat(row["签收日期"]) - date.fromisoformat(row["预计送达日期"])).days)
    assert {during(created[order], wave) for order in late} == {True}
    assert len(late) == len([order for order, day in created.items() if during(day, wave)]) > 10
    assert lateness == {wave["strength"]["days_late"]}
    worst = {row["评价订单号"] for row in every(around.folder, "买家评价") if row["评价星级"] < 3}
    assert worst <= late


def test_a_price_war_cuts_the_prices_of_some_rivals_in_one_category(around: Year) -> None:
    (war,) = happened(around.folder, "price_war")
    first, last = (f"同行产品-{day}.xlsx" for day in ("2025-11-29", "2026-11-14"))
    before = {row["同行商品ID"]: row for row in rows(around.folder / first)}
    cut = {}
    for row in rows(around.folder / last):
        if row["最低价"] != before[row["同行商品ID"]]["最低价"]:
            cut[row["同行商品ID"]] = row["最低价"] / before[row["同行商品ID"]]["最低价"]
    assert len(cut) == 4 * len(war["ids"]["rivals"])
    assert list(cut.values()) == pytest.approx([war["strength"]["price_factor"]] * len(cut), rel=0.01)


def test_a_rising_product_rises_in_the_product_report(within: Year) -> None:
    (rising,) = happened(within.folder, "rising_product")
    seen = {}
    for path in sorted(within.folder.glob("Products-*.xls")):
        row = {row["产品ID"]: row for row in rows(path)}[rising["ids"]["product_id"]]
        seen[path.stem[-10:]] = row["搜索曝光次数"]
    days = sorted(seen)
    before = np.mean([seen[day] for day in days if day < rising["days"][0]][-12:])
    assert seen[days[-1]] / before == pytest.approx(rising["strength"]["factor_at_end"], rel=0.35)


def test_a_campaign_lifts_traffic_by_nature(around: Year, within: Year) -> None:
    """Of the same shop with and without: only the campaigns' weeks and the rising product differ."""
    lifts = happened(within.folder, "campaign_lift")
    (rising,) = happened(within.folder, "rising_product")
    for path in sorted(within.folder.glob("Products-*.xls")):
        plain = {row["产品ID"]: row for row in rows(around.folder / path.name)}
        lifted = {row["产品ID"]: row for row in rows(path)}
        others = [product for product in plain if product != rising["ids"]["product_id"]]
        held = [lift["strength"]["natural_factor"] for lift in lifts if during(path.stem[-10:], lift)]
        if held:
            grown, usual = (sum(of[p]["全店曝光次数"] - of[p]["营销曝光次数"] for p in others) for of in (lifted, plain))
            assert grown / usual == pytest.approx(held[0], rel=0.08)
        else:
            assert {p: lifted[p] for p in others} == {p: plain[p] for p in others}
        assert [lifted[p]["营销点击次数"] for p in others] == [plain[p]["营销点击次数"] for p in others]


def test_late_shipments_are_late_in_the_order_file(within: Year) -> None:
    (wave,) = happened(within.folder, "late_shipment")
    late = {
        row["订单编号(Order Number)"]: row["订单创建时间(Order Create Time)"]
        for row in every(within.folder, "信保订单")
        if (row["实际发货时间(Actual Delivery Time)"] or "") > row["约定发货时间(Appointed Delivery Time)"]
    }
    assert {during(created, wave) for created in late.values()} == {True}
    assert len(late) == len({line.order_no for line in within.shop.orders if during(line.created.isoformat(), wave)}) > 10
