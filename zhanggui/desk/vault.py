"""Secrets at rest: sealed with a key that is derived from this installation's own."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretLost(Exception):
    """The sealed text was sealed with another key, or changed since."""


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zhanggui vault 1").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(secret: dict[str, Any]) -> str:
    """The secret as text that only this installation can open."""
    return _box().encrypt(json.dumps(secret).encode()).decode()


def open_sealed(sealed: str) -> dict[str, Any]:
    """What was sealed; nothing sealed is an empty secret. `SecretLost` if the key is not the one of then."""
    if not sealed:
        return {}
    try:
        found: dict[str, Any] = json.loads(_box().decrypt(sealed.encode()))
    except InvalidToken:
        raise SecretLost from None
    return found
