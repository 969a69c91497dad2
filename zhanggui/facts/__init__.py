"""Where facts live: raw files are the truth, tables are Parquet, one manifest per shop is the commit.

Takes: readings of intake. Gives: `Facts` (put, undo, rebuild, trace) and `Snapshot` (what was known of a day).
May import: tables, intake. The only code that touches the files of facts.
"""

from zhanggui.facts.manifest import ImportRecord
from zhanggui.facts.outcome import Counts, Put, Stale, Undone
from zhanggui.facts.snapshot import Snapshot, Window, whole_sum
from zhanggui.facts.store import Facts, open_facts

__all__ = ["Counts", "Facts", "ImportRecord", "Put", "Snapshot", "Stale", "Undone", "Window", "open_facts", "whole_sum"]
