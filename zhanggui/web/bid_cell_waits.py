"""What the plan of hours, regions or labels waits for, in the reader's words."""

from __future__ import annotations

from zhanggui.plans.bid_cells import CellPlan
from zhanggui.plans.bid_days import Reading
from zhanggui.web import bid_words, words
from zhanggui.web.words import said

WAITS = {
    "fresh_rows": (
        "最近没有这份报告：按很久以前的数改不可靠。请导入最近几天的。",
        "There is no recent report of these, and old figures are not to be relied on. Bring that of the last days.",
    ),
    "settled": (
        f"报告里还没有不再变的周期（最新 {Reading.unsettled} 天可能还会变，不算）。请导入更早几天的，按天导出最好。",
        f"The report has no period yet that no longer changes: the newest {Reading.unsettled} days are not counted, for they may still change. Bring earlier ones, best by day.",
    ),
    "clicks": (
        "报告里没有「点击量」。导出时请勾选点击量。",
        "The report does not tell the clicks. Tick them when you export the report.",
    ),
    "cost": (
        "报告里没有「花费」。导出时请勾选花费。",
        "The report does not tell the spend. Tick it when you export the report.",
    ),
    "leads": (
        "报告里没有「询盘」这一列，分不出好坏。导出时请勾选询盘。",
        "The report has no column for inquiries, so nothing tells good from bad. Tick it when you export the report.",
    ),
    "hours": (
        "报告里的「时段」看不出是几点。请写成 08:00 这样，再导入。",
        "The report does not tell which hours these are. Write them as 08:00 and bring it again.",
    ),
    "cells": ("报告里不到两个，没有可比的。", "The report has fewer than two of these; there is nothing to compare."),
    "clicked": (
        "这些天有点击的不到两个，没有可比的。",
        "Fewer than two of these were clicked in these days; there is nothing to compare.",
    ),
    "gaps": (
        "点击、花费、询盘三样都完整的不到两个：报告里有空着的格，或者花费是负的。请补上再导入。",
        "Of fewer than two of these the report tells clicks, spend and inquiries in full: cells of it are empty, or a spend is below zero. Complete it and bring it again.",
    ),
    "few_leads": ("询盘太少，还没有一般的询盘率。", "There are too few inquiries for a usual rate."),
    "spend": ("这些天没有花钱，没有可以挪的。", "Nothing was spent on these in these days; there is no money to move."),
    "curves": (
        "提价、降价会怎样，要从每个词的出价里看，现在还看不出：",
        "What higher or lower bids do is read from the bids of the words, and that cannot be done yet:",
    ),
}
OFF = ("每个词的出价现在都是 0，没有可以乘的。", "Every word's bid is 0 now; there is nothing to multiply.")


def waits(plan: CellPlan) -> list[str]:
    """What an axis waits for, where that is not the report itself."""
    code = next((c for c in plan.missing if c != "report"), "")
    found = [said(*WAITS[code])] if code else []
    if code == "few_leads":
        n = f"{plan.leads_needed:.0f}"
        found.append(said(f"还差 {n} 个询盘。", f"{n} more {'is' if n == '1' else 'are'} needed."))
    if code == "curves":
        found.append(said(*OFF) if plan.curves == "off" else words.word(bid_words.MISSING, plan.curves))
    return found
