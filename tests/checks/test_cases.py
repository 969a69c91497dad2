"""Every check finds what it should in the situations written beside it, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.checks.cases import FOLDER, Case, case_files, cases, said
from zhanggui.checks import CHECKS, NotYet, explain, gain_formula, gain_text, load, sentence, waiting_text
from zhanggui.measures import trace

load()
CASES = cases()
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}: {c.name}")
BROKEN = re.compile(r"\b(None|nan|inf)\b|[{}]")
NOTHING = re.compile(rf"{BROKEN.pattern}|—")  # only a case that says which number is missing may show a dash


@EVERY_CASE
def test_a_case_is_judged_as_it_says(case: Case):
    outcome, finds = case.judged, case.raw.get("finds", [])
    waits = case.raw.get("waits")
    assert outcome.waiting == (NotYet(**waits) if waits else None)
    assert len(outcome.findings) == len(finds), outcome.findings
    assert [said(f, {"verdict": "found"} | wanted) for f, wanted in zip(outcome.findings, finds, strict=True)] == [
        {"verdict": "found"} | wanted for wanted in finds
    ]


@pytest.mark.parametrize("code", list(CHECKS))
def test_a_check_has_cases_that_find_that_just_do_not_and_that_are_cleared(code: str):
    own = [c for c in CASES if c.code == code]
    assert {c.kind for c in own} == {"found", "limit", "cleared"}
    told = [(c.kind, [f.get("verdict", "found") for f in c.raw.get("finds", [])]) for c in own]
    assert [t for t in told if ("found" in t[1]) != (t[0] == "found")] == []
    assert [t for t in told if t[0] == "cleared" and t[1]] == []


def test_every_file_of_cases_belongs_to_a_check():
    assert sorted(FOLDER.glob("*/*.yaml")) == sorted(case_files().values())


def test_no_two_cases_of_a_check_have_one_name():
    names = [(c.code, c.name) for c in CASES]
    assert sorted(names) == sorted(set(names))


@EVERY_CASE
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said_of_a_case_has_all_its_numbers(case: Case, lang: str):
    """A dash stands only for a number that the case itself writes as missing."""
    outcome = case.judged
    check = outcome.check
    unknown = [sum(v is None for v in wanted.values()) for wanted in case.raw.get("finds", [])]
    sentences = [sentence(check, f, lang) for f in outcome.findings]
    assert [s for s, n in zip(sentences, unknown, strict=True) if s.count("—") > n] == []
    texts = [
        *(s.replace("—", "") for s in sentences),
        *(gain_text(check, f, lang) for f in outcome.findings),
        *(gain_formula(check, f, lang) for f in outcome.findings),
        *([waiting_text(outcome.waiting, lang)] if outcome.waiting else []),
    ]
    missing = any(value is None for finding in case.raw.get("finds", []) for value in finding.values())
    assert [t for t in texts if (BROKEN if missing else NOTHING).search(t)] == []
    assert [f for f in outcome.findings if (f.gain is None) != (gain_text(check, f, lang) == "")] == []


def _number(value: object) -> object:
    return value if isinstance(value, bool | str) or value is None else round(float(value), 6)


@EVERY_CASE
def test_every_figure_behind_a_finding_is_the_one_that_the_finding_says(case: Case):
    outcome, shop = case.judged, case.snapshot()
    for finding in outcome.findings:
        for address in outcome.check.figures(finding, case.settings):
            figure = trace(shop, address)
            column = address.split("[")[0].split("@")[0].rsplit(".", 1)[1]
            if column in finding.values and (figure.measure.by or not finding.key):
                assert (address, _number(finding.values[column])) == (address, _number(figure.value))


@EVERY_CASE
def test_the_same_shop_is_judged_the_same(case: Case):
    assert case.outcome() == case.judged


@EVERY_CASE
def test_a_finding_that_is_not_enough_yet_says_how_much_is_missing_and_claims_no_gain(case: Case):
    early = [f for f in case.judged.findings if f.verdict == "unsure"]
    assert [f for f in early if not f.needs or f.needs <= 0 or f.gain is not None] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", list(CHECKS))
def test_a_check_explains_itself(code: str, lang: str):
    said_of = explain(CHECKS[code], lang)
    words = [said_of[k] for k in ("code", "name", "title", "why", "do", "role", "cadence", "severity", "claims")]
    assert [w for w in [*words, *(s["label"] for s in said_of["settings"].values())] if not w or NOTHING.search(w)] == []
    assert (said_of["gain"] != "") == (CHECKS[code].gain_unit != "")
    assert said_of["requirements"] != []


@pytest.mark.parametrize("code", list(CHECKS))
def test_a_check_sizes_its_findings_by_a_value_that_it_gives(code: str):
    found = [f for c in CASES if c.code == code for f in c.judged.findings]
    assert [f for f in found if CHECKS[code].size not in f.values] == []


@EVERY_CASE
def test_each_finding_has_a_fingerprint_of_its_own_that_its_numbers_do_not_change(case: Case):
    findings = case.judged.findings
    assert len({f.fingerprint for f in findings}) == len(findings)
    assert [f.fingerprint for f in findings] == [replace(f, values={}, gain=None, needs=1).fingerprint for f in findings]


@pytest.mark.parametrize("code", list(CHECKS))
def test_a_check_refuses_a_setting_that_it_does_not_have(code: str):
    with pytest.raises(ValueError, match=f"{code} has no setting colour"):
        CHECKS[code].values({"colour": 1})
