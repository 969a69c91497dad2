"""数据参谋 by API: the shop's weeks and the products' days. Only apps with the data grant may ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba.client import sync
from zhanggui.feeds.alibaba.envelope import listed
from zhanggui.feeds.alibaba.products import product_pages
from zhanggui.feeds.ask import Ask, together
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered

WEEKS = "alibaba.mydata.overview.date.get"
INDUSTRY = "alibaba.mydata.overview.industry.get"
OVERVIEW = "alibaba.mydata.overview.indicator.basic.get"
DAYS = "alibaba.mydata.self.product.date.get"
EFFECT = "alibaba.mydata.self.product.get"
PRODUCTS_A_CALL = 20


def overview(ask: Ask) -> Iterator[Answer | Trouble]:
    """The figures of each week that can be chosen and is not older than the last pull's newest, for the main industry."""
    since = ask.since("overview")
    try:
        ranges = listed(sync(ask, WEEKS, "shop_overview").inside, "result_list")
        weeks = sorted((_day(str(r.get("start_date"))), _day(str(r.get("end_date")))) for r in ranges)
        for week in weeks:
            if since and week[1] < since.date():
                continue
            span = {"start_date": week[0].isoformat(), "end_date": week[1].isoformat()}
            industries = listed(sync(ask, INDUSTRY, "shop_overview", date_range=span).inside, "result_list")
            main = next((i for i in industries if i.get("main_category")), industries[0] if industries else None)
            said = sync(ask, OVERVIEW, "shop_overview", date_range=span, industry=main)
            name = f"{OVERVIEW}-{span['start_date']}~{span['end_date']}.json"
            yield Answer(name, said.raw, period=week, table="shop_overview", state={"overview": span["end_date"]})
    except Refusal as refused:
        yield refused.trouble


def effects(ask: Ask) -> Iterator[Answer | Trouble]:
    """What each product got on each day that can be chosen and is not older than the last pull's newest."""
    since = ask.since("effects")
    try:
        said = sync(ask, DAYS, "product_effect", statistics_type="day").inside
        first, last = (_day(_found(said, name)) for name in ("start_date", "end_date"))
        day = max(first, since.date()) if since else first
        pages, trouble = gathered(product_pages(ask))
        if trouble:
            yield trouble
            return
        ids = [str(p["id"]) for page in pages for p in listed(page.inside, "products") if p.get("id")]
        while day <= last and ids:
            if ask.late:
                yield Trouble("more_to_come", "note", asked=EFFECT)
                return
            parts = [ids[n : n + PRODUCTS_A_CALL] for n in range(0, len(ids), PRODUCTS_A_CALL)]
            raw = [
                sync(ask, EFFECT, "product_effect", statistics_type="day", stat_date=day.isoformat(), product_ids=part).raw
                for part in parts
            ]
            name = f"{EFFECT}-{day}.json"
            yield Answer(
                name,
                together(EFFECT, raw, stat_date=day.isoformat()),
                period=(day, day),
                table="product_effect_api",
                state={"effects": day.isoformat()},
            )
            day += timedelta(days=1)
    except Refusal as refused:
        yield refused.trouble


def _found(part: object, name: str) -> str:
    """A value by its name, however deep."""
    if isinstance(part, dict):
        if isinstance(part.get(name), str):
            return str(part[name])
        return next((found for value in part.values() if (found := _found(value, name))), "")
    return ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Refusal(Trouble("broken_json", asked=DAYS, said=f"{text!r}")) from None
