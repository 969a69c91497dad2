"""A drawn shop becomes a folder of files, as if somebody had fetched every report of the year."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sandbox import files, overview
from sandbox.shop import Shop

#: Called after each file with (done, of).
Progress = Callable[[int, int], None]

WEEKLY: dict[str, Callable[[Shop, int, Path], Path]] = {
    "product_effect": files.product_effect,
    "keyword_effect": files.keyword_effect,
    "shop_overview": overview.shop_overview,
    "p4p_keyword": files.p4p_keyword,
}


def month_ends(shop: Shop) -> list[date]:
    """The last week end of every month: the days on which the catalogue was fetched."""
    return sorted({f"{end:%Y-%m}": end for _, end in shop.world.weeks}.values())


def months(shop: Shop) -> list[str]:
    """Months in which orders could be created."""
    first, last = shop.world.weeks[0][0], shop.world.weeks[-1][1]
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]


def write(shop: Shop, folder: Path, progress: Progress = lambda done, of: None) -> list[Path]:
    """Every file of the year; gives their paths in the order of writing, truth.json last."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs: list[Callable[[], Path]] = [
        lambda table=table, week=week: WEEKLY[table](shop, week, folder)  # type: ignore[misc]
        for table in WEEKLY
        for week in shop.written(table)
    ]
    jobs += [lambda month=month: files.order_lines(shop, month, folder) for month in months(shop)]  # type: ignore[misc]
    jobs += [lambda day=day: files.product_catalogue(shop, day, folder) for day in month_ends(shop)]  # type: ignore[misc]
    jobs += [lambda: overview.product_cost(shop, folder), lambda: overview.target_country(folder)]
    paths = []
    for done, job in enumerate(jobs, start=1):
        paths.append(job())
        progress(done, len(jobs))
    truth = folder / "truth.json"
    truth.write_text(json.dumps(shop.truth(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*paths, truth]
