"""What lies of each SKU in each warehouse."""

import polars as pl

from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Listing

LISTS = (
    Listing(
        name="stock",
        section="stock",
        zh="库存",
        en="Stock",
        table="stock_level",
        key=("sku", "warehouse"),
        called="sku",
        note="product_name",
        sort="available",
        search=("sku", "product_name", "warehouse"),
        shown=("warehouse", "available", "on_hand", "incoming", "reserved", "unsellable", "as_of"),
        chips=lambda own: (
            Chip("none", "可用为 0", "None available", pl.col("available") <= 0),
            Chip("incoming", "有在途", "On the way", pl.col("incoming") > 0),
        ),
    ),
)
