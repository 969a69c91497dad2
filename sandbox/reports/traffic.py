"""Where visitors come from, where they live, who they are; the people of the shop who answer them; the words behind a product."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sandbox import traffic
from sandbox import vocabulary as voc
from sandbox.files import Cell, percent, period, xls, xlsx
from sandbox.market import stream
from sandbox.scene import Scene

SOURCE_HEADER = voc.labels("流量来源|店铺访问人数|店内询盘人数|店内TM咨询人数|商机转化率")
REGION_HEADER = voc.labels("国家/地区|店铺访问人数|店铺访问次数|询盘人数|TM咨询人数|商机转化率")
STAFF_HEADER = voc.labels("子账号|询盘个数|询盘人数|TM咨询人数|及时回复率|极速回复率|平均回复时长")
VISITOR_HEADER = voc.labels(
    "访客ID|访客姓名|访客国家|访客国家区域|进店日期|金标买家|访客等级|品牌粉丝|标签|电商买家|进店关键词|全站偏好关键词"
    "|停留时长|浏览次数|是否发起了询盘|是否发起了TM"
)
WORD_HEADER = voc.labels(
    "产品ID|关键词|搜索曝光次数|搜索点击次数|直通车曝光次数|直通车点击次数|商品详情页访问人数|店内询盘人数|店内TM咨询人数|店内订单买家人数|商机转化率"
)
KEPT = 31  # days that the visitor page shows


def titled(scene: Scene, week: int, folder: Path, name: str, header: tuple[str, ...], rows: list[list[Cell]]) -> Path:
    start, end = scene.shop.world.weeks[week]
    path = folder / f"{name}-{start:%Y%m%d}-{end:%Y%m%d}.xls"
    return xls(path, name, f"{name}, 时间周期 {period((start, end))}", header, rows)


def traffic_source(scene: Scene, week: int, folder: Path) -> Path:
    """One row per channel; a visitor may stand in several."""
    found = traffic.by_channel(scene.shop, week, scene.by_week.get(week, []), scene.happenings)
    rows: list[list[Cell]] = [[g.name, g.visitors, g.inquirers, g.chatters, percent(g.people, g.visitors)] for g in found]
    return titled(scene, week, folder, "流量来源", SOURCE_HEADER, rows)


def shop_region(scene: Scene, week: int, folder: Path) -> Path:
    found = traffic.by_country(scene.shop, week, scene.by_week.get(week, []))
    rows: list[list[Cell]] = [
        [g.name, g.visitors, g.visits, g.inquirers, g.chatters, percent(g.people, g.visitors)] for g in found
    ]
    return titled(scene, week, folder, "访客地域", REGION_HEADER, rows)


def sub_account(scene: Scene, week: int, folder: Path) -> Path:
    """What each salesperson was written to and how soon it was answered. `-` where there was nothing to answer."""
    rows: list[list[Cell]] = []
    for owner in voc.OWNERS:
        own = [lead for lead in scene.by_week.get(week, []) if lead.owner == owner]
        asked = [lead for lead in own if lead.inquiry]
        waits = [(lead.answered - lead.created).total_seconds() for lead in own if lead.answered]
        row: list[Cell] = [owner, len(asked), len({lead.person.id for lead in asked})]
        row += [len({lead.person.id for lead in own if not lead.inquiry})]
        row += [percent(sum(w <= 86_400 for w in waits), len(own)) if own else "-"]
        row += [percent(sum(w <= 300 for w in waits), len(own)) if own else "-"]
        rows.append([*row, round(sum(waits) / len(waits) / 3600, 2) if waits else "-"])
    return titled(scene, week, folder, "子账号数据", STAFF_HEADER, rows)


def visitor(scene: Scene, folder: Path) -> Path:
    """The last 31 days, visitor by visitor: all that the page keeps."""
    last = len(scene.shop.world.weeks) - 1
    end = scene.shop.world.weeks[last][1]
    first = end - timedelta(days=KEPT - 1)
    rows: list[list[Cell]] = []
    for week in range(last - KEPT // 7, last + 1):
        for v in traffic.visits(scene.shop, week, scene.by_week.get(week, [])):
            if v.day >= first:
                row: list[Cell] = [v.visitor, v.person.name if v.person else "-", v.country, "-", f"{v.day}"]
                row += ["Y" if v.level in ("L3", "L4") else "N", v.level, "N", v.person.sort if v.person else "-", "N"]
                row += [v.word or "-", v.person.industry if v.person else "-", v.seconds, v.pages]
                rows.append([*row, "Y" if v.inquired else "N", "Y" if v.chatted else "N"])
    title = f"访客详情, 时间周期 {period((first, end))}"
    return xlsx(folder / f"访客详情-{end}.xlsx", "访客详情", [[title], [], VISITOR_HEADER, *rows])


def product_keyword(scene: Scene, week: int, folder: Path) -> Path:
    """产品360 → 关键词 of every product; who inquired after a word is told for the product's first word only."""
    shop = scene.shop
    start, end = shop.world.weeks[week]
    rng = stream(shop.world.seed, f"product word people {week}")
    rows: list[list[Cell]] = []
    for product, word, exposures, clicks, paid_exposures, paid_clicks in scene.product_words()[week]:
        people = int(rng.binomial(clicks, 0.8))
        leads = int(rng.binomial(people, 0.01))
        row: list[Cell] = [shop.world.ids[product], word, exposures, clicks, paid_exposures, paid_clicks, people]
        rows.append([*row, leads, 0, 0, percent(leads, people)])
    title = f"产品360关键词, 时间周期 {period((start, end))}"
    path = folder / f"产品360关键词-{start:%Y%m%d}-{end:%Y%m%d}.xlsx"
    return xlsx(path, "关键词", [[title], [], WORD_HEADER, *rows])
