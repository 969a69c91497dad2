"""Words and titles, folded so that case, plural, order and apostrophes don't tell them apart."""

from __future__ import annotations

import polars as pl


def tokens(text: pl.Expr) -> pl.Expr:
    """The list of folded words of a text, sorted, each once: "Men's Running Shoes" → [men, running, shoe].

    Only a plural -s is folded (never -ss), on both sides of every comparison, so a wrong fold cannot make two texts differ.
    """
    plain = text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"['’`]s\b", "").str.replace_all(r"['’`]", "")
    words = plain.str.extract_all(r"[\p{L}\p{N}]+")
    return words.list.eval(pl.element().str.replace(r"([^s])s$", "$1")).list.unique().list.sort()


def folded(text: pl.Expr) -> pl.Expr:
    """One string for all spellings of the same set of words."""
    return tokens(text).list.join(" ")
