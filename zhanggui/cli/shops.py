"""The shop that a command is about; the database, made ready on first use."""

from __future__ import annotations

from zhanggui.cli.reader import fail, shop_key, t
from zhanggui.desk.models import Shop
from zhanggui.desk.people import open_shop

DEFAULT_KEY = "main"


def prepare_database() -> None:
    """Bring the database to this version's shape; quick when it is already."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def the_shop(make: bool = False) -> Shop:
    """The shop named by --shop, or the only real one, else the demo shop. `make`: a first shop is made where there is none."""
    prepare_database()
    key = shop_key()
    if key:
        found = Shop.objects.filter(key=key).first()
        if found:
            return found
        if make:
            return open_shop(key, key)
        keys = ", ".join(Shop.objects.order_by("key").values_list("key", flat=True))
        fail(t(f"没有代号为 {key} 的店铺；现有：{keys or '无'}", f"no shop has the key {key}; there are: {keys or 'none'}"), 2)
    shops = list(Shop.objects.filter(demo=False).order_by("key")[:20])
    if not shops and not make:  # a person's own files never go into the demo shop unless it is named
        shops = list(Shop.objects.order_by("key")[:20])
    if len(shops) == 1:
        return shops[0]
    if not shops:
        if make:
            return open_shop(DEFAULT_KEY, t("我的店铺", "My shop"))
        fail(
            t(
                "还没有店铺：先导入一份报表（zhanggui import 文件），或试试 zhanggui sandbox。",
                "There is no shop yet: import a report (zhanggui import FILE), or try zhanggui sandbox.",
            ),
            2,
        )
    keys = ", ".join(s.key for s in shops)
    fail(t(f"有多个店铺，请用 --shop 指明：{keys}", f"There are several shops, name one with --shop: {keys}"), 2)
