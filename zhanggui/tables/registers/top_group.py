"""Top组用途: the products of the month that get most of the resources, and where each is used.

Kept by the operator; the P4P plan of a product stands in `p4p_assignment`. Requirements: PROD-5.
"""

from zhanggui.tables.columns import Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="top_group",
    zh="Top组用途",
    en="Top group uses",
    kind="register",
    time="state",
    grain="one row per month, product and use, as of a day",
    key=("month", "product_id", "use"),
    lag_days=0,
    columns={
        "month": Text(zh="入选月份", en="Month chosen for", required=True),
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name"),
        "use": Text(
            zh="用途",
            en="Use",
            required=True,
            options=(
                "RFQ报价",
                "接单",
                "短视频",
                "站内营销",
                "邮件营销",
                "品牌广告绑定",
                "活动报名",
                "折扣",
                "店铺首页",
                "直播",
                "社媒",
                "OKKI主动营销",
            ),
        ),
        "reason": Text(zh="入选理由", en="Reason"),
        "owner": Text(zh="产品负责人", en="Person in charge"),
        "note": Text(zh="备注", en="Note"),
    },
)
