"""A title for a product: of its own words only, with what it gains and what it loses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.plans.proposals import NoWords, gone, head_of, models, propose, subject
from zhanggui.tables import TABLES

TITLES = {"101": "Wholesale Men's Canvas Shoes Model AB12", "102": "Leather Loafers for Women", "103": "Canvas Slippers"}
WORDS = {
    "canvas shoes": (300, 20),
    "walking shoes": (250, 4),
    "mens walking shoes": (200, 2),
    "breathable walking shoes": (90, 0),
    "breathable canvas shoes": (80, 0),
    "leather loafers": (900, 9),
    "kids shoes": (800, 1),
    "nike shoes": (950, 5),
    "1000w shoes": (700, 1),
    "zapatos deportivos": (600, 3),
    "custome shoes": (500, 1),
    "wholesale shoes": (None, 7),
}


def shop(**more) -> Snapshot:
    rows = {
        "product_effect": [{"product_id": i, "product_name": t, "search_exposures": 9} for i, t in TITLES.items()],
        "keyword_effect": [{"word": w, "index": i, "exposures": e, "clicks": 0} for w, (i, e) in WORDS.items()],
    } | more
    return Snapshot(date(2026, 9, 21), {n: frame(TABLES[n], r).lazy() for n, r in rows.items()}, TABLES)


def test_a_proposal_is_of_words_that_fit_the_product_and_says_what_changes():
    told = propose(shop(), "101")
    assert (told.today, told.title.status, told.candidates) == (TITLES["101"], "optimal", 4)
    assert {"AB12", "Men's", "Canvas", "Walking", "Breathable"} <= set(told.title.text.split())
    assert told.title.text.endswith("Shoes")
    assert sorted(told.new) == ["breathable", "walking"]
    assert [c.word for c in told.now] == ["canvas shoes", "wholesale shoes"]
    assert {c.word for c in told.gained} == {
        "walking shoes", "mens walking shoes", "breathable walking shoes", "breathable canvas shoes",
    }  # fmt: skip
    assert (told.lost, told.exposures_lost) == ((), 0)


def test_exposures_that_no_report_has_are_missing_and_not_nought():
    rows = [{"word": w, "index": i, "exposures": None if w == "wholesale shoes" else e} for w, (i, e) in WORDS.items()]
    told = propose(shop(keyword_effect=rows), "101")
    assert {c.word: c.exposures for c in told.now} == {"canvas shoes": WORDS["canvas shoes"][1], "wholesale shoes": None}
    known, missing = sorted(told.now, key=lambda c: c.exposures is None)
    lost = [
        replace(told, lost=words).exposures_lost for words in ((known,), (known, missing), (known, replace(missing, others=1)))
    ]
    assert lost == [known.exposures, None, known.exposures]


def test_words_that_are_not_true_are_left_out_and_none_new_means_none():
    told = propose(shop(), "101", without=["breathable"])
    assert (set(told.new), {c.word for c in told.gained}) == ({"walking"}, {"walking shoes", "mens walking shoes"})
    assert propose(shop(), "101", new=0).new == ()


def test_marked_words_are_never_proposed_and_own_brands_may_be():
    mark = [{"word": "walking", "mark": "不用词"}]
    assert set(propose(shop(marked_word=mark), "101").new) == {"breathable"}
    assert "nike" in propose(shop(), "101", own_brands=["nike"]).new


def test_what_brought_clicks_stays_covered():
    clicked = [{"product_id": "101", "word": "wholesale shoes", "search_clicks": 2}]
    told = propose(shop(product_keyword=clicked), "101", limit=40)
    assert (told.held, "wholesale" in told.title.text.lower()) == (("wholesale shoes",), True)
    assert "wholesale" not in propose(shop(), "101", limit=40).title.text.lower()


def test_a_word_that_many_titles_carry_brings_nothing_new():
    titles = {**TITLES, **{f"2{n}": f"Walking Shoes {n}" for n in range(3)}}
    rows = [{"product_id": i, "product_name": t, "search_exposures": 1} for i, t in titles.items()]
    told = {n: propose(shop(product_effect=rows), "101", crowded=n, without=["breathable"]) for n in (3, 4)}
    assert {n: (one.candidates, one.title.weight) for n, one in told.items()} == {3: (2, 500), 4: (3, 500 + 250 / 4)}
    assert [c.others for c in told[4].gained if c.word == "walking shoes"] == [3]


def test_a_product_without_words_and_a_product_that_is_not_there():
    with pytest.raises(NoWords):
        propose(shop(), "103")
    with pytest.raises(LookupError):
        propose(shop(), "999")


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("shoes for men", "shoe"),
        ("men shoes", "shoe"),
        ("power station with solar panel", "station"),
        ("for men", "men"),
        ("3 in 1 charger", "charger"),
        ("!", ""),
    ],
)
def test_what_a_word_is_about(word, head):
    assert head_of(word) == head


def test_a_word_of_another_product_of_the_shop_does_not_come_in():
    told = propose(
        shop(
            keyword_effect=[
                {"word": w, "index": 90, "exposures": 1} for w in ("canvas shoes", "leather shoes", "canvas loafers")
            ]
        ),
        "101",
    )
    assert [c.word for c in told.then] == ["canvas shoes"]


def test_what_a_product_is():
    searches = [
        ["camping", "lantern"],
        ["lantern", "outdoor", "camping"],
        ["solar", "lantern"],
        ["tent", "camping"],
        ["mini", "lantern"],
    ]
    assert subject(searches, [one[-1] for one in searches], {"camping", "lantern", "outdoor"}) == "lantern"
    assert subject(searches, [one[-1] for one in searches], {"boots"}) == ""


WITH_NUMBERS = {
    "Canvas Shoes SS-316L 0.5mm": ["SS-316L", "0.5mm"],
    "Canvas Shoes K-9000 12.5V 5V": ["K-9000", "12.5V", "5V"],
    "3-in-1 Canvas Shoes 2 in 1 10,000mAh": ["3-in-1", "2 in 1", "10,000mAh"],
    "Canvas Shoes 20*30cm M8×1.25 AB12": ["20*30cm", "M8×1.25", "AB12"],
    "Canvas Shoes 0.5 5 1/2 2026": ["0.5", "5", "1/2", "2026"],
    "SHOES-500 Canvas Shoes UP-500": ["SHOES-500", "UP-500"],
}


@pytest.mark.parametrize("today", WITH_NUMBERS)
@pytest.mark.parametrize("search", ["canvas shoes", "{}  canvas shoes"])
def test_models_and_sizes_are_never_taken_apart(today, search):
    """Also where buyers search by one."""
    numbers = WITH_NUMBERS[today]
    words = [{"word": w, "index": 90, "exposures": 1} for w in ("walking shoes", *(search.format(n) for n in numbers))]
    told = propose(
        shop(product_effect=[{"product_id": "1", "product_name": today, "search_exposures": 9}], keyword_effect=words), "1"
    )
    text = f" {told.title.text} "
    assert ([n for n in numbers if text.count(f" {n} ") != 1], told.gone) == ([], ())


def test_a_number_that_does_not_fit_is_told_as_it_was_written():
    title = "Canvas Shoes 0.5 100.25 Model AB12"
    rows = [{"product_id": "1", "product_name": title, "search_exposures": 9}]
    told = propose(shop(product_effect=rows), "1", limit=24)
    assert (told.gone, gone("Shoes 12.5 5", "5 12 Shoes"), gone("Shoes 5V", "5v shoe")) == (
        ("100.25", "model"), ("12.5",), (),
    )  # fmt: skip


def test_models_are_words_of_letters_and_digits():
    assert models("LED Lamp 1000W Model AB-12 of 2026") == ["1000W", "AB-12"]
    assert models("3 in 1 Kit 12.5V 1,000mAh 20x30 M8*1.25 5, 6") == ["3 in 1", "12.5V", "1,000mAh", "20x30", "M8*1.25"]
