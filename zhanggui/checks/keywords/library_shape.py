"""A layer of the word library with far fewer words than practitioners keep."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import library


@check("KW12", key=("layer",))
def library_shape(shop, settings, rules):
    """Layers whose different words are below a share of the advised number."""
    if not shop.has("keyword_layer"):
        return NotYet("keyword_layer")
    wanted = pl.DataFrame(
        {
            "layer": list(library.LAYERS),
            "layer_en": [english for english, _ in library.LAYERS.values()],
            "wanted": [rules[number] for _, number in library.LAYERS.values()],
        }
    )
    return (
        wanted.lazy()
        .join(library.layers(shop), on="layer", how="left", maintain_order="left")
        .with_columns(
            (pl.col("wanted") - pl.col("words")).alias("missing"), (pl.col("words") / pl.col("wanted")).alias("share")
        )
        .filter(pl.col("words") < settings.share * pl.col("wanted"))
    )
