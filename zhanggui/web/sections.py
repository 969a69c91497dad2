"""The sections of a shop as the rail names them, in the order of the day's work. A phone shows the nearest four and 更多."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.web.words import said


@dataclass(frozen=True)
class Section:
    """A line of the rail. `name` is also the name of its address and of its picture; `verb` is what one must be allowed to do."""

    name: str
    zh: str
    en: str
    verb: str = "see"

    @property
    def near(self) -> bool:
        return self.name in ON_PHONE

    @property
    def title(self) -> str:
        return said(self.zh, self.en)


#: Groups: what is watched, what is worked on, what it stands on.
SECTIONS: tuple[tuple[Section, ...], ...] = (
    (
        Section("today", "今日", "Today"),
        Section("cockpit", "驾驶舱", "Cockpit"),
        Section("star", "星等级", "Star"),
        Section("traffic", "流量", "Traffic"),
    ),
    (
        Section("products", "产品", "Products"),
        Section("keywords", "关键词", "Keywords"),
        Section("ads", "推广", "P4P"),
        Section("leads", "商机", "Leads"),
        Section("buyers", "客户", "Buyers"),
        Section("orders", "订单", "Orders"),
        Section("stock", "库存", "Stock"),
    ),
    (
        Section("imports", "数据", "Data"),
        Section("registers", "名单", "Registers"),
        Section("rules", "规则", "Rulebook"),
        Section("settings", "设置", "Settings"),
    ),
)
ON_PHONE = ("today", "cockpit", "products", "leads")
#: Section → pages that stand beside its lists as tabs: name of the address, zh, en.
BESIDE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "products": (
        ("top_group", "Top 组", "Top group"),
        ("showcase", "橱窗", "Showcase"),
        ("safe_delete", "安全删除", "Safe to delete"),
        ("hit_steps", "爆品七步", "Seven steps"),
    ),
    "ads": (
        ("ads_week", "周报", "Week"),
        ("ads_spend", "花费去向", "Spend"),
        ("bids", "出价", "Bids"),
        ("ads_plans", "计划建议", "Proposal"),
        ("ads_life", "生命周期", "Life"),
        ("ads_budget", "预算倒推", "Budget"),
        ("ads_level", "营销等级", "Level"),
        ("ad_tests", "实验", "Tests"),
    ),
    "keywords": (("library", "词库", "Word library"), ("titles", "标题", "Titles")),
}


def title_of(name: str) -> str:
    """What the rail calls a section."""
    return next(s.title for group in SECTIONS for s in group if s.name == name)


def rail(allowed: frozenset[str] | set[str]) -> list[list[Section]]:
    """The groups with the sections that are open to a person who is allowed these verbs."""
    return [[s for s in group if s.verb in allowed] for group in SECTIONS]
