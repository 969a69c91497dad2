"""KEYW on the real week: layers of language, coverage, blue ocean and titles, each recomputed from the raw cells."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.real import cells
from zhanggui.facts import Snapshot
from zhanggui.measures import keywords, library
from zhanggui.plans.proposals import NoWords, propose

#: A word of the trade in each of the seven languages of the file, as the export writes it (without accents).
MARKS = {"en": "shoes", "es": "zapat", "fr": "chaussure", "pt": "sapato", "id": "sepatu", "tr": "ayakkabi", "vi": "giy"}


@pytest.fixture(scope="module")
def described(real_shop: Snapshot) -> dict[tuple[str, int], dict]:
    rows = library.described(real_shop, keywords.effect(real_shop)).collect()
    return {(r["word"], r["occurrence"]): r for r in rows.iter_rows(named=True)}


def fold(text: str) -> set[str]:
    text = re.sub(r"['’`]", "", re.sub(r"['’`]s\b", "", text.lower()))
    return {w[:-1] if len(w) > 1 and w.endswith("s") and not w.endswith("ss") else w for w in re.findall(r"[^\W_]+", text)}


def test_which_words_the_titles_carry(backoffice: Path, described: dict) -> None:
    titles = [fold(r["产品名称"]) for r in cells.products(backoffice)]
    raw: dict[str, int] = {}
    for row in cells.words(backoffice):
        raw[row["词"]] = sum(bool(fold(row["词"])) and fold(row["词"]) <= t for t in titles)
    assert {word: r["titles"] for (word, _), r in described.items()} == raw
    carried = sum(raw[r["词"]] > 0 for r in cells.words(backoffice))
    assert (len(described), len(titles), carried) == (500, 365, 62)


def test_seven_languages_and_more_than_nine_of_ten_words_of_each_are_told(backoffice: Path, described: dict) -> None:
    marked = defaultdict(list)
    for row in cells.words(backoffice):
        held = [code for code, mark in MARKS.items() if re.search(rf"(?<!\w){mark}", row["词"].lower())]
        if len(held) == 1:
            marked[held[0]].append(row["词"])
    assert sorted(marked) == sorted(MARKS)
    told = {word: r["language"] for (word, _), r in described.items()}
    right = {code: sum(told[w] == code for w in words) for code, words in marked.items()}
    assert sum(right.values()) >= 0.9 * sum(map(len, marked.values())), {c: (right[c], len(marked[c])) for c in marked}
    assert {code for code in MARKS if right[code] == 0} == set()


def test_blue_ocean_by_ratio_and_by_rank(backoffice: Path, real_shop: Snapshot, described: dict) -> None:
    assert library.passing(keywords.effect(real_shop), 1.5).collect().height == 386
    listed = []
    for row in cells.words(backoffice):
        index, sellers = cells.number(row["关键词指数"]), cells.number(row["卖家规模指数"])
        if index is not None and sellers is not None:
            listed.append((index / (sellers + 1), row["词"]))
    without = {word for (word, _), r in described.items() if r["brand"]}
    best = max((per, word) for per, word in listed if word not in without)
    assert next(word for (word, _), r in described.items() if r["ocean_rank"] == 1) == best[1]
    assert sum(r["ocean_rank"] is not None for r in described.values()) == sum(word not in without for _, word in listed)


def proposals(shop: Snapshot, ids: list[str]) -> list:
    told = []
    for one in ids:
        try:
            told.append(propose(shop, one))
        except NoWords:
            continue
    return told


def sound(told: list, backoffice: Path) -> None:
    words = {r["词"]: cells.number(r["关键词指数"]) for r in cells.words(backoffice)}
    for one in told:
        parts = [w.lower() for w in re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", one.title.text)]
        assert len(one.title.text) <= 128
        assert len(parts) == len(set(parts))
        assert (one.title.status, one.title.gap <= 0.01) == ("optimal", True)
        assert len(one.new) <= 4
        assert one.title.seconds <= 10
        assert {c.word for c in one.gained} <= set(words)
        assert not re.search(r"(?<!\w)(nike|adidas|jordan|puma)(?!\w)", one.title.text.lower())
        assert not fold(one.title.text) & {"zapato", "chaussure", "sapato", "sepatu", "ayakkabi"}


def test_titles_of_every_thirtieth_product(backoffice: Path, real_shop: Snapshot) -> None:
    ids = sorted(r["产品ID"] for r in cells.products(backoffice))[::30]
    told = proposals(real_shop, ids)
    assert len(told) == len(ids)
    sound(told, backoffice)


@pytest.mark.proof
def test_titles_of_all_products(backoffice: Path, real_shop: Snapshot) -> None:
    from bench.results import record

    told = proposals(real_shop, sorted(r["产品ID"] for r in cells.products(backoffice)))
    sound(told, backoffice)
    assert (len(told), len(cells.products(backoffice))) == (362, 365)  # no word with an index fits the other three
    heat = [(sum(c.index or 0 for c in one.now), sum(c.index or 0 for c in one.then)) for one in told]
    seconds = sorted(one.title.seconds for one in told)
    record(
        "real_titles",
        products=len(told),
        optimal=sum(one.title.status == "optimal" for one in told),
        seconds_median=seconds[len(seconds) // 2],
        seconds_most=seconds[-1],
        longest=max(len(one.title.text) for one in told),
        heat_before=sum(before for before, _ in heat),
        heat_after=sum(after for _, after in heat),
        products_that_gain=sum(after > before for before, after in heat),
        beside_mean=sum(one.title.beside for one in told) / len(told),
    )
    assert sum(after for _, after in heat) >= 1.05 * sum(before for before, _ in heat)
