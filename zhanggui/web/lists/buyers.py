"""The list of the shop's buyers."""

import polars as pl

from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Listing

LISTS = (
    Listing(
        name="buyers",
        section="buyers",
        zh="客户",
        en="Buyers",
        table="buyer",
        key=("buyer_id", "buyer", "company", "email", "occurrence"),
        called="buyer",
        note="company",
        sort="last_contact",
        search=("buyer", "company", "email", "phone", "buyer_id", "tags"),
        shown=(
            "country", "level", "group", "stage", "seller", "added", "last_contact", "next_contact", "orders", "order_amount",
            "tags",
        ),
        chips=lambda own: (
            Chip("bought", "有成交", "Has ordered", pl.col("orders") > 0),
            Chip("not_bought", "没有成交", "No order yet", pl.col("orders") == 0),
            Chip("nobody", "没有跟进人", "Followed by nobody", pl.col("seller").is_null()),
        ),
    ),
)  # fmt: skip
