"""How a seller agrees: to the platform's page, back with a code, and the code for tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from zhanggui.feeds.alibaba.client import ORIGIN, rest, tokens
from zhanggui.feeds.ask import Ask


def authorize_url(settings: Mapping[str, Any], callback: str, state: str) -> str:
    """Where the seller signs in and agrees; the platform comes back to `callback` with `code` and our `state`."""
    asked = {
        "response_type": "code",
        "force_auth": "true",
        "redirect_uri": callback,
        "client_id": settings.get("app_key", ""),
        "state": state,
    }
    return f"{ORIGIN}/oauth/authorize?{urlencode(asked)}"


def exchange(ask: Ask, code: str) -> dict[str, Any]:
    """The tokens for a code (good for half an hour). `Refusal` where the platform gives none."""
    return tokens(rest(ask, "/auth/token/create", {"code": code}), ask.moment)
