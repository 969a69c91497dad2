"""Groups that are known are found again, and named by what their words share."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import v_measure_score

from zhanggui.estimates.clusters import MOST, clusters

TOPICS = {
    "camping lantern": ["camping", "lantern"], "solar panel": ["solar", "panel"], "power station": ["power", "station"],
    "work light": ["work", "light"], "running shoe": ["running", "shoe"], "tea set": ["tea", "set"], "yoga mat": ["yoga", "mat"],
    "phone case": ["phone", "case"],
}  # fmt: skip
EXTRA = ("mini", "wholesale", "black", "custom", "cheap", "large", "new", "men", "oem", "2026")


@pytest.mark.parametrize("seed", range(3))
def test_known_groups_are_found_again(seed):
    dice = np.random.default_rng(seed)
    truth = [list(TOPICS)[i] for i in dice.integers(0, len(TOPICS), 400)]
    words = [[*(EXTRA[i] for i in dice.permutation(len(EXTRA))[: dice.integers(0, 3)]), *TOPICS[t]] for t in truth]
    found = clusters(words)
    told = np.zeros(len(words), int)
    for n, one in enumerate(found):
        told[list(one.words)] = n
    assert v_measure_score(truth, told) >= 0.65
    assert set(TOPICS) <= {" ".join(one.name.split()[-2:]) for one in found}
    assert sorted(i for one in found for i in one.words) == list(range(400))
    assert [len(one.words) for one in found] == sorted((len(one.words) for one in found), reverse=True)


def test_too_few_words_are_one_group_and_none_are_none():
    assert [(c.name, c.words) for c in clusters([["tea", "set"], ["tea"]])] == [("tea", (0, 1))]
    assert clusters([]) == []
    assert clusters([[], []]) == []


def test_the_same_words_give_the_same_groups_and_a_long_list_is_cut():
    words = [["shoe", f"x{n % 7}"] for n in range(MOST + 100)]
    found = clusters(words)
    assert found == clusters(words)
    assert max(i for one in found for i in one.words) == MOST - 1
