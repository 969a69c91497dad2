"""The numbers of the day: what the platform may change, dated, with unit, range and source.

Takes: the YAML files of `numbers/`, a shop's overrides, a what-if. Gives: `Rules` of one day.
May import: nothing of the project.
"""

from zhanggui.rulebook.lists import LISTS, NameList, load_lists
from zhanggui.rulebook.rules import RULEBOOK, Bad, Number, Rulebook, Rules, Source

__all__ = ["LISTS", "RULEBOOK", "Bad", "NameList", "Number", "Rulebook", "Rules", "Source", "load_lists"]
