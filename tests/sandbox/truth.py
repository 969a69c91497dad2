"""A sandbox shop taken through the product, and what it said held against what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sandbox import standing, year
from sandbox.operation_plants import orphaned
from sandbox.scene import scene
from sandbox.shop import draw
from sandbox.year import write
from zhanggui.facts import Facts, open_facts
from zhanggui.intake import read
from zhanggui.plans import check_up


@dataclass
class Verdict:
    """What was planted and what was found, each as check code → keys."""

    seed: int
    planted: set[tuple[str, str]] = field(default_factory=set)
    allowed: set[tuple[str, str]] = field(default_factory=set)
    found: set[tuple[str, str]] = field(default_factory=set)
    levels: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, codes: Container[str]) -> Verdict:
        """The same, of some checks only."""
        kept = [{(code, name) for code, name in part if code in codes} for part in (self.planted, self.allowed, self.found)]
        return Verdict(self.seed, *kept, self.levels)

    @property
    def missed(self) -> set[tuple[str, str]]:
        return self.planted - self.found

    @property
    def false(self) -> set[tuple[str, str]]:
        return self.found - self.planted - self.allowed


def _name(key: dict[str, Any]) -> str:
    """What a truth's key and a finding's key have in common."""
    return str(key.get("product_id") or key.get("word") or key.get("table") or key.get("country") or "")


def imported(folder: Path, end: date) -> Facts:
    """The facts of `folder/files`, in `folder/home`, as a person would import them two days after the last day."""
    facts = open_facts(folder / "home", "shop")
    for path in sorted((folder / "files").iterdir()):
        if path.suffix == ".json":
            continue
        data = path.read_bytes()
        reading = read(data, path.name, on=end + timedelta(days=2))
        assert reading.ok, (path.name, reading.problems)
        facts.put(data, path.name, reading, at="2026-11-23T00:00:00")
    return facts


def judge(seed: int, folder: Path, *, weeks: int = 52, plants: str = "auto", further: Sequence[str] = ()) -> Verdict:
    """Write the shop of a seed, import its files as a person would, check it two days after its last day.

    `further`: reports beside the first six that are written too.
    """
    shop = draw(seed, weeks=weeks, plants_of=plants)
    write(shop, folder / "files")
    if further:
        around = scene(shop, "none")
        for name in further:
            once = year.ONCE.get(name)
            for job in (
                [partial(once, around)] if once else [partial(year.OF_WEEK[name], around, week) for week in around.detailed]
            ):
                job(folder / "files")
    end = shop.world.weeks[-1][1]
    imported(folder, end)
    verdict = Verdict(seed)
    for plant in shop.truth()["plants"]:
        verdict.planted.add((plant["check"], _name(plant["key"])))
        verdict.levels[plant["check"], _name(plant["key"])] = int(plant["strength"].get("level", 0))
        verdict.allowed |= {(code, "" if code == "TR02" else _name(plant["key"])) for code in plant["also"]}
    verdict.allowed |= {("PR09", word) for word in orphaned(shop.world, shop.words, shop.plants)}
    always = {(one["check"], _name(one["key"])) for one in standing.always(shop)} - verdict.planted
    also_anywhere = {code for plant in shop.truth()["plants"] for code in plant["also"] if not _name(plant["key"])}
    for outcome in check_up(folder / "home", "shop", end + timedelta(days=2)).outcomes:
        for finding in outcome.findings:
            if finding.verdict == "found" and (finding.code, _name(dict(finding.key))) not in always:
                verdict.found.add((finding.code, "" if finding.code == "TR02" else _name(dict(finding.key))))
                if finding.code in also_anywhere:
                    verdict.allowed.add((finding.code, _name(dict(finding.key))))
    return verdict


def tally(verdicts: list[Verdict]) -> dict[str, Any]:
    """Recall and precision over all plants, and per check: planted, found, missed, false."""
    codes = sorted({c for v in verdicts for c, _ in v.planted | v.found})
    per = {}
    for code in codes:
        count = Counter[str]()
        for v in verdicts:
            count["planted"] += sum(c == code for c, _ in v.planted)
            count["missed"] += sum(c == code for c, _ in v.missed)
            count["false"] += sum(c == code for c, _ in v.false)
        per[code] = dict(count)
    planted = sum(len(v.planted) for v in verdicts)
    hit = sum(len(v.planted & v.found) for v in verdicts)
    false = sum(len(v.false) for v in verdicts)
    silent = [v for v in verdicts if not v.planted]
    return {
        "shops": len(verdicts),
        "planted": planted,
        "recall": hit / planted if planted else None,
        "precision": hit / (hit + false) if hit + false else None,
        "silent_shops": len(silent),
        "silent_and_kept_quiet": sum(not v.found for v in silent),
        "per_check": per,
    }


def by_level(verdicts: list[Verdict]) -> dict[str, dict[str, dict[str, int]]]:
    """Check → level of strength (1 weak, 3 strong) → planted and found."""
    told: dict[str, dict[str, dict[str, int]]] = {}
    for v in verdicts:
        for one in v.planted:
            count = told.setdefault(one[0], {}).setdefault(str(v.levels[one]), {"planted": 0, "found": 0})
            count["planted"] += 1
            count["found"] += one in v.found
    return {code: dict(sorted(levels.items())) for code, levels in sorted(told.items())}


@dataclass(frozen=True)
class Told:
    """A shop with one fall, and what the explanation of its exposures names first; "" where there is none."""

    seed: int
    kind: str
    level: int
    planted: str
    named: str


def told_cause(seed: int, folder: Path, kind: str, *, weeks: int, days: int) -> Told:
    """Write, import and explain a shop with a plant of one kind (or "none")."""
    from zhanggui.plans.explain import explain

    kinds: str | list[str] = kind if kind == "none" else [kind]
    shop = draw(seed, weeks=weeks, plants_of=kinds)
    write(shop, folder / "files")
    around = scene(shop, "none")
    for week in around.detailed:
        year.OF_WEEK["shop_region"](around, week, folder / "files")
    end = shop.world.weeks[-1][1]
    found = explain(imported(folder, end).snapshot(end + timedelta(days=2)), days)
    (exposures,) = (one for one in found if one.column == "shop_exposures")
    named = exposures.named[1].key if exposures.named else ""
    plant = next(iter(shop.truth()["plants"]), None)
    if plant is None:
        return Told(seed, kind, 0, "", named)
    return Told(seed, kind, int(plant["strength"]["level"]), _name(plant["key"]), named)
