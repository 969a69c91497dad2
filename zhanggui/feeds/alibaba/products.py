"""Products, their details, and the showcase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba.client import Said, sync
from zhanggui.feeds.alibaba.envelope import FATAL, OF_THE_METHOD, PASSING, listed, records
from zhanggui.feeds.ask import Ask, finished, together, went_on
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered, numbered

LIST = "alibaba.icbu.product.list"
GET = "alibaba.icbu.product.get"
SHOWCASE = "alibaba.icbu.showcase.list"
STATUS = "alibaba.icbu.showcase.status"
TABLE = "product_catalogue"
PAGE = 30  # the most that the platform gives; it cuts a larger page without a word


def product_pages(ask: Ask, since: str = "") -> Iterator[Said]:
    """All pages of the product list, or of the products changed since (`yyyy-MM-dd HH:mm:ss`)."""

    def call(number: int) -> Said:
        return sync(ask, LIST, TABLE, language="ENGLISH", current_page=number, page_size=PAGE, gmt_modified_from=since)

    def ids(page: Said) -> list[str]:
        return [str(p.get("id") or p.get("product_id")) for p in listed(page.inside, "products")]

    return numbered(call, ids, LIST, first=1, size=PAGE, total=lambda page: page.inside.get("total_item"))


def products(ask: Ask) -> Iterator[Answer | Trouble]:
    """The products changed since the last pull, on request with the details of each, by id, in as many pulls as that takes."""
    since = ask.since("products")
    began, after = ask.round("products")
    pages, trouble = gathered(product_pages(ask, f"{since:%Y-%m-%d %H:%M:%S}" if since else ""))
    troubles = [trouble] if trouble else []
    details: list[bytes] = []
    done = {} if trouble else finished("products", began)
    if ask.settings.get("details") and not trouble:
        ids = {str(p["product_id"]) for page in pages for p in listed(page.inside, "products") if p.get("product_id")}
        for number in sorted(n for n in ids if n > after):
            stop = Trouble("more_to_come", "note", asked=GET) if ask.late else _detail(ask, number, details, troubles)
            if stop and stop.code in OF_THE_METHOD:
                troubles.append(stop)
                break
            if stop:
                troubles.append(stop)
                done = went_on("products", began, after)
                break
            after = number
    if pages:
        yield Answer(
            f"{LIST}-{ask.day}.json", together(LIST, [p.raw for p in pages]), table=TABLE, state={} if details else done
        )
    if details:
        yield Answer(f"{GET}-{ask.day}.json", together(GET, details), state=done)
    yield from troubles


def _detail(ask: Ask, number: str, details: list[bytes], troubles: list[Trouble]) -> Trouble | None:
    """One product's answer among the others; what stops the pull, or None. A product that has no answer is noted and left out."""
    try:
        details.append(sync(ask, GET, TABLE, product_id=number, language="ENGLISH").raw)
    except Refusal as refused:
        if refused.trouble.code in PASSING | OF_THE_METHOD:
            return refused.trouble
        if refused.trouble.code not in {t.code for t in troubles}:
            troubles.append(replace(refused.trouble, level="note"))
    return None


def showcase(ask: Ask) -> Iterator[Answer | Trouble]:
    """How many places there are, and which products hold them."""

    def call(number: int) -> Said:
        return sync(ask, SHOWCASE, "showcase", per_page_size=PAGE, to_page=number)

    def ids(page: Said) -> list[str]:
        return [str(p.get("id") or p.get("product_id")) for p in records(page.inside)]

    try:
        yield Answer(f"{STATUS}-{ask.day}.json", sync(ask, STATUS, "showcase").raw, table="showcase_quota")
    except Refusal as refused:
        yield refused.trouble
        if refused.trouble.code in FATAL:
            return
    pages, trouble = gathered(
        numbered(call, ids, SHOWCASE, first=1, size=PAGE, total=lambda page: page.inside.get("total_count", -1))
    )
    if pages:
        yield Answer(f"{SHOWCASE}-{ask.day}.json", together(SHOWCASE, [p.raw for p in pages]), table="showcase")
    if trouble:
        yield trouble
