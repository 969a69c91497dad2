"""目标: what is to be reached in a year, quarter or month, for the shop, a product line, a market, a class of buyers or a person.

Kept by the owner. Requirements: GOAL-1, GOAL-5, GOAL-6, TEAM-2, BUYR-9.
"""

from zhanggui.tables.columns import Count, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="goal",
    zh="目标",
    en="Goals",
    kind="register",
    time="state",
    grain="one row per period, figure and part of the shop, as of a day",
    key=("year", "quarter", "month", "figure", "product_line", "country", "buyer_class", "person"),
    lag_days=0,
    columns={
        "year": Count(zh="目标年份", en="Goal year", required=True),
        "quarter": Count(zh="目标季度", en="Goal quarter", missing="the whole year, or the quarter of the month"),
        "month": Count(zh="目标月份", en="Goal month", missing="the whole quarter or year"),
        "figure": Text(
            zh="目标指标",
            en="Goal figure",
            required=True,
            options=("成交额", "毛利率", "订单数", "询盘", "商机", "新买家", "老买家", "曝光", "点击", "访客"),
        ),
        "product_line": Text(zh="产品线", en="Product line", missing="all lines"),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",), missing="all countries"),
        "buyer_class": Text(zh="买家类别", en="Buyer class", missing="all buyers"),
        "person": Text(zh="目标人员", en="Goal of", missing="the whole shop"),
        "value": Number(zh="目标值", en="Goal value", required=True),
        "unit": Text(zh="目标单位", en="Goal unit", options=("USD", "CNY", "%", "个", "人")),
        "note": Text(zh="备注", en="Note"),
    },
)
