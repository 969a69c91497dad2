"""What can be wrong with an installation, in words: what it is, what it means, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class Complaint:
    """One thing looked at. `where` (shop, file, folder or connection) and `value` (what was found; text by language) stand in its sentence."""

    code: str
    level: Level = "bad"
    where: str = ""
    value: str | Mapping[str, str] = ""

    def says(self, lang: str) -> str:
        value = self.value if isinstance(self.value, str) else self.value[lang]
        return WORDS[self.code][lang].format(where=self.where, value=value)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {lang: self.says(lang) for lang in ("zh", "en")}


#: Code → the sentence. The first of each group is said when nothing is wrong.
WORDS: dict[str, dict[str, str]] = {
    "programs": {
        "zh": "Python {value}，各程序包的版本都合适",
        "en": "Python {value}, all packages in versions that are asked for",
    },
    "wrong_package": {
        "zh": "{where} 的版本是 {value}，不符合要求，可能出错。请重新安装：make setup。",
        "en": "{where} is {value}, not a version that is asked for, and may fail. Install anew: make setup.",
    },
    "folder": {
        "zh": "数据文件夹 {where}：可读写，只有本人可读，剩余 {value} GB",
        "en": "Data folder {where}: writable, its owner's only, {value} GB free",
    },
    "not_writable": {
        "zh": "{where} 不可写，导入和体检都会失败。请检查所有者和权限。",
        "en": "{where} cannot be written to; imports and check-ups will fail. Check its owner and permissions.",
    },
    "open_to_others": {
        "zh": "{where} 的权限是 {value}，这台机器上的其他人可以读到买家资料或密钥。请运行 chmod go-rwx {where}。",
        "en": "{where} has the permissions {value}: others on this machine can read buyers' data or the key. Run chmod go-rwx {where}.",
    },
    "little_room": {
        "zh": "磁盘只剩 {value} GB，导入可能失败。请清理或换更大的磁盘。",
        "en": "The disk has {value} GB left; imports may fail. Make room or move to a larger disk.",
    },
    "leftover": {
        "zh": "{where} 是被中断的备份或恢复留下的，占着空间。没有备份或恢复在运行时可以删除。",
        "en": "{where} is left of a backup or restore that was interrupted and takes room. Delete it when neither is running.",
    },
    "restore_pending": {
        "zh": "上一次恢复在最后一步被中断，数据一半新一半旧。请停止网页和后台任务，运行 zhanggui restore --finish。",
        "en": "The last restore was interrupted in its last step: half is old, half new. Stop the pages and the worker and run "
        "zhanggui restore --finish.",
    },
    "database": {"zh": "数据库：{value}，结构是最新的", "en": "Database: {value}, in this version's shape"},
    "no_database": {
        "zh": "打不开数据库（{value}），什么都用不了。请检查 DATABASE_URL 和数据库服务；SQLite 文件损坏时用 zhanggui restore 恢复备份。",
        "en": "The database cannot be opened ({value}); nothing works. Check DATABASE_URL and the server; if the SQLite file is damaged, "
        "restore a backup with zhanggui restore.",
    },
    "nothing_yet": {
        "zh": "{where} 里还没有数据。先导入一份报表：zhanggui import 文件。",
        "en": "There are no data in {where} yet. Import a report first: zhanggui import FILE.",
    },
    "damaged_database": {
        "zh": "数据库文件损坏（{value}）。请用 zhanggui restore 恢复备份。",
        "en": "The database file is damaged ({value}). Restore a backup with zhanggui restore.",
    },
    "old_database": {
        "zh": "数据库结构是旧的，还差 {value} 步。运行任何一条命令就会更新，例如 zhanggui imports。",
        "en": "The database has an older shape, {value} steps behind. Any command brings it up to date, for example zhanggui imports.",
    },
    "network_disk": {
        "zh": "SQLite 放在网络磁盘（{value}）上，多个进程同时写会损坏。请把数据文件夹移到本机磁盘，或用 DATABASE_URL 连接 PostgreSQL。",
        "en": "SQLite lies on a network disk ({value}), where writers damage it. Move the data folder to a local disk, or use PostgreSQL "
        "by DATABASE_URL.",
    },
    "shop": {"zh": "店铺 {where}：{value}，都在且完好", "en": "Shop {where}: {value}, all there and sound"},
    "broken_manifest": {
        "zh": "店铺 {where} 的清单 manifest.json 读不了（{value}），这个店铺的数据都看不到。请恢复备份。",
        "en": "The manifest.json of shop {where} cannot be read ({value}); none of the shop's data can be seen. Restore a backup.",
    },
    "table_missing": {
        "zh": "店铺 {where} 缺少数据文件 {value}，相关页面会出错。请运行 zhanggui --shop {where} rebuild。",
        "en": "Shop {where} lacks the file {value}; pages that need it fail. Run zhanggui --shop {where} rebuild.",
    },
    "table_damaged": {
        "zh": "店铺 {where} 的数据文件 {value} 已损坏。请运行 zhanggui --shop {where} rebuild。",
        "en": "The file {value} of shop {where} is damaged. Run zhanggui --shop {where} rebuild.",
    },
    "raw_missing": {
        "zh": "店铺 {where} 缺少原始文件 {value}，不能重建、撤销或追溯。请从备份取回，或重新导入这份文件。",
        "en": "Shop {where} lacks the raw file {value}: no rebuild, undo or trace. Take it from a backup, or import the file again.",
    },
    "raw_damaged": {
        "zh": "店铺 {where} 的原始文件 {value} 与校验和不符。请从备份取回。",
        "en": "The raw file {value} of shop {where} does not match its checksum. Take it from a backup.",
    },
    "import_unknown": {
        "zh": "店铺 {where} 的导入 {value} 在数据里，却不在导入记录里。撤销它（zhanggui --shop {where} undo {value}）再导入一次即可。",
        "en": "Import {value} of shop {where} is in the facts but not among the imports. Undo it (zhanggui --shop {where} undo {value}) "
        "and import the file again.",
    },
    "import_absent": {
        "zh": "店铺 {where} 的导入记录 {value} 写着已导入，数据里却没有。请恢复备份，或重新导入这份文件。",
        "en": "Import {value} of shop {where} is said to be in, but the facts don't have it. Restore a backup, or import the file again.",
    },
    "import_stuck": {
        "zh": "店铺 {where} 的文件「{value}」等了一个多小时还没处理完。请确认后台任务在运行（zhanggui worker），或在导入页取消后重来。",
        "en": "The file “{value}” of shop {where} has waited for more than an hour. See that the worker runs (zhanggui worker), or stop it on "
        "the page of imports and bring it again.",
    },
    "waiting_lost": {
        "zh": "店铺 {where} 等待确认的文件「{value}」不见了。请在导入页丢弃这一条，再导入一次。",
        "en": "The file “{value}” of shop {where}, which waits for a yes, is gone. Drop it on the page of imports and bring it again.",
    },
    "worker": {"zh": "后台任务在运行", "en": "The worker runs"},
    "no_worker": {
        "zh": "后台任务没有在这台机器上运行：不会自动体检、取数、导入。请运行 zhanggui serve 或 zhanggui worker。",
        "en": "The worker does not run on this machine: no check-ups, pulls or imports by themselves. Run zhanggui serve or zhanggui worker.",
    },
    "late": {
        "zh": "计划任务「{where}」本应在 {value} 运行，还没有。请重启后台任务，并看它的输出。",
        "en": "The scheduled “{where}” was due at {value} and has not run. Start the worker anew and read what it says.",
    },
    "clock": {"zh": "时钟和时区数据：{value}", "en": "Clock and time zones: {value}"},
    "clock_wrong": {
        "zh": "时钟是 {value}，早于最近一次记录 {where}：日期会算错，授权会失败。请校准时钟（NTP）。",
        "en": "The clock says {value}, before the last thing written down at {where}: days come out wrong, sign-ins fail. Set the clock (NTP).",
    },
    "no_time_zones": {
        "zh": "没有时区数据 {where}，平台日期算不出来。请安装 tzdata。",
        "en": "There is no time zone {where}, so the platform's day is unknown. Install tzdata.",
    },
    "doors": {"zh": "访问地址：{value}", "en": "Reached as: {value}"},
    "any_host": {
        "zh": "ZHANGGUI_HOSTS 含有 *：任何主机名都被接受，不安全。请写明主机名。",
        "en": "ZHANGGUI_HOSTS holds *: any host name is taken, which is not safe. Name the hosts.",
    },
    "no_https": {
        "zh": "{value} 可从别的机器访问，但没有设 ZHANGGUI_HTTPS=1：密码会明文传输。请在前面放 HTTPS 代理并设置它。",
        "en": "{value} can be reached from other machines, but ZHANGGUI_HTTPS=1 is not set: passwords travel in the open. Put an HTTPS proxy "
        "in front and set it.",
    },
    "no_inbox": {
        "zh": "监视文件夹 {where} 不可写，放进去的文件收不了。请检查所有者和权限。",
        "en": "The watched folder {where} cannot be written to, so files in it are not taken. Check its owner and permissions.",
    },
    "connection": {"zh": "店铺 {where}：{value}", "en": "Shop {where}: {value}"},
}
