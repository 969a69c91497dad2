"""产品质量分: the platform's score and tag of each product (1 精品 2 普通品 3 低质品 4 实力优品), as of a day.

The scale of the score is not stated at the source; a limit of 4.5 elsewhere suggests 0 to 5.
"""

from zhanggui.tables.columns import Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_score",
    zh="产品质量分",
    en="Product scores",
    kind="report",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    signature=("score",),
    lag_days=0,
    menu={"zh": "产品管理 → 产品质量分", "en": "Products → Product scores"},
    source="field names of alibaba.icbu.product.score.get with the platform's own comments (grade A for fields)",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "score": Number(zh="质量分", en="Quality score", also=("产品质量分", "final_score"), unit="point"),
        "tag": Text(zh="品质标签", en="Quality tag", also=("boutique_tag",)),
        "troubles": Text(zh="质量问题", en="What lowers it", also=("problem_map",)),
    },
)
