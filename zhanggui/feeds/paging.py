"""Page after page, never for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from zhanggui.desk.answers import Trouble
from zhanggui.feeds.ask import MAX_PAGES
from zhanggui.feeds.guard import Refusal

Page = TypeVar("Page")


def numbered(
    call: Callable[[int], Page],
    ids: Callable[[Page], list[Any]],
    asked: str,
    *,
    first: int,
    size: int,
    total: Callable[[Page], Any],
) -> Iterator[Page]:
    """The pages of a list that is asked for by number. The list ends when as many records as its total have come, or, where
    it names none (-1), with a page that is not full. A first page with neither records nor total (None) is given all the same, to
    be kept and looked at. `Refusal` for a page that only repeats: some paging words are not heard.
    """
    seen: set[Any] = set()
    for number in range(first, first + MAX_PAGES):
        page = call(number)
        found = ids(page)
        if not found:
            if number == first and total(page) is None:
                yield page
            return
        if seen.issuperset(found):
            raise Refusal(Trouble("page_repeats", asked=asked, value=str(number - first + 1)))
        yield page
        seen.update(found)
        whole = total(page)
        if len(seen) >= int(whole) if str(whole).isdigit() else len(found) < size:
            return
    raise Refusal(Trouble("too_many_pages", asked=asked, value=str(MAX_PAGES)))


def linked(call: Callable[[Any], Page], onward: Callable[[Page], Any], asked: str) -> Iterator[Page]:
    """The pages of a list of which each names the next. `Refusal` for a page that names one that was there."""
    seen: set[Any] = set()
    where: Any = None
    for number in range(1, MAX_PAGES + 1):
        page = call(where)
        yield page
        where = onward(page)
        if not where:
            return
        if where in seen:
            raise Refusal(Trouble("page_repeats", asked=asked, value=str(number + 1)))
        seen.add(where)
    raise Refusal(Trouble("too_many_pages", asked=asked, value=str(MAX_PAGES)))


def gathered(pages: Iterable[Page]) -> tuple[list[Page], Trouble | None]:
    """The pages that came, and what stopped them."""
    got: list[Page] = []
    try:
        for page in pages:
            got.append(page)
    except Refusal as refused:
        return got, refused.trouble
    return got, None
