"""The signature of a call: every parameter that has a value, sorted by name, under the app's secret."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any


def texts(params: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as they are sent: objects as JSON, yes and no as the platform writes them; those without a value are left out."""
    sent: dict[str, str] = {}
    for name, value in params.items():
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            sent[name] = "true" if value else "false"
        elif isinstance(value, Mapping | list | tuple):
            sent[name] = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        else:
            sent[name] = str(value)
    return sent


def sign(secret: str, params: Mapping[str, str], path: str = "") -> str:
    """HMAC-SHA256 over `path` and name, value, name, value …, in upper-case hex.

    `path`: of a call under /rest the part behind /rest; of a call to /sync nothing. `sign` itself is never signed.
    """
    text = path + "".join(f"{name}{params[name]}" for name in sorted(params) if name != "sign")
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest().upper()
