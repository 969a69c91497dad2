"""Shopify Admin (REST): orders and stock. Answers hold no name and no address of a buyer: those fields are not asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.ask import Ask, together
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered, linked
from zhanggui.feeds.wire import Reply, document

ORDER_FIELDS = "id,name,created_at,updated_at,cancelled_at,currency,total_price,financial_status,fulfillment_status,line_items"
PAGE = 250
IDS_A_CALL = 50  # locations
ITEMS_A_CALL = 100
NEXT = re.compile(r'<([^>]+)>;\s*rel="?next"?')


def pull(ask: Ask) -> Iterator[Answer | Trouble]:
    """The subjects that the connection names: `orders`, `stock`."""
    for name in ask.settings.get("subjects") or []:
        yield from {"orders": orders, "stock": stock}[name](ask)


def orders(ask: Ask) -> Iterator[Answer | Trouble]:
    """Orders changed since the last pull, with their lines."""
    since = ask.since("orders")
    asked = {"status": "any", "limit": PAGE, "fields": ORDER_FIELDS, "order": "updated_at asc"}
    if since:
        asked["updated_at_min"] = since.isoformat()
    pages, trouble = gathered(_pages(ask, "orders.json", asked))
    if any(document(p, "orders.json").get("orders") for p in pages):
        done = {} if trouble else {"orders": ask.now.isoformat()}
        yield Answer(
            f"shopify.orders-{ask.day}.json",
            together("shopify.orders", [p.data for p in pages], channel="Shopify"),
            table="channel_order_line",
            state=done,
        )
    if trouble:
        yield trouble


def stock(ask: Ask) -> Iterator[Answer | Trouble]:
    """What every location holds of every item, and which SKU each item is."""
    try:
        places = _ids(list(_pages(ask, "locations.json", {})), "locations", "id")
    except Refusal as refused:
        yield refused.trouble
        return
    levels: list[Reply] = []
    for part in _parts(places, IDS_A_CALL):
        pages, trouble = gathered(_pages(ask, "inventory_levels.json", {"location_ids": ",".join(part), "limit": PAGE}))
        levels += pages
        if trouble:  # half a stock is no stock
            yield trouble
            return
    items: list[Reply] = []
    for part in _parts(_ids(levels, "inventory_levels", "inventory_item_id"), ITEMS_A_CALL):
        pages, trouble = gathered(_pages(ask, "inventory_items.json", {"ids": ",".join(part), "limit": PAGE}))
        items += pages
        if trouble:  # what has no name today would stand beside itself once it has one
            yield trouble
            return
    if levels:
        raw = together("shopify.inventory_levels", [p.data for p in [*levels, *items]])
        yield Answer(f"shopify.inventory_levels-{ask.day}.json", raw, table="stock_level")


def _pages(ask: Ask, what: str, params: dict[str, Any]) -> Iterator[Reply]:
    """Each page names the next in its Link header; the words of the first call are part of it."""
    shop = re.sub(r"\.myshopify\.com$", "", str(ask.settings.get("shop", "")).strip().lower())
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", shop):
        raise Refusal(Trouble("bad_address", asked=shop[:80] or "shop"))
    version = str(ask.settings.get("version", ""))
    first = f"{ask.origin(f'https://{shop}.myshopify.com')}/admin/api/{version}/{what}"
    token = {"X-Shopify-Access-Token": str(ask.secret.get("access_token", ""))}

    def call(where: str | None) -> Reply:
        if where and not where.startswith(first.rsplit("/admin", 1)[0] + "/"):
            raise Refusal(Trouble("redirected_away", asked=what, said="Link"))
        reply = ask.wire.ask("GET", where or first, asked=what, params=None if where else params, headers=token)
        _check(reply, what)
        return reply

    return linked(call, lambda reply: found[1] if (found := NEXT.search(reply.headers.get("link", ""))) else None, what)


def _check(reply: Reply, what: str) -> None:
    if reply.status in (401, 402, 403, 404, 423) or reply.status >= 400:
        code = {401: "wrong_token", 403: "no_scope", 404: "not_found"}.get(reply.status, "refused")
        raise Refusal(Trouble(code, asked=what, said=f"HTTP {reply.status}"))
    document(reply, what)


def _ids(replies: list[Reply], what: str, name: str) -> list[str]:
    return list(dict.fromkeys(str(r[name]) for reply in replies for r in document(reply, what).get(what, [])))


def _parts(ids: list[str], size: int) -> Iterator[list[str]]:
    return (ids[n : n + size] for n in range(0, len(ids), size))
