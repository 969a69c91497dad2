"""Commands about the whole installation: backup, restore, doctor."""

from __future__ import annotations

from pathlib import Path

import typer

from zhanggui import jobs
from zhanggui.cli.files import progress_bar
from zhanggui.cli.reader import console, fail, lang, say_json, t
from zhanggui.cli.shops import prepare_database
from zhanggui.desk import examining, keeping
from zhanggui.desk.archive import CannotKeep

#: Code of `CannotKeep` → what is wrong and what to do.
WORDS: dict[str, tuple[str, str]] = {
    "inside": (
        "备份文件 {what} 不能放在数据文件夹里。请放到别处，最好是另一个磁盘。",
        "The backup {what} may not lie in the data folder. Put it elsewhere, best on another disk.",
    ),
    "exists": (
        "已有文件 {what}，没有覆盖。请换一个名字。",
        "There is a file {what} already; it was not overwritten. Choose another name.",
    ),
    "no_folder": ("没有文件夹 {what}。请先建好。", "There is no folder {what}. Make it first."),
    "no_archive": ("没有文件 {what}。", "There is no file {what}."),
    "not_whole": (
        "{what} 不是完整的备份：有缺失或被改动的内容。什么都没有恢复，请用另一份备份。",
        "{what} is no whole backup: something is missing or was changed. Nothing was restored; use another backup.",
    ),
    "outside": (
        "备份里的文件名 {what} 指向数据文件夹之外。什么都没有恢复；这份文件不是掌柜写的。",
        "The name {what} in the backup leads outside the data folder. Nothing was restored; Zhanggui did not write this file.",
    ),
    "no_room": (
        "恢复需要 {what} MB，磁盘空间不够。什么都没有恢复。",
        "The restore needs {what} MB, more than the disk has free. Nothing was restored.",
    ),
    "newer": (
        "这份备份来自更新的版本（{what}）。请先更新掌柜，再恢复。",
        "This backup comes from a newer version ({what}). Update Zhanggui first, then restore.",
    ),
    "occupied": (
        "数据文件夹 {what} 里已有数据。要换掉它请加 --replace（旧数据移到一边，不删除）。",
        "There are data in {what}. To exchange them add --replace (they are moved aside, not deleted).",
    ),
    "busy": (
        "网页或后台任务正在运行，或有文件正在导入。请先停止 zhanggui serve 和 worker，再恢复。",
        "The pages or the worker are running, or a file is being imported. Stop zhanggui serve and worker first, then restore.",
    ),
    "pending": (
        "上一次恢复在最后一步被中断。请运行 zhanggui restore --finish 完成它。",
        "The last restore was interrupted in its last step. Complete it with zhanggui restore --finish.",
    ),
    "unequal": (
        "恢复出来的 {what} 与保存的不一致。没有采用，原有数据没有动。",
        "What was restored of {what} does not equal what was saved. It was not put in place; the former data are untouched.",
    ),
}


def add_to(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("doctor")(doctor)


def _refused(why: CannotKeep) -> None:
    zh, en = WORDS[why.code]
    fail(t(zh, en).format(what=why.what), 2 if why.code in ("inside", "exists", "no_folder", "no_archive", "occupied") else 1)


def backup(
    file: Path = typer.Argument(..., help="备份文件，.zip the file to write"),
    secrets: bool = typer.Option(
        True, "--secrets/--without-secrets", help="含本机密钥（不含则连接的密钥要重新填写） with the installation's key, or not"
    ),
) -> None:
    """把全部数据存成一个文件，并核对。 Save everything into one file, and check it."""
    prepare_database()
    try:
        with progress_bar() as bar:
            step = bar.add_task(t("备份", "saving"), total=None)
            kept = keeping.save(file, secrets=secrets, progress=lambda done, n: bar.update(step, completed=done, total=n))
    except CannotKeep as why:
        _refused(why)
    _print(kept)
    for name in kept.damaged:
        console.print(
            t(
                f"注意：{name} 与它的校验和不符，磁盘上已损坏；照原样存了。",
                f"Note: {name} does not match its checksum, it is damaged on disk; saved as it is.",
            ),
            style="yellow",
            markup=False,
        )
    console.print(t(f"已写入 {file} 并读回核对。", f"Written to {file}, read back and checked."), markup=False)
    if secrets:
        console.print(
            t("里面有本机密钥和买家资料，请妥善保管。", "It holds the installation's key and buyers' data: guard it."),
            style="yellow",
        )


def restore(
    file: Path = typer.Argument(None, help="zhanggui backup 写的文件 a file that zhanggui backup has written"),
    replace: bool = typer.Option(
        False, "--replace", help="换掉现有数据（移到一边） exchange what is there (it is moved aside)"
    ),
    finish: bool = typer.Option(False, "--finish", help="完成被中断的恢复 complete an interrupted restore"),
) -> None:
    """从备份恢复，并核对与保存时相同。 Restore a backup, and check that it equals what was saved."""
    if (file is None) != finish:
        fail(t("请给出备份文件，或者只用 --finish。", "Name the backup, or give --finish alone."), 2)
    if file is None:
        done = keeping.finish()
        console.print(t("已完成。", "Completed.") if done else t("没有被中断的恢复。", "No restore was interrupted."))
        return
    try:
        with progress_bar() as bar:
            step = bar.add_task(t("核对", "checking"), total=None)
            kept = keeping.restore(file, replace=replace, progress=lambda done, n: bar.update(step, completed=done, total=n))
    except CannotKeep as why:
        _refused(why)
    prepare_database()
    jobs.take_up()
    _print(kept)
    console.print(
        t(
            "恢复的与保存的相同：每张表、每个文件都核对过。",
            "What was restored equals what was saved: every table and every file compared.",
        )
    )
    console.print(t(f"原来的内容在 {kept.aside}。", f"What was there before is in {kept.aside}."), markup=False)
    if not kept.secrets:
        console.print(
            t("备份不含密钥：请重新填写各连接的密钥。", "The backup holds no key: enter the secrets of the connections anew."),
            style="yellow",
        )


COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


def doctor(
    deep: bool = typer.Option(False, "--deep", help="连原始文件的内容也核对 compare the content of raw files too"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
) -> None:
    """检查安装：哪里不对，怎么办；什么都不改。 What is wrong with this installation and what to do; changes nothing."""
    found = examining.examine(deep=deep)
    if as_json:
        say_json([c.as_dict() for c in found])
    else:
        marks = {"ok": t("正常", "ok"), "warn": t("注意", "warn"), "bad": t("有问题", "bad")}
        for c in found:
            console.print(f"{marks[c.level]}  {c.says(lang())}", style=COLOURS[c.level], markup=False)
    if any(c.level == "bad" for c in found):
        raise typer.Exit(1)


def _print(kept: keeping.Kept) -> None:
    for name, rows in kept.tables.items():
        if rows:
            console.print(f"{name}  {rows:,}", markup=False)
    console.print(
        t(
            f"{kept.made} · 版本 {kept.version} · {sum(kept.tables.values()):,} 行 · {kept.files:,} 个文件 · {kept.size / 1e6:,.1f} MB",
            f"{kept.made} · version {kept.version} · {sum(kept.tables.values()):,} rows · {kept.files:,} files · {kept.size / 1e6:,.1f} MB",
        ),
        markup=False,
    )
