"""Amazon Selling Partner API: orders with their items, and FBA stock. No restricted data (buyers, addresses) are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.ask import Ask, beside, ends, finished, together, went_on
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered, linked
from zhanggui.feeds.wire import Reply, document

LOGIN = "https://api.amazon.com"
HOSTS = {
    "na": "https://sellingpartnerapi-na.amazon.com",
    "eu": "https://sellingpartnerapi-eu.amazon.com",
    "fe": "https://sellingpartnerapi-fe.amazon.com",
}
FIRST_DAYS = 30  # how far back the first pull of orders goes
EARLY = timedelta(minutes=2)
Page = tuple[Reply, dict[str, Any]]


def pull(ask: Ask) -> Iterator[Answer | Trouble]:
    """The subjects that the connection names: `orders`, `stock`."""
    for name in ask.settings.get("subjects") or []:
        yield from {"orders": orders, "stock": stock}[name](ask)


def orders(ask: Ask) -> Iterator[Answer | Trouble]:
    """Orders changed since the last pull, each beside the answer with its items, the longest unchanged first, in as many pulls as
    that takes.
    """
    began, after = ask.round("orders")
    since = ask.since("orders") or ask.now - timedelta(days=FIRST_DAYS)
    asked = {"MarketplaceIds": ask.settings.get("marketplace", ""), "LastUpdatedAfter": f"{since:%Y-%m-%dT%H:%M:%SZ}"}

    def call(token: str | None) -> Page:
        return _get(ask, "/orders/v0/orders", asked | ({"NextToken": token} if token else {}))

    pages, trouble = gathered(linked(call, _onward, "/orders/v0/orders"))
    troubles = [trouble] if trouble else []
    answers: list[bytes] = []
    known = {
        (str(o.get("LastUpdateDate", "")), str(o["AmazonOrderId"])): o for page in pages for o in page[1].get("Orders", [])
    }
    done = {} if trouble else finished("orders", began)
    for changed, number in sorted(k for k in known if " ".join(k) > after):
        if troubles:
            break
        more, stop = ([], Trouble("more_to_come", "note", asked="orderItems")) if ask.late else gathered(_items(ask, number))
        if stop:
            troubles.append(stop)
            done = went_on("orders", began, after)
            break
        answers += [beside(page[0].data, order=known[changed, number]) for page in more]
        after = f"{changed} {number}"
    if answers:
        raw = together("amazon.orders", answers, channel="Amazon")
        yield Answer(f"amazon.orders-{ask.day}.json", raw, table="channel_order_line", state=done)
    yield from troubles


def _items(ask: Ask, number: str) -> Iterator[Page]:
    address = f"/orders/v0/orders/{number}/orderItems"

    def call(token: str | None) -> Page:
        return _get(ask, address, {"NextToken": token} if token else {})

    return linked(call, _onward, address)


def stock(ask: Ask) -> Iterator[Answer | Trouble]:
    """What Amazon's warehouses hold of each SKU."""
    place = ask.settings.get("marketplace", "")
    asked = {"details": "true", "granularityType": "Marketplace", "granularityId": place, "marketplaceIds": place}

    def call(token: str | None) -> Page:
        return _get(ask, "/fba/inventory/v1/summaries", asked | ({"nextToken": token} if token else {}))

    pages, trouble = gathered(linked(call, _stock_onward, "/fba/inventory/v1/summaries"))
    if pages:
        raw = together("amazon.inventory_summaries", [p[0].data for p in pages])
        yield Answer(f"amazon.inventory_summaries-{ask.day}.json", raw, table="stock_level")
    if trouble:
        yield trouble


def _onward(page: Page) -> Any:
    return page[1].get("NextToken")


def _stock_onward(page: Page) -> Any:
    return (document(page[0], "summaries").get("pagination") or {}).get("nextToken")


def _get(ask: Ask, path: str, params: dict[str, str]) -> Page:
    """The reply and its payload. A token that is not accepted is renewed once."""
    for fresh in (False, True):
        headers = {"x-amz-access-token": _token(ask, fresh)}
        reply = ask.wire.ask(
            "GET", ask.origin(HOSTS[str(ask.settings.get("region") or "na")]) + path, asked=path, params=params, headers=headers
        )
        if reply.status not in (401, 403) or fresh:
            break
    if reply.status >= 400:
        code = {401: "wrong_token", 403: "no_scope", 404: "not_found"}.get(reply.status, "refused")
        raise Refusal(Trouble(code, asked=path, said=_words(reply)))
    body = document(reply, path)
    inside = body.get("payload", body) if isinstance(body, dict) else {}
    return reply, inside if isinstance(inside, dict) else {}


def _token(ask: Ask, fresh: bool) -> str:
    """The access token; renewed by Login with Amazon when it ends or is not accepted. Its lifetime is what the answer says."""
    end = ask.secret.get("expires")
    if not fresh and ask.secret.get("access_token") and end and datetime.fromisoformat(end) - EARLY > ask.moment:
        return str(ask.secret["access_token"])
    asked = {"grant_type": "refresh_token"} | {
        n: str(ask.secret.get(n, "")) for n in ("refresh_token", "client_id", "client_secret")
    }
    reply = ask.wire.ask("POST", ask.origin(LOGIN) + "/auth/o2/token", asked="Login with Amazon", form=asked, again=False)
    if reply.status >= 400:
        raise Refusal(Trouble("wrong_token", asked="Login with Amazon", said=_words(reply)))
    body = document(reply, "Login with Amazon")
    if not isinstance(body, dict) or not body.get("access_token"):
        raise Refusal(Trouble("wrong_token", asked="Login with Amazon", said="no access token in the answer"))
    ask.secret["access_token"] = body["access_token"]
    ask.secret["refresh_token"] = body.get("refresh_token") or ask.secret["refresh_token"]
    ask.secret["expires"] = ends(body.get("expires_in"), ask.moment)
    ask.keep(ask.secret)
    return str(ask.secret["access_token"])


def _words(reply: Reply) -> str:
    try:
        body = document(reply, "")
    except Refusal:
        return f"HTTP {reply.status}"
    errors = body.get("errors") if isinstance(body, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else body
    said = [
        str(first[n]) for n in ("message", "code", "error_description", "error") if isinstance(first, dict) and first.get(n)
    ]
    return f"HTTP {reply.status} {' · '.join(said)}"[:300]
