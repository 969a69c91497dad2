"""Every environment variable that Zhanggui reads, in one place. The docs are generated from `VARIABLES`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

VARIABLES: dict[str, dict[str, str]] = {
    "DATABASE_URL": {
        "default": "",
        "zh": "人的决定放在哪个 PostgreSQL：postgresql://用户:密码@主机:5432/库名；空则用数据文件夹里的 SQLite",
        "en": "the PostgreSQL that holds the decisions, postgresql://user:password@host:5432/name; empty: SQLite in the data folder",
    },
    "ZHANGGUI_FEED_HOSTS": {
        "default": "",
        "zh": "数据连接可以访问的内网主机名（也可用 http），逗号分隔；其他地址只许 https 和公网",
        "en": "inner hosts that connections may ask, by http too, separated by commas; any other address must be https and public",
    },
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
        "zh": "设为 1：只经 HTTPS 访问（安全 Cookie、HSTS）；前面的代理须设 X-Forwarded-Proto",
        "en": "1: reached by HTTPS only (secure cookies, HSTS), behind a proxy that sets X-Forwarded-Proto",
    },
    "ZHANGGUI_LANG": {
        "default": "",
        "zh": "命令行语言 zh 或 en；空则按系统区域设置",
        "en": "language of the command line, zh or en; empty: the locale",
    },
    "ZHANGGUI_MAIL_FROM": {
        "default": "",
        "zh": "发件人地址；空则用 ZHANGGUI_MAIL_USER",
        "en": "the sender of letters; empty: ZHANGGUI_MAIL_USER",
    },
    "ZHANGGUI_MAIL_HOST": {
        "default": "",
        "zh": "发信（SMTP）服务器；空则不发邮件：密码由管这台机器的人重设",
        "en": "the mail (SMTP) server; empty: no letters, and passwords are reset by the operator of the machine",
    },
    "ZHANGGUI_MAIL_PASSWORD": {
        "default": "",
        "zh": "发信服务器的密码",
        "en": "the mail server's password",
    },
    "ZHANGGUI_MAIL_PORT": {
        "default": "587",
        "zh": "发信服务器的端口",
        "en": "the mail server's port",
    },
    "ZHANGGUI_MAIL_TLS": {
        "default": "starttls",
        "zh": "发信如何加密：starttls、ssl（常用端口 465）或 none",
        "en": "how letters are sealed on the way: starttls, ssl (usually port 465) or none",
    },
    "ZHANGGUI_MAIL_USER": {
        "default": "",
        "zh": "发信服务器的用户名",
        "en": "the mail server's user name",
    },
    "ZHANGGUI_PASSWORD": {
        "default": "",
        "zh": "zhanggui person 的密码；空则在终端询问",
        "en": "the password for zhanggui person; empty: asked for on the terminal",
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
    """Django's DATABASES["default"]: the PostgreSQL of `DATABASE_URL`, or SQLite in the data folder, which the web process and
    the worker may write at once.
    """
    if url := value("DATABASE_URL"):
        return postgres(url)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home() / "desk.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def postgres(url: str) -> dict[str, object]:
    """The parts of a `postgresql://` address. A socket's folder is given as `?host=/folder`; what else stands behind the ? goes
    to the driver (`sslmode`, `connect_timeout` …). `ImproperlyConfigured` if it is none; the address, which may hold a
    password, is not repeated.
    """
    try:
        parts = urlsplit(url)
        port, options = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ImproperlyConfigured(NOT_POSTGRES) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name or "/" in name or parts.fragment:
        raise ImproperlyConfigured(NOT_POSTGRES)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": port or options.pop("port", ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


NOT_POSTGRES = (
    "DATABASE_URL 不是可用的地址：应为 postgresql://用户:密码@主机:5432/库名（密码里的特殊字符写成 %40 这样的形式）；不设则用 SQLite。\n"
    "DATABASE_URL is no usable address: it must be postgresql://user:password@host:5432/name (special characters of the "
    "password written like %40); leave it empty for SQLite."
)
