"""RFQ: what buyers ask for under the shop's words, and how many quotations are left."""

from __future__ import annotations

from collections.abc import Iterator

from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba.client import Said, sync
from zhanggui.feeds.alibaba.envelope import FATAL, records
from zhanggui.feeds.ask import Ask, together
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.paging import gathered, numbered

SEARCH = "alibaba.icbu.rfq.search"
EQUITY = "alibaba.icbu.rfq.myequity"
PAGE = 20
PAGES_A_WORD = 5  # the newest hundred


def rfq(ask: Ask) -> Iterator[Answer | Trouble]:
    """The RFQs of each word of the setting `rfq_words`, and the score and rights of the shop."""
    try:
        yield Answer(f"{EQUITY}-{ask.day}.json", sync(ask, EQUITY, "rfq_standing").raw, table="rfq_standing")
    except Refusal as refused:
        yield refused.trouble
        if refused.trouble.code in FATAL:
            return
    raw: list[bytes] = []
    troubles: list[Trouble] = []
    for word in ask.settings.get("rfq_words") or []:
        pages, trouble = gathered(_pages(ask, word))
        raw += [p.raw for p in pages]
        if trouble:
            troubles.append(trouble)
            break
    if raw:
        yield Answer(f"{SEARCH}-{ask.day}.json", together(SEARCH, raw), table="rfq")
    yield from troubles


def _pages(ask: Ask, word: str) -> Iterator[Said]:
    def call(number: int) -> Said:
        return sync(ask, SEARCH, "rfq", cond={"search_text": word, "current_page": number, "page_size": PAGE})

    def ids(page: Said) -> list[str]:
        return [str(r.get("rfq_id") or r.get("encrypt_rfq_id") or r) for r in records(page.inside)]

    pages = numbered(call, ids, SEARCH, first=1, size=PAGE, total=lambda page: -1)
    return (page for _, page in zip(range(PAGES_A_WORD), pages, strict=False))
