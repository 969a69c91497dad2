"""Commands about files: import, imports, show, undo, rebuild."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import typer
from rich import progress as bars
from rich.markup import escape
from rich.table import Table as Grid

from zhanggui.cli.mapping import explain
from zhanggui.cli.reader import console, errors, fail, interactive, lang, say_json, t
from zhanggui.cli.shops import the_shop
from zhanggui.desk import importing, presence, previewing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.inbox import importable
from zhanggui.desk.models import Shop
from zhanggui.documents.excel import csv_text
from zhanggui.intake import Period, parse_period
from zhanggui.intake.cells import Progress
from zhanggui.tables import TABLES, Problem


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_files)
    app.command("imports")(list_imports)
    app.command("show")(show)
    app.command("undo")(undo)
    app.command("rebuild")(rebuild)


def progress_bar() -> bars.Progress:
    """A bar on the error stream; silent where that is no terminal."""
    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeElapsedColumn())
    return bars.Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True)


def files_in(paths: list[Path]) -> list[Path]:
    """The files named, and those of folders named, oldest name first."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += importable(path)
        elif path.is_file():
            found.append(path)
        else:
            fail(t(f"找不到文件 {path}", f"there is no file {path}"), 2)
    return found


def _day(text: str | None, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(t(f"{option} 要写成 2026-09-21，不是 {text}", f"{option} is written 2026-09-21, not {text}"), 2)


def parse_day(text: str | None) -> date:
    """A day from an option, or today by the platform's clock."""
    return _day(text, "--day") or platform_today()


def import_files(
    paths: list[Path] = typer.Argument(..., help="文件或文件夹 files or folders", show_default=False),
    yes: bool = typer.Option(False, "--yes", "-y", help="不询问，直接导入 accept without asking"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
    period: str = typer.Option(
        "", "--period", help="统计周期 e.g. 2026-09-13~2026-09-19，文件里没有时用 where the file has none"
    ),
    table: str = typer.Option("", "--table", help="指定报表种类 the kind of report, if it is not recognised"),
    on: str = typer.Option("", "--on", help="名单类文件的日期 day of a list that carries none (default: today)"),
    told: Path = typer.Option(
        None,
        "--map",
        exists=True,
        dir_okay=False,
        help="表头的意思（JSON，见 mappings suggest），会记住 what headers mean; kept",
    ),
    whole: bool = typer.Option(False, "--whole", help="有一行被拒绝就整份不导入 all or nothing"),
) -> None:
    """导入报表：先预览，确认后才写入。 Import reports: a preview first, written when confirmed."""
    asked = _period(period)
    if table and table not in TABLES:
        fail(t(f"没有名为 {table} 的表；有：{', '.join(TABLES)}", f"no table {table}; there are: {', '.join(TABLES)}"), 2)
    day = _day(on or None, "--on")
    files = files_in(paths)
    if not files:
        fail(
            t("这里没有可导入的文件（.xls .xlsx .csv .tsv .zip）", "nothing to import here (.xls .xlsx .csv .tsv .json .zip)"),
            2,
        )
    shop = the_shop(make=True)
    if told:
        explain(shop, files, told)
    options: dict[str, Any] = {"period": asked, "table": table or None, "on": day}
    if not yes:
        looked = _each(files, lambda path, told: _look(shop, path, options | {"progress": told}))
        _report(looked, written=False, as_json=as_json)
        if not any(item["ok"] for item in looked):
            raise typer.Exit(1)
        if not interactive() or as_json:
            errors.print(
                t("只是预览，什么都没有写入。加 --yes 才导入。", "A preview; nothing was written. Add --yes to import.")
            )
            raise typer.Exit(2)
        if not typer.confirm(t("导入吗？", "Import?"), default=True):
            raise typer.Exit(2)
    done = _each(files, lambda path, told: _take(shop, path, whole, options | {"progress": told}))
    _report(done, written=True, as_json=as_json)
    if not all(item["ok"] for item in done):
        raise typer.Exit(1)


def _period(text: str) -> Period | None:
    if not text:
        return None
    found = parse_period(text)
    if found is None:
        fail(t(f"看不懂周期 {text}，请写成 2026-09-13~2026-09-19", f"{text} is no period, write 2026-09-13~2026-09-19"), 2)
    return found


def _look(shop: Shop, path: Path, options: dict[str, Any]) -> dict[str, Any]:
    return previewing.describe(previewing.look(shop, path, path.name, **options), path.name)


def _take(shop: Shop, path: Path, whole: bool, options: dict[str, Any]) -> dict[str, Any]:
    item = importing.take(shop, path, path.name, whole_only=whole, **options)
    return item.preview | {"import": item.number}


def _each(files: list[Path], work: Callable[[Path, Progress], dict[str, Any]]) -> list[dict[str, Any]]:
    """Do the work on each file; a bar counts the files, a second one how far a long file is."""
    results = []
    with progress_bar() as bar:
        step = bar.add_task(t("读取", "reading"), total=len(files))
        for path in files:
            inner = bar.add_task(path.name, total=None, visible=False)

            def told(done: int, total: int, inner: Any = inner) -> None:
                bar.update(inner, completed=done, total=total, visible=True)

            results.append(work(path, told) | {"file": path.name})
            bar.remove_task(inner)
            bar.advance(step)
    return results


def _report(items: list[dict[str, Any]], *, written: bool, as_json: bool) -> None:
    totals: dict[str, dict[str, int]] = {}
    for item in items:
        for part in item["parts"]:
            total = totals.setdefault(part["table"], {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0})
            for name in total:
                total[name] += part[name]
    if as_json:
        for item in items:
            item["problems"] = [Problem(**p).as_dict(lang()) for p in item["problems"]]
        say_json({"written": written, "tables": totals, "files": items})
        return
    for item in items:
        _describe(item)
    grid = Grid(title=t("已导入", "Imported") if written else t("预览", "Preview"))
    for title in (t("报表", "Report"), t("新增", "New"), t("更改", "Changed"), t("未变", "Unchanged"), t("拒绝", "Rejected")):
        grid.add_column(title, justify="left" if not grid.columns else "right")
    for name, total in totals.items():
        grid.add_row(TABLES[name].title(lang()), *[f"{total[k]:,}" for k in ("new", "changed", "unchanged", "rejected")])
    if totals:
        console.print(grid)


def _describe(item: dict[str, Any]) -> None:
    mark = "✓" if item["ok"] else "✗"
    parts = "; ".join(
        f"{TABLES[p['table']].title(lang())} {'~'.join(p['period']) if p['period'] else p['as_of'] or ''}".strip()
        for p in item["parts"]
    )
    note = t("（已经导入过）", " (imported before)") if item["duplicate_of"] else ""
    number = f" #{item['import']}" if item.get("import") else ""
    console.print(f"{mark} {item['file']}{number}  {parts}{note}", markup=False)
    for raw in item["problems"][:8]:
        problem = Problem(**raw)
        line = t(f"第 {problem.line} 行 ", f"line {problem.line} ") if problem.line else ""
        console.print(f"    {line}{problem.says(lang())}", style="red" if problem.level == "error" else "yellow", markup=False)
    more = item["problem_count"] - 8
    if more > 0:
        console.print(t(f"    还有 {more} 处问题（--json 看全部）", f"    {more} more (--json lists them)"), style="yellow")


def list_imports(as_json: bool = typer.Option(False, "--json", help="输出 JSON")) -> None:
    """已导入的文件。 Files that were imported."""
    records = facts_of(the_shop()).imports()
    if as_json:
        say_json([asdict(r) for r in records])
        return
    grid = Grid()
    for title in (
        "#",
        t("文件", "File"),
        t("报表", "Report"),
        t("周期", "Period"),
        t("行数", "Rows"),
        t("导入时间", "Imported"),
        "",
    ):
        grid.add_column(title)
    for r in records:
        tables = ", ".join(TABLES[p["table"]].title(lang()) for p in r.parts if p["table"] in TABLES)
        periods = ", ".join(sorted({"~".join(p["period"]) if p["period"] else p["as_of"] or "" for p in r.parts}))
        rows = sum(p["counts"]["new"] + p["counts"]["changed"] + p["counts"]["unchanged"] for p in r.parts)
        grid.add_row(str(r.id), escape(r.file), tables, periods, f"{rows:,}", r.at, t("已撤销", "undone") if r.undone else "")
    console.print(grid)


def show(
    table: str = typer.Argument(..., help="表名 name of the table, e.g. product_effect"),
    as_csv: bool = typer.Option(False, "--csv", help="输出 CSV"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
    limit: int = typer.Option(0, "--limit", help="最多多少行 most rows (0: all; terminal: 20)"),
    day: str = typer.Option("", "--day", help="只看到这一天为止 as known of the days up to this one"),
) -> None:
    """看一张表的行。 The rows of a table."""
    if table not in TABLES:
        fail(t(f"没有名为 {table} 的表；有：{', '.join(TABLES)}", f"no table {table}; there are: {', '.join(TABLES)}"), 2)
    declared = TABLES[table]
    snapshot = facts_of(the_shop()).snapshot(_day(day or None, "--day") or date.max)
    rows = snapshot.scan(table).sort(declared.full_key or ["_line"], nulls_last=True)
    if limit or not (as_csv or as_json):
        rows = rows.head(limit or 20)
    frame = rows.collect()
    if as_json:
        sys.stdout.write(json.dumps(frame.to_dicts(), ensure_ascii=False, default=str) + "\n")
    elif as_csv:
        headers = [declared.label(c, lang()) if not c.startswith("_") else c.strip("_") for c in frame.columns]
        sys.stdout.write(csv_text(headers, [list(r) for r in frame.iter_rows()]))
    else:
        with pl.Config(tbl_rows=-1, tbl_cols=12, fmt_str_lengths=40, tbl_width_chars=console.width):
            console.print(str(frame), markup=False)


def undo(
    number: int = typer.Argument(..., help="导入编号 number of the import (zhanggui imports)"),
    yes: bool = typer.Option(False, "--yes", "-y", help="不询问 without asking"),
) -> None:
    """撤销一次导入。 Take an import back."""
    shop = the_shop()
    record = facts_of(shop).manifest().record(number)
    if record is None or not record.live:
        fail(t(f"没有可撤销的导入 #{number}", f"there is no import #{number} to undo"))
    if not yes:
        if not interactive():
            fail(t("加 --yes 才撤销。", "Add --yes to undo."), 2)
        if not typer.confirm(t(f"撤销 #{number} {record.file}？", f"Undo #{number} {record.file}?")):
            raise typer.Exit(2)
    done = importing.undo(shop, number)
    for name, removed in done.removed.items():
        title, again, kept = TABLES[name].title(lang()), done.restored[name], done.kept[name]
        console.print(
            t(
                f"{title}：去掉 {removed:,} 行，{again:,} 行恢复为更早导入的值，{kept:,} 行保留更新的导入所写的值",
                f"{title}: {removed:,} rows gone, {again:,} back to what an older import says, {kept:,} stay as a newer one says",
            ),
            markup=False,
        )


def rebuild() -> None:
    """从原始文件重建全部数据。 Build all tables anew from the raw files."""
    facts = facts_of(the_shop())
    before = facts.manifest().files
    with progress_bar() as bar:
        step = bar.add_task(t("重建", "rebuilding"), total=None)
        with presence.unbroken():
            counts = facts.rebuild(lambda i, n, name: bar.update(step, completed=i, total=n, description=name))
    for name, rows in counts.items():
        console.print(f"{TABLES[name].title(lang())}  {rows:,}", markup=False)
    same = facts.manifest().files == before
    console.print(t("与重建前逐字节相同。", "Byte for byte as before.") if same else t("与重建前不同。", "Not as before."))
