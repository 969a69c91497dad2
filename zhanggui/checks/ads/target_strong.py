"""A region or an audience that brings clearly more inquiries for its money than the others."""

from zhanggui.checks.ads._apart import NUMBERS, told_apart
from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ads


@check("AD11", key=("kind", "target"))
def target_strong(shop, settings, rules):
    """Regions against regions, audiences against audiences."""
    if (answer := lacking(shop, "p4p_target")) is not None:
        return answer
    rows, days = ads.by_target(shop, settings.days).collect(), covered(shop, "p4p_target", settings.days)
    told = told_apart(rows, "p4p_target", days, False, settings, "target", by=("kind",))
    return told if isinstance(told, NotYet) else told.select("kind", "target", *NUMBERS)
