"""Run inside a copy of the tree to which one check was added: imports a file, checks, opens the pages, prints what it saw as JSON."""

from __future__ import annotations

import html
import json
import re
import sys
from contextlib import redirect_stdout

import django

EFFECT = """2026-09-13~2026-09-19
产品ID,产品名称,产品负责人,搜索曝光次数,全店点击次数,询盘个数
1,Loafers,,1000,10,1
2,Boots,Alice,1000,20,1
"""


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from zhanggui.desk import checking, importing, people

    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        shop = people.open_shop("hers", "Hers")
        alice = people.add_person("alice", "a long password", shop.company, "owner")
        importing.accept(importing.bring(shop, EFFECT.encode(), "effect.csv"))
        outcomes = checking.check(shop).outcomes
        client = Client(HTTP_HOST="localhost")
        client.force_login(alice)

        def text(name: str) -> str:
            page = client.get(reverse(name, args=["hers"])).content.decode()
            return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))

        pages = {name: text(name) for name in ("today", "check_settings")}
    ran = {o.check.code: [dict(f.key) for f in o.findings] for o in outcomes}
    print(json.dumps({"ran": ran, **pages}, ensure_ascii=False))


main()
