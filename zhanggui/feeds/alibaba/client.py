"""One conversation with the platform: signed calls, a fresh token, one more try."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from zhanggui.desk.answers import Trouble
from zhanggui.feeds.alibaba.envelope import PASSING, payload, refusal
from zhanggui.feeds.alibaba.signing import sign, texts
from zhanggui.feeds.ask import Ask, ends
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.wire import document

ORIGIN = "https://open-api.alibaba.com"
EARLY = timedelta(minutes=5)  # a token that ends sooner is renewed first


@dataclass(frozen=True)
class Said:
    """A good answer: the bytes as they came, and what stands inside."""

    raw: bytes = field(repr=False)
    inside: dict[str, Any]


def rest(ask: Ask, path: str, params: dict[str, Any]) -> dict[str, Any]:
    """A call under /rest: the path is signed too, and no token goes with it. `Refusal` unless it went well."""
    said = _post(ask, f"/rest{path}", path, params, path, again=False)
    return said.inside


def sync(ask: Ask, method: str, table: str = "", **params: Any) -> Said:
    """A business call. An expired token is renewed and the call made again, once; a call too many is made again after a pause, once.

    `table`: the report that holds the same, for whom the platform refuses. `Refusal` unless it went well.
    """
    _renew_early(ask)
    try:
        return _call(ask, method, table, params)
    except Refusal as refused:
        if refused.trouble.code == "sign_in_again":
            refresh(ask)
        elif refused.trouble.code == "too_many_calls":
            ask.wire.pause()
        else:
            raise
        return _call(ask, method, table, params)


def refresh(ask: Ask) -> None:
    """A new token for the refresh token. The refresh token changes each time: both are stored before anything else is asked."""
    token = ask.secret.get("refresh_token")
    if not token:
        raise Refusal(Trouble("sign_in_again", asked="/auth/token/refresh", said="no refresh token"))
    try:
        body = rest(ask, "/auth/token/refresh", {"refresh_token": token})
    except Refusal as refused:
        if refused.trouble.code in PASSING:
            raise
        raise Refusal(Trouble("sign_in_again", asked="/auth/token/refresh", said=refused.trouble.said)) from None
    ask.secret |= tokens(body, ask.moment)
    ask.keep(ask.secret)


def tokens(body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is kept of an answer with tokens. Lifetimes are the platform's own word (seconds); None where it gives none."""
    if not body.get("access_token"):
        raise Refusal(Trouble("sign_in_again", asked="/auth/token", said="no access token in the answer"))
    found: dict[str, Any] = {"access_token": body["access_token"]}
    if body.get("refresh_token"):
        found["refresh_token"] = body["refresh_token"]
    if seller := body.get("seller_id") or body.get("account"):
        found |= {"seller": str(seller), "account": str(body.get("account") or seller)}
    return found | {
        "expires": ends(body.get("expires_in"), now),
        "refresh_expires": ends(body.get("refresh_expires_in"), now),
    }


def _renew_early(ask: Ask) -> None:
    if not ask.secret.get("access_token"):
        raise Refusal(Trouble("sign_in_first"))
    end = ask.secret.get("expires")
    if end and datetime.fromisoformat(end) - EARLY <= ask.moment and ask.secret.get("refresh_token"):
        refresh(ask)


def _call(ask: Ask, method: str, table: str, params: dict[str, Any]) -> Said:
    token_name = str(ask.settings.get("token_param") or "access_token")
    return _post(ask, "/sync", "", params | {"method": method, token_name: ask.secret["access_token"]}, method, table=table)


def _post(
    ask: Ask, address: str, path: str, params: dict[str, Any], asked: str, *, table: str = "", again: bool = True
) -> Said:
    """Secrets go in the body, never into an address."""
    sent = texts(
        params
        | {
            "app_key": ask.settings.get("app_key", ""),
            "timestamp": int(ask.moment.timestamp() * 1000),
            "sign_method": "sha256",
        }
    )
    sent["sign"] = sign(str(ask.secret.get("app_secret", "")), sent, path)
    reply = ask.wire.ask("POST", ask.origin(ORIGIN) + address, asked=asked, form=sent, again=again)
    body = document(reply, asked)
    if refused := refusal(body, asked, table):
        raise Refusal(refused)
    if reply.status >= 400:
        raise Refusal(
            Trouble("not_found" if reply.status == 404 else "refused", asked=asked, said=f"HTTP {reply.status}", table=table)
        )
    return Said(reply.data, payload(body, asked))
