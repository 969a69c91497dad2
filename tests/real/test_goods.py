"""The Top group and the words of single titles of the real one-week shop, worked out again from its raw cells."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import gamma, nbinom

from tests.real import cells
from zhanggui.facts import Snapshot
from zhanggui.measures import titles
from zhanggui.plans.top_group import top_group
from zhanggui.rulebook import RULEBOOK


def fold(text: str) -> frozenset[str]:
    text = re.sub(r"['’`]", "", re.sub(r"['’`]s\b", "", text.lower()))
    return frozenset(
        w[:-1] if len(w) > 1 and w.endswith("s") and not w.endswith("ss") else w for w in re.findall(r"[^\W_]+", text)
    )


def rates(events: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Posterior means and 90 % quantiles, with the likelihood of scipy's own negative binomial."""
    mean, use = events.sum() / trials.sum(), trials > 0

    def loss(log_a: float) -> float:
        a = np.exp(log_a)
        return -float(nbinom.logpmf(events[use], a, a / mean / (a / mean + trials[use])).sum())

    a = float(np.exp(minimize_scalar(loss, bounds=(np.log(0.05), np.log(1e4)), method="bounded", options={"xatol": 1e-6}).x))
    shape, rate = a + events, a / mean + trials
    return shape / rate, gamma.ppf(0.9, shape, scale=1 / rate), mean


def test_the_order_of_the_top_group(backoffice: Path, real_shop: Snapshot) -> None:
    """The same model written down a second time: the same products, in the same order, with the same figures to a hundredth."""
    rows = [r for r in cells.products(backoffice) if int(r["全店曝光次数"]) > 0]
    shown, clicks, asked = (np.array([int(r[c]) for r in rows], float) for c in ("全店曝光次数", "全店点击次数", "询盘个数"))
    (opens, _, _), (asks, high, mean) = rates(clicks, shown), rates(asked, clicks)
    expected = shown / 7 * 30 * opens * asks
    order = [i for i in np.lexsort(([r["产品ID"] for r in rows], -expected)) if high[i] >= mean]
    wanted = [rows[i]["产品ID"] for i in order][: ceil(0.2 * len(rows))]
    found = top_group(real_shop, RULEBOOK.on(real_shop.day))
    assert [p.product_id for p in found.picks[:30]] == wanted[:30]
    assert {p.product_id for p in found.picks} == set(wanted)
    assert np.allclose([p.expected for p in found.picks[:30]], expected[order][:30], rtol=0.01)


def test_the_order_is_not_that_of_the_raw_rate(backoffice: Path, real_shop: Snapshot) -> None:
    """Of the ten products with the highest raw rate several were opened a few times only; they do not lead the group."""
    rows = [r for r in cells.products(backoffice) if int(r["全店点击次数"]) > 0]
    raw = sorted(rows, key=lambda r: (-int(r["询盘个数"]) / int(r["全店点击次数"]), r["产品ID"]))[:5]
    first = {p.product_id for p in top_group(real_shop, RULEBOOK.on(real_shop.day)).picks[:5]}
    assert first != {r["产品ID"] for r in raw}


def test_the_words_that_hang_on_a_single_title(backoffice: Path, real_shop: Snapshot) -> None:
    """Were the products that no search showed in the week deleted, exactly these words would lose their last title."""
    products = cells.products(backoffice)
    going = [r["产品ID"] for r in products if r["搜索曝光次数"] == "0"]
    every = {r["产品ID"]: fold(r["产品名称"]) for r in products}
    staying = [t for i, t in every.items() if i not in going]
    lost = set()
    for word in cells.words(backoffice):
        seen, index = cells.number(word["曝光量"]), cells.number(word["关键词指数"])
        wanted = fold(word["词"])
        if not wanted or not ((seen or 0) > 0 or (index or 0) > 0):
            continue
        if any(wanted <= every[i] for i in going) and not any(wanted <= t for t in staying):
            lost.add(word["词"])
    found = titles.orphans(real_shop, going, 28)
    assert {o.word for o in found} == lost
    for one in found:
        assert fold(one.word) <= every[one.keeper]
        if one.taker:
            assert one.taker not in going
            assert set(one.missing) == fold(one.word) - every[one.taker]


def test_a_single_title_is_told_where_the_whole_shop_would_go(backoffice: Path, real_shop: Snapshot) -> None:
    """The other end: every product of the shop going, every covered word is lost, and nobody can take it."""
    every = {r["产品ID"]: fold(r["产品名称"]) for r in cells.products(backoffice)}
    covered = {
        r["词"]
        for r in cells.words(backoffice)
        if fold(r["词"])
        and ((cells.number(r["曝光量"]) or 0) > 0 or (cells.number(r["关键词指数"]) or 0) > 0)
        and any(fold(r["词"]) <= t for t in every.values())
    }
    found = titles.orphans(real_shop, list(every), 28)
    assert ({o.word for o in found}, {o.taker for o in found}) == (covered, {None})
    assert len(covered) > 50
