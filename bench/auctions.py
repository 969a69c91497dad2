"""The auction simulator: auctions a second on one core, beside one auction at a time in plain Python, which must agree.

`python -m bench.auctions [--small] [--out FOLDER]`. Bids and scores differ from auction to auction; 8 and 16 advertisers, 5 places;
and one advertiser with 30 bids against 8 rivals. Seconds are those of the processor, the best of several runs: one core, whoever else
uses the machine. Times depend on the machine; the ratios are of one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench import results
from zhanggui.estimates.auction import against, auctions, rank_value

FULL = {"auctions": 1_000_000, "plain": 20_000, "runs": 5}
SMALL = {"auctions": 2_000, "plain": 200, "runs": 1}
SEED, PLACES, RESERVE, GRID = 31, 5, 0.3, 30


def plainly(bids: list[float], scores: list[float]) -> list[tuple[int, float]]:
    """Place and charge of every advertiser of one auction."""
    ranked = sorted((i for i, bid in enumerate(bids) if bid >= RESERVE), key=lambda i: -bids[i] * scores[i])
    told = [(0, 0.0)] * len(bids)
    for place, i in enumerate(ranked[:PLACES], 1):
        least = RESERVE
        if place < len(ranked):
            least = max(least, bids[ranked[place]] * scores[ranked[place]] / scores[i] + 0.01)
        told[i] = (place, min(bids[i], least))
    return told


def seconds(work: Callable[[], Any], runs: int) -> float:
    took = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def measure(size: dict[str, int], out: Path | None = None) -> dict[str, Any]:
    ran, dice = results.commit(), np.random.default_rng(SEED)
    figures, held, ratios = dict[str, Any](), dict[str, bool](), dict[str, float]()
    for many in (8, 16):
        shape = (size["auctions"], many)
        bids, scores = dice.lognormal(1, 0.8, shape), dice.uniform(1, 25, shape)
        ours = shape[0] / seconds(lambda b=bids, s=scores: auctions(b, s, reserve=RESERVE, places=PLACES), size["runs"])
        chance = shape[0] / seconds(
            lambda b=bids, s=scores: auctions(b, s, reserve=RESERVE, places=PLACES, dice=dice), size["runs"]
        )
        few = list(zip(bids[: size["plain"]].tolist(), scores[: size["plain"]].tolist(), strict=True))
        plain = len(few) / seconds(lambda f=few: [plainly(*one) for one in f], size["runs"])
        told = auctions(bids[: len(few)], scores[: len(few)], reserve=RESERVE, places=PLACES)
        agreed = np.dstack([told.place, told.charge]).tolist() == [[list(map(float, p)) for p in plainly(*one)] for one in few]
        figures[f"auctions_a_second_{many}"] = round(ours)
        figures[f"auctions_a_second_{many}_ties_by_chance"] = round(chance)
        figures[f"plain_python_a_second_{many}"] = round(plain)
        ratios[f"ours_to_plain_python_{many}"] = ours / plain
        held[f"{many} advertisers: as plain Python has it"] = agreed
        held[f"{many} advertisers: at least a million a second"] = ours >= 1e6
        print(
            f"{many} advertisers: {ours / 1e6:.2f} M a second, ties by chance {chance / 1e6:.2f} M, plain Python {plain / 1e6:.3f} M",
            file=sys.stderr,
            flush=True,
        )
    rivals = rank_value(dice.lognormal(1, 0.8, (size["auctions"] // 5, 8)), dice.uniform(1, 25, 8), reserve=RESERVE)
    grid = np.geomspace(0.5, 40, GRID)
    figures["one_against_8_with_30_bids_a_second"] = round(
        len(rivals) / seconds(lambda: against(grid, 9.0, rivals, reserve=RESERVE, places=PLACES), size["runs"])
    )
    if out:
        results.write(
            "auctions",
            figures | {"held": held},
            seeds=[SEED],
            parameters=size | {"places": PLACES, "bids": GRID},
            ratios=ratios,
            folder=out,
            ran=ran,
        )
    return {"figures": figures, "ratios": ratios, "held": held}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    asked = parser.parse_args()
    told = measure(SMALL if asked.small else FULL, asked.out or (None if asked.small else results.RESULTS))
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()
    if not asked.small and not all(told["held"].values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
