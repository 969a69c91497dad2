"""Words and titles are the same whatever their order, case, plural or apostrophe."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.measures.text import folded, tokens

WORDS = st.lists(st.text("abcdeghsé鞋", min_size=1, max_size=6).filter(lambda w: not w.endswith("s")), min_size=1, max_size=5)


def fold(text: str) -> str:
    return pl.select(folded(pl.lit(text))).item()


@settings(deadline=None)
@given(WORDS, st.randoms(use_true_random=False))
def test_order_case_plural_repetition_and_punctuation_do_not_matter(words, dice):
    told = dice.sample(words, len(words)) + words[:1]
    other = [dice.choice([w, w.upper(), w.title(), f"{w}s", f"{w}’s", f"({w})", f"{w},"]) for w in told]
    assert fold("  ".join(other)) == fold(" ".join(words))


@settings(deadline=None)
@given(WORDS, WORDS)
def test_different_words_stay_different(one, other):
    assert (fold(" ".join(one)) == fold(" ".join(other))) == (set(one) == set(other))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Men's Running Shoes", ["men", "running", "shoe"]),
        ("dress, DRESS & glass", ["dress", "glass"]),
        ("２０２６ Ｎｅｗ shoes-men", ["2026", "men", "new", "shoe"]),
        ("men`s", ["men"]),
        ("!?", []),
        ("", []),
    ],
)
def test_the_words_of_a_text(text, words):
    assert pl.select(tokens(pl.lit(text))).item().to_list() == words
