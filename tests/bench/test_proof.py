"""A line is shown only if everything that shows it ran and passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import proof
from bench.proof import OTHER, PROOFS, Proof, Shown, count, judge, main, table


@pytest.mark.parametrize(
    ("code", "counts", "missing", "verdict"),
    [
        (0, {"passed": 3, "failed": 0, "skipped": 0}, 0, "shown"),
        (0, {"passed": 3, "failed": 0, "skipped": 1}, 0, "not shown"),
        (0, {"passed": 3, "failed": 0, "skipped": 0}, 1, "not shown"),
        (1, {"passed": 3, "failed": 1, "skipped": 0}, 0, "failed"),
        (5, {"passed": 0, "failed": 0, "skipped": 0}, 0, "not shown"),
        (4, {}, 0, "failed"),
    ],
)
def test_verdicts(code: int, counts: dict[str, int], missing: int, verdict: str) -> None:
    assert judge(code, counts, missing)[0] == verdict


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite><testcase/><testcase><failure/></testcase><testcase><error/></testcase>"
        "<testcase><skipped/></testcase></testsuite></testsuites>"
    )
    assert count(report) == {"passed": 1, "failed": 2, "skipped": 1}


def test_a_line_without_tests_is_not_shown() -> None:
    outcome = proof.show(Proof("none", "nothing", ("tests/nowhere",)))
    assert (outcome.verdict, outcome.counts, outcome.written) == ("not shown", "tests/nowhere: not there", ())


def test_a_failing_program_fails_the_run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(proof, "PROOFS", (Proof("bad", "a program that is not there", program="bench.nowhere"),))
    assert main(["bad"]) == 1
    assert "0 shown, 1 failed, 0 not shown" in capfd.readouterr().out


def test_not_shown_fails_only_where_it_must(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(proof, "PROOFS", (Proof("none", "nothing", ("tests/nowhere",)),))
    assert main(["none"]) == 0
    assert main(["none", "--strict"]) == 1


def test_the_lines_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    listed = capfd.readouterr().out.splitlines()[::2]
    assert [line.split()[0] for line in listed] == [p.name for p in (*PROOFS, OTHER)]


def test_all_eight_lines_are_there() -> None:
    assert {n for p in PROOFS for n in range(1, 9) if str(n) in p.line.split(":")[0]} == set(range(1, 9))


def test_the_table_counts() -> None:
    said = table([Shown(PROOFS[0], "shown", "3 passed", 1.0), Shown(PROOFS[1], "not shown", "1 skipped", 2.0)])
    assert said.splitlines()[-1] == "1 shown, 0 failed, 1 not shown"
