"""Falls of parts: planted ones are recovered, and noise and a fall of everything are left alone, where the plain rule is not."""

from __future__ import annotations

import numpy as np

from zhanggui.estimates.parts import moved_parts

USUAL = np.array([800, 400, 250, 200, 150, 120, 100, 80, 60, 40.0])
CHANCE = 0.01


def shop(rng, part=None, factor=1.0, everything=1.0):
    """Nine weeks of visits from ten countries, each visitor making two or three of them."""
    mean = np.repeat(USUAL[:, None], 9, axis=1)
    mean[:, -1] *= everything
    if part is not None:
        mean[part, -1] *= factor
    return 2 * rng.poisson(mean / 2.3) + rng.poisson(mean * 0.13)


def told(counts):
    return [f.place for f in moved_parts(counts) if f.p * len(counts) <= CHANCE]


def plain(counts):
    """The usual rule: red if a week is a fifth below the week before."""
    return [i for i, row in enumerate(counts) if row[-1] < 0.8 * row[-2]]


def test_a_planted_fall_is_told_and_nothing_else():
    rng = np.random.default_rng(1)
    places = rng.integers(0, 6, 200)
    found = [told(shop(rng, place, 0.4)) for place in places]
    assert np.mean([place in f for place, f in zip(places, found, strict=True)]) >= 0.95
    assert np.mean([len(set(f) - {place}) for place, f in zip(places, found, strict=True)]) <= 0.02


def test_noise_and_a_fall_of_everything_are_no_part_s_and_the_plain_rule_is_worse():
    rng = np.random.default_rng(2)
    quiet = [shop(rng) for _ in range(300)]
    alike = [shop(rng, everything=0.5) for _ in range(300)]
    assert np.mean([bool(told(s)) for s in quiet]) <= 0.02 < np.mean([bool(plain(s)) for s in quiet])
    assert np.mean([bool(told(s)) for s in alike]) <= 0.02 < 0.99 < np.mean([bool(plain(s)) for s in alike])


def test_the_share_is_of_what_the_falling_parts_have_lost():
    counts = np.repeat([[400.0], [300.0], [200.0]], 9, axis=1)
    counts[:, -1] = [100, 200, 500]
    assert [(f.place, round(f.share, 9)) for f in moved_parts(counts)] == [(0, 0.75), (1, 0.25)]


def test_a_part_with_a_missing_figure_is_left_out_and_people_are_held_against_the_middle_one():
    counts = np.repeat([[400.0], [300.0], [200.0], [100.0]], 9, axis=1)
    counts[1, 3] = np.nan
    counts[0, -1] = 100
    assert [f.place for f in moved_parts(counts)] == [0]
    people = np.repeat([[900.0], [300.0], [120.0]], 9, axis=1)
    people[:, -1] = [450, 150, 60]
    assert all(f.beside.p > 0.4 for f in moved_parts(people, added=False))


def test_too_little_gives_nothing():
    assert moved_parts(np.ones((1, 9))) == []
    assert moved_parts(np.ones((3, 4))) == []
    assert moved_parts(np.zeros((3, 9))) == []
