"""The logo is found where it is and nowhere else, and its area is right: a few pictures here, two hundred in proof."""

from __future__ import annotations

import time

import pytest

from tests.intake.studio import jpeg, logo, png, product, shot, with_logo
from zhanggui.intake.logo import Logo
from zhanggui.intake.picture import measured, opened


def judged(seeds: range) -> dict[str, float]:
    hits = misses = alarms = 0
    errors, seconds = [0.0], [0.0]
    for seed in seeds:
        made = shot(seed)
        mark = Logo.of(made.logo)
        begun = time.perf_counter()
        found = opened(made.data)
        measured(made.data, found)
        share = mark.share(found.small())
        seconds.append(time.perf_counter() - begun)
        if made.share and share:
            hits += 1
            errors.append(abs(share / made.share - 1))
        misses += bool(made.share and not share)
        alarms += bool(share and not made.share)
    told = {"pictures": len(seeds), "hits": hits, "misses": misses, "false_alarms": alarms}
    f1 = 2 * hits / (2 * hits + misses + alarms)
    return told | {
        "f1": f1,
        "worst_area_error": max(errors),
        "mean_seconds": sum(seconds) / len(seeds),
        "worst_seconds": max(seconds),
    }


def test_twenty_pictures():
    told = judged(range(1000, 1020))
    assert (told["hits"], told["misses"], told["false_alarms"]) == (10, 0, 0)
    assert told["worst_area_error"] <= 0.25


@pytest.mark.proof
def test_two_hundred_pictures():
    from bench.results import record

    told = judged(range(200))
    record("listing_logo", seeds=[0, 199], **told)
    assert told["f1"] >= 0.95
    assert told["worst_area_error"] <= 0.25
    assert told["mean_seconds"] < 0.5


def test_a_logo_elsewhere_is_not_at_the_lower_left():
    image, mark = product(7), logo(7)
    upside = with_logo(image, mark, 0.04, 7)[0].transpose(1)  # mirrored from top to bottom
    aside = image.copy()
    aside.paste(mark.resize((200, round(200 * mark.height / mark.width))), (760, 900))
    assert [Logo.of(png(mark)).share(i) for i in (upside, aside, image)] == [None, None, None]


@pytest.mark.parametrize("size", [(400, 400), (700, 1000), (3000, 3000)])
def test_the_size_of_the_picture_does_not_matter(size):
    made, share = with_logo(product(8, size), logo(8), 0.04, 8)
    assert Logo.of(png(logo(8))).share(opened(jpeg(made)).small()) == pytest.approx(share, rel=0.25)


@pytest.mark.parametrize("size", [(1, 1), (5, 900), (40, 40)])
def test_a_picture_that_is_too_small_for_any_logo_has_none(size):
    assert Logo.of(png(logo(9))).share(product(9, size)) is None


def test_a_logo_of_one_colour_is_found_nowhere():
    from PIL import Image

    assert Logo.of(png(Image.new("RGB", (200, 80), "white"))).share(product(3)) is None
    assert Logo.of(png(Image.new("RGB", (200, 80), "black"))).share(product(3)) is None
