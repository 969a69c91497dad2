"""What is wrong or possible: a check is a function from a snapshot and the rules of the day to a frame of offenders.

Takes: `Snapshot`, `Rules`, a shop's settings. Gives: `CHECKS` by code, `run` → outcomes with findings.
May import: tables, intake, facts, rulebook, measures, estimates.

A check is two files of one name in a subject's folder, `.py` and `.yaml`; there is no list to edit.
"""

from zhanggui.checks.check import BROKEN, CHECKS, Check, Finding, NotYet, Outcome, check, discover, load
from zhanggui.checks.run import run, run_one
from zhanggui.checks.words import ROLES, explain, gain_formula, gain_text, sentence, waiting_text

__all__ = [
    "BROKEN",
    "CHECKS",
    "ROLES",
    "Check",
    "Finding",
    "NotYet",
    "Outcome",
    "check",
    "discover",
    "explain",
    "gain_formula",
    "gain_text",
    "load",
    "run",
    "run_one",
    "sentence",
    "waiting_text",
]
