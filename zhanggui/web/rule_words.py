"""Words of the rulebook's pages: units, subjects, grades of sources; numbers as they are read and as they are typed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from zhanggui.web.words import said, word

UNITS = {
    "1 = yes": ("1 为是", "1 = yes"),
    "CNY": ("元", "CNY"),
    "USD": ("美元", "USD"),
    "byte": ("字节", "bytes"),
    "buyer": ("位买家", "buyers"),
    "change": ("次改动", "changes"),
    "channel": ("色阶", "levels"),
    "character": ("个字符", "characters"),
    "click": ("次点击", "clicks"),
    "day": ("天", "days"),
    "exposure": ("次曝光", "exposures"),
    "hour": ("小时", "hours"),
    "in the account's currency": ("账户币种", "in the account's currency"),
    "index": ("指数", "index"),
    "inquiry": ("个询盘", "inquiries"),
    "label": ("个标签", "labels"),
    "lead": ("个商机", "leads"),
    "level": ("级", "level"),
    "name": ("个名称", "names"),
    "p": ("可能性", "chance"),
    "picture": ("张图", "pictures"),
    "pixel": ("像素", "pixels"),
    "point": ("分", "points"),
    "product": ("个产品", "products"),
    "range": ("极差", "range"),
    "rank": ("名", "places"),
    "ratio": ("比值", "ratio"),
    "row": ("行", "rows"),
    "second": ("秒", "seconds"),
    "share": ("比例", "share"),
    "star": ("星", "stars"),
    "step": ("级", "steps"),
    "time": ("次", "times"),
    "times": ("倍", "times"),
    "week": ("周", "weeks"),
    "word": ("个词", "words"),
}
SUBJECTS = {
    "ads": ("推广", "P4P"),
    "auction": ("竞价", "Auction"),
    "data": ("数据", "Data"),
    "goals": ("目标", "Goals"),
    "keywords": ("关键词", "Keywords"),
    "listings": ("详情", "Listings"),
    "platform": ("平台", "Platform"),
    "products": ("产品", "Products"),
    "star": ("星等级", "Star level"),
    "traffic": ("流量", "Traffic"),
}
GRADES = {
    "A": ("官方或真实文件", "official, or a real file"),
    "B": ("可用的接口程序", "a working integration"),
    "C": ("从业者指南或厂商说法", "a guide or a vendor"),
    "D": ("有相反说法", "contradicted"),
}


def unit(name: str) -> str:
    return word(UNITS, name)


def subject(name: str) -> str:
    return word(SUBJECTS, name)


def grade(name: str) -> str:
    return word(GRADES, name)


def shown(value: Any) -> str:
    """A value of the rulebook or of a setting; none is —."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return said("是", "yes") if value else said("否", "no")
    if isinstance(value, list):
        return said("、", ", ").join(str(v) for v in value) or said("（空）", "(none)")
    return typed(value)


def typed(value: Any) -> str:
    """A value as somebody would type it; a list is one name a line."""
    if isinstance(value, list):
        return "\n".join(str(v) for v in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    text = f"{Decimal(repr(float(value))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(text: str) -> float | None:
    """What somebody has typed as a number, with or without separators of thousands; None if it is none."""
    try:
        made = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return float(made) if made.is_finite() else None
