"""Any other source that gives a table at an address: an ERP, a warehouse, a shop system; JSON or CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.ask import Ask
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.wire import document

OURS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}  # the line's own


def headers_of(text: str) -> dict[str, str]:
    """Request headers, one `Name: value` a line; those that the line itself writes are left out."""
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    said = {name.strip(): value.strip() for name, value in pairs if re.fullmatch(r"[A-Za-z0-9_-]+", name.strip())}
    return {name: value for name, value in said.items() if name.lower() not in OURS}


def pull(ask: Ask) -> Iterator[Answer | Trouble]:
    """The one answer of the address, kept as it came. `path` (`data.items`) says where its list is, so that a wrong answer is noticed."""
    form = str(ask.settings.get("form") or "json")
    try:
        yield Answer(f"{_name(ask)}-{ask.day}.{form}", _data(ask, form), table=str(ask.settings.get("table") or "") or None)
    except Refusal as refused:
        yield refused.trouble


def _name(ask: Ask) -> str:
    return re.sub(r"[^\w-]+", "-", str(ask.settings.get("table") or "feed"))


def _data(ask: Ask, form: str) -> bytes:
    address = str(ask.settings.get("address", ""))
    asked = address.split("?", 1)[0][:200]
    reply = ask.wire.ask("GET", address, asked=asked, headers=headers_of(str(ask.secret.get("headers", ""))))
    if reply.status >= 400:
        code = {401: "wrong_token", 403: "wrong_token", 404: "not_found"}.get(reply.status, "refused")
        raise Refusal(Trouble(code, asked=asked, said=f"HTTP {reply.status}"))
    if form == "json":
        body = document(reply, asked)
        path = str(ask.settings.get("path") or "")
        for name in path.split(".") if path else ():
            body = body.get(name) if isinstance(body, Mapping) else None
        if path and not isinstance(body, list):
            raise Refusal(Trouble("no_list", asked=asked, value=path))
        return reply.data
    text = reply.data.strip()
    if not text:
        raise Refusal(Trouble("empty_answer", asked=asked))
    if text[:1] == b"<":
        raise Refusal(Trouble("html_instead", asked=asked))
    return reply.data
