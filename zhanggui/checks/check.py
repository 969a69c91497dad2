"""The declaration of a check: code, words, settings; what it finds."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import yaml

from zhanggui.measures import MEASURES, address_of
from zhanggui.tables import TABLES

FOLDER = Path(__file__).parent
CODE = re.compile(r"[A-Z]{2}\d{2}")
SEVERITIES = ("high", "medium", "low")
CLAIMS = ("fact", "relation")
#: Columns of a check's frame that are not part of the sentence's numbers.
RESERVED = ("verdict", "needs", "gain", "gain_low", "gain_high")
#: Unit of what a check waits for that broke: it needs mending, no data.
BROKEN = "broken"


@dataclass(frozen=True)
class NotYet:
    """The whole check cannot judge: `needs` more `unit` (day, week, row) of a table; 0 = the table itself is missing. The unit
    `BROKEN`: the check itself raised an error, whatever the table."""

    table: str
    needs: float = 0
    unit: str = "day"


Frame = pl.DataFrame | pl.LazyFrame
Function = Callable[..., "Frame | NotYet"]


@dataclass(frozen=True)
class Check:
    """One check. `words`: title, says, unsure, why, do, gain (each zh and en). `size`: the value that says how bad it is,
    the more the worse. `followed`: the value told before and after a task, `size` where none is named. `minutes` are for one finding, or for all of them where they are handled `together`. `cause`: findings of one cause and key are one action. `claims`: "relation" if it says that two figures go together."""

    code: str
    name: str
    subject: str
    key: tuple[str, ...]
    needs: tuple[str, ...]
    function: Function
    words: Mapping[str, Mapping[str, str]]
    role: str
    cadence: str
    severity: str
    minutes: int
    together: bool
    claims: str
    cause: str
    gain_unit: str
    size: str
    followed: str
    settings: Mapping[str, Mapping[str, Any]]
    evidence: tuple[Mapping[str, Any], ...]
    requirements: tuple[str, ...]

    def figures(self, finding: Finding, own: Mapping[str, Any] | None = None) -> list[str]:
        """Addresses of the figures behind a finding, for `measures.trace`."""
        default = (own or {}).get("days", self.settings.get("days", {}).get("default", 28))
        addresses = []
        for figure in self.evidence:
            found = MEASURES[figure["measure"]]
            key = {k: finding.key[k] for k in found.by if k in finding.key}
            days = figure.get("days", default)
            addresses += [address_of(found.name, column, key, days) for column in figure["columns"]]
        return addresses

    def values(self, own: Mapping[str, Any] | None = None) -> SimpleNamespace:
        """The settings in force: a shop's own where it has chosen, else the defaults."""
        unknown = set(own or {}) - set(self.settings)
        if unknown:
            raise ValueError(f"{self.code} has no setting {', '.join(sorted(unknown))}")
        return SimpleNamespace(**{n: (own or {}).get(n, s["default"]) for n, s in self.settings.items()})


@dataclass(frozen=True)
class Finding:
    """One offender: numbers, never sentences. `verdict` "found" or "unsure" (then `needs` says how much is missing)."""

    code: str
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    verdict: str = "found"
    needs: float | None = None
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same offender, whatever its numbers are today."""
        said = json.dumps([self.code, dict(sorted(self.key.items()))], ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Outcome:
    """What one check said. `waiting` is set where it could not judge at all."""

    check: Check
    findings: tuple[Finding, ...] = ()
    waiting: NotYet | None = None


@dataclass
class _Declared:
    code: str
    key: tuple[str, ...]
    needs: tuple[str, ...]
    function: Function
    path: Path = field(default_factory=Path)


_declared: dict[str, _Declared] = {}


def check(code: str, key: tuple[str, ...] = (), needs: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Declare a check: its stable code, the columns that name an offender, the tables without which it cannot judge."""

    def register(function: Function) -> Function:
        path = Path(inspect.getfile(function))
        if not CODE.fullmatch(code):
            raise ValueError(f"{path.name}: a code is two letters and two digits, not {code!r}")
        if code in _declared and _declared[code].path != path:
            raise ValueError(f"{code} is declared by {_declared[code].path.name} and by {path.name}")
        _declared[code] = _Declared(code, key, needs, function, path)
        return function

    return register


def discover(folder: Path = FOLDER) -> dict[str, Check]:
    """Every check of a folder's subjects, by code. A check whose words are incomplete is an error that names file and word."""
    found: dict[str, Check] = {}
    for path in sorted(folder.glob("*/*.py")):
        if path.name.startswith("_"):
            continue
        name = f"zhanggui.checks.{path.parent.name}.{path.stem}"
        if folder == FOLDER:
            importlib.import_module(name)
        else:
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec
            assert spec.loader
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
        declared = [d for d in _declared.values() if d.path == path]
        if len(declared) != 1:
            raise ValueError(f"{path}: one file declares one check, this one declares {len(declared)}")
        found[declared[0].code] = _complete(declared[0], path)
    for path in folder.glob("*/*.yaml"):
        if not path.with_suffix(".py").exists():
            raise ValueError(f"{path.name} has no .py beside it")
    return dict(sorted(found.items()))


def _complete(declared: _Declared, path: Path) -> Check:
    beside = path.with_suffix(".yaml")
    if not beside.exists():
        raise ValueError(f"{path.name} has no {beside.name} beside it")
    raw = yaml.safe_load(beside.read_text("utf-8"))
    place = beside.name

    def need(key: str) -> Any:
        if raw.get(key) in (None, ""):
            raise ValueError(f"{place}: {key} is missing")
        return raw[key]

    words = {}
    for key in ("title", "says", "why", "do", *(k for k in ("unsure", "gain") if k in raw)):
        text = need(key)
        if not isinstance(text, dict) or set(text) != {"zh", "en"} or not all(text.values()):
            raise ValueError(f"{place}: {key} needs zh and en")
        words[key] = text
    settings = raw.get("settings") or {}
    for name, setting in settings.items():
        for part in ("default", "unit", "zh", "en"):
            if part not in setting:
                raise ValueError(f"{place}: setting {name} lacks {part}")
    if need("severity") not in SEVERITIES or need("claims") not in CLAIMS:
        raise ValueError(f"{place}: severity is one of {SEVERITIES}, claims one of {CLAIMS}")
    for table in declared.needs:
        if table not in TABLES:
            raise ValueError(f"{place}: no table {table}")
    for figure in raw.get("evidence") or ():
        measure = MEASURES.get(figure["measure"])
        if measure is None or set(figure["columns"]) - set(measure.formulas):
            raise ValueError(f"{place}: evidence names {figure}, which no measure gives")
    return Check(
        code=declared.code,
        name=path.stem,
        subject=path.parent.name,
        key=declared.key,
        needs=declared.needs,
        function=declared.function,
        words=words,
        role=need("role"),
        cadence=need("cadence"),
        severity=raw["severity"],
        minutes=int(need("minutes")),
        together=bool(raw.get("together", False)),
        claims=raw["claims"],
        cause=raw.get("cause", path.stem),
        gain_unit=raw.get("gain_unit", ""),
        size=need("size"),
        followed=raw.get("followed") or raw["size"],
        settings=settings,
        evidence=tuple(raw.get("evidence") or ()),
        requirements=tuple(need("requirements")),
    )


CHECKS: dict[str, Check] = {}


def load() -> dict[str, Check]:
    """Fill `CHECKS` once, when first asked for."""
    if not CHECKS:
        CHECKS.update(discover())
    return CHECKS
