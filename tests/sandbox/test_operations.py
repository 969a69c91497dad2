"""The daily work's troubles, planted weak, middling or strong: found, nothing else of their kinds found, silence without a plant."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from sandbox import ACCEPTANCE_SEEDS
from sandbox.plants import OPERATIONS
from tests.sandbox.truth import Verdict, by_level, judge, tally

CODES = frozenset(OPERATIONS.values())
WEEKS = 26
FURTHER = ("shop_region", "picture")


def judged(job: tuple[int, str]) -> Verdict:
    seed, folder = job
    return judge(seed, Path(folder), weeks=WEEKS, plants="operations", further=FURTHER)


def test_what_is_planted_is_found_and_nothing_else_of_these_kinds(tmp_path: Path) -> None:
    verdict = judged((2, str(tmp_path))).of(CODES)
    assert (verdict.missed, verdict.false) == (set(), set())
    assert verdict.planted != set()


def test_a_shop_without_a_plant_stays_silent(tmp_path: Path) -> None:
    verdict = judged((5, str(tmp_path))).of(CODES)
    assert (verdict.planted, verdict.found) == (set(), set())


@pytest.mark.proof
def test_fifty_acceptance_shops(tmp_path: Path) -> None:
    from bench.results import record

    jobs = [(seed, str(tmp_path / str(seed))) for seed in ACCEPTANCE_SEEDS]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        verdicts = [v.of(CODES) for v in pool.map(judged, jobs)]
    told = tally(verdicts)
    missed = {str(v.seed): sorted(v.missed) for v in verdicts if v.missed}
    false = {str(v.seed): sorted(v.false) for v in verdicts if v.false}
    record(
        "operations_truth",
        seeds=[ACCEPTANCE_SEEDS[0], ACCEPTANCE_SEEDS[-1]],
        **told,
        by_level=by_level(verdicts),
        missed=missed,
        false_alarms=false,
    )
    assert told["silent_and_kept_quiet"] == told["silent_shops"] >= 10
    assert told["recall"] >= 0.95
    assert told["precision"] >= 0.9
