"""One chart of each kind, as pages make them: figures of a made-up shop, in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta

from zhanggui.web import charts
from zhanggui.web.words import said

DAY = date(2026, 9, 19)


def trend() -> charts.Trend:
    weeks = [(DAY - timedelta(7 * n + 6), DAY - timedelta(7 * n)) for n in reversed(range(16))]
    exposures = [18200, 17900, 19100, 18700, 20300, 21100, None, None, 22800, 23100, 24900, 26000, 25700, 27900, 29100, 30400]
    peers = [17000, 17100, 17000, 17300, 17500, 17600, 17800, 17700, 18000, 18100, 18200, 18100, 18400, 18500, 18600, 18800]
    rates = [
        0.011,
        0.0109,
        0.0112,
        0.0108,
        0.0105,
        0.0107,
        None,
        None,
        0.0121,
        0.0124,
        0.0126,
        0.0125,
        0.0131,
        None,
        0.0136,
        0.014,
    ]
    return charts.Trend(
        title=said(
            "换主图之后曝光和点击率都在涨，已超过同行平均",
            "Exposures and click rate rise since the new pictures, now above peers",
        ),
        days=weeks,
        lines=[
            charts.Line(said("曝光", "Exposures"), exposures),
            charts.Line(said("同行平均", "Peers' average"), peers, dashed=True),
            charts.Line(said("点击率", "Click rate"), rates, charts.RATE),
        ],
        marks=[
            charts.Mark(date(2026, 7, 20), said("换主图（Alice）", "New main pictures (Alice)")),
            charts.Mark(date(2026, 9, 1), said("九月采购节开始", "September sourcing festival begins")),
            charts.Mark(date(2026, 10, 1), said("国庆假期", "National holiday")),
        ],
    )


def funnel() -> charts.Funnel:
    return charts.Funnel(
        title=said("点击之后只有 2.5% 来询盘，低于同行的 3.1%", "Only 2.5% of clicks become inquiries; peers have 3.1%"),
        steps=[
            charts.Step(said("搜索曝光", "Search exposures"), 486200, scope=said("仅搜索", "search only")),
            charts.Step(said("搜索点击", "Search clicks"), 6320, scope=said("仅搜索", "search only"), peers=0.012),
            charts.Step(said("全店点击", "Shop clicks"), 9140, scope=said("全店", "whole shop")),
            charts.Step(said("询盘", "Inquiries"), 231, scope=said("全店", "whole shop"), peers=0.031),
            charts.Step(said("订单", "Orders"), None, scope=said("全店", "whole shop")),
        ],
    )


def waterfall() -> charts.Waterfall:
    return charts.Waterfall(
        title=said(
            "点击少了 520 次，一半是「跌出首页的词」造成的", "520 fewer clicks; half come from words that left page one"
        ),
        before=9660,
        after=9140,
        parts=[
            charts.Part(said("跌出首页的词", "Words that left page one"), -260),
            charts.Part(said("下架的产品", "Products taken down"), -190),
            charts.Part(said("预算用完的小时", "Hours without budget"), -150),
            charts.Part(said("新品", "New products"), 120),
            charts.Part(said("橱窗", "Showcase"), None),
        ],
        labels=(said("上周", "Last week"), said("本周", "This week")),
    )


def quadrant() -> charts.Quadrant:
    names = (
        "Leather loafers men 2026",
        "Running shoes OEM",
        "Slip-on canvas",
        "Kids sandals",
        "Hiking boots",
        "Work safety boots",
        "Ballet flats",
    )
    points = [
        charts.Point(name, 3000 + 5200 * (i * 3 % 7), round(0.004 + 0.0031 * (i * 5 % 7), 4)) for i, name in enumerate(names)
    ]
    points += [charts.Point(f"SKU-{n}", 900 + 830 * (n * 7 % 23), round(0.002 + 0.0009 * (n * 11 % 19), 4)) for n in range(24)]
    points.append(charts.Point(said("新品 Moccasins", "New: Moccasins"), 1200, None))
    return charts.Quadrant(
        title=said(
            "九个产品看的人多、点的人少：先改主图和标题",
            "Nine products are seen much and clicked little: pictures and titles first",
        ),
        x=charts.Axis(said("曝光", "Exposures"), 12000, why=said("本店一半的产品在此之上", "half of the products are above")),
        y=charts.Axis(said("点击率", "Click rate"), 0.011, charts.RATE, why=said("同行平均", "the peers' average")),
        points=points,
        corners=(said("保持", "keep"), said("加曝光", "show more"), said("观察", "watch"), said("改图改标题", "improve")),
    )


def radar() -> charts.Radar:
    names = [
        said(*pair)
        for pair in (
            ("流量", "Traffic"),
            ("转化", "Conversion"),
            ("复购", "Repurchase"),
            ("新品", "New products"),
            ("评价", "Reviews"),
            ("及时回复", "Replies"),
        )
    ]
    return charts.Radar(
        title=said("复购明显落后于对手，其余相当", "Repurchase is well behind the rivals; the rest is level"),
        spokes=[charts.Spoke(name, -2, 2) for name in names],
        lines=[
            charts.Line(said("本店", "This shop"), [0.4, 0.6, -1.3, 0.2, 0.9, 1.1], charts.NUMBER),
            charts.Line(said("18 家对手平均", "Average of 18 rivals"), [0, 0, 0, 0, 0, 0], charts.NUMBER, dashed=True),
            charts.Line("Golden Step Footwear", [1.2, 0.3, 1.1, -0.4, 0.5, None], charts.NUMBER),
        ],
    )


def country_map() -> charts.CountryMap:
    places = [
        ("United States", 1203), ("德国", 482), ("UK", 377), ("Brazil", 290), ("Saudi Arabia", 214), ("Australia", 190), ("阿联酋", 160), ("India", 150),
        ("Singapore", 80), ("Hong Kong", 64), ("Nigeria", 58), ("Mexico", 51), ("Korea, Republic of", 47), ("Réunion", 6), ("Atlantis", 5), ("Kenya", None),
    ]  # fmt: skip
    return charts.CountryMap(
        title=said(
            "访客最多的是美国，其次是德国和英国", "Most visitors are in the United States, then Germany and the United Kingdom"
        ),
        places=[charts.Place(*p) for p in places],
        unit=charts.PEOPLE,
        label=said("访问人数", "Visitors"),
    )


def pareto() -> charts.Pareto:
    values = [412, 236, 180, 120, 71, 55, 40, 33, 28, 21, 18, 15, 12, 9, 7, 6, 5, 4, 3, 2, 2, 1, 1, 1]
    words = ("loafers men", "leather shoes", "running shoes wholesale", "custom sneakers", "safety boots", "slip on")
    items = [(words[i] if i < len(words) else f"word {i + 1}", v) for i, v in enumerate(values)]
    return charts.Pareto(
        title=said("三个词带来三分之二的花费", "Three words take two thirds of the spend"),
        items=[*items, ("no figure", None)],
        unit=charts.Unit("money", "USD"),
        label=said("花费", "Spend"),
        most=12,
    )


def calendar_heat() -> charts.CalendarHeat:
    days = {
        DAY - timedelta(n): (0 if (DAY - timedelta(n)).weekday() > 4 and n % 3 == 0 else 2 + n * 7 % 23) for n in range(364)
    }
    for n in range(40, 47):
        del days[DAY - timedelta(n)]
    return charts.CalendarHeat(
        title=said("周末的询盘少一半；八月有一周没有数据", "Half as many inquiries at weekends; a week of August is missing"),
        days=days,
        label=said("询盘", "Inquiries"),
    )


def sankey() -> charts.Sankey:
    home, search, detail, other, gone, asks = (
        said(*pair)
        for pair in (("店铺首页", "Shop home"), ("搜索", "Search"), ("产品页", "Product page"), ("其他产品页（第2步）", "Other product (step 2)"), ("离开", "Leaves"), ("询盘", "Inquiry"))
    )  # fmt: skip
    flows = [
        (search, detail, 820), (home, detail, 240), (search, home, 130), (said("外链", "Links"), detail, 90), (detail, other, 310),
        (detail, gone, 700), (detail, asks, 140), (other, gone, 260), (other, asks, 50), (said("直播", "Live"), detail, None),
    ]  # fmt: skip
    return charts.Sankey(
        title=said("看过第二个产品的人更常询盘", "Visitors who open a second product ask more often"),
        flows=[charts.Flow(*f) for f in flows],
        label=said("访问次数", "Visits"),
    )


def clock() -> charts.Clock:
    money = charts.Unit("money", "CNY")
    due = [round(300 * (h + 1) ** 2 / 576, 2) for h in range(24)]
    spent = [round(1.5 * v, 2) if h < 14 else None for h, v in enumerate(due)]
    return charts.Clock(
        title=said("到 14:00 花了 153 元，平常这时该花 102 元", "153 CNY by 14:00; a usual day has spent 102 by then"),
        lines=[
            charts.Line(said("平常该花", "Due on a usual day"), due, money, dashed=True),
            charts.Line(said("实际已花", "Spent"), spent, money),
        ],
        beside=[
            (
                said("目标市场", "Target markets"),
                [said("上班", "at work") if h > 5 else said("下班", "away") for h in range(24)],
            )
        ],
    )


ALL = (trend, funnel, waterfall, quadrant, radar, country_map, pareto, calendar_heat, sankey, clock)
