"""Remembered decisions in words: the verb, what it was about, what was before and after. Verbs and parts are open sets: one that has
no word here yet shows itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhanggui.checks import load
from zhanggui.desk.models import Change, Finding, Shop
from zhanggui.feeds import KINDS, Field, choices
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES
from zhanggui.web import rule_words, words
from zhanggui.web.cards import says
from zhanggui.web.words import said


@dataclass(frozen=True)
class Verb:
    """What was done. `about`: how the subject is read (rule, setting, finding, task, table, bids); "" is a name as it stands."""

    zh: str
    en: str
    about: str = ""


VERBS = {
    "change_rule": Verb("改了规则数字", "changed a rulebook number", "rule"),
    "drop_rule": Verb("恢复规则库的值", "went back to the rulebook's value", "rule"),
    "change_setting": Verb("改了检查设置", "changed a check's setting", "setting"),
    "drop_setting": Verb("恢复默认设置", "went back to the default", "setting"),
    "snooze": Verb("稍后再看", "put off", "finding"),
    "dismiss": Verb("不做", "dismissed", "finding"),
    "bring_back": Verb("恢复搁置", "brought back", "finding"),
    "assign": Verb("指派", "assigned", "task"),
    "hand_out": Verb("把列表里的行交给人", "gave rows of a list to somebody"),
    "finish": Verb("关闭任务", "closed a task", "task"),
    "reopen": Verb("重新打开任务", "reopened a task", "task"),
    "accept_import": Verb("导入文件", "imported a file"),
    "undo_import": Verb("撤销导入", "undid an import"),
    "drop_import": Verb("丢弃文件", "threw a file away"),
    "save_register": Verb("保存名单", "saved a register", "table"),
    "undo_save": Verb("撤销名单保存", "undid a register's save", "table"),
    "connect": Verb("新建连接", "added a connection"),
    "change_connection": Verb("改了连接", "changed a connection"),
    "disconnect": Verb("断开连接", "removed a connection"),
    "save_mapping": Verb("说明表头", "explained headers", "table"),
    "forget_mapping": Verb("忘记表头说明", "forgot explained headers", "table"),
    "save_view": Verb("保存共享视图", "saved a shared view"),
    "delete_view": Verb("删除共享视图", "deleted a shared view"),
    "draft_bids": Verb("新建出价单", "drafted bids", "bids"),
    "edit_bids": Verb("改了出价单", "changed a bid sheet", "bids"),
    "approve_bids": Verb("批准出价单", "approved bids", "bids"),
    "apply_bids": Verb("出价已在后台改好", "entered the bids", "bids"),
    "see_bids": Verb("报表里看到了新出价", "saw the new bids in the report", "bids"),
    "revert_bids": Verb("撤回出价", "reverted bids", "bids"),
    "keep_bids": Verb("撤回作废，出价照旧", "kept the bids after all", "bids"),
    "discard_bids": Verb("作废出价单", "discarded bids", "bids"),
    "reopen_bids": Verb("取回作废的出价单", "took a bid sheet up again", "bids"),
    "set_bid_columns": Verb("改了出价单 Excel 的列", "set the columns of the bid file"),
    "switch_bids": Verb("每周自动拟出价单的开关", "switched the weekly draft of bids"),
    "set_bid_limits": Verb("改了出价的限制", "set the limits of bids"),
    "found": Verb("新建公司", "founded the company"),
    "open_shop": Verb("新开店铺", "opened a shop"),
    "change_shop": Verb("改了店铺资料", "changed the shop"),
    "make_demo": Verb("新建演示店铺", "made a demo shop"),
    "remove_demo": Verb("删除演示店铺", "removed the demo shop"),
    "invite": Verb("邀请", "invited somebody"),
    "revoke_invitation": Verb("收回邀请", "took an invitation back"),
    "join": Verb("加入公司", "joined the company"),
    "change_member": Verb("改了成员", "changed a member"),
    "remove_member": Verb("移除成员", "removed a member"),
    "make_token": Verb("新建 API 令牌", "made an API token"),
    "revoke_token": Verb("收回 API 令牌", "revoked an API token"),
    "ask_second_factor": Verb("改了谁必须用两步验证", "changed who needs the second factor"),
}
PARTS = {
    "active": ("启用", "switched on"),
    "address_changed": ("网址已换", "address changed"),
    "assignee": ("交给", "given to"),
    "bids": ("出价", "bids"),
    "changed": ("变更行", "changed rows"),
    "columns": ("列", "columns"),
    "constants": ("固定值", "fixed values"),
    "days": ("本店的值", "own values"),
    "dismissed_reason": ("理由", "reason"),
    "due": ("截止", "due"),
    "every_minutes": ("每隔分钟", "minutes between pulls"),
    "findings": ("条数", "findings"),
    "from_the_start": ("从头取", "from the start"),
    "kind": ("种类", "kind"),
    "limits": ("限制", "limits"),
    "member": ("成员", "member"),
    "name": ("名称", "name"),
    "new": ("新增行", "new rows"),
    "note": ("备注", "note"),
    "number": ("导入号", "import"),
    "orders": ("日期顺序", "order of dates"),
    "own": ("本店自定", "own value"),
    "reason": ("理由", "reason"),
    "rejected": ("没导入的行", "rows left out"),
    "reverts": ("撤回的是出价单", "reverts bid sheet"),
    "removed": ("去掉的行", "rows that went"),
    "restored": ("恢复的行", "rows restored"),
    "role": ("角色", "role"),
    "roles": ("角色", "roles"),
    "scale": ("换算", "scale"),
    "secrets_changed": ("密钥已换", "secrets changed"),
    "snoozed_at_size": ("更严重时再提（当时大小）", "until worse than"),
    "snoozed_until": ("搁置到", "put off until"),
    "state": ("状态", "state"),
    "table": ("报表", "table"),
    "until": ("有效到", "good until"),
    "value": ("值", "value"),
    "weekly": ("每周自动拟", "weekly draft"),
}
#: What a connection may be told, by name; a name means the same in every kind of connection.
FIELDS = {field.name: field for kind in KINDS.values() for field in kind.fields}


@dataclass(frozen=True)
class Line:
    """One part that differs, as it is read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change as a row of the list."""

    change: Change
    who: str
    did: str
    subject: str
    note: str
    href: str
    lines: list[Line]


def verb(name: str) -> str:
    return said(VERBS[name].zh, VERBS[name].en) if name in VERBS else name


def who(name: str) -> str:
    """The name of then; without one it was the operator of the machine."""
    return name or said("系统管理员", "the operator")


def tell(shop: Shop, changes: Sequence[Change], *, sentences: bool = True) -> list[Told]:
    """Changes in the reader's words. `sentences`: those about findings say which (one query for all)."""
    prints = {c.subject.split(" ")[-1] for c in changes if c.verb in VERBS and VERBS[c.verb].about == "finding"}
    found = {f"{f.code} {f.fingerprint}": f for f in shop.findings.filter(fingerprint__in=prints)} if sentences else {}
    return [_told(shop, change, found) for change in changes]


def _told(shop: Shop, change: Change, findings: Mapping[str, Finding]) -> Told:
    about = VERBS[change.verb].about if change.verb in VERBS else ""
    subject, note, href = _subject(shop, about, change.subject, findings)
    by = said("报表", "the reports") if change.verb == "see_bids" else who(change.name)
    return Told(change, by, verb(change.verb), subject, note, href, _lines(change))


def _subject(shop: Shop, about: str, text: str, findings: Mapping[str, Finding]) -> tuple[str, str, str]:
    """What a change is about, what stands under it, where it leads."""
    head, _, rest = text.partition(" ")
    if about == "rule" and head in RULEBOOK.numbers:
        number = RULEBOOK.numbers[head]
        since = said(f"自 {words.day(rest)} 起", f"from {words.day(rest)}") if rest else ""
        return said(number.zh, number.en), since, reverse("rule", args=[shop.key, head])
    code, _, name = text.partition(".")
    if about == "setting" and code in load() and name in load()[code].settings:
        check = load()[code]
        href = reverse("check_setting", args=[shop.key, code, name])
        return check.settings[name][words.lang()], f"{code} {check.words['title'][words.lang()]}", href
    if about in ("finding", "task") and head in load():
        title = load()[head].words["title"][words.lang()]
        row = findings.get(text)
        if row:
            return f"{head} {title}", says(row), reverse("evidence", args=[shop.key, row.pk])
        return f"{head} {title}", said(f"任务 {rest}", f"task {rest}") if about == "task" else "", ""
    if about == "table" and text in TABLES:
        href = reverse("register", args=[shop.key, text]) if TABLES[text].kind == "register" else ""
        return words.table_title(text), "", href
    if about == "bids":
        pk = int(rest.removeprefix("#"))
        return said(f"出价单 {pk}", f"Bid sheet {pk}"), "", reverse("bid_sheet", args=[shop.key, pk])
    return text, "", ""


def _lines(change: Change) -> list[Line]:
    names = [n for n in {**change.before, **change.after} if n != "own"]
    names.sort(key=lambda name: name != "value")  # what a database keeps of JSON has no order
    if not names and change.after:
        names = ["own"]
    return [_line(n, change.before, change.after) for n in names]


def _line(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    setting = FIELDS.get(name.removeprefix("settings.")) if name.startswith("settings.") else None
    if setting:
        return Line(said(setting.zh, setting.en), _chosen(setting, before.get(name)), _chosen(setting, after.get(name)))
    return Line(words.word(PARTS, name), _text(name, before.get(name)), _text(name, after.get(name)))


def _chosen(setting: Field, value: Any) -> str:
    """A setting of a connection, its choices by their words."""
    offered = choices(setting)
    if isinstance(value, list):
        return said("、", ", ").join(words.word(dict(offered), str(one)) for one in value)
    if isinstance(value, str) and value in offered:
        return said(*offered[value])
    return _text(setting.name, value)


def _text(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if name == "state":
        return words.state(str(value))
    if name == "role":
        return words.role(str(value))
    if name == "roles":
        return said("、", ", ").join(words.role(str(one)) for one in value)
    if name == "kind" and value in KINDS:
        return said(KINDS[value].zh, KINDS[value].en)
    if name == "table":
        return words.table_title(str(value))
    if isinstance(value, dict):
        return said("；", "; ").join(f"{k}: {rule_words.shown(v)}" for k, v in value.items())
    if isinstance(value, str) and name in ("due", "snoozed_until", "until"):
        return words.day(date.fromisoformat(value))
    return rule_words.shown(value)


def meant(text: str) -> tuple[list[str], list[str]]:
    """What a search for a word means: the verbs and the beginnings of subjects whose words hold it, in either language."""
    low = text.lower()
    verbs = [name for name, one in VERBS.items() if low in one.zh or low in one.en]
    heads = [n for n, number in RULEBOOK.numbers.items() if low in number.zh.lower() or low in number.en.lower()]
    heads += [c for c, check in load().items() if any(low in title.lower() for title in check.words["title"].values())]
    return verbs, heads + [n for n, table in TABLES.items() if low in table.zh.lower() or low in table.en.lower()]
