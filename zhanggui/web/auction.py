"""Auction what-if: rivals as somebody supposes them, and what each place would ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhanggui.estimates.auction import Reading, bid_with, reading_of
from zhanggui.measures.ad_money import currency
from zhanggui.measures.money import HOME
from zhanggui.plans.place_prices import Auction, Standing
from zhanggui.web.ads import asked, tab
from zhanggui.web.ads_rows import MISSING, Cell, Rows
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import said_in, whole
from zhanggui.web.words import said

MOST = 100_000.0
MOST_RIVALS, MOST_PREMIUMS, MOST_TEXT = 30, 5, 2000
FIELDS = ("bid", "score", "premiums", "reserve", "places")
READINGS: dict[Reading, tuple[str, str]] = {
    "on_top": ("溢价是加价（120% 即 × 2.2）", "Premiums are added on top (120 % is × 2.2)"),
    "of_bid": ("溢价是比例（120% 即 × 1.2）", "Premiums are a part of the bid (120 % is × 1.2)"),
}


@dataclass(frozen=True)
class Supposed:
    """What is typed, as numbers. `reserve`, `places`, `bid`: None where nothing is."""

    bid: float | None
    score: float
    premiums: tuple[float, ...]
    rivals: tuple[tuple[float, float], ...]
    reserve: float | None
    places: int | None


@require_GET
def ads_auction(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is typed stands in the address; nothing is kept, and nothing is sent anywhere."""
    of = asked(request, key)
    coin, reading = currency(of.snapshot), reading_of(of.rules)
    texts = {name: said_in(request.GET, name)[:40] for name in FIELDS} | {"rivals": said_in(request.GET, "rivals")[:MOST_TEXT]}
    own = of.rules.values.get("click_reserve") if coin == HOME else None
    supposed, wrong = _supposed(texts, own)
    answers: list[tuple[str, str, Rows]] = []
    away = 0
    if supposed and not wrong:
        readings = [reading] if reading or not supposed.premiums else list(READINGS)
        away = sum(score == 0 or bid < (supposed.reserve or 0.01) for bid, score in supposed.rivals)
        answers = [(said(*READINGS[one]) if len(readings) > 1 else "", *_answer(supposed, one)) for one in readings]  # type: ignore[index]
    return tab(
        request, of, "ads_auction", tabs=tabs_of(of.shop, "ads", "bids"), texts=texts, wrong=wrong, answers=answers, coin=coin, own=own,
        reading=said(*READINGS[reading]) if reading else "", supposed=supposed, away=away,
    )  # fmt: skip


def _number(text: str, least: float = 0) -> float | None:
    """A number of at least `least` as somebody types it; None for nothing or nonsense."""
    try:
        value = float(_plain(text).strip().removesuffix("%"))
    except ValueError:
        return None
    return value if isfinite(value) and least <= value <= MOST else None


def _plain(text: str) -> str:
    """Without full-width signs, and without commas that part thousands."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", normalize("NFKC", text))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,、;]+", _plain(text).strip()) if part]


def _supposed(texts: dict[str, str], own: float | None) -> tuple[Supposed | None, dict[str, str]]:
    """None while no score is typed; field → what is wrong with it."""
    wrong: dict[str, str] = {}
    if not any(text.strip() for text in texts.values()):
        return None, wrong
    bid, score = _number(texts["bid"], 0.01), _number(texts["score"], 0.01)
    if texts["bid"].strip() and bid is None:
        wrong["bid"] = said("出价要填 0.01 以上的数，例如 5.20", "The bid takes a number from 0.01, such as 5.20")
    if score is None:
        wrong["score"] = said("自己的评分要填 0.01 以上的数，例如 20", "The own score takes a number from 0.01, such as 20")
    reserve = _number(texts["reserve"], 0.01)
    if texts["reserve"].strip() and reserve is None:
        wrong["reserve"] = said(
            "底价要填 0.01 以上的数，不知道就空着", "The reserve takes a number from 0.01; leave it empty if unknown"
        )
    places = whole(texts["places"].strip())
    if texts["places"].strip() and not places:
        wrong["places"] = said("展示名额要填 1 以上的整数", "Places shown takes a whole number from 1")
    premiums = [_number(part, 0.01) for part in _parts(texts["premiums"])]
    if None in premiums or len(premiums) > MOST_PREMIUMS:
        wrong["premiums"] = said(
            f"溢价填百分数，最多 {MOST_PREMIUMS} 个，用空格隔开，例如 30 120",
            f"Premiums are percentages, at most {MOST_PREMIUMS}, with spaces between, such as 30 120",
        )
    rivals: list[tuple[float, float]] = []
    for n, line in enumerate(texts["rivals"].splitlines(), 1):
        figures = [_number(part) for part in _parts(line)]
        if not figures:
            continue
        if len(figures) != 2 or figures[0] is None or figures[1] is None:
            wrong.setdefault("rivals", said(f"第 {n} 行“{line.strip()[:30]}”要写成“出价 评分”，例如 8 15", f"Line {n}, “{line.strip()[:30]}”: write the bid and the score, such as 8 15"))  # fmt: skip
            continue
        rivals.append((figures[0], figures[1]))
    if len(rivals) > MOST_RIVALS:
        wrong.setdefault("rivals", said(f"最多写 {MOST_RIVALS} 个对手", f"At most {MOST_RIVALS} rivals"))
    if wrong or score is None:
        return None, wrong
    known = tuple(p for p in premiums if p is not None)
    return Supposed(bid, score, known, tuple(rivals), own if reserve is None else reserve, places), wrong


def _answer(of: Supposed, reading: Reading | None) -> tuple[str, Rows]:
    """The sentence of the own bid, and the table of places."""
    factor = float(bid_with(1.0, of.premiums, reading=reading)) if of.premiums else 1.0
    auction = Auction(of.score, of.rivals, reserve=of.reserve or 0.0, factor=factor, places=of.places)
    here = auction.at(of.bid) if of.bid else None
    names = [("名次", "Place"), ("最低出价", "Lowest bid"), ("每次点击", "A click"), ("怎么算的", "How")]
    head = [(said(*name), i in (1, 2)) for i, name in enumerate(names)]
    rows = [_row(one, of, auction, here is not None and here.place == one.place) for one in auction.prices()]
    return _says(here, of, auction, factor), Rows(head, rows)


def _row(one: Standing, of: Supposed, auction: Auction, own: bool) -> list[Cell]:
    first = Cell(str(one.place), badge=said("您在这里", "you") if own else "")
    if one.after is None and of.reserve is None:
        return [first, Cell(MISSING), Cell(MISSING), Cell(said("后面没有人，付底价；底价还不知道", "nobody comes next, so it pays the reserve, which is not known"))]  # fmt: skip
    return [first, Cell(f"{one.bid:,.2f}"), Cell(f"{one.charge:,.2f}"), Cell(_how(one, of, auction.factor))]


def _how(one: Standing, of: Supposed, factor: float) -> str:
    if one.after is None:
        return said("后面没有人，付底价", "nobody comes next: the reserve")
    bid, score = of.rivals[one.after]
    asks = score * bid / of.score + 0.01
    text = f"{score:g} × {bid:,.2f} ÷ {of.score:g} + 0.01 = {asks:,.2f}"
    if one.charge > asks + 1e-9:
        return text + said("，低于底价，付底价", ", below the reserve: the reserve")
    if one.charge < asks - 1e-9:
        return text + said("，不超过自己的出价", ", and never above the own bid")
    return text


def _says(here: Standing | None, of: Supposed, auction: Auction, factor: float) -> str:
    if here is None:
        return ""
    really = here.bid * factor
    bid = f"{here.bid:,.2f}" + (f" × {factor:g} = {really:,.2f}" if of.premiums else "")
    if here.place == 0:
        if of.reserve and really < of.reserve:
            return said(f"出价 {bid}，低于底价，不展示。", f"A bid of {bid} is below the reserve: not shown.")
        return said(f"出价 {bid}，排不进展示名额。", f"A bid of {bid} gets none of the places shown.")
    if here.after is None and of.reserve is None:
        return said(f"出价 {bid}，排第 {here.place}，后面没有人，付底价；底价还不知道。", f"A bid of {bid} stands at {here.place}, nobody comes next: it pays the reserve, which is not known.")  # fmt: skip
    return said(f"出价 {bid}，排第 {here.place}，每次点击最多扣 {here.charge:,.2f}。", f"A bid of {bid} stands at {here.place} and pays at most {here.charge:,.2f} a click.")  # fmt: skip
