"""Two variants, each shown so often and clicked so often: which is better, or how many more showings would tell."""

from __future__ import annotations

from dataclasses import dataclass

SPREADS = 16  # 2 × (1.96 + 0.84)² ≈ 15.7: two-sided 5 %, found four times in five


@dataclass(frozen=True)
class Verdict:
    """`chance` of rates so far apart were both the same; `needs`: showings that each variant still lacks to tell apart a
    difference of the part asked for (0: enough)."""

    chance: float
    needs: int


def two_rates(clicks: tuple[int, int], shown: tuple[int, int], worth: float) -> Verdict:
    """Fisher's exact test of two rates, and the sample for a difference of `worth` (a part of their common rate).

    Assumes that both were shown side by side and buyers were not chosen. Without a click the rate is taken for one click more.
    Reference: Fisher (1935); Lehr, Statistics in Medicine 11 (1992), for the rule of sixteen.
    """
    from scipy.stats import fisher_exact

    table = [[c, n - c] for c, n in zip(clicks, shown, strict=True)]
    rate = max(sum(clicks), 1) / sum(shown)
    wanted = SPREADS * rate * (1 - rate) / (worth * rate) ** 2
    return Verdict(float(fisher_exact(table).pvalue), max(0, round(wanted - min(shown))))
