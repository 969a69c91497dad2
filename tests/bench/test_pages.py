"""What the pages' benchmark counts by."""

from __future__ import annotations

import gzip

import pytest

from bench import pages


@pytest.mark.parametrize(
    ("values", "expected"), [([1.0], 1.0), (list(range(1, 101)), 95), (list(range(1, 21)), 19), ([3, 1, 2], 3)]
)
def test_p95_is_a_value_that_nineteen_in_twenty_do_not_exceed(values, expected):
    assert pages.p95(values) == expected


def test_the_weight_is_that_of_every_script_and_style():
    found = pages.weight()
    htmx = pages.STATIC / "vendor" / "htmx" / "htmx.min.js"
    assert found["vendor/htmx/htmx.min.js"] == len(gzip.compress(htmx.read_bytes(), 9)) / 1024
    assert {p.suffix for p in map(pages.Path, found)} == {".js", ".css"}
    assert sum(found.values()) < 450
