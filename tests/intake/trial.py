"""Files of the corpus read in a process of its own, with a limit of time and memory: `python -m tests.intake.trial SEED`.

Reads one JSON `[kind, n]` a line and answers one JSON line. A file that takes too long or too much kills the process; the asker
sees that, names the file and starts another.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.intake import corpus
from zhanggui.intake import Reading, read

SECONDS = 20
MEMORY = 2 * 2**30
ADDRESSES = MEMORY + 2 * 2**30  # the engine's threads and allocator reserve much that they never touch
DAY = date(2026, 9, 21)
SECRET = "root:x:0:0"
MOST = 1000  # rejected cells of a sheet whose sentences are looked at


@dataclass(frozen=True)
class Outcome:
    """How a file came out: `faults` is what was wrong with the reading, `codes` what the reader said of the file."""

    kind: str
    n: int
    name: str = ""
    ok: bool = False
    codes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    seconds: float = 0
    peak_mb: float = 0


def faults(reading: Reading) -> list[str]:
    """What must not be: silence about a file that gave nothing, sentences that don't come out, another file's content."""
    found = []
    parts = [replace(part, rejected=part.rejected.head(MOST)) for part in reading.parts]
    problems = [*reading.problems, *(p for part in parts for p in part.problems("f"))]
    said = [p.says(lang) for p in problems for lang in ("zh", "en")]
    if not all(s.strip() for s in said):
        found.append("an empty sentence")
    if not reading.parts and not any(p.level == "error" for p in reading.problems):
        found.append("nothing read and nothing said")
    if any(SECRET in s for s in said) or any(
        SECRET in part.rows.write_csv() for part in reading.parts if part.rows.height < 10_000
    ):
        found.append("holds another file's content")
    for part in reading.parts:
        if part.rows.select(part.table.required).null_count().sum_horizontal().sum():
            found.append("a row without what names it")
    return found


def tried(seed: int, kind: str, n: int) -> dict[str, Any]:
    """One file made and read. Ends the process by signal if the limits are passed."""
    if kind == "large":
        with tempfile.TemporaryDirectory() as folder:
            return measured(*_on_disk(seed, n, Path(folder) / "large"))
    return measured(*corpus.one(seed, kind, n))


def measured(name: str, data: bytes | Path) -> dict[str, Any]:
    """The reading of one file: what came of it, how long it took, and the peak of memory meanwhile."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory starts anew
    signal.alarm(SECONDS)
    begun = time.perf_counter()
    reading = read(data, name, on=DAY)
    seconds = time.perf_counter() - begun
    signal.alarm(0)
    peak = next(int(x.split()[1]) for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    codes = sorted({p.code for p in reading.problems} | {c for part in reading.parts for c in part.rejected["code"].unique()})
    return {
        "name": name,
        "ok": reading.ok,
        "codes": codes,
        "faults": faults(reading),
        "seconds": seconds,
        "peak_mb": peak / 1024,
    }


def _on_disk(seed: int, n: int, path: Path) -> tuple[str, Path]:
    """A large file, made by another process so that only its reading is measured."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.intake.corpus", str(seed), "large", str(n), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.rsplit(maxsplit=1)[0], path


def outcomes(seed: int, files: Iterable[tuple[str, int]]) -> Iterator[Outcome]:
    """Each file's outcome; a process that dies is a fault of the file it was at, and another takes its place."""
    worker = None
    for kind, n in files:
        worker = worker or _started(seed)
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write(json.dumps([kind, n]) + "\n")
        worker.stdin.flush()
        if answer := worker.stdout.readline():
            told = json.loads(answer)
            yield Outcome(kind, n, **{k: tuple(v) if isinstance(v, list) else v for k, v in told.items()})
        else:
            code = worker.wait()
            worker.stdin.close()
            worker.stdout.close()
            worker = None
            yield Outcome(kind, n, faults=(f"the process ended: {signal.Signals(-code).name if code < 0 else code}",))
    if worker:
        worker.communicate()


def _started(seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.intake.trial", str(seed)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def main(seed: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        kind, n = json.loads(line)
        try:
            answer = tried(seed, kind, n)
        except BaseException as error:
            signal.alarm(0)
            answer = {"faults": [f"raised {type(error).__name__}: {error}"[:300]]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
