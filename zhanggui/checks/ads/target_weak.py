"""A region or an audience that brings clearly fewer inquiries for its money than the others."""

from zhanggui.checks.ads._apart import NUMBERS, told_apart
from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ads


@check("AD10", key=("kind", "target"))
def target_weak(shop, settings, rules):
    """Regions against regions, audiences against audiences."""
    if (answer := lacking(shop, "p4p_target")) is not None:
        return answer
    rows, days = ads.by_target(shop, settings.days).collect(), covered(shop, "p4p_target", settings.days)
    told = told_apart(rows, "p4p_target", days, True, settings, "target", by=("kind",))
    return told if isinstance(told, NotYet) else told.select("kind", "target", *NUMBERS, "gain", "gain_low", "gain_high")
