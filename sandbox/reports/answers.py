"""What the platform gives as JSON: the star page of a month, the weekly report, the standing in RFQ."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator

from sandbox import overview, rfq, traffic
from sandbox.files import Cell
from sandbox.market import stream
from sandbox.reports.products import until
from sandbox.scene import Scene

#: Powers and indicators of the star page: code, name, unit as written. The set of the 商机 track was never seen; here it is the
#: same without the turnover.
POWERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "商品力": (
        ("6020013", "全店优品数", "个"),
        ("6020005", "橱窗优品占比", "%"),
        ("21100058", "潜力优品或优品或爆品占比", "%"),
    ),
    "营销力": (("21100025", "营销流量指数", ""), ("11100053", "商机指数", ""), ("21100021", "商机转化率", "%")),
    "交易力": (("21100061", "近60天站内交易额", "美元"), ("21100064", "60天支付转化率", "%"), ("21100010", "按时发货率", "%")),
    "服务力": (("6020001", "风险健康分", "分"), ("6020014", "买家评价分", "分"), ("21100006", "平均回复时间", "小时")),
}
#: Labels of the overview → keys of the weekly report.
KEYS = {
    "店铺访问人数": "uvCnt",
    "店铺访问次数": "pvCnt",
    "搜索曝光次数": "seImpsCnt",
    "搜索点击次数": "seClkCnt",
    "询盘人数": "fbUv",
    "询盘个数": "fbCnt",
    "TM咨询人数": "fbTmUv",
    "商机人数": "abCnt",
    "商机转化率": "uvAbRate",
    "信保交易订单个数": "sucOrdCnt",
    "信保交易金额(美元)": "sucOrdAmt",
    "极速回复率": "fst5minReplyRate30d",
    "平均回复时长": "avgReplyTime30d",
}
VALUED = ("pvCnt", "seClkCnt", "abCnt")  # whose own figure stands under the key with `Value` behind it
MOST = {"6020001": 100.0, "6020014": 5.0}  # scores that end somewhere
AHEAD = 1.25  # the next level's average to the shop's own


def save(path: Path, answer: dict[str, Any]) -> Path:
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def indicators(scene: Scene, day: date) -> dict[str, float]:
    """Code → value on a day, from the same world where it tells them; shares are fractions."""
    shop, rng = scene.shop, stream(scene.shop.world.seed, f"star {day}")
    week = until(scene, day)
    last60 = [line for line in shop.orders if day - timedelta(days=60) < line.created.date() <= day]
    orders = {line.order_no: line for line in last60}
    sent = [line for line in shop.orders if line.shipped and line.shipped.date() <= day]
    leads = [lead for lead in scene.leads if lead.answered and day - timedelta(days=30) < lead.created.date() <= day]
    waits = [(lead.answered - lead.created).total_seconds() / 3600 for lead in leads if lead.answered]
    scores = [r.score for r in scene.fulfilment.reviews if r.written.date() <= day]
    people, seen = (
        len({lead.person.id for lead in leads}),
        sum(traffic.visitors(shop, w) for w in range(max(week - 3, 0), week + 1)),
    )
    quarter = slice(max(week - 12, 0), week + 1)
    asked = (shop.effect["inquirers"] + shop.effect["chatters"])[:, quarter].sum(axis=1)
    return {
        "6020013": float((asked >= 2).sum()),
        "6020005": float((asked[shop.world.showcase] >= 2).mean()),
        "21100058": float((asked >= 1).mean()),
        "21100025": float(round(rng.uniform(55, 75), 1)),
        "11100053": float(round(rng.uniform(50, 80), 1)),
        "21100021": people / max(seen, 1),
        "21100061": round(sum(line.order_amount for line in orders.values()), 2),
        "21100064": len({line.buyer.email for line in last60}) / max(seen, 1),
        "21100010": sum(line.shipped <= line.ship_by for line in sent if line.shipped) / max(len(sent), 1),
        "6020001": float(rng.integers(90, 101)),
        "6020014": round(float(np.mean(scores)), 2) if scores else 0.0,
        "21100006": round(float(np.mean(waits)), 2) if waits else 0.0,
    }


def number(cell: Cell) -> float:
    """A cell of the overview as the answer holds it: `1.6%` is 0.016."""
    return round(float(cell[:-1]) / 100, 6) if isinstance(cell, str) else cell


def written(value: float, unit: str) -> str:
    return f"{100 * value:.2f}%" if unit == "%" else f"{value:g}{unit}"


def powers(value: dict[str, float], stars: dict[str, int], rng: Generator) -> list[dict[str, Any]]:
    """The powers with their indicators and the average of the next level beside each."""
    found = []
    for power, star in stars.items():
        listed = []
        for code, name, unit in POWERS[power]:
            own, better = value[code], value[code] / AHEAD if code == "21100006" else value[code] * AHEAD
            better = min(better, MOST.get(code, 1.0 if unit == "%" else better))
            listed.append(
                {
                    "code": code,
                    "indicatorName": name,
                    "indicatorPureValue": round(own, 4),
                    "indicatorNextLevelAvgPureValue": round(better, 4),
                    "indicatorValue": written(round(own, 4), unit),
                    "indicatorNextLevelAvgValue": written(round(better, 4), unit),
                }
            )
        score = 50 + 10 * star + int(rng.integers(0, 10))
        figures = {"abilityItemValue": f"{score}分", "abilityItemPureValue": score, "abilityStarLevel": star}
        found.append({"abilityItem": power, **figures, "starIndicatorVOList": listed})
    return found


def star_level(scene: Scene, day: date, folder: Path) -> Path:
    """Both tracks as of a day, each in the shape of the weekly report's STORE_DIAGNOSIS."""
    value, rng = indicators(scene, day), stream(scene.shop.world.seed, f"stars {day}")
    drawn = stream(scene.shop.world.seed, "stars").integers(2, 4, len(POWERS)).tolist()  # of the shop, not of the day
    stars = dict(zip(POWERS, drawn, strict=True))
    tracks = {"rts": stars, "custom": {power: star for power, star in stars.items() if power != "交易力"}}
    level = {track: min(held.values()) for track, held in tracks.items()}
    told = "当前店铺评定星等级：{0}星，预测星等级：{0}星，星级持平。"
    answer = {
        "statDate": f"{day}",
        "starLevelDataDto": {"star": max(level.values()), "rtsStar": level["rts"], "customStar": level["custom"]},
        "STORE_DIAGNOSIS": [
            {"type": track, "conclusion": told.format(level[track]), "starAbilityVOList": powers(value, held, rng)}
            for track, held in tracks.items()
        ],
    }
    return save(folder / f"星等级-{day}.json", answer)


def weekly_report(scene: Scene, week: int, folder: Path) -> Path:
    """The week as the seller's weekly report has it: rates are fractions, each figure with its peers'."""
    shop, (start, end) = scene.shop, scene.shop.world.weeks[week]
    cells = overview.beside_peers(shop, week)
    figures = {
        key + suffix: number(cells[label + form])
        for label, key in KEYS.items()
        for suffix, form in (("Value" * (key in VALUED), ""), ("RivalAvg", overview.PEERS), ("RivalGood", overview.BEST))
    }
    channels = traffic.by_channel(shop, week, scene.by_week.get(week, []), scene.happenings)
    top = np.argsort(-shop.effect["search_exposures"][:, week], kind="stable")[:10].tolist()
    sections = {
        "STORE_DATA_OVERVIEW": figures,
        "FLOW_SOURCE_CHANNEL_ANALYSIS": [
            {
                "channelType": g.name,
                "detailUv": g.visitors,
                "fbUv": g.inquirers,
                "tmUv": g.chatters,
                "uvAbRate": round(g.people / max(g.visitors, 1), 4),
            }
            for g in channels
        ],
        "EXPOSURE_TOP10_PRODUCT_DATA": [
            {
                "subject": shop.world.titles[p],
                "sumProdShowNum": int(shop.effect["search_exposures"][p, week]),
                "sumProdFbNum": int(shop.effect["inquiries"][p, week]),
                "atmFbUv": int(shop.effect["chatters"][p, week]),
                "isShowcase": "Y" if shop.world.showcase[p] else "N",
            }
            for p in top
        ],
    }
    answer = {"success": True, "errorCode": None, "start_date": f"{start}", "end_date": f"{end}", "values": sections}
    return save(folder / f"周报-{start:%Y%m%d}-{end:%Y%m%d}.json", answer)


def rfq_standing(scene: Scene, day: date, folder: Path) -> Path:
    """The answer of alibaba.icbu.rfq.myequity on a day: the score of its month so far."""
    score = rfq.months_score(scene.quotes, f"{day:%Y-%m}", day)
    used = sum(f"{q.quoted:%Y-%m}" == f"{day:%Y-%m}" and q.quoted.date() <= day for q in scene.quotes)
    result = {
        "score": score,
        "statistic_start_date": f"{day.replace(day=1)}",
        "statistic_end_date": f"{day}",
        "equity_count": max(40 - used, 0),
        "top_service_count": 0,
        "beat_supplier_percent": f"{min(score, 99)}%",
        "expired_date": f"{(day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)}",
    }
    answer = {"alibaba_icbu_rfq_myequity_response": {"result": result, "request_id": f"demo{day:%Y%m%d}"}}
    return save(folder / f"RFQ市场表现-{day}.json", answer)
