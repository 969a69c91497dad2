"""The command line: a thin door.

Takes: arguments. Gives: text in the reader's language, JSON, CSV, exit codes (0 done, 1 the data say no, 2 wrong use or not confirmed).
May import: everything above it in the river.
"""

from __future__ import annotations

import os
import sys

import typer

from zhanggui.cli import reader
from zhanggui.cli.reader import Lang

app = typer.Typer(
    name="zhanggui",
    help="掌柜：用店铺自己的数据经营阿里巴巴国际站店铺。 Runs an Alibaba.com export store from its own data.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _begin(
    lang: Lang = typer.Option(None, "--lang", help="zh | en（默认按系统区域 by locale）"),
    shop: str = typer.Option("", "--shop", help="店铺代号（只有一个店铺时可省略） key of the shop, if there are several"),
) -> None:
    reader.choose(lang.value if lang else None, shop)


def main() -> None:
    """Entry point of the command `zhanggui`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhanggui.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        sys.exit(str(wrong))
    from zhanggui.cli import feeds, files, judging, keeping, mapping, running

    for module in (files, judging, feeds, running, mapping, keeping):
        module.add_to(app)
    try:
        app()
    except BrokenPipeError:  # `zhanggui show … | head`
        sys.stderr.close()
        sys.exit(0)


__all__ = ["app", "main"]
