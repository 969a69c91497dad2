"""A file becomes rows.

Takes: bytes and a name. Gives: `Reading` = parts (table, period, typed rows, rejected cells) and problems.
May import: tables.
"""

from zhanggui.intake.read import Part, Reading, read
from zhanggui.intake.recognise import Period, parse_period

__all__ = ["Part", "Period", "Reading", "parse_period", "read"]
