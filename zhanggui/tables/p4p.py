"""What every report of 外贸直通车 counts: day, exposures, clicks, spend and hours on. No real export header is known.

The labels are those of the platform's API, of its pages and of one seller's hand template. The figures come in several units: a
click rate under the API's key `ctr` is 3.75 for 3.75 %, `online_min` is minutes where the page says hours; a unit in a header's
brackets, `花费(分)`, is understood as it stands.
"""

from __future__ import annotations

from zhanggui.tables.columns import Column, Count, Day, Money, Number, Rate, Text

#: Where the labels of a P4P report were seen.
SOURCE = "labels of the platform's API and pages and of one seller's hand template; no real export header seen (grade B)"

DAY = Day(zh="日期", en="Date", also=("stat_date", "statDate", "统计日期"))

EFFECT: dict[str, Column] = {
    "exposures": Count(zh="曝光量", en="Impressions", also=("曝光", "曝光次数", "impr", "impression_cnt"), additive=True),
    "clicks": Count(zh="点击量", en="Clicks", also=("点击", "点击次数", "click", "click_cnt"), additive=True),
    "ctr": Rate(zh="点击率", en="Click rate", scaled={"ctr": 0.01}, of=("clicks", "exposures")),
    "cost": Money(zh="花费", en="Spend", also=("消耗", "花费(元)", "消耗(元)", "cost"), additive=True, unit="CNY"),
    "cpc": Money(
        zh="平均点击花费", en="Average cost per click", also=("平均点击花费(元)", "click_cost_avg", "cpc"), unit="CNY"
    ),
    "hours": Number(
        zh="推广时长",
        en="Hours on",
        also=("推广时长(小时)", "online_time", "onlineHours"),
        scaled={"online_min": 1 / 60},
        unit="hour",
    ),
}

INQUIRIES = Count(
    zh="询盘个数",
    en="Inquiries",
    also=("询盘量", "询盘数", "询盘"),
    additive=True,
    missing="the report does not carry inquiries",
)

PLAN = Text(zh="推广计划", en="Campaign", also=("计划名称", "营销计划", "campaign_name"))


def menu(zh: str, en: str) -> dict[str, str]:
    """Where the back office has a report of this name."""
    return {"zh": f"营销中心 → 外贸直通车 → 数据报告 → {zh} → 下载", "en": f"Marketing → P4P → Reports → {en} → Download"}
