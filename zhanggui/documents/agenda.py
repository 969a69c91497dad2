"""The agenda of a day as an Excel file: one row per finding, ready to be filtered and handed out."""

from __future__ import annotations

from zhanggui.checks import ROLES, gain_formula, gain_text, sentence, waiting_text
from zhanggui.documents.excel import Sheet, workbook
from zhanggui.plans import Action, Agenda

KINDS = ["count", "text", "text", "text", "text", "text", "number", "number", "count", "text", "text"]


def agenda_workbook(plan: Agenda, lang: str) -> bytes:
    """Three sheets: what is worth doing, what is too early to judge, what waits for data."""
    zh = lang == "zh"
    headers = (
        ["序", "检查", "事项", "说明", "怎么做", "预期收益", "收益下限", "收益上限", "分钟", "角色", "收益怎么算"]
        if zh
        else [
            "No.",
            "Check",
            "What",
            "Finding",
            "Do",
            "Expected gain",
            "Gain, low",
            "Gain, high",
            "Minutes",
            "Role",
            "How the gain is made",
        ]
    )

    def rows(actions: tuple[Action, ...]) -> list[list[object]]:
        return [
            [
                number,
                action.check.code,
                action.check.words["title"][lang],
                sentence(action.check, finding, lang),
                action.check.words["do"][lang],
                gain_text(action.check, finding, lang),
                finding.gain_low,
                finding.gain_high,
                action.check.minutes,
                ROLES.get(action.check.role, (action.check.role,) * 2)[0 if zh else 1],
                gain_formula(action.check, finding, lang),
            ]
            for number, action in enumerate(actions, start=1)
            for finding in action.findings
        ]

    waiting = [[o.check.code, o.check.words["title"][lang], waiting_text(o.waiting, lang)] for o in plan.waiting if o.waiting]
    return workbook(
        {
            "今日" if zh else "Today": Sheet(headers, rows(plan.actions), KINDS),
            "还不够判断" if zh else "Not enough yet": Sheet(headers, rows(plan.early), KINDS),
            "等数据" if zh else "Waiting": Sheet(
                ["检查", "事项", "等什么"] if zh else ["Check", "What", "Waits for"], waiting, ["text", "text", "text"]
            ),
        }
    )
