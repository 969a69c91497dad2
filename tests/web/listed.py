"""Files of any report with as many rows as wanted, made from its declaration; and the cells of a list as a person reads them."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.web import files
from zhanggui.desk import importing
from zhanggui.desk.models import Import, Shop
from zhanggui.tables import TABLES

Values = dict[str, Any]


def take(shop: Shop, table: str, rows: int | list[Values], name: str = "", *, on: date | None = None) -> Import:
    """Import a report into the shop: drawn rows, or these (column → value); a state is as of `on`."""
    made = [drawn(table, n) for n in range(rows)] if isinstance(rows, int) else rows
    columns = [c for c in TABLES[table].columns if c in made[0]]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([TABLES[table].columns[c].zh for c in columns])
    writer.writerows([[row.get(c, "") for c in columns] for row in made])
    period = files.week() if TABLES[table].time == "period" else None
    on = on or files.week()[1]
    item = importing.take(shop, out.getvalue().encode(), name or f"{table} {len(made)}.csv", table=table, period=period, on=on)
    assert item.state == "accepted", item.preview
    return item


def drawn(table: str, n: int) -> Values:
    """Row n of a report: every key its own, every figure n."""
    day = files.week()[1] - timedelta(days=n % 7)
    kinds = {
        "text": f"Text {n}", "id": f"9{n:06d}", "count": n, "number": n / 2, "rate": f"{n % 100}%", "money": f"{n}.50", "flag": "Y",
        "day": day, "moment": f"{day} 10:{n % 60:02d}:00",
    }  # fmt: skip
    made = {name: kinds[column.kind] for name, column in TABLES[table].columns.items()}
    made |= {name: "USD" for name in ("currency",) if name in made}
    if TABLES[table].time == "period":
        made.pop("day", None)
    return made


def get(client: Client, shop: Shop, name: str, **query: Any) -> str:
    """A list's page, white space folded."""
    return re.sub(r"\s+", " ", client.get(reverse("list", args=[shop.key, name]), query).content.decode())


def heads(page: str) -> list[str]:
    """The headings of the list, without the arrow of the sort."""
    head = re.search(r"<thead>.*?</thead>", re.sub(r'<figure class="drawing">.*?</figure>', "", page))
    return [plain(h).rstrip(" ↑↓") for h in re.findall(r"<th.*?</th>", head[0])] if head else []


def table(page: str) -> list[list[str]]:
    """The rows of the page as texts: the name first, then the cells."""
    found = []
    for row in re.findall(r"<tr> ?<th scope=\"row\">.*?</tr>", page):
        name = re.search(r'<span class="name" title="([^"]*)"', row)
        found.append([html.unescape(name[1]) if name else "", *(plain(c) for c in re.findall(r"<td.*?</td>", row))])
    return found


def names(page: str) -> list[str]:
    return [row[0] for row in table(page)]


def totals(page: str) -> dict[str, str]:
    """Heading → total."""
    row = re.search(r'<tr class="totals">.*?</tr>', page)
    cells = re.findall(r'data-label="([^"]*)">(.*?)</td>', row[0]) if row else []
    return {html.unescape(label): plain(cell) for label, cell in cells}


def plain(text: str) -> str:
    """What is read of a piece of markup; what only a screen reader says is left out."""
    text = re.sub(r'<span class="hush">.*?</span>', "", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


def newest() -> date:
    return files.week()[1]
