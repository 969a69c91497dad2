"""产品图片: the pictures and videos of each product, as of a day. Width and height in pixels, size in bytes."""

from zhanggui.tables.columns import Count, Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_image",
    zh="产品图片",
    en="Product images",
    kind="report",
    time="state",
    grain="one row per product and image, as of a day",
    key=("product_id", "url"),
    lag_days=0,
    menu={"zh": "产品管理 → 图片银行；开放平台 → 产品权限包", "en": "Products → Photo bank; Open Platform → Product pack"},
    source="field names of the platform's photo API (grade A for fields); the Chinese labels are candidates",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "url": Text(zh="图片地址", en="Image address", also=("url", "img_url", "prodImage"), required=True),
        "kind": Text(zh="图片类型", en="Kind of image", options=("主图", "详情图", "视频")),
        "position": Count(zh="图片序号", en="Position"),
        "width": Count(zh="图片宽度", en="Image width", also=("width",), unit="pixel"),
        "height": Count(zh="图片高度", en="Image height", also=("height",), unit="pixel"),
        "size": Number(zh="图片大小", en="File size", also=("file_size",), unit="byte"),
        "references": Count(zh="引用次数", en="Times used", also=("reference_count",)),
    },
)
