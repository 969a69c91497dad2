"""Who reads the output, of which shop, and on what."""

from __future__ import annotations

import enum
import json
import locale
import os
import sys
from typing import Any, NoReturn

import typer
from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

_chosen = {"lang": "", "shop": ""}


class Lang(enum.StrEnum):
    zh = "zh"
    en = "en"


def choose(lang: str | None, shop: str) -> None:
    """Remember the options that stand before the command."""
    said = lang or os.environ.get("ZHANGGUI_LANG", "") or (locale.getlocale()[0] or "")
    _chosen["lang"] = "en" if said.lower().startswith("en") else "zh"
    _chosen["shop"] = shop


def lang() -> str:
    return _chosen["lang"] or "zh"


def t(zh: str, en: str) -> str:
    """The text in the reader's language."""
    return zh if lang() == "zh" else en


def shop_key() -> str:
    return _chosen["shop"]


def fail(message: str, code: int = 1) -> NoReturn:
    """Say on the error stream what is wrong, and end."""
    errors.print(message, style="red", markup=False)
    raise typer.Exit(code)


def say_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def interactive() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
