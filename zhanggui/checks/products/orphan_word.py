"""A word that the shop would lose with a product that brings nothing."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import products, titles


@check("PR09", key=("word",), needs=("product_effect",))
def orphan_word(shop, settings, rules):
    """Searched words of which only products without effect hold all words in their title: deleting them loses the word."""
    if absent := lacks(shop, "keyword_effect"):
        return absent
    idle = (
        products.without_effect(shop, int(rules["no_effect_days"]))
        .select("product_id", "product_name", "covered_days")
        .collect()
    )
    found = titles.orphans(shop, idle["product_id"].to_list(), settings.days)
    names = dict(products.titles(shop).collect().select("product_id", "product_name").iter_rows())
    rows = [
        (
            o.word,
            o.keeper,
            o.taker,
            names.get(o.taker or ""),
            o.exposures,
            o.index,
            " ".join(o.missing),
            *_seen(o),
            *_next(o, names),
        )
        for o in found
    ]
    schema = dict.fromkeys(("word", "product_id", "taker_id", "taker_name"), pl.String)
    schema |= {"exposures": pl.Int64, "index": pl.Float64}
    schema |= dict.fromkeys(("missing", "seen_zh", "seen_en", "next_zh", "next_en"), pl.String)
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .join(idle, on="product_id", how="left", maintain_order="left")
        .with_columns(pl.col("taker_id").is_not_null().cast(pl.Int8).alias("takers"))
    )


def _seen(orphan):
    """What is known of exposures and index, in brackets; nothing where neither is."""
    known = [
        *(
            [(f"近期曝光 {orphan.exposures:,} 次", f"shown {orphan.exposures:,} times lately")]
            if orphan.exposures is not None
            else []
        ),
        *([(f"指数 {orphan.index:,.0f}", f"index {orphan.index:,.0f}")] if orphan.index is not None else []),
    ]
    if not known:
        return "", ""
    zh, en = zip(*known, strict=True)
    return f"（{'，'.join(zh)}）", f" ({', '.join(en)})"


def _next(orphan, names):
    """Who comes next to the word, and what its title lacks."""
    if orphan.taker is None:
        return "没有别的标题接近它", "No other title comes near"
    name, missing = names.get(orphan.taker, orphan.taker), " ".join(orphan.missing)
    return f"接手：{name}（标题还缺：{missing}）", f"Next to it: {name} (its title lacks: {missing})"
