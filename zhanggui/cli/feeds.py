"""Commands about connections: feeds, feed pull."""

from __future__ import annotations

from datetime import datetime

import typer
from django.utils import timezone
from rich.markup import escape
from rich.table import Table as Grid

from zhanggui import feeds as sources
from zhanggui.cli.reader import console, fail, lang, say_json, t
from zhanggui.cli.shops import the_shop
from zhanggui.desk import connecting
from zhanggui.desk.answers import Trouble
from zhanggui.desk.models import Connection


def add_to(app: typer.Typer) -> None:
    app.command("feeds")(feeds)
    one = typer.Typer(no_args_is_help=True, help="一个数据连接。 One connection.")
    one.callback()(lambda: None)
    one.command("pull")(pull)
    app.add_typer(one, name="feed")


def feeds(as_json: bool = typer.Option(False, "--json", help="输出 JSON")) -> None:
    """数据连接：上次成功、下次、问题。 Connections: last success, next pull, trouble."""
    known = list(the_shop().connections.all())
    if as_json:
        say_json([_plain(c) for c in known])
        return
    grid = Grid()
    for title in (
        t("名称", "Name"),
        t("来源", "Source"),
        t("上次成功", "Last success"),
        t("下次", "Next"),
        t("问题", "Trouble"),
    ):
        grid.add_column(title)
    for c in known:
        kind = sources.KINDS.get(c.kind)
        title = t(kind.zh, kind.en) if kind else c.kind
        after = moment(connecting.next_pull(c)) if c.active else t("已停用", "off")
        grid.add_row(escape(c.name), title, moment(c.last_ok), after)
    console.print(grid)
    for c in known:
        for trouble in c.trouble:
            colour = "red" if trouble["level"] == "error" else "yellow"
            console.print(f"{c.name}: {Trouble(**trouble).says(lang())}", style=colour, markup=False)


def moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "—"


def _plain(c: Connection) -> dict[str, object]:
    troubles = [x | {"says": Trouble(**x).says(lang())} for x in c.trouble]
    times = {"last_ok": c.last_ok, "next": connecting.next_pull(c)}
    return {"name": c.name, "kind": c.kind, "active": c.active, "every_minutes": c.every_minutes, "trouble": troubles} | times


def pull(name: str = typer.Argument(..., help="连接的名称 name of the connection (zhanggui feeds)")) -> None:
    """现在取一次。 Ask a connection now."""
    shop = the_shop()
    known = shop.connections.filter(name=name).select_related("shop").first()
    if known is None:
        names = ", ".join(shop.connections.values_list("name", flat=True))
        fail(t(f"没有名为 {name} 的连接；现有：{names or '无'}", f"no connection {name}; there are: {names or 'none'}"), 2)
    try:
        done = connecting.pull(known, sources.pull)
    except connecting.Busy:
        fail(t("正在取，请稍后再试。", "It is being asked already; try again later."))
    for item in done.imports:
        console.print(f"#{item.pk} {item.file}  {item.state}", markup=False)
    for trouble in done.troubles:
        console.print(trouble.says(lang()), style="red" if trouble.level == "error" else "yellow", markup=False)
    if not done.imports and not done.troubles:
        console.print(t("没有新数据。", "Nothing new."))
    if not done.ok:
        raise typer.Exit(1)
