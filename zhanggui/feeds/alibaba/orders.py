"""Orders: the list names ids and days only, so each changed order is asked for its detail, its funds and its logistics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba.client import Said, sync
from zhanggui.feeds.alibaba.envelope import OF_THE_METHOD, PASSING, listed
from zhanggui.feeds.ask import Ask, beside, together
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered, numbered

LIST = "alibaba.seller.order.list"
#: What is asked of each order: method → which parts of it, and the report that holds the same.
DETAIL = {
    "alibaba.seller.order.get": ("", "order_lines"),
    "alibaba.seller.order.fund.get": ("fund_serviceFee,fund_fundPay,fund_refund", "order_fund"),
    "alibaba.seller.order.logistics.get": ("logistic_order", "logistics_order"),
}
PAGE = 20
BATCH = 50  # orders whose answers are stored together, so that a long pull loses little
DAYS = 180  # how far back orders are looked over for changes, where the connection does not say
MOST_DAYS = 3650
PLATFORM = ZoneInfo("America/Los_Angeles")


def orders(ask: Ask) -> Iterator[Answer | Trouble]:
    """The orders of the last days that have changed since the last pull, the longest unchanged first."""
    pages, trouble = gathered(_pages(ask))
    found = [o for page in pages for o in listed(page.inside, "result", "value", "order_list")]
    clear = [o for o in found if o.get("trade_id") and "*" not in str(o["trade_id"])]
    since = ask.since("orders")
    newer = [o for o in clear if since is None or (_changed(o) or ask.now) >= since]
    changed = sorted(newer, key=lambda o: _changed(o) or ask.now)
    if pages:
        yield Answer(f"{LIST}-{ask.day}.json", together(LIST, [p.raw for p in pages]), table="order_header")
    if len(clear) < len(found):
        yield Trouble("masked_ids", "note", asked=LIST, value=str(len(found) - len(clear)), table="order_lines")
    if trouble:
        yield trouble
    methods = dict(DETAIL)
    for start in range(0, len(changed), BATCH):
        if ask.late:
            yield Trouble("more_to_come", "note", asked=LIST)
            return
        batch = changed[start : start + BATCH]
        answers, troubles = _details(ask, batch, methods)
        ends = _changed(batch[-1])
        whole = not any(t.code in PASSING for t in troubles)
        for number, (method, raw) in enumerate(answers.items(), 1):
            last = whole and not trouble and ends is not None and number == len(answers)
            part = f"{ask.day}-{start // BATCH + 1}"
            yield Answer(
                f"{method}-{part}.json", together(method, raw), state={"orders": ends.isoformat()} if last and ends else {}
            )
        yield from troubles
        if not whole:
            return


def _pages(ask: Ask) -> Iterator[Said]:
    first_day = ask.now.astimezone(PLATFORM) - timedelta(days=min(int(ask.settings.get("order_days") or DAYS), MOST_DAYS))

    def call(number: int) -> Said:
        query = {
            "role": "seller",
            "start_page": number,
            "page_size": PAGE,
            "create_date_start": {"date_str": f"{first_day:%Y-%m-%d} 00:00:00"},
        }
        return sync(ask, LIST, "order_lines", param_trade_ecology_order_list_query=query)

    def ids(page: Said) -> list[Any]:
        known = listed(page.inside, "result", "value", "order_list")
        return [(str(o.get("trade_id")), str(o.get("create_date"))) for o in known]  # masked ids alone may be alike

    def total(page: Said) -> Any:
        value = (page.inside.get("result") or {}).get("value") or {}
        return value.get("total_count")

    return numbered(call, ids, LIST, first=0, size=PAGE, total=total)


def _changed(order: dict[str, Any]) -> datetime | None:
    """When an order was last changed; None where the list does not say."""
    said = order.get("modify_date") or order.get("create_date") or {}
    stamp = str(said.get("timestamp")) if isinstance(said, dict) else ""
    return datetime.fromtimestamp(int(stamp) / 1000, tz=PLATFORM) if stamp.isdigit() else None


def _details(
    ask: Ask, batch: list[dict[str, Any]], methods: dict[str, tuple[str, str]]
) -> tuple[dict[str, list[bytes]], list[Trouble]]:
    """Answers by method. A method that the app may not call is not asked again; orders that have no answer are counted."""
    answers: dict[str, list[bytes]] = {}
    troubles: list[Trouble] = []
    skipped: dict[tuple[str, str], list[Trouble]] = {}
    for order in batch:
        number = str(order["trade_id"])
        for method, (parts, table) in list(methods.items()):
            try:
                said = sync(ask, method, table, e_trade_id=number, data_select=parts)
                answers.setdefault(method, []).append(beside(said.raw, e_trade_id=number))
            except Refusal as refused:
                trouble = refused.trouble
                if trouble.code in PASSING:
                    return answers, [*troubles, trouble]
                if trouble.code in OF_THE_METHOD:
                    troubles.append(trouble)
                    del methods[method]
                else:
                    skipped.setdefault((method, trouble.code), []).append(trouble)
    for many in skipped.values():
        troubles.append(replace(many[0], level="note", value=str(len(many))))
    return answers, troubles
