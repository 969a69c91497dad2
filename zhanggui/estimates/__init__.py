"""What we infer from what was counted: rates of small samples, whether two figures go together, whether a week has changed.

Takes: numbers. Gives: estimates with intervals, assumptions and reference in each docstring.
May import: tables, intake, facts, rulebook, measures. Heavy libraries are imported inside the functions that use them.
"""

from zhanggui.estimates.association import among_best, goes_with, more_than
from zhanggui.estimates.change import Change, change
from zhanggui.estimates.comparison import Comparison, behind, compare
from zhanggui.estimates.decomposition import factor_parts, step_parts
from zhanggui.estimates.rise import rise
from zhanggui.estimates.shrink import shrunk
from zhanggui.estimates.silence import silence
from zhanggui.estimates.spread import Spread, fit_spread, missing_events

__all__ = [
    "Change",
    "Comparison",
    "Spread",
    "among_best",
    "behind",
    "change",
    "compare",
    "factor_parts",
    "fit_spread",
    "goes_with",
    "missing_events",
    "more_than",
    "rise",
    "shrunk",
    "silence",
    "step_parts",
]
