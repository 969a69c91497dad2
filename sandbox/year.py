"""A drawn shop becomes a folder of files, as if somebody had fetched every report of the year: which, and how often."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from sandbox import files, overview
from sandbox.reports import answers, climb, contacts, outside, paid, pictures, products, trade, traffic
from sandbox.scene import Scene
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


#: Reports of a scene by the time that one file is of: a week, a month (`2026-10`), the last day of a month.
OF_WEEK: dict[str, Callable[[Scene, int, Path], Path]] = {
    "product_keyword": traffic.product_keyword,
    "traffic_source": traffic.traffic_source,
    "shop_region": traffic.shop_region,
    "sub_account": traffic.sub_account,
    "p4p_product": paid.p4p_product,
    "p4p_hour": paid.p4p_hour,
    "p4p_target": paid.p4p_target,
    "p4p_search_word": paid.p4p_search_word,
    "p4p_plan": paid.p4p_plan,
    "p4p_account": paid.p4p_account,
    "weekly_report": answers.weekly_report,
}
OF_MONTH: dict[str, Callable[[Scene, str, Path], Path]] = {
    "inquiry": contacts.inquiry,
    "chat": contacts.chat,
    "rfq": contacts.rfq,
    "quotation": contacts.quotation,
    "order_fund": trade.order_fund,
    "review": trade.review,
    "dispute": trade.dispute,
}
AS_OF: dict[str, Callable[[Scene, date, Path], Path]] = {
    "product_growth": products.product_growth,
    "showcase": products.showcase,
    "stock_level": products.stock_level,
    "keyword_index": products.keyword_index,
    "logistics_order": trade.logistics_order,
    "buyer": contacts.buyer,
    "rival_shop": outside.rival_shop,
    "rival_listing": outside.rival_listing,
    "star_level": answers.star_level,
    "rfq_standing": answers.rfq_standing,
    "industry_ranking": climb.industry_ranking,
}
ONCE: dict[str, Callable[[Scene, Path], Path]] = {
    "visitor": traffic.visitor,
    "okki_buyer": contacts.okki_buyer,
    "customs_value": outside.customs_value,
    "web_visit": outside.web_visit,
    "search_trend": outside.search_trend,
    "star_action": climb.star_action,
    "offline_deal": climb.offline_deal,
    "picture": pictures.picture,
}


def further(scene: Scene, folder: Path) -> list[Callable[[], Path]]:
    """What is to be written of a scene: the weekly reports of its detailed weeks, the others of the whole year."""
    shop = scene.shop
    jobs: list[Callable[[], Path]] = [
        partial(make, scene, week, folder) for make in OF_WEEK.values() for week in scene.detailed
    ]
    jobs += [partial(make, scene, month, folder) for make in OF_MONTH.values() for month in months(shop)]
    jobs += [partial(make, scene, day, folder) for make in AS_OF.values() for day in month_ends(shop)]
    return jobs + [partial(make, scene, folder) for make in ONCE.values()]


def write(shop: Shop, folder: Path, progress: Progress = lambda done, of: None, scene: Scene | None = None) -> list[Path]:
    """Every file of the year; gives their paths in the order of writing, truth.json last.

    Without a scene the first six reports and the two registers; with one (of this shop) all the others as well.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs: list[Callable[[], Path]] = [
        lambda table=table, week=week: WEEKLY[table](shop, week, folder)  # type: ignore[misc]
        for table in WEEKLY
        for week in shop.written(table)
    ]
    jobs += [lambda month=month: files.order_lines(shop, month, folder) for month in months(shop)]  # type: ignore[misc]
    jobs += [lambda day=day: files.product_catalogue(shop, day, folder) for day in month_ends(shop)]  # type: ignore[misc]
    jobs += [lambda: overview.product_cost(shop, folder), lambda: overview.target_country(folder)]
    jobs += further(scene, folder) if scene else []
    paths = []
    for done, job in enumerate(jobs, start=1):
        paths.append(job())
        progress(done, len(jobs))
    truth = folder / "truth.json"
    known = shop.truth() | (scene.truth() if scene else {})
    truth.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*paths, truth]
