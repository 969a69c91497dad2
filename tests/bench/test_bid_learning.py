"""P4P, acceptance 4: bids learned from reports only, on shops whose values are hidden, beside one who knows everything."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from bench.bid_learning import ACCEPTANCE_SEEDS, DEVELOPMENT_SEEDS, FIRST, FROM, UNTIL, compared, snapshot, word_days
from bench.results import record
from sandbox.bid_reports import hour_report, keyword_report
from sandbox.bidders import BUDGETS, bid_shop
from tests.plans.bid_shops import imported, played
from zhanggui.estimates.bid_fit import bid_curves
from zhanggui.plans.bid_day import Steering, day_bids
from zhanggui.plans.bid_days import Reading, shop_days


def shares(shops, made, start, until):
    """Per policy and shop: leads of the days by those of the best possible; money by the budget; and the worth of the clicks that came,
    by the same best (nobody can plan a day's noise, so this is lower for all). The shops' budgets."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    budgets = []
    for shop, (best, runs) in zip(shops, made, strict=True):
        budgets.append(shop.budget)
        for name, r in runs.items():
            part = slice(start, until + 1)
            found.setdefault(name, []).append(
                (
                    r.share(best, start, until),
                    float(r.cost[part].mean() / shop.budget),
                    float(r.came[part].sum() / best[part].sum()),
                )
            )
    return {name: np.array(rows).T for name, rows in found.items()}, budgets


def test_the_facts_of_the_loop_are_those_that_the_files_bring(tmp_path):
    shop, done = played(1, 20)
    files = {"p4p_keyword": keyword_report(shop, done, FIRST), "p4p_hour": hour_report(shop, done, FIRST)}
    by_hand = snapshot(shop, list(done), 21, True)
    ours, theirs = (shop_days(s, Reading(), shop.budget) for s in (by_hand, imported(tmp_path, files, by_hand.day)))
    words = [(g.removeprefix("演示组"), w) for _, g, w in theirs.keys]
    assert [key[1:] for key in ours.keys] == words
    assert (ours.now.tolist(), ours.days_seen.tolist()) == (theirs.now.tolist(), theirs.days_seen.tolist())
    for name in ("bid", "exposures", "clicks", "cost", "leads", "on", "star", "average_bid", "heat", "floor", "group"):
        np.testing.assert_allclose(getattr(ours.reports, name), getattr(theirs.reports, name), err_msg=name)


#: Shops that are as the model has them, and two that are not.
GATES = {"given": [0.88, 0.85, 0.89, 0.79, 0.81], "learned": [0.78, 0.79, 0.85, 0.69, 0.75]}
FIXED = {"1": {}, "2": {}, "3": {}, "4": {"two_kinds": True}, "5": {"demand_noise": 0.8}}


def test_five_shops_in_three_weeks():
    """A fixed and reduced set, of the shops that settings may be tuned on; the gates are a little below what was measured."""
    shops = [bid_shop(int(seed), 20, **unlike) for seed, unlike in FIXED.items()]
    found, _ = shares(shops, (compared(shop, plain=False) for shop in shops), 8, 19)
    share = {name: x[0] for name, x in found.items()}
    for known, gates in GATES.items():
        assert np.all(share[known] >= gates), share[known]
        assert np.all(share[known] >= 0.98 * share[f"single_{known}"])
        assert np.all(found[known][1] <= 1)


@pytest.mark.proof
def test_fifty_shops_for_sixty_days():
    shops = [bid_shop(seed, 60) for seed in ACCEPTANCE_SEEDS]
    with ProcessPoolExecutor(3, get_context("spawn")) as pool:
        found, budgets = shares(shops, pool.map(compared, shops), FROM, UNTIL)
    seconds = os.times().children_user
    share, spent = ({name: x[i] for name, x in found.items()} for i in (0, 1))
    came = {name: float(x[2].mean()) for name, x in found.items() if not name.startswith(("constant", "target"))}
    beside = {known: share[known] / share[f"single_{known}"] for known in ("given", "learned")}
    early = {known: share[known] / share[f"early_single_{known}"] for known in beside}
    record(
        "bid_plan",
        seeds=(ACCEPTANCE_SEEDS[0], ACCEPTANCE_SEEDS[-1]),
        **{name: float(x.mean()) for name, x in share.items()},
        **{f"lowest_{known}": float(share[known].min()) for known in beside},
        **{f"shops_at_98_of_single_{known}": float((x >= 0.98).mean()) for known, x in beside.items()},
        **{f"shops_at_98_of_early_single_{known}": float((x >= 0.98).mean()) for known, x in early.items()},
        **{f"spent_{name}": float(x.mean()) for name, x in spent.items()},
        **{f"came_{name}": x for name, x in came.items()},
        budgets=[round(min(budgets)), round(max(budgets))],
        seconds=round(seconds),
    )
    assert BUDGETS[0] <= min(budgets) < 80 < 150 < max(budgets) <= BUDGETS[1]
    assert share["given"].mean() >= 0.83
    assert share["learned"].mean() >= 0.70
    for known, ratio in beside.items():
        assert (ratio >= 0.98).mean() >= 0.9
        assert (early[known] >= 0.98).mean() >= 0.9
        assert np.all(spent[known] <= 1 + 1e-9)
        for plain in ("constant", f"target_{known}"):
            assert share[known].mean() > share[plain].mean()
            assert (share[known] / spent[known]).mean() > (share[plain] / spent[plain]).mean()  # leads for the same money
        # and more than either with the level that hindsight would have chosen for it
        assert share[known].mean() > max(share["constant_hindsight"].mean(), share[f"target_{known}_hindsight"].mean())


@pytest.mark.proof
def test_seconds_of_a_large_account():
    """2,720 words × 60 days: the fit, and the plan of a day with a hundred possibilities."""
    shop = replace(bid_shop(DEVELOPMENT_SEEDS[0], 62, 2720), budget=2000.0)
    dice = np.random.default_rng(1)
    bids = np.maximum(shop.start * 0.5, shop.floor_bid)
    played = [shop.play(d, np.maximum(bids * np.exp(dice.normal(0, 0.2, len(bids))), shop.floor_bid)) for d in range(62)]
    reports = word_days(shop, played, 62, True)
    begun = time.process_time()
    curves = bid_curves(reports)
    fitted = time.process_time()
    possible = curves.leads.draws(100, dice)
    found = day_bids(curves, bids, bids, curves.leads.mean, possible, shop.budget, 1.0, Steering(), dice)
    planned = time.process_time()
    record("bid_curves", seed=DEVELOPMENT_SEEDS[0], fit_seconds=fitted - begun, plan_seconds=planned - fitted, gap=found.gap)
    assert reports.bid.shape == (60, 2720)
    assert fitted - begun < 5
    assert planned - fitted < 5


@pytest.mark.proof
def test_bids_by_word_that_replace_the_single_bid_are_better():
    """Where all clicks are worth the same there is least to gain by word, and most to get wrong."""
    outcome = {"alike": [], "unlike": []}
    for seed in range(201, 225):
        for name, gains in outcome.items():
            shop = bid_shop(seed, 17)
            if name == "alike":
                shop = replace(shop, lead_rate=np.full(len(shop.word), 0.05))
            dice = np.random.default_rng(seed)
            now = np.round(np.maximum(shop.start * 0.6, shop.floor_bid), 2)
            bids = [np.maximum(np.round(now * np.exp(dice.normal(0, 0.2, len(now))), 2), shop.floor_bid) for _ in range(16)]
            curves = bid_curves(word_days(shop, [shop.play(d, b) for d, b in enumerate(bids)], 16, True))
            possible = curves.leads.draws(100, dice)
            week = float(curves.week[16 % 7])
            found = day_bids(curves, now, now, curves.leads.mean, possible, shop.budget, week, Steering(), dice)
            if found.by_word:
                gains.append(shop.worth(16, found.bids)[0] / shop.worth(16, np.round(found.single, 2))[0] - 1)
    switched = {f"switched_{name}": len(gains) for name, gains in outcome.items()}
    wrong = {f"wrong_{name}": sum(g < 0 for g in gains) for name, gains in outcome.items()}
    worst = min(g for gains in outcome.values() for g in gains)
    record("bid_switches", seeds=(201, 224), **switched, **wrong, worst=worst)
    assert sum(wrong.values()) <= 0.1 * 48
    assert switched["switched_unlike"] > 0
    assert worst > -0.1
