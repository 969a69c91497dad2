"""A made-up exporter whose buyers are simulated and whose troubles are known, in the platform's own file shapes.

Takes: a seed and the size of the shop. Gives: a year of report files and `truth.json`; `shop.draw` keeps the figures
of the first six reports in memory, `scene.scene` the people, leads, orders and the market around them, for all the others.
May import: nothing of the project. Only tests and benchmarks may import it.

Everything is drawn from the seed: the same seed gives the same cells. Shop, people, products and words are invented.
"""

#: Seeds to look at while a check is being written: settings may be tuned on them.
DEVELOPMENT_SEEDS = range(1, 201)

#: Seeds kept for the verdict: recall and false alarms are stated on them, and nothing is tuned on them.
ACCEPTANCE_SEEDS = range(2001, 2051)

__all__ = ["ACCEPTANCE_SEEDS", "DEVELOPMENT_SEEDS"]
