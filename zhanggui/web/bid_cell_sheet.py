"""Hours, regions and labels as Excel: all cells with real numbers, and below them what the page says of the whole."""

from __future__ import annotations

from zhanggui.documents.excel import Sheet
from zhanggui.plans.bid_cells import Cell
from zhanggui.plans.bid_plan import Range
from zhanggui.web.bid_cell_waits import waits
from zhanggui.web.bid_cell_words import ONE, CellWords, ordered
from zhanggui.web.words import said


def sheet(say: CellWords) -> Sheet:
    """One axis, what is proposed first."""
    head = [
        said(*ONE[say.plan.axis]),
        said("点击量", "Clicks"),
        said(f"花费（{say.currency}）", f"Spend, {say.currency}"),
        said("询盘", "Inquiries"),
        said("询盘率约", "Inquiry rate, about"),
        said("询盘率下限", "Rate, low"),
        said("询盘率上限", "Rate, high"),
        said("建议：出价一共乘", "Proposed: bids times, in all"),
        said("其中溢价乘", "Of it premium times"),
        said("要填的溢价 %", "Premium to type, %"),
        said("询盘/天变化", "Change of inquiries a day"),
        said("下限", "Low"),
        said("上限", "High"),
        said(f"花费/天变化（{say.currency}）", f"Change of spend a day, {say.currency}"),
    ]
    kinds = ["text", "count", "money", "count", "rate", "rate", "rate", *["number"] * 7]
    rows = [
        [
            c.name,
            c.clicks,
            c.cost,
            c.inquiries,
            *_three(c.rate),
            _times(say, c),
            round(say.plan.premium(c), 2) if say.premiums and c.times != 1 else None,
            _typed(say, c),
            *_three(c.leads_change),
            c.cost_change.value if c.cost_change else None,
        ]
        for c in ordered(say.plan, "gain")
    ]
    steps = [
        f"{one.label}{said('：', ': ')}{one.now} → {one.then}{f' ({one.range})' if one.range else ''}" for one in say.steps()
    ]
    whole = [say.window(), *steps, *say.says(), say.nothing(), *waits(say.plan)]
    return Sheet(head, rows, kinds, tuple(filter(None, whole)))


def _times(say: CellWords, cell: Cell) -> float | None:
    """What its bids are multiplied by, those of cells that stay with all bids."""
    if say.plan.missing or cell.rate is None:
        return None
    return cell.times if cell.times != 1 else round(say.plan.others, 2)


def _typed(say: CellWords, cell: Cell) -> int | None:
    """Whole percent; none where it would have to be taken off a premium that stands."""
    percent = say.percent(cell) if say.premiums else None
    return None if percent is None or percent < 0 else round(percent)


def _three(one: Range | None) -> tuple[float | None, float | None, float | None]:
    return (one.value, one.low, one.high) if one else (None, None, None)
