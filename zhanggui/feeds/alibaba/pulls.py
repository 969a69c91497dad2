"""One pull: the chosen subjects one after another. What stops one does not stop the others, unless nothing can be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba.envelope import FATAL
from zhanggui.feeds.alibaba.orders import orders
from zhanggui.feeds.alibaba.products import products, showcase
from zhanggui.feeds.alibaba.rfq import rfq
from zhanggui.feeds.alibaba.statistics import effects, overview
from zhanggui.feeds.ask import Ask
from zhanggui.feeds.guard import Refusal

Subject = Callable[[Ask], Iterator[Answer | Trouble]]

SUBJECTS: dict[str, Subject] = {
    "products": products,
    "orders": orders,
    "overview": overview,
    "effects": effects,
    "showcase": showcase,
    "rfq": rfq,
}


def pull(ask: Ask) -> Iterator[Answer | Trouble]:
    """The answers of the subjects that the connection names."""
    for name in ask.settings.get("subjects") or []:
        try:
            for brought in SUBJECTS[name](ask):
                yield brought
                if isinstance(brought, Trouble) and brought.code in FATAL:
                    return
        except Refusal as refused:
            yield refused.trouble
            if refused.trouble.code in FATAL:
                return
