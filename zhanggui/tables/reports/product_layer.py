"""商品分层: how many products the shop has in each layer of the platform (低质品 … 爆品). A part of the weekly report."""

from zhanggui.tables.columns import Count, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_layer",
    zh="商品分层数量",
    en="Products by layer",
    kind="report",
    time="state",
    grain="one row per layer, as of a day",
    key=("layer",),
    lag_days=0,
    menu={"zh": "商家工作台 → 周报", "en": "Workbench → Weekly report"},
    source="the weekly report of one shop, 2026-05 (grade A for the keys); no export file seen",
    columns={
        "layer": Text(zh="分层代码", en="Layer", also=("stageCode",), required=True),
        "products": Count(zh="分层商品数", en="Products of the layer", also=("prodCnt",), required=True),
    },
)
