"""What asking brings back: an answer, kept as it came, or trouble in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from zhanggui.tables import TABLES


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer and what they do not say themselves.

    `period`: the days that its figures cover; `table`: what it is, where that is known beforehand.
    `state`: where the next pull goes on, once this answer is stored.
    """

    name: str
    data: bytes = field(repr=False)
    period: tuple[date, date] | None = None
    table: str | None = None
    state: Mapping[str, Any] = field(default_factory=dict)


#: Code → what is wrong and what to do. {asked}: method or address; {said}: the other side's own words; {value}: a figure or name.
WORDS: dict[str, dict[str, str]] = {
    "no_grant": {
        "zh": "您的应用没有「{asked}」的权限。{instead}",
        "en": "Your app has no grant for “{asked}”. {instead}",
    },
    "missing_parameter": {
        "zh": "「{asked}」缺少参数：{said}。请把这条消息发给掌柜的维护者。",
        "en": "“{asked}” misses a parameter: {said}. Send this message to whoever maintains Zhanggui.",
    },
    "wrong_app_key": {
        "zh": "平台不认识这个 App Key。请在开放平台控制台核对（旧版淘宝开放平台的 Key 不能用）。",
        "en": "The platform does not know this App Key. Compare it with the console (keys of the old Taobao gateway do not work).",
    },
    "wrong_secret": {
        "zh": "平台不接受签名：App Secret 可能不对，或本机时钟偏差太大。请重新填写 App Secret。",
        "en": "The platform does not accept the signature: the App Secret may be wrong, or this machine's clock far off. Enter the secret again.",
    },
    "unknown_method": {
        "zh": "平台没有接口「{asked}」（可能已下线）。{instead}",
        "en": "The platform has no method “{asked}” (it may be retired). {instead}",
    },
    "too_many_calls": {
        "zh": "「{asked}」调用太频繁，等待后重试一次仍被拒绝。下次会接着取。",
        "en": "“{asked}” was called too often; one more try after a pause was refused too. The next pull goes on from here.",
    },
    "ids_refused": {
        "zh": "「{asked}」不接受 {value} 个订单号（{said}），已跳过。其余照常。",
        "en": "“{asked}” does not accept {value} order ids ({said}); they were skipped, the others came.",
    },
    "masked_ids": {
        "zh": "订单列表里有 {value} 个打了星号的订单号，查不到明细，已跳过。{instead}",
        "en": "{value} order ids in the list are masked with asterisks and cannot be looked up; they were skipped. {instead}",
    },
    "inner_failure": {
        "zh": "「{asked}」回答了，但业务失败：{said}。",
        "en": "“{asked}” answered, but the business call failed: {said}.",
    },
    "refused": {
        "zh": "「{asked}」被拒绝：{said}。",
        "en": "“{asked}” was refused: {said}.",
    },
    "sign_in_first": {
        "zh": "还没有授权。请点「授权」，用店铺主账号登录并同意。",
        "en": "Not authorised yet. Choose “Authorise”, sign in with the shop's main account and agree.",
    },
    "sign_in_again": {
        "zh": "授权已过期或被收回（{said}）。请重新授权。",
        "en": "The authorisation has run out or was withdrawn ({said}). Authorise again.",
    },
    "other_account": {
        "zh": "登录的账号是「{said}」，这个连接一直用的是「{value}」，没有改。请用原来的账号登录；要接另一家店，请新增连接。",
        "en": "You signed in as “{said}”, but this connection belongs to “{value}”; nothing was changed. Sign in with that account, "
        "or add a connection for the other shop.",
    },
    "wrong_token": {
        "zh": "对方不接受访问令牌（{said}）。请在对方后台重新生成并填到这里。",
        "en": "The access token is not accepted ({said}). Make a new one there and enter it here.",
    },
    "no_scope": {
        "zh": "访问令牌没有「{asked}」的权限（{said}）。请在对方后台勾选后重新生成令牌。",
        "en": "The access token may not read “{asked}” ({said}). Grant it there and make a new token.",
    },
    "not_found": {
        "zh": "「{asked}」不存在（404）。请核对地址、店铺名或版本。",
        "en": "“{asked}” does not exist (404). Check the address, the shop's name or the version.",
    },
    "server_error": {
        "zh": "对方服务出错（{value}），重试一次仍然如此。稍后会再取。",
        "en": "The other side has an error ({value}), also at a second try. It will be asked again later.",
    },
    "timeout": {
        "zh": "「{asked}」在 {value} 秒内没有回答。稍后会再取。",
        "en": "“{asked}” did not answer within {value} seconds. It will be asked again later.",
    },
    "unreachable": {
        "zh": "连不上 {asked}（{said}）。请检查网络和地址。",
        "en": "{asked} cannot be reached ({said}). Check the network and the address.",
    },
    "too_large": {
        "zh": "「{asked}」的回答超过 {value} MB，没有接收。请让对方分批给。",
        "en": "The answer of “{asked}” is above {value} MB and was not taken. Have it given in parts.",
    },
    "broken_json": {
        "zh": "「{asked}」的回答不完整（{said}），没有使用。稍后会再取。",
        "en": "The answer of “{asked}” is broken ({said}) and was not used. It will be asked again later.",
    },
    "html_instead": {
        "zh": "「{asked}」回答的是网页，不是数据（可能是登录页或维护页）。请核对地址。",
        "en": "“{asked}” answered with a web page, not data (perhaps a sign-in or maintenance page). Check the address.",
    },
    "empty_answer": {
        "zh": "「{asked}」的回答是空的。",
        "en": "The answer of “{asked}” is empty.",
    },
    "page_repeats": {
        "zh": "「{asked}」第 {value} 页重复了前面的内容，翻页停在这里，可能没有取全。",
        "en": "Page {value} of “{asked}” repeats what was there; paging stopped here, so the list may not be whole.",
    },
    "too_many_pages": {
        "zh": "「{asked}」翻到第 {value} 页还没有完，停在这里。",
        "en": "“{asked}” had not ended at page {value}; it was stopped there.",
    },
    "no_list": {
        "zh": "「{asked}」的回答里没有「{value}」这个列表。请核对设置里的路径。",
        "en": "The answer of “{asked}” has no list at “{value}”. Check the path in the settings.",
    },
    "more_to_come": {
        "zh": "数据还没有取完（「{asked}」），下次接着取。",
        "en": "Not everything has come yet (“{asked}”); the next pull goes on.",
    },
    "redirected_away": {
        "zh": "「{asked}」要跳转到另一个主机（{said}），没有跟随。请直接填写最终地址。",
        "en": "“{asked}” wants to send us to another host ({said}), which was not followed. Enter the final address.",
    },
    "address_not_allowed": {
        "zh": "不能访问 {asked}：只允许 https 和公网地址。内网主机要由本机管理员在 ZHANGGUI_FEED_HOSTS 里放行。",
        "en": "{asked} may not be asked: only https and public addresses. The operator of this machine can allow an inner host by "
        "ZHANGGUI_FEED_HOSTS.",
    },
    "bad_address": {
        "zh": "「{asked}」不是完整的网址，或网址里带了用户名密码。密码请填在请求头里。",
        "en": "“{asked}” is not a whole address, or has a user name in it. Put the password into the headers.",
    },
    "secret_lost": {
        "zh": "保存的密钥打不开了（安装密钥换过）。请重新填写密钥并授权。",
        "en": "The saved secrets cannot be opened: this installation's key has changed. Enter them again and authorise again.",
    },
    "not_taken": {
        "zh": "「{asked}」的回答原样保存了，但读不成数据。原因见导入记录 {value}。",
        "en": "The answer “{asked}” is kept as it came, but could not be read as data. Import {value} says why.",
    },
    "broke": {
        "zh": "取数时程序出错（{said}），已停止；已经取到的都在。",
        "en": "The pull broke with an error of ours ({said}); what had come is in.",
    },
}


@dataclass(frozen=True)
class Trouble:
    """One trouble with asking. A *note* says what was left out of a pull that went well; an *error* stopped a part of it.

    `table`: the report whose export from the back office holds the same.
    """

    code: str
    level: Literal["error", "note"] = "error"
    asked: str = ""
    said: str = ""
    value: str = ""
    table: str = ""

    def says(self, lang: str) -> str:
        """The sentence, in `zh` or `en`: what, and what to do."""
        return WORDS[self.code][lang].format(**asdict(self) | {"instead": self._instead(lang)}).strip()

    def _instead(self, lang: str) -> str:
        known = TABLES.get(self.table)
        if known is None:
            return (
                "请改为从后台导出文件再导入。"
                if lang == "zh"
                else "Export the report from the back office and import the file instead."
            )
        title, menu = known.title(lang), known.menu.get(lang, "")
        if lang == "zh":
            return f"请改为导出「{title}」再导入{f'：{menu}' if menu else ''}。"
        return f"Export “{title}” and import the file instead{f': {menu}' if menu else ''}."

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
