"""The list of products: what each got over the last days."""

import polars as pl

from zhanggui.web.columns import Chip
from zhanggui.web.lists.asking import asking
from zhanggui.web.lists.declared import Listing

LISTS = (
    Listing(
        name="products",
        section="products",
        zh="产品",
        en="Products",
        table="product_effect",
        measure="products.effect",
        key=("product_id",),
        called="product_name",
        note="product_id",
        sort="search_exposures",
        search=("product_name", "product_id"),
        shown=(
            "search_exposures", "search_clicks", "search_ctr", "visitors", "inquiries", "inquirers", "chatters",
            "inquiry_per_click", "orders_submitted", "shop_exposures", "shop_clicks", "paid_exposures", "paid_clicks",
            "paid_share", "showcase", "promoted", "owner",
        ),
        chips=lambda own: (
            Chip("showcase", "橱窗", "In showcase", pl.col("showcase")),
            Chip("promoted", "推广中", "Promoted", pl.col("promoted")),
            Chip("no_inquiry", "没有询盘", "No inquiry", pl.col("inquiries") == 0),
            Chip("unseen", "没有搜索曝光", "No search exposure", pl.col("search_exposures") == 0),
        ),
        chart=asking,
    ),
)  # fmt: skip
