"""Commands about headers that nobody knows: mappings, and what is suggested for a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.table import Table as Grid

from zhanggui.cli.reader import console, fail, lang, say_json, t
from zhanggui.cli.shops import the_shop
from zhanggui.desk import mapping
from zhanggui.desk.models import Shop
from zhanggui.intake import HeaderMap
from zhanggui.intake.read import plainly
from zhanggui.intake.sheets import read_sheets
from zhanggui.intake.suggest import Head, find_head, rank, suggest, title_of
from zhanggui.tables import TABLES

app = typer.Typer(help="记住的表头 Headers that were explained.", invoke_without_command=True)


def add_to(whole: typer.Typer) -> None:
    whole.add_typer(app, name="mappings")


@app.callback()
def list_mappings(context: typer.Context, as_json: bool = typer.Option(False, "--json", help="输出 JSON")) -> None:
    """记住的表头。 Headers that were explained."""
    if context.invoked_subcommand:
        return
    saved = mapping.mappings(the_shop())
    if as_json:
        say_json([{"id": m.pk, "made": m.made, **plainly(mapping.answer_of(m))} for m in saved])
        return
    grid = Grid()
    for title in ("#", t("报表", "Report"), t("列", "Columns"), t("谁", "Who"), t("时间", "Made")):
        grid.add_column(title)
    for m in saved:
        title = TABLES[m.table].title(lang()) if m.table in TABLES else m.table
        who = m.person.get_username() if m.person else ""
        grid.add_row(str(m.pk), title, ", ".join(m.columns.values()), who, f"{m.made:%Y-%m-%d %H:%M}")
    console.print(grid)


@app.command()
def forget(number: int = typer.Argument(..., help="编号 number (zhanggui mappings)")) -> None:
    """忘记一种表头。 Forget one set of headers."""
    try:
        mapping.forget(the_shop(), number)
    except LookupError:
        fail(t(f"没有 #{number}", f"there is no #{number}"))
    console.print(t("忘记了。", "Forgotten."))


@app.command("suggest")
def show_suggestion(
    path: Path = typer.Argument(..., exists=True, dir_okay=False, help="文件 file"),
    table: str = typer.Option("", "--table", help="报表种类 the kind of report (default: the likeliest)"),
) -> None:
    """看文件像什么，作为 JSON；改好后给 import --map。 What a file may be, as JSON for import --map."""
    if table and table not in TABLES:
        fail(t(f"没有名为 {table} 的表", f"no table {table}"), 2)
    for sheet, head in _heads(path):
        likely = suggest(head, TABLES[table]) if table else next(iter(rank(head, title=title_of(sheet, head, path.name))), None)
        if likely:
            say_json(plainly(likely.answer))
            return
    fail(t("看不出表头在哪里。", "No header was found."))


def _heads(path: Path) -> list[tuple[Any, Head]]:
    sheets, _ = read_sheets(path, path.name)
    return [(sheet, head) for sheet in sheets if (head := find_head(sheet))]


def explain(shop: Shop, files: list[Path], told: Path) -> None:
    """Keep the answer of a JSON file for each header set of the files that it fits; an answer that fits none is an error."""
    try:
        answer = HeaderMap(**json.loads(told.read_text("utf-8")))
        wanted = set(answer.columns.values())
    except (OSError, ValueError, TypeError, AttributeError) as error:
        fail(t(f"看不懂 {told.name}：{error}", f"{told.name} cannot be read: {error}"), 2)
    fits = [head for path in files for _, head in _heads(path) if wanted <= set(head.labels)]
    if not fits:
        fail(t(f"没有一个文件有 {told.name} 里的表头", f"no file has the headers of {told.name}"), 2)
    try:
        for head in {head.fingerprint: head for head in fits}.values():
            mapping.save(shop, head, answer)
    except mapping.Unfit as unfit:
        fail("\n".join(p.says(lang()) for p in unfit.problems))
