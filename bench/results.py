"""The one writer of `bench/results/*.json`: figures with the commit, the day, the seeds and the machine behind them."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results"
PACKAGES = ("polars", "fastexcel", "pandas", "openpyxl", "django")


def record(name: str, *, seed: int | None = None, seeds: Sequence[int] = (), **figures: Any) -> Path | None:
    """Keep the figures of a proof. Outside `make proof` (ZHANGGUI_PROOF=1) nothing is written and None is given."""
    if os.environ.get("ZHANGGUI_PROOF") != "1":
        return None
    return write(name, figures, seeds=seeds if seed is None else [seed])


def write(
    name: str,
    figures: Mapping[str, Any],
    *,
    seeds: Sequence[int] = (),
    parameters: Mapping[str, Any] | None = None,
    ratios: Mapping[str, float] | None = None,
    ran: Mapping[str, Any] | None = None,
    folder: Path = RESULTS,
) -> Path:
    """Write one result. `seeds`: those drawn from, or first and last of a range. `ratios`: ours to a named peer's, of one run.

    `ran`: `commit()` as it was when a long run began; if another commit is there by now, the run was not of one state: dirty.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"not a result's name: {name!r}")
    now = commit()
    begun = dict(ran or now)
    result = {
        "name": name,
        **begun,
        "dirty": begun["dirty"] or now["dirty"] or begun["commit"] != now["commit"],
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seeds": list(seeds),
        "machine": machine(),
        "parameters": dict(parameters or {}),
        "figures": dict(figures),
        "ratios": dict(ratios or {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(rounded(result), ensure_ascii=False, indent=1, default=_plain) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def _plain(value: Any) -> Any:
    """What JSON does not know: a set as a sorted list, a number of NumPy as a number, anything else as its text."""
    if isinstance(value, set | frozenset):
        return sorted(value)
    return value.item() if hasattr(value, "item") else str(value)


def rounded(value: Any) -> Any:
    """With fractions to four significant digits: more is noise."""
    if isinstance(value, Mapping):
        return {str(k): rounded(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(v) for v in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def commit() -> dict[str, Any]:
    """The commit that was run, and whether files differed from it. Results themselves don't count as a difference."""

    def git(*arguments: str) -> str:
        asked = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
        return asked.stdout.strip() if asked.returncode == 0 else ""

    head = git("rev-parse", "HEAD")
    changed = git("status", "--porcelain", "--", ".", ":(exclude)bench/results")
    return {"commit": head or "unknown", "dirty": bool(changed) or not head}


def machine() -> dict[str, Any]:
    """Size and versions; no names and no paths."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": _memory_gb(),
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _memory_gb() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError, AttributeError):
        return None


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
