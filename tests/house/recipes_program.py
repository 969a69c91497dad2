"""Run inside a copy of the tree to which the recipes were applied: prints what it saw as JSON."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import django
import polars as pl
import yaml

TREE = Path(sys.argv[1])
DAY = date(2026, 9, 21)
EFFECT = """2026-09-13~2026-09-19
产品ID,产品负责人,搜索曝光次数,全店点击次数,询盘个数
1,Alice,100,10,1
2,Alice,200,20,0
3,Bob,50,5,0
"""


def sample(name: str) -> tuple[bytes, str]:
    path = TREE / "tests/intake/samples" / name
    return path.read_bytes(), path.name


def put(name: str, data: bytes, shop: str) -> tuple[Any, Any, Any]:
    from zhanggui.facts import open_facts
    from zhanggui.intake import read

    facts = open_facts(TREE / "facts", shop)
    reading = read(data, name, on=DAY)
    return facts, reading, facts.put(data, name, reading, at="2026-09-21T00:00:00Z")


def check() -> dict[str, Any]:
    """The cases beside the check, each as a snapshot of its small tables."""
    from zhanggui.checks import load, run_one, sentence
    from zhanggui.facts import Snapshot
    from zhanggui.rulebook import RULEBOOK
    from zhanggui.tables import TABLES

    found = load()["PR90"]
    cases = yaml.safe_load((TREE / "tests/checks/products/nobody_in_charge.yaml").read_text("utf-8"))
    wrong, said = [], ""
    for case in cases:
        frames = {}
        for name in set(case) & set(TABLES):
            schema = TABLES[name].schema
            given = pl.read_csv(io.StringIO(case[name]), infer_schema=False)
            absent = [pl.lit(None, kind).alias(c) for c, kind in schema.items() if c not in given.columns]
            typed = [pl.col(c).str.to_date() if schema[c] == pl.Date else pl.col(c).cast(schema[c]) for c in given.columns]
            frames[name] = given.with_columns(typed).with_columns(absent).select(list(schema)).lazy()
        outcome = run_one(found, Snapshot(case["day"], frames), RULEBOOK.on(case["day"]))
        if [dict(f.key) for f in outcome.findings] != case["finds"]:
            wrong.append(case["name"])
        said = said or "".join(sentence(found, f, "en") for f in outcome.findings)
    return {"check": {"title": found.words["title"]["zh"], "cases": len(cases), "wrong": wrong}, "sentence": said}


def number() -> dict[str, Any]:
    from zhanggui.rulebook import RULEBOOK

    before, after = RULEBOOK.on(date(2026, 7, 31)), RULEBOOK.on(date(2026, 8, 1))
    return {"number": {"before": before.values.get("rapid_reply_minutes"), "from": after["rapid_reply_minutes"]}}


def report() -> dict[str, Any]:
    data, name = sample("country_visits.csv")
    facts, reading, done = put(name, data, "report")
    part, counts = reading.parts[0], done.counts[0]
    rows = facts.snapshot(DAY).scan("country_visits").select("country", "visitors", "visits").sort("country").collect()
    return {
        "report": {
            "table": part.table.name,
            "period": [d.isoformat() for d in part.period],
            "problems": [p.code for p in reading.problems],
            "counts": [counts.new, counts.changed, counts.unchanged, counts.rejected],
            "rows": [list(r) for r in rows.iter_rows()],
        }
    }


def shown() -> dict[str, Any]:
    """The same through the command line: import, then show."""
    path = TREE / "tests/intake/samples/country_visits.csv"
    command = [sys.executable, "-m", "zhanggui", "--lang", "en", "--shop", "shown"]
    subprocess.run([*command, "import", str(path), "--yes"], cwd=TREE, check=True, stdout=subprocess.DEVNULL)
    said = subprocess.run([*command, "show", "country_visits", "--json"], cwd=TREE, check=True, capture_output=True, text=True)
    return {"shown": [[r["country"], r["visitors"], r["visits"]] for r in json.loads(said.stdout)]}


def register() -> dict[str, Any]:
    data, name = sample("product_certificate.csv")
    facts, reading, done = put(name, data, "register")
    part, counts = reading.parts[0], done.counts[0]
    rows = facts.snapshot(DAY).scan("product_certificate").select("product_id", "certificate", "valid_until").collect()
    return {
        "register": {
            "table": part.table.name,
            "kind": part.table.kind,
            "counts": [counts.new, counts.changed, counts.unchanged, counts.rejected],
            "rejected": [[p.code, p.line, p.column, p.value] for p in part.problems(name)],
            "rows": [[i, c, d.isoformat()] for i, c, d in rows.iter_rows()],
        }
    }


def measure() -> dict[str, Any]:
    from zhanggui.measures import trace

    facts, _, _ = put("effect.csv", EFFECT.encode(), "measure")
    found = trace(facts.snapshot(DAY), "products.by_owner.shop_clicks[owner=Alice]")
    return {"measure": {"value": found.value, "origins": [[o.file, o.line, o.value] for o in found.origins]}}


def estimator() -> dict[str, Any]:
    path = TREE / "tests/estimates/test_share.py"
    spec = importlib.util.spec_from_file_location("test_share", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    passed = []
    for name in sorted(n for n in vars(module) if n.startswith("test_")):
        getattr(module, name)()
        passed.append(name)
    return {"estimator": passed}


def page() -> dict[str, Any]:
    """Alice owns the shop, Charlie owns another one."""
    from django.core.management import call_command
    from django.test import Client

    from zhanggui.desk.people import add_person, open_shop

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    hers, his = open_shop("hers", "Hers"), open_shop("his", "His")
    alice = add_person("alice", "a long password", hers.company, "owner")
    charlie = add_person("charlie", "a long password", his.company, "owner")
    answers: dict[str, Any] = {}
    for name, person in (("alice", alice), ("charlie", charlie), ("nobody", None)):
        client = Client(HTTP_HOST="localhost")
        if person:
            client.force_login(person)
        response = client.get("/s/hers/rulebook/")
        answers[name] = response.status_code
        if name == "alice":
            answers["says_value"] = "极速回复的时限</dt><dd>5.0 minute" in response.content.decode()
    return {"page": answers}


def main() -> None:
    os.environ["ZHANGGUI_HOME"] = str(TREE / "home")
    django.setup()
    import zhanggui

    seen: dict[str, Any] = {"inside": Path(zhanggui.__file__).is_relative_to(TREE)}
    with redirect_stdout(sys.stderr):
        for part in (check, number, report, register, measure, estimator, page, shown):
            seen |= part()
    print(json.dumps(seen, ensure_ascii=False))


main()
