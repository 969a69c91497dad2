"""TRAF-1: the shop's detector on the Numenta Anomaly Benchmark, by the benchmark's own scoring.

What the detector does with seasons, roots, ranges and memory was chosen on every other file by name (`streams[::2]`); on the rest
(`streams[1::2]`) nothing was chosen, and it is reported apart. The streams' seasons are a day and a week of their rows; the same is
told once in `MEMORY` rows.
"""

from __future__ import annotations

import time

import numpy as np
import pytest

from tests.bench.nab import PROFILES, Floats, Stream, score, streams, windowed_gaussian
from tests.conftest import real
from zhanggui.estimates.anomaly import watch

pytestmark = pytest.mark.data

MEMORY = 200


@pytest.fixture(scope="module")
def files() -> list[Stream]:
    return streams(real("nab"))


def watched(stream: Stream) -> Floats:
    seasons = (stream.rows_a_day, 7 * stream.rows_a_day) if stream.rows_a_day > 1 else ()
    return np.nan_to_num(watch(stream.values, seasons, memory=MEMORY).score)


def test_the_benchmark_is_whole_and_no_verdict_is_nothing(files: list[Stream]) -> None:
    assert (len(files), sum(len(s.windows) for s in files)) == (58, 116)
    for profile in PROFILES:
        assert score(files, [np.full(len(s.values), 0.5) for s in files], profile) == 0


def test_a_slice_of_the_untouched_files(files: list[Stream]) -> None:
    few = files[1::4]
    ours = score(few, [watched(s) for s in few])
    assert ours >= 45
    assert ours > score(few, [windowed_gaussian(s.values) for s in few])


@pytest.mark.proof
def test_the_whole_benchmark(files: list[Stream]) -> None:
    from bench.results import record

    began = time.monotonic()
    ours = [watched(s) for s in files]
    seconds = time.monotonic() - began
    simple = score(files, [windowed_gaussian(s.values) for s in files])
    figures = {profile: score(files, ours, profile) for profile in PROFILES}
    record(
        "nab",
        **figures,
        null=score(files, [np.full(len(s.values), 0.5) for s in files]),
        windowed_gaussian=simple,
        chosen_on=score(files[::2], ours[::2]),
        untouched=score(files[1::2], ours[1::2]),
        seconds=seconds,
        files=len(files),
    )
    assert 39.6 <= simple <= 40.2
    assert figures["standard"] >= 50
    assert score(files[1::2], ours[1::2]) >= 50
