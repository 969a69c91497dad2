"""Every environment variable that Zhanggui reads, in one place. The docs are generated from `VARIABLES`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

VARIABLES: dict[str, dict[str, str]] = {
    "ZHANGGUI_HOME": {
        "default": "~/.zhanggui",
        "zh": "数据文件夹：原始文件、事实、数据库、密钥",
        "en": "the data folder: raw files, facts, database, key",
    },
    "ZHANGGUI_HOSTS": {
        "default": "127.0.0.1,localhost",
        "zh": "允许访问的主机名，逗号分隔",
        "en": "host names that may be asked for, separated by commas",
    },
    "ZHANGGUI_HTTPS": {
        "default": "",
        "zh": "设为 1：只经 HTTPS 访问（安全 Cookie、HSTS）",
        "en": "1: reached by HTTPS only (secure cookies, HSTS)",
    },
    "DATABASE_URL": {
        "default": "",
        "zh": "postgres://用户:密码@主机:端口/库；空则用数据文件夹里的 SQLite",
        "en": "postgres://user:password@host:port/name; empty: SQLite in the data folder",
    },
    "ZHANGGUI_LANG": {
        "default": "",
        "zh": "命令行语言 zh 或 en；空则按系统区域设置",
        "en": "language of the command line, zh or en; empty: the locale",
    },
}


def value(name: str) -> str:
    return os.environ.get(name, "") or VARIABLES[name]["default"]


def home() -> Path:
    """The data folder, made if it is not there."""
    folder = Path(value("ZHANGGUI_HOME")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key() -> str:
    """The installation's key, made once and readable by its owner only."""
    path = home() / "secret_key"
    if not path.exists():
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # of two first starts at once, one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def database() -> dict[str, object]:
    """Django's DATABASES["default"]."""
    url = urlparse(value("DATABASE_URL"))
    if not url.scheme:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home() / "desk.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    if url.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL: {url.scheme} is not supported, use postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
    }
