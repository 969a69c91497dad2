"""What was planted in a sandbox shop is found, and a shop without a plant stays silent (development seeds here, acceptance in proof)."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from sandbox import ACCEPTANCE_SEEDS, DEVELOPMENT_SEEDS
from tests.sandbox.truth import Verdict, judge, tally


def test_the_seeds_do_not_meet() -> None:
    assert not set(ACCEPTANCE_SEEDS) & set(DEVELOPMENT_SEEDS)


def test_every_kind_planted_at_once_is_found(tmp_path: Path) -> None:
    verdict = judge(7, tmp_path, weeks=20, plants="all")
    assert (verdict.missed, verdict.false) == (set(), set())
    assert len({code for code, _ in verdict.planted}) >= 14


def test_a_shop_without_a_plant_stays_silent(tmp_path: Path) -> None:
    verdict = judge(10, tmp_path, weeks=20)
    assert (verdict.planted, verdict.found) == (set(), set())


def _acceptance(job: tuple[int, str]) -> Verdict:
    seed, folder = job
    return judge(seed, Path(folder))


@pytest.mark.proof
def test_fifty_acceptance_shops(tmp_path: Path) -> None:
    """A whole year of each shop, written, imported and checked."""
    from bench.results import record

    jobs = [(seed, str(tmp_path / str(seed))) for seed in ACCEPTANCE_SEEDS]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        verdicts = list(pool.map(_acceptance, jobs))
    told = tally(verdicts)
    missed = {str(v.seed): sorted(v.missed) for v in verdicts if v.missed}
    false = {str(v.seed): sorted(v.false) for v in verdicts if v.false}
    record("sandbox_truth", seeds=[ACCEPTANCE_SEEDS[0], ACCEPTANCE_SEEDS[-1]], **told, missed=missed, false_alarms=false)
    assert told["silent_and_kept_quiet"] == told["silent_shops"] == 10
    assert told["recall"] >= 0.95
    assert told["precision"] >= 0.95
