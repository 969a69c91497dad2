"""Show every acceptance line in full: `python -m bench.proof [NAME …] [--list] [--strict]`.

A line is shown by tests (all of its folders and files, those marked `proof` included) or by a program. Tests keep their
figures with `bench.results.record`. A line whose tests are not there, or of which one skips, is *not shown*; that is said, and
with `--strict` it counts as a failure. Exit code 1 if a line failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.lines import PROOFS, Proof
from bench.results import RESULTS, ROOT

MOST_FIGURES = 6


#: Tests marked `proof` that no line names.
OTHER = Proof("other", "Everything else that is marked `proof`", ("tests",))


@dataclass(frozen=True)
class Shown:
    """How a line came out."""

    proof: Proof
    verdict: str
    counts: str
    seconds: float
    written: tuple[Path, ...] = ()


def show(proof: Proof) -> Shown:
    """Run what shows a line; its output goes through as it comes."""
    before = _stamps()
    begun = time.monotonic()
    verdict, counts = _program(proof) if proof.program else _tests(proof)
    written = tuple(path for path, stamp in _stamps().items() if before.get(path) != stamp)
    return Shown(proof, verdict, counts, time.monotonic() - begun, written)


def _stamps() -> dict[Path, int]:
    return {p: p.stat().st_mtime_ns for p in sorted(RESULTS.glob("*.json"))}


def _environment() -> dict[str, str]:
    return {**os.environ, "ZHANGGUI_PROOF": "1"}


SKIPPED = 77  # a program's exit code where what it needs is not installed


def _program(proof: Proof) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-m", proof.program], cwd=ROOT, env=_environment(), check=False)
    if done.returncode == SKIPPED:
        return "not shown", "what it needs is not here"
    return ("shown", "") if done.returncode == 0 else ("failed", f"exit {done.returncode}")


def _tests(proof: Proof) -> tuple[str, str]:
    here = proof.present()
    if not here:
        return "not shown", f"{', '.join(proof.tests)}: not there"
    command = [sys.executable, "-m", "pytest", *here]
    if proof is OTHER:
        command += ["-m", "proof", *(f"--ignore={t}" for p in PROOFS for t in p.present())]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run([*command, f"--junitxml={report}"], cwd=ROOT, env=_environment(), check=False)
        counts = count(report) if report.exists() else {}
    return judge(done.returncode, counts, missing=len(proof.tests) - len(here))


def count(report: Path) -> dict[str, int]:
    """Tests passed, failed and skipped in a JUnit report. An expected failure is reported as skipped there and is so counted."""
    found = {"passed": 0, "failed": 0, "skipped": 0}
    for case in ET.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        found[outcome] += 1
    return found


NO_TESTS = 5  # pytest's exit code where nothing was collected


def judge(code: int, counts: Mapping[str, int], missing: int = 0) -> tuple[str, str]:
    """Shown only if everything ran and passed."""
    text = ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "no tests"
    if code not in (0, NO_TESTS):
        return "failed", text if counts.get("failed") else f"{text}, pytest exit {code}"
    if counts.get("skipped") or missing or not counts.get("passed"):
        return "not shown", text
    return "shown", text


def key_figures(path: Path) -> str:
    """The first few plain figures of a result, ratios before them."""
    result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    plain = {k: v for k, v in (result["ratios"] | result["figures"]).items() if isinstance(v, int | float | str)}
    return ", ".join(f"{k} {v}" for k, v in list(plain.items())[:MOST_FIGURES])


def table(outcomes: list[Shown]) -> str:
    """One block a line: verdict, words, counts; figures and files below."""
    lines = []
    for o in outcomes:
        took = f"{o.seconds:.0f} s"
        lines.append(f"{o.verdict:9}  {o.proof.name:15} {o.proof.line}")
        lines.append(f"{'':27}{', '.join(t for t in (o.counts, took) if t)}")
        lines += [f"{'':27}{path.relative_to(ROOT)}: {key_figures(path)}" for path in o.written]
    verdicts = [o.verdict for o in outcomes]
    total = ", ".join(f"{verdicts.count(v)} {v}" for v in ("shown", "failed", "not shown"))
    return "\n".join([*lines, "", total])


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.proof", description=__doc__)
    known = {p.name: p for p in (*PROOFS, OTHER)}
    parser.add_argument("names", nargs="*", metavar="NAME", help="lines to show, default all")
    parser.add_argument("--list", action="store_true", help="list the lines and what shows them")
    parser.add_argument("--strict", action="store_true", help="a line not shown is a failure")
    asked = parser.parse_args(given)
    if unknown := [n for n in asked.names if n not in known]:
        parser.error(f"no line {', '.join(unknown)}; there are {', '.join(known)}")
    wanted = [known[n] for n in asked.names] if asked.names else list(known.values())
    if asked.list:
        for proof in wanted:
            print(f"{proof.name:15} {proof.line}\n{'':15} {proof.how}")
        return 0
    outcomes = [show(proof) for proof in wanted]
    if not asked.names and outcomes[-1].counts == "no tests":
        outcomes.pop()  # nothing is marked `proof` beyond the lines
    print("\n" + table(outcomes))
    bad = {"failed", "not shown"} if asked.strict else {"failed"}
    return 1 if any(o.verdict in bad for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
