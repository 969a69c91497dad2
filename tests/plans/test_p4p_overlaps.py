"""What may be paid for twice: over the same days, and silent where a figure is missing."""

from __future__ import annotations

from tests.checks.cases import _period
from tests.plans.test_p4p_plans import snapshot
from zhanggui.plans.p4p_overlaps import overlaps


def word(text, exposures, clicks, shown, paid, top10=500, occurrence=1):
    return {"word": text, "occurrence": occurrence, "exposures": exposures, "clicks": clicks, "p4p_exposures": shown,
            "p4p_clicks": paid, "top10_exposures": top10}  # fmt: skip


def test_words_that_bring_as_many_clicks_by_themselves():
    shop = snapshot(
        keyword_effect=[
            word("mules", 1000, 30, 400, 10),
            word("clogs", 500, 20, 400, 10, top10=600),
            word("boots", 1000, 19, 400, 10),
            word("never paid", 1000, 19, 0, 0),
            word("sac", 1000, 30, 400, 10),
            word("sac", 1000, 30, 400, 10, occurrence=2),
            word("paid above all", 100, 30, 400, 10),
        ],
        p4p_keyword=[{"word": "mules", "occurrence": 1, "exposures": 400, "clicks": 10, "cost": "20.50", "inquiries": 0}],
    )
    found = overlaps(shop)
    assert [(o.word, o.natural, o.paid, o.shown, o.cost, o.strong) for o in found] == [
        ("mules", 20, 10, 600, 20.5, True),
        ("clogs", 10, 10, 100, None, False),
    ]
    assert overlaps(snapshot()) == ()


def test_the_money_is_of_the_days_of_the_clicks():
    """The word report has two weeks, the keyword report the newest of them."""
    paid = [{"word": "mules", "cost": f"{cost}", "clicks": 9, **_period(n)} for n, cost in ((-1, 90), (0, 10))]
    (one,) = overlaps(snapshot(keyword_effect=[word("mules", 1000, 30, 400, 10)], p4p_keyword=paid))
    assert one.cost == 10
    two = [word("mules", 1000, 30, 400, 10), word("mules", 1000, 30, 400, 10) | _period(-2)]
    (one,) = overlaps(snapshot(keyword_effect=two, p4p_keyword=paid))
    assert (one.natural, one.cost) == (40, None)


def test_what_a_period_does_not_say_is_not_zero():
    rows = [
        word("mules", 1000, 30, 400, 10, top10=None),
        word("clogs", 1000, 30, 400, 10),
        word("clogs", 900, 30, None, 10) | _period(-1),
    ]
    (one,) = overlaps(snapshot(keyword_effect=rows))
    assert (one.word, one.top10, one.strong) == ("mules", None, False)
