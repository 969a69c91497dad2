"""All checks on a year of a 5,000-product, 20,000-keyword shop: seconds, memory, and how both grow with the shop.

`python -m bench.checkup [--small] [--shares 0.1 1 …] [--out FOLDER]`. The shop has every report: the two large ones of
`bench.year`, the others of `bench.rest`, imported as files. Beyond its full size every row is copied under other ids. Each run
is a fresh process; the bare scan reads the same columns of the same files in the same run, with nothing but Polars.
This process holds no library, because a child's peak memory starts at its parent's.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import results
from bench.main_job import DAY, FULL, figure, run, say

SMALL = {"products": 100, "words": 120, "weeks": 20}
SHARES = (0.1, 0.3, 1.0, 3.0, 10.0)
REPEATS = 3
SLOWEST = 10
AIM_SECONDS, AIM_MB = 10.0, 2048.0
STAGE = "bench.checkup_stages"


def size(full: Mapping[str, int], share: float) -> dict[str, int]:
    """The size of the files: never above the full one, since what is beyond is copied."""
    return {name: round(n * min(share, 1)) if name != "weeks" else n for name, n in full.items()}


def filled(home: Path, of: Mapping[str, int]) -> dict[str, Any]:
    """The facts of a shop of this size; what the import told."""
    asked = [f"--{name}={value}" for name, value in of.items()]
    large, rest = (Path(run("-m", maker, *asked).told["text"]) for maker in ("bench.year", "bench.rest"))
    told = [run("-m", "bench.stages", "import", str(f), str(home), str(DAY)) for f in (large / "xlsx", rest)]
    return {"rows": sum(t.told["rows"] for t in told), "import_seconds": sum(t.seconds for t in told)}


def step(home: Path, share: float, repeats: int) -> dict[str, Any]:
    """The check-up and the bare scan over the facts of a home."""
    run("-m", STAGE, "columns", str(home), str(DAY))
    found = {}
    for name in ("checks", "bare"):
        found[name] = figure([run("-m", STAGE, name, str(home), str(DAY)) for _ in range(repeats)])
        say(f"{name} {share:g}×", found[name])
    return found


def measure(
    full: Mapping[str, int], shares: Sequence[float], out: Path | None, repeats: int = REPEATS
) -> tuple[dict[str, Any], dict[str, float]]:
    """Figures and ratios, which are also written where `out` names a folder."""
    ran = results.commit()
    steps: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="zhanggui-checkup-") as work:
        kept = Path(work) / "full"
        for share in sorted(shares):
            home = Path(work) / "home"
            home.mkdir()
            told: dict[str, Any] = {}
            if share > 1 and kept.exists():
                shutil.copytree(kept / "facts", home / "facts")
            else:
                told = filled(home, size(full, share))
            if share > 1:
                run("-m", STAGE, "copies", str(home), str(DAY), str(round(share)))
            steps[f"{share:g}"] = told | step(home, share, repeats)
            if share == 1:
                home.rename(kept)
            else:
                shutil.rmtree(home)
    at = steps.get("1") or steps[max(steps, key=float)]
    checks, bare = at["checks"], at["bare"]
    each = dict(list(checks.pop("check_seconds").items())[:SLOWEST])
    growth = {
        f"seconds_{b}x_to_{a}x": steps[b]["checks"]["seconds"] / steps[a]["checks"]["seconds"] for a, b in pairwise(steps)
    }
    for other in steps.values():
        other["checks"].pop("check_seconds", None)
    figures = {
        "seconds": checks["seconds"],
        "peak_mb": checks["peak_mb"],
        "checks": checks["checks"],
        "within_aims": checks["seconds"] <= AIM_SECONDS and checks["peak_mb"] <= AIM_MB,
        "slowest_checks": each,
        "steps": steps,
    }
    ratios = {
        "checks_to_bare_scan": checks["seconds"] / bare["seconds"],
        "checks_cpu_to_bare_scan": checks["cpu_seconds"] / bare["cpu_seconds"],
        "peak_to_bare_scan": checks["peak_mb"] / bare["peak_mb"],
        **growth,
    }
    if out:
        parameters = {**full, "day": str(DAY), "shares": list(shares), "repeats": repeats} | {
            "aim_seconds": AIM_SECONDS,
            "aim_mb": AIM_MB,
        }
        results.write("checkup", figures, seeds=[1], parameters=parameters, ratios=ratios, ran=ran, folder=out)
    return figures, ratios


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.checkup", description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"{SMALL}, once; nothing is written unless --out is given")
    parser.add_argument("--shares", type=float, nargs="+", help=f"sizes to that of the full shop, default {SHARES}")
    parser.add_argument("--out", type=Path, help="folder for checkup.json, default bench/results")
    asked = parser.parse_args()
    shares = asked.shares or ((1.0, 2.0) if asked.small else SHARES)
    out = asked.out or (None if asked.small else results.RESULTS)
    figures, ratios = measure(SMALL if asked.small else FULL, shares, out, 1 if asked.small else REPEATS)
    for code, seconds in figures["slowest_checks"].items():
        print(f"{code:8} {seconds:8.3f} s")
    for name, ratio in ratios.items():
        print(f"{name:36} {ratio:8.3f}")
    print(f"{figures['checks']} checks in {figures['seconds']:.2f} s, {figures['peak_mb']:.0f} MB at most")
    return 0 if figures["within_aims"] else 1


if __name__ == "__main__":
    sys.exit(main())
