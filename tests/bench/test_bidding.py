"""The benchmarks of the auction and of the choice of bids at a small size: their files of results, and that the peers agree."""

from __future__ import annotations

import json

from bench import auctions, bid_choice


def test_auctions_agree_with_plain_python(tmp_path):
    told = auctions.measure(auctions.SMALL, tmp_path)
    kept = json.loads((tmp_path / "auctions.json").read_text("utf-8"))
    assert [told["held"][f"{n} advertisers: as plain Python has it"] for n in (8, 16)] == [True, True]
    assert set(kept["ratios"]) == {"ours_to_plain_python_8", "ours_to_plain_python_16"}


def test_choices_agree_with_the_exact_solver(tmp_path):
    told = bid_choice.measure(bid_choice.SMALL, tmp_path, seeds=(1,))
    kept = json.loads((tmp_path / "bid_choice.json").read_text("utf-8"))
    for name, cells in (("words", 60), ("cells", 40)):
        assert kept["figures"][name]["cells"] == cells
        assert (told["held"][name]["within 1e-4 of exact"], told["held"][name]["never above budget"]) == (True, True)
