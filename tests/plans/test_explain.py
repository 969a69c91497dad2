"""Explanations add up, and name what was put into a shop on purpose, in shops of which the cause is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tests.checks.cases import WEEK, frame
from zhanggui.facts import Snapshot
from zhanggui.plans.explain import explain, explain_value
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
COUNTRIES = {"United States": 0.4, "Germany": 0.2, "Spain": 0.12, "Mexico": 0.1, "Chile": 0.1, "Kenya": 0.08}
PRODUCTS = np.array([0.2, 0.16, 0.13, 0.12, 0.1, 0.09, 0.08, 0.06, 0.04, 0.02])
WORDS = np.array([0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05])


def weeks(count: int = 16):
    for back in reversed(range(count)):
        start = WEEK - timedelta(weeks=back)
        yield back, {"period_start": start, "period_end": start + timedelta(days=6)}


def shop(rng, *, country="", product=-1, word=-1, left=0.4, exposures=1.0, click_rate=1.0, exposed=60_000, last=1) -> Snapshot:
    """Sixteen weeks. In the `last` ones a country, a product or a word keeps only `left` of its traffic, the products' page
    losing what the country or the word loses; or exposures or click rates of everything change by a factor."""
    rows: dict[str, list[dict]] = {"product_effect": [], "shop_region": [], "keyword_effect": []}
    for back, period in weeks():
        hit = back < last
        gone = (COUNTRIES.get(country, 0) + (WORDS[word] if word >= 0 else 0)) * (1 - left) if hit else 0.0
        for i, share in enumerate(PRODUCTS):
            seen = exposed * share * (1 - gone) * (exposures if hit else 1.0) * (left if hit and i == product else 1.0)
            n = int(rng.poisson(seen))
            clicks = int(rng.binomial(n, 0.02 * (click_rate if hit else 1.0)))
            asked = int(rng.binomial(clicks, 0.05))
            made = {"shop_exposures": n, "shop_clicks": clicks, "search_exposures": n, "search_clicks": clicks}
            asks = {"inquiries": asked, "orders_submitted": int(rng.binomial(asked, 0.3))}
            rows["product_effect"].append(period | {"product_id": f"p{i}", "product_name": f"Loafers {i}"} | made | asks)
        for name, share in COUNTRIES.items():
            visits = exposed * 0.05 * share * (exposures if hit else 1.0) * (left if hit and name == country else 1.0)
            rows["shop_region"].append(period | {"country": name, "visits": int(rng.poisson(visits))})
        for i, share in enumerate(WORDS):
            n = int(rng.poisson(exposed * share * (exposures if hit else 1.0) * (left if hit and i == word else 1.0)))
            rows["keyword_effect"].append(period | {"word": f"w{i}", "exposures": n, "clicks": int(rng.binomial(n, 0.02))})
    return Snapshot(DAY, {name: frame(TABLES[name], made).lazy() for name, made in rows.items()}, TABLES)


def explained(snapshot: Snapshot, column: str, days: int = 7):
    return next(one for one in explain(snapshot, days) if one.column == column)


def causes(snapshot: Snapshot, days: int = 7):
    return {one.column: (one.cause[0].by, one.cause[1].key) if one.cause else None for one in explain(snapshot, days)}


@pytest.mark.parametrize("days", [7, 28])
def test_everything_adds_up_to_the_change(days):
    rng = np.random.default_rng(1)
    for how in ({}, {"country": "Germany"}, {"product": 2}, {"exposures": 0.7}, {"click_rate": 1.6}):
        found = explain(shop(rng, **how), days)
        assert [one.column for one in found] == [
            "shop_exposures",
            "shop_clicks",
            "search_clicks",
            "inquiries",
            "orders_submitted",
        ]
        for one in found:
            for steps in (one.steps, one.second):
                assert sum(steps.values()) == pytest.approx(one.change, rel=1e-9, abs=1e-9)
            for cut in one.cuts:
                assert sum(p.change for p in cut.parts) + cut.rest == pytest.approx(cut.after - cut.before, rel=1e-9)
            if one.split:
                assert one.split.mix + one.split.rate == pytest.approx(one.split.after - one.split.before, abs=1e-9)


def test_stretches_are_weeks_that_tile_and_lie_side_by_side():
    for days, length in ((7, 7), (28, 28)):
        one = explained(shop(np.random.default_rng(2)), "shop_clicks", days)
        assert (one.tiles[-1][1] - one.tiles[0][0]).days + 1 == length
        assert (one.tiles[0][0] - one.earlier[-1][1]).days == 1
        assert (one.earlier[-1][1] - one.earlier[0][0]).days + 1 == length


def test_a_country_that_is_lost_is_named_first():
    rng = np.random.default_rng(3)
    named = [causes(shop(rng, country="Germany"))["shop_exposures"] for _ in range(20)]
    assert named.count(("country", "Germany")) == 20


def test_a_small_country_is_named_though_the_largest_lost_more_with_everything_else():
    rng = np.random.default_rng(4)
    snapshots = [shop(rng, country="Kenya", left=0.4, exposures=0.8) for _ in range(20)]
    cuts = [explained(s, "shop_exposures").cuts[1] for s in snapshots]
    assert [c.table for c in cuts] == ["shop_region"] * 20
    assert sum(c.parts[0].key == "Kenya" for c in cuts) >= 19
    furthest = [max(c.parts, key=lambda p: -p.change).key for c in cuts]
    assert furthest.count("Kenya") <= 2  # what the largest fall alone would have named


def test_a_product_that_fell_is_named_and_so_is_a_word():
    rng = np.random.default_rng(5)
    assert [causes(shop(rng, product=2))["shop_clicks"] for _ in range(10)].count(("product_id", "p2")) == 10
    words = [explained(shop(rng, word=1), "shop_exposures").cause for _ in range(10)]
    assert [(cut.by, part.key) for cut, part in words] == [("word", "w1")] * 10


def test_a_fall_of_everything_is_nobody_s():
    rng = np.random.default_rng(6)
    found = [explained(shop(rng, exposures=0.6), "shop_exposures") for _ in range(20)]
    assert [one.known for one in found] == [True] * 20
    assert sum(one.cause is not None for one in found) <= 1


def test_four_weeks_beside_four_tell_the_same():
    rng = np.random.default_rng(7)
    assert causes(shop(rng, country="Germany", last=2), 28)["shop_exposures"] == ("country", "Germany")


def test_fewer_exposures_are_a_matter_of_words_and_a_lower_click_rate_of_listings():
    rng = np.random.default_rng(8)
    for how, trouble in (({"exposures": 0.6}, "words"), ({"click_rate": 0.6}, "listing"), ({}, "")):
        assert [explained(shop(rng, **how), "search_clicks").trouble for _ in range(5)] == [trouble] * 5


def test_a_product_that_is_clicked_less_and_shown_more_is_mix_and_not_its_own_rate():
    rows = []
    for back, period in weeks(9):
        for name, seen, rate in (("good", 10_000, 0.04), ("bad", 40_000 if back == 0 else 10_000, 0.01)):
            made = {
                "search_exposures": seen,
                "search_clicks": int(seen * rate),
                "shop_exposures": seen,
                "shop_clicks": int(seen * rate),
            }
            rows.append(period | {"product_id": name} | made | {"inquiries": 0, "orders_submitted": 0})
    one = explained(Snapshot(DAY, {"product_effect": frame(TABLES["product_effect"], rows).lazy()}, TABLES), "search_clicks")
    assert (round(one.split.before, 4), round(one.split.after, 4)) == (0.025, 0.016)
    assert (round(one.split.rate, 9), round(one.split.mix, 4)) == (0, -0.009)


def test_a_hole_before_the_window_leaves_nothing_to_compare():
    whole = shop(np.random.default_rng(9))
    hole = WEEK - timedelta(weeks=1)
    frames = {n: f.filter(f.collect()["period_start"].ne(hole)) for n, f in whole.frames.items()}
    assert explain(Snapshot(DAY, frames, TABLES), 7) == ()
    assert explain(Snapshot(DAY, {}, TABLES), 7) == ()


def overview(**figures):
    rows = [period | {n: v[0 if back else 1] for n, v in figures.items()} for back, period in weeks(9)]
    return Snapshot(DAY, {"shop_overview": frame(TABLES["shop_overview"], rows).lazy()}, TABLES)


def test_the_amount_is_split_down_from_exposures_where_one_report_carries_all_steps():
    """The published vector: 100,000 · 1 % · 4 % · 12 % · 3,200 → 112,000 · 0.85 % · 4.4 % · 12 % · 3,100."""
    one = explain_value(
        overview(
            shop_exposures=(10**9, 112 * 10**7), shop_clicks=(10**7, 952 * 10**4), shop_leads=(400_000, 418_880),
            orders=(48_000, 50_266), order_amount=(153_600_000, 155_824_600),
        ),
        7,
    )  # fmt: skip
    wanted = {"shop_exposures": 17533, "shop_clicks": -25143, "shop_leads": 14745, "orders": 0, "order_amount": -4912}
    assert {c: round(v / 1000) for c, v in one.steps.items()} == pytest.approx(wanted, abs=3)
    assert sum(one.steps.values()) == pytest.approx(one.change, rel=1e-9)


def test_the_amount_without_leads_is_orders_and_amount_per_order():
    one = explain_value(overview(orders=(10, 5), order_amount=(1000, 750)), 7)
    assert list(one.steps) == ["orders", "order_amount"]
    assert sum(one.steps.values()) == pytest.approx(-250, abs=1e-9)
    assert one.steps["orders"] < 0 < one.steps["order_amount"]
    assert explain_value(overview(orders=(10, 5)), 7) is None
