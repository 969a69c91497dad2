"""Import, check and today for a year of a 5,000-product, 20,000-keyword shop: time and memory per stage, against named peers.

`python -m bench.main_job [--small] [--out FOLDER]`. Weekly files of both reports in the platform's shapes (title in A1, header
in line 6, 29 and 11 columns). Two things differ from the platform: a week's 20,000 words are one .xlsx (its lists end at 500
words), and the year is .xlsx (BIFF8 ends at 65,536 rows; the last week is measured as .xls too).

Each stage is a fresh process. Seconds run from after the imports of modules to before printing; wall and CPU seconds and peak
memory are those of the whole process as the system counted them. Times depend on the machine; the ratios are of one run, and those of CPU seconds hold on a busy machine too.
This process holds no library, because a child's peak memory starts at its parent's.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import results

FULL = {"products": 5000, "words": 20_000, "weeks": 52}
SMALL = {"products": 60, "words": 100, "weeks": 5}
LAST = date(2026, 9, 19)  # bench.year.END, which is not imported: see above
DAY = LAST + timedelta(days=2)  # the platform's data are two days late
REPEATS = 3
SHORT = 60.0  # seconds; what takes longer is run once
PATIENCE = 900.0  # seconds; a peer that would take longer reads the files of fewer weeks


#: An argument, or what makes it anew for each run.
Argument = str | Callable[[], str]


@dataclass(frozen=True)
class Run:
    """One process: what it printed, and what the system counted."""

    told: Mapping[str, Any]
    wall: float
    cpu: float
    peak_mb: float

    @property
    def seconds(self) -> float:
        return float(self.told.get("seconds", self.wall))


def environment() -> dict[str, str]:
    """Bytecode is kept from run to run, as on any machine after its first day, but not beside the sources."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "zhanggui-bench" / "bytecode")}


def run(*arguments: str, env: Mapping[str, str] | None = None, good: Sequence[int] = (0,)) -> Run:
    """Run Python with arguments to its end. A stage that fails ends the benchmark with its own error text."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *arguments], stdout=out, stderr=err, cwd=results.ROOT, env=environment() | dict(env or {})
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode not in good:
            raise SystemExit(f"{' '.join(arguments)}: exit {child.returncode}\n{err.read().decode(errors='replace')}")
        text = out.read().decode()
    told = json.loads(text) if text.startswith("{") else {"text": text.strip()}
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(told, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def figure(runs: Sequence[Run]) -> dict[str, Any]:
    """Medians of the runs of one stage, and what the last one told."""
    told = {k: v for k, v in runs[-1].told.items() if k not in ("seconds", "agreed", "text")}
    return {
        "seconds": statistics.median(r.seconds for r in runs),
        "wall_seconds": statistics.median(r.wall for r in runs),
        "cpu_seconds": statistics.median(r.cpu for r in runs),
        "peak_mb": statistics.median(r.peak_mb for r in runs),
        "runs": len(runs),
    } | told


def say(name: str, found: Mapping[str, Any]) -> None:
    print(
        f"{name:18} {found['seconds']:8.2f} s  wall {found['wall_seconds']:8.2f} s  cpu {found['cpu_seconds']:8.2f} s"
        f"  peak {found['peak_mb']:7.0f} MB  ×{found['runs']}",
        file=sys.stderr,
        flush=True,
    )


class Bench:
    """One run over one folder of files."""

    def __init__(self, size: Mapping[str, int], work: Path, repeats: int) -> None:
        asked = [f"--{name}={value}" for name, value in size.items()]
        self.files = Path(run("-m", "bench.year", *asked).told["text"])
        self.weeks = size["weeks"]
        self.repeats = repeats
        self.work = work
        self.homes = 0
        self.home = work
        self.stages: dict[str, dict[str, Any]] = {}
        self.said: dict[str, Any] = {}

    def stage(self, name: str, *arguments: Argument, repeats: int | None = None, **options: Any) -> dict[str, Any]:
        """Run a stage, again while it is short, and keep its figures under a name."""
        runs: list[Run] = []
        while not runs or (runs[0].wall < SHORT and len(runs) < (repeats or self.repeats)):
            runs.append(run(*(a() if callable(a) else a for a in arguments), **options))
        self.stages[name] = figure(runs)
        if "agreed" in runs[-1].told:
            self.said[name] = runs[-1].told["agreed"]
        say(name, self.stages[name])
        return self.stages[name]

    def own(self, name: str, stage: str, ending: str = "xlsx") -> dict[str, Any]:
        return self.stage(name, "-m", "bench.stages", stage, str(self.files / ending), self._home, str(DAY))

    def _home(self) -> str:
        return str(self.home)

    def _fresh(self) -> str:
        self.homes += 1
        self.home = self.work / f"home{self.homes}"
        self.home.mkdir()
        return str(self.home)

    def ours(self) -> None:
        self.own("start", "start")
        self.stage("import", "-m", "bench.stages", "import", str(self.files / "xlsx"), self._fresh, str(DAY))
        for name in ("sums", "check", "today"):
            self.own(name, name)

    def bare(self) -> None:
        self.own("bare_cells", "cells")
        self.own("bare_scan", "scan")

    def pandas(self) -> int:
        """The plain script over the year, or over the newest weeks if the year would take too long; weeks read."""
        weeks = self.weeks
        if weeks > 8:
            one = run("-m", "bench.plain_pandas", str(self.files / "xlsx"), "1").seconds
            weeks = weeks if one * weeks <= PATIENCE else max(4, int(PATIENCE / one))
        self.stage("plain_pandas", "-m", "bench.plain_pandas", str(self.files / "xlsx"), str(weeks))
        return weeks

    def one_week_xls(self) -> None:
        """The last week as BIFF8, the shape in which the back office really hands it out."""
        kept = self.home
        self.stage("xls_import", "-m", "bench.stages", "import", str(self.files / "xls"), self._fresh, str(DAY))
        self.home = kept
        self.own("xls_bare_cells", "cells", "xls")
        self.stage("xls_plain_pandas", "-m", "bench.plain_pandas", str(self.files / "xls"))

    def command_line(self) -> None:
        """The commands as a person types them, once each, Django and a new database included."""
        env = {"ZHANGGUI_HOME": self._fresh(), "ZHANGGUI_LANG": "en", "DATABASE_URL": ""}
        run("-m", "zhanggui", "import", "--help", env=env)  # Django's bytecode
        for name, arguments in (
            ("cli_import", ("import", "--yes", str(self.files / "xlsx"))),
            ("cli_check", ("check", f"--day={DAY}")),
            ("cli_today", ("today", f"--day={DAY}")),
        ):
            self.stage(name, "-m", "zhanggui", *arguments, repeats=1, env=env)

    def agree(self, pandas_weeks: int) -> None:
        """The sums must be the same to the last digit. Rows of the year too, where pandas has read the year."""
        ours, scan, plain = (json.loads(json.dumps(self.said[n])) for n in ("sums", "bare_scan", "plain_pandas"))
        if pandas_weeks < self.weeks:
            for table in plain:
                plain[table]["rows"] = ours[table]["rows"]
        if not ours == scan == plain:
            raise SystemExit(f"the sums differ\nours   {ours}\nscan   {scan}\npandas {plain}")


def measure(size: Mapping[str, int], out: Path | None, *, whole: bool = True) -> dict[str, Any]:
    """The benchmark; the figures, which are also written where `out` names a folder. Not `whole`: each stage once, no commands."""
    ran = results.commit()
    with tempfile.TemporaryDirectory(prefix="zhanggui-bench-") as work:
        bench = Bench(size, Path(work), REPEATS if whole else 1)
        bench.ours()
        bench.bare()
        weeks = bench.pandas()
        bench.one_week_xls()
        if whole:
            bench.command_line()
        bench.agree(weeks)
        mb = sum(p.stat().st_size for p in (bench.files / "xlsx").iterdir()) / 2**20
    s = bench.stages
    a_week = {name: s[name]["seconds"] / n for name, n in (("import", size["weeks"]), ("plain_pandas", weeks))}
    ratios = {
        "import_to_bare_cells": s["import"]["seconds"] / s["bare_cells"]["seconds"],
        "import_to_plain_pandas_a_week": a_week["import"] / a_week["plain_pandas"],
        "import_cpu_to_bare_cells": s["import"]["cpu_seconds"] / s["bare_cells"]["cpu_seconds"],
        "import_cpu_to_plain_pandas_a_week": s["import"]["cpu_seconds"]
        / size["weeks"]
        / (s["plain_pandas"]["cpu_seconds"] / weeks),
        "sums_to_bare_scan": s["sums"]["seconds"] / s["bare_scan"]["seconds"],
        "check_to_bare_scan": s["check"]["seconds"] / s["bare_scan"]["seconds"],
        "import_and_today_to_plain_pandas": (a_week["import"] * weeks + s["today"]["seconds"]) / s["plain_pandas"]["seconds"],
        "import_peak_to_bare_cells": s["import"]["peak_mb"] / s["bare_cells"]["peak_mb"],
        "import_peak_to_plain_pandas": s["import"]["peak_mb"] / s["plain_pandas"]["peak_mb"],
        "check_peak_to_bare_scan": s["check"]["peak_mb"] / s["bare_scan"]["peak_mb"],
        "xls_import_to_bare_cells": s["xls_import"]["seconds"] / s["xls_bare_cells"]["seconds"],
        "xls_import_to_plain_pandas": s["xls_import"]["seconds"] / s["xls_plain_pandas"]["seconds"],
    }
    figures = {
        "files": size["weeks"] * 2,
        "files_mb": mb,
        "plain_pandas_weeks": weeks,
        "sums_agree": True,
        "sums": bench.said["sums"],
        "stages": s,
    }
    if out:
        parameters = {**size, "day": str(DAY), "window_days": 28, "repeats": bench.repeats, "short_seconds": SHORT}
        path = results.write("main_job", figures, seeds=[1], parameters=parameters, ratios=ratios, ran=ran, folder=out)
        print(f"written: {path.name}", file=sys.stderr)
    return {"figures": figures, "ratios": ratios}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.main_job", description=__doc__)
    for name, value in FULL.items():
        parser.add_argument(f"--{name}", type=int, help=f"default {value}")
    small = f"{SMALL}, each stage once, without the commands; nothing is written unless --out is given"
    parser.add_argument("--small", action="store_true", help=small)
    parser.add_argument("--out", type=Path, help="folder for main_job.json, default bench/results")
    asked = parser.parse_args()
    size = {name: getattr(asked, name) or value for name, value in (SMALL if asked.small else FULL).items()}
    if size["weeks"] < 4:
        parser.error("the sums are those of 28 days: at least 4 weeks")
    found = measure(size, asked.out or (None if asked.small else results.RESULTS), whole=not asked.small)
    for name, ratio in found["ratios"].items():
        print(f"{name:36} {ratio:8.3f}")


if __name__ == "__main__":
    main()
