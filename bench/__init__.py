"""How fast, how large, and what is shown: benchmarks and proofs that anyone can run.

Takes: a made-up shop of a stated size, and the tests marked `proof`. Gives: figures in `bench/results/*.json`, with commit,
seeds and machine. May import: zhanggui, sandbox; nothing of the product imports it.
"""
