"""An hour of the day that brings clearly fewer inquiries for its money than the others."""

from zhanggui.checks.ads._apart import NUMBERS, told_apart
from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ads


@check("AD08", key=("hour",))
def hour_weak(shop, settings, rules):
    """Hours of the platform's day, each against the other 23."""
    if (answer := lacking(shop, "p4p_hour")) is not None:
        return answer
    rows, days = ads.by_hour(shop, settings.days).collect(), covered(shop, "p4p_hour", settings.days)
    told = told_apart(rows, "p4p_hour", days, True, settings, "hour")
    return told if isinstance(told, NotYet) else told.select("hour", *NUMBERS, "gain", "gain_low", "gain_high")
