"""A file becomes rows.

Takes: bytes and a name. Gives: `Reading` = parts (table, period, typed rows, rejected cells) and problems.
May import: tables.
"""

from zhanggui.intake.read import Part, Reading, answers, read
from zhanggui.intake.recognise import HeaderMap, Period, fingerprint, parse_period

__all__ = ["HeaderMap", "Part", "Period", "Reading", "answers", "fingerprint", "parse_period", "read"]
