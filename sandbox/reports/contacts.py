"""Who wrote to the shop, and to whom it wrote: inquiries, chats, RFQs and quotations of a month; the lists of buyers as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from sandbox import vocabulary as voc
from sandbox.files import MOMENT, Cell, period, xls, xlsx
from sandbox.leads import Lead
from sandbox.market import stream
from sandbox.scene import Scene

INQUIRY_HEADER = voc.labels(
    "客户名|买家等级标签|买家类型标签|询盘来源终端|询盘类型|询盘来源|询盘标题|询盘ID|创建时间|最新回复时间|读取时间|询盘产品ID|询盘产品标题"
    "|业务员|备注代码|注册日期|国家/地区|公司名称|邮箱|最常采购行业|产品浏览数|有效询价数|回复询价数量|有效RFQ数|登录天数|垃圾询盘数"
    "|被加为黑名单数|订单总数|订单总金额|交易供应商数"
)
CHAT_HEADER = voc.labels(
    "咨询ID|买家名称|买家等级|国家/地区|邮箱|咨询产品ID|业务员|首次咨询时间|首次回复时间|消息条数|咨询来源"
)
REQUEST_HEADER = voc.labels(
    "RFQ编号|RFQ标题|RFQ类目|采购数量|采购单位|买家国家|买家等级|RFQ状态|剩余报价数量|RFQ发布时间|RFQ截止时间"
)
QUOTE_HEADER = voc.labels(
    "报价编号|RFQ编号|RFQ标题|报价时间|报价产品ID|报价单价|报价币种|报价人|买家国家|买家是否已读|买家回复时间|报价状态"
    "|报价用时(小时)|成交订单号"
)
BUYER_HEADER = voc.labels(
    "客户编号|客户名称|公司名称|邮箱|国家/地区|客户等级|标签|客户来源|业务员|建档时间|最近联系时间|成交订单数|成交金额"
)
OKKI_HEADER = voc.labels(
    "客户编号|公司名称|国家地区|联系人|联系人邮箱|客户来源|客户星级|客户阶段|跟进人|创建时间|最近联系时间|备注"
)
LEVEL_STARS = {"L0": 1, "L1": 2, "L2": 3, "L3": 4, "L4": 5}


def stamp(moment: datetime | None) -> str:
    return f"{moment:{MOMENT}}" if moment else "-"


def span(scene: Scene, month: str) -> tuple[date, date]:
    """The days of a month (`2026-10`) that the year covers."""
    year, number = (int(part) for part in month.split("-"))
    first, after = date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)
    weeks = scene.shop.world.weeks
    return max(first, weeks[0][0]), min(date.fromordinal(after.toordinal() - 1), weeks[-1][1])


def monthly(scene: Scene, month: str, folder: Path, name: str, header: tuple[str, ...], rows: list[list[Cell]]) -> Path:
    title = f"{name}, 时间周期 {period(span(scene, month))}"
    return xls(folder / f"{name}-{month.replace('-', '')}.xls", name, title, header, rows)


def of_month(leads: Iterable[Lead], month: str, inquiry: bool) -> list[Lead]:
    return [lead for lead in leads if lead.inquiry == inquiry and f"{lead.created:%Y-%m}" == month]


def bought(scene: Scene, day: date = date.max) -> dict[str, tuple[int, float]]:
    """E-mail → orders up to a day and their money, USD."""
    found: dict[str, tuple[int, float]] = {}
    for line in {line.order_no: line for line in scene.shop.orders if line.created.date() <= day}.values():
        count, amount = found.get(line.buyer.email, (0, 0.0))
        found[line.buyer.email] = (count + 1, round(amount + line.order_amount, 2))
    return found


def inquiry(scene: Scene, month: str, folder: Path) -> Path:
    """询盘 created in a month. What the platform knows of a phisher: fresh, hardly ever logged in, often thrown away as spam."""
    world = scene.shop.world
    rng = stream(world.seed, f"inquiry pages {month}")
    orders = bought(scene)
    rows: list[list[Cell]] = []
    for lead in of_month(scene.leads, month, True):
        person, bait = lead.person, lead.phishing
        registered = date.fromordinal(lead.created.date().toordinal() - int(rng.integers(1, 12))) if bait else person.registered
        habits = rng.poisson([1, 0.2, 0, 0, 2, 40, 9] if bait else [14, 6, 4, 1, 40, 0.1, 0.02]).tolist()
        row: list[Cell] = [
            person.name,
            person.level,
            person.sort,
            ("PC", "APP")[int(rng.integers(2))],
            "普通询盘",
            lead.channel,
        ]
        row += [lead.subject, lead.number, stamp(lead.created), stamp(lead.answered), stamp(lead.answered)]
        row += [world.ids[lead.product], world.titles[lead.product], lead.owner, "-", f"{registered}", person.country]
        row += [person.company, person.email, "-" if bait else person.industry]
        count, amount = orders.get(person.email, (0, 0.0))
        rows.append([*row, *habits, count, amount, min(count, 1)])
    return monthly(scene, month, folder, "询盘", INQUIRY_HEADER, rows)


def chat(scene: Scene, month: str, folder: Path) -> Path:
    world = scene.shop.world
    rng = stream(world.seed, f"chats {month}")
    rows: list[list[Cell]] = []
    for lead in of_month(scene.leads, month, False):
        asked = 1 + int(rng.poisson(4))
        told = int(rng.poisson(asked)) + 1 if lead.answered else 0
        row: list[Cell] = [lead.number, lead.person.name, lead.person.level, lead.person.country, lead.person.email]
        row += [world.ids[lead.product], lead.owner, stamp(lead.created), stamp(lead.answered)]
        rows.append([*row, asked + told, lead.channel])
    return monthly(scene, month, folder, "TM咨询", CHAT_HEADER, rows)


def rfq(scene: Scene, month: str, folder: Path) -> Path:
    world = scene.shop.world
    end = world.weeks[-1][1]
    rows: list[list[Cell]] = []
    for r in (r for r in scene.requests if f"{r.posted:%Y-%m}" == month):
        closes = date.fromordinal(r.posted.date().toordinal() + 30)
        row: list[Cell] = [r.number, r.subject, voc.CATEGORIES[world.category[r.product]].name, r.quantity, "Pieces"]
        row += [r.person.country, r.person.level, "已关闭" if closes <= end or not r.left else "报价中"]
        rows.append([*row, r.left, stamp(r.posted), f"{closes} 00:00:00"])
    return monthly(scene, month, folder, "RFQ列表", REQUEST_HEADER, rows)


def quotation(scene: Scene, month: str, folder: Path) -> Path:
    world = scene.shop.world
    rows: list[list[Cell]] = []
    for q in (q for q in scene.quotes if f"{q.quoted:%Y-%m}" == month):
        state = "已成交" if q.order_no else "买家已回复" if q.replied else "买家已查看" if q.viewed else "已报价"
        row: list[Cell] = [q.number, q.request.number, q.request.subject, stamp(q.quoted), world.ids[q.product]]
        row += [q.price, "USD", q.owner, q.request.person.country, "是" if q.viewed else "否", stamp(q.replied), state]
        rows.append([*row, round((q.quoted - q.request.posted).total_seconds() / 3600, 2), q.order_no or "-"])
    return monthly(scene, month, folder, "RFQ报价", QUOTE_HEADER, rows)


def contacts(scene: Scene, day: date) -> list[tuple[str, date, date, str]]:
    """Person, first and last contact, and how the contact began, of everybody known by a day."""
    met: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for lead in scene.leads:
        met[lead.person.id].append((lead.created.date(), "询盘" if lead.inquiry else "TM"))
    for quote in scene.quotes:
        met[quote.request.person.id].append((quote.quoted.date(), "RFQ"))
    by_email = {person.email: person.id for person in scene.people.values()}
    for line in scene.shop.orders:
        met[by_email[line.buyer.email]].append((line.created.date(), "订单"))
    found = []
    for person, times in sorted(met.items()):
        if known := sorted(time for time in times if time[0] <= day):
            found.append((person, known[0][0], known[-1][0], known[0][1]))
    return found


def buyer(scene: Scene, day: date, folder: Path) -> Path:
    """客户通 as of a day: every account by itself, also where two are one human being."""
    orders = bought(scene, day)
    rows: list[list[Cell]] = []
    for number, first, last, source in contacts(scene, day):
        p = scene.people[number]
        row: list[Cell] = [p.id, p.name, p.company, p.email, p.country, p.level, p.sort, source, p.owner]
        rows.append([*row, f"{first}", f"{last}", *orders.get(p.email, (0, 0.0))])
    return xlsx(folder / f"客户通-{day}.xlsx", "客户", [BUYER_HEADER, *rows])


def okki_buyer(scene: Scene, folder: Path) -> Path:
    """The same people as the shop keeps them in OKKI on the last day: those whose lead was answered or who ordered."""
    day = scene.shop.world.weeks[-1][1]
    orders = bought(scene, day)
    answered = {lead.person.id for lead in scene.leads if lead.answered and not lead.phishing}
    rows: list[list[Cell]] = []
    for number, first, last, source in contacts(scene, day):
        p = scene.people[number]
        if number in answered or p.email in orders:
            stage = "成交客户" if p.email in orders else "询盘客户"
            row: list[Cell] = [f"K{p.id[2:]}", p.company, p.country, p.name, p.email, source, LEVEL_STARS[p.level], stage]
            rows.append([*row, p.owner, f"{first}", f"{last}", "演示"])
    return xlsx(folder / f"OKKI客户-{day}.xlsx", "客户列表", [OKKI_HEADER, *rows])
