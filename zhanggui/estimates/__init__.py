"""What we infer from what was counted: rates of small samples, whether two figures go together, whether a week has changed.

Takes: numbers. Gives: estimates with intervals, assumptions and reference in each docstring.
May import: tables, intake, facts, rulebook, measures. Heavy libraries are imported inside the functions that use them.
"""

from zhanggui.estimates.association import goes_with, higher_in, more_than
from zhanggui.estimates.change import Change, change
from zhanggui.estimates.silence import silence
from zhanggui.estimates.spread import Spread, fit_spread

__all__ = ["Change", "Spread", "change", "fit_spread", "goes_with", "higher_in", "more_than", "silence"]
