"""The kinds of sources: what each is to be told, and how it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.conf import settings as django_settings

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds import alibaba, amazon, generic, shopify
from zhanggui.feeds.ask import Ask
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.wire import Wire
from zhanggui.tables import TABLES

LONGEST = 20 * 60.0  # seconds of a pull after which it begins nothing new
LAST = 25 * 60.0  # and after which nothing is asked at all; the worker stops a job after 30 minutes

Keep = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Field:
    """One thing to be told. A *secret* is sealed and never shown again; *words* are one a line; *many* are choices to be ticked."""

    name: str
    zh: str
    en: str
    form: Literal["text", "secret", "lines", "choice", "many", "flag", "words", "whole"] = "text"
    choices: Mapping[str, tuple[str, str]] | None = None
    usual: Any = ""
    needed: bool = True
    hint: tuple[str, str] = ("", "")

    @property
    def secret(self) -> bool:
        return self.form in ("secret", "lines")


@dataclass(frozen=True)
class Kind:
    """A kind of source. `minutes`: how often it is asked, unless the shop says otherwise. `pace`: seconds between two calls."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    ask: Callable[[Ask], Iterable[Answer | Trouble]]
    minutes: int
    pace: float
    sign_in: bool = False


STOCK = {"orders": ("订单", "Orders"), "stock": ("库存", "Stock")}

KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind(
            name="alibaba",
            zh="阿里巴巴国际站开放平台",
            en="Alibaba.com Open Platform",
            ask=alibaba.pull,
            minutes=1440,
            pace=0.3,  # no limit a second is published; bursts are refused
            sign_in=True,
            fields=(
                Field("app_key", "App Key", "App Key"),
                Field("app_secret", "App Secret", "App Secret", "secret"),
                Field(
                    "subjects",
                    "取哪些数据",
                    "What to pull",
                    "many",
                    choices={
                        "products": ("产品", "Products"),
                        "orders": ("订单（含资金、物流）", "Orders with funds and logistics"),
                        "overview": ("数据参谋 店铺概览（需数据权限）", "Shop overview (needs the data grant)"),
                        "effects": ("数据参谋 产品效果（需数据权限）", "Product effects (needs the data grant)"),
                        "showcase": ("橱窗", "Showcase"),
                        "rfq": ("RFQ 与报价权益", "RFQ and quotation rights"),
                    },
                    usual=["products", "orders", "showcase"],
                ),
                Field("details", "每个产品都取详情（慢）", "Details of every product (slow)", "flag", needed=False),
                Field("order_days", "订单回看多少天", "Days of orders looked over", "whole", usual=180, needed=False),
                Field("rfq_words", "RFQ 关键词", "RFQ words", "words", usual=[], needed=False, hint=("每行一个", "one a line")),
                Field(
                    "token_param",
                    "令牌参数名",
                    "Name of the token",
                    "choice",
                    choices={
                        "access_token": ("access_token（通常）", "access_token (usual)"),
                        "session": ("session（旧写法）", "session (older)"),
                    },
                    usual="access_token",
                ),
            ),
        ),
        Kind(
            name="shopify",
            zh="Shopify 店铺",
            en="Shopify",
            ask=shopify.pull,
            minutes=15,
            pace=0.5,  # two calls a second: Shopify's standard rate
            fields=(
                Field("shop", "店铺域名", "Shop", hint=("例如 my-shop.myshopify.com", "e.g. my-shop.myshopify.com")),
                Field("access_token", "Admin API 访问令牌", "Admin API access token", "secret"),
                Field("version", "API 版本", "API version", usual="2026-01"),
                Field("subjects", "取哪些数据", "What to pull", "many", choices=STOCK, usual=["stock"]),
            ),
        ),
        Kind(
            name="amazon",
            zh="亚马逊 SP-API",
            en="Amazon SP-API",
            ask=amazon.pull,
            minutes=15,
            pace=2.0,  # order items: one call in two seconds
            fields=(
                Field(
                    "region",
                    "站点区域",
                    "Region",
                    "choice",
                    choices={"na": ("北美", "North America"), "eu": ("欧洲", "Europe"), "fe": ("远东", "Far East")},
                    usual="na",
                ),
                Field(
                    "marketplace",
                    "Marketplace ID",
                    "Marketplace ID",
                    hint=("美国站 ATVPDKIKX0DER", "ATVPDKIKX0DER is amazon.com"),
                ),
                Field("client_id", "LWA 客户端编号", "LWA client id", "secret"),
                Field("client_secret", "LWA 客户端密钥", "LWA client secret", "secret"),
                Field("refresh_token", "刷新令牌", "Refresh token", "secret"),
                Field("subjects", "取哪些数据", "What to pull", "many", choices=STOCK, usual=["stock"]),
            ),
        ),
        Kind(
            name="generic",
            zh="ERP 或其他系统（网址）",
            en="ERP or other system (address)",
            ask=generic.pull,
            minutes=15,
            pace=0.0,
            fields=(
                Field(
                    "address",
                    "网址",
                    "Address",
                    hint=("以 https 开头；密码不要写进网址", "begins with https; no password in it"),
                ),
                Field(
                    "headers",
                    "请求头",
                    "Request headers",
                    "lines",
                    needed=False,
                    hint=("每行一个 名称: 值", "one Name: value a line"),
                ),
                Field(
                    "form",
                    "格式",
                    "Format",
                    "choice",
                    choices={"json": ("JSON 数据", "JSON"), "csv": ("CSV 表格", "CSV")},
                    usual="json",
                ),
                Field(
                    "path",
                    "列表在哪里",
                    "Where the list is",
                    needed=False,
                    hint=("例如 data.items；JSON 才用", "e.g. data.items; JSON only"),
                ),
                Field("table", "是什么数据", "What it is", "choice", choices={}, needed=False),
            ),
        ),
    )
}


def choices(field: Field) -> Mapping[str, tuple[str, str]]:
    """What may be chosen; the kinds of data are the tables that there are."""
    if field.name == "table":
        return {"": ("自动识别", "recognise it")} | {name: (table.zh, table.en) for name, table in TABLES.items()}
    return field.choices or {}


def asking(
    kind: str, settings: Mapping[str, Any], secret: dict[str, Any], state: Mapping[str, Any], keep: Keep, now: datetime
) -> Ask:
    """What a source of this kind is asked with."""
    allowed: Collection[str] = django_settings.ZHANGGUI_FEED_HOSTS
    began = time.monotonic()
    wire = Wire(allowed=allowed, pace=KINDS[kind].pace, until=began + LAST)
    return Ask(settings, secret, state, keep, now, wire, allowed, until=began + LONGEST)


def pull(
    kind: str, settings: Mapping[str, Any], secret: dict[str, Any], state: Mapping[str, Any], keep: Keep, now: datetime
) -> Iterator[Answer | Trouble]:
    """Ask a source for what is new."""
    yield from KINDS[kind].ask(asking(kind, settings, secret, state, keep, now))


def exchange(kind: str, settings: Mapping[str, Any], secret: dict[str, Any], code: str, now: datetime) -> dict[str, Any]:
    """The tokens for the code that a sign-in brought. `Refusal` where there are none, or they are of another seller than before."""
    tokens = alibaba.exchange(asking(kind, settings, secret, {}, lambda renewed: None, now), code)
    before, after = secret.get("seller"), tokens.get("seller")
    if before and after and before != after:
        told = {"said": tokens.get("account", after), "value": secret.get("account", before)}
        raise Refusal(Trouble("other_account", **told))
    return tokens
