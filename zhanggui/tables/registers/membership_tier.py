"""会员权益: what a buyer must have bought for each tier, and what the tier gives.

Kept by the store manager. Requirements: BUYR-5.
"""

from zhanggui.tables.columns import Flag, Money, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="membership_tier",
    zh="会员权益",
    en="Membership tiers",
    kind="register",
    time="state",
    grain="one row per tier, as of a day",
    key=("member_tier",),
    lag_days=0,
    columns={
        "member_tier": Text(zh="会员等级", en="Membership tier", required=True, options=("铜牌", "银牌", "金牌", "钻石")),
        "threshold": Money(zh="累计采购门槛", en="Purchases of at least", required=True, unit="USD"),
        "own_service": Flag(zh="专属客服", en="Own service person", missing="not given"),
        "early_dispatch": Flag(zh="优先发货", en="Early dispatch", missing="not given"),
        "spare_parts": Rate(zh="免费备件比例", en="Free spare parts"),
        "discount": Rate(zh="会员折扣", en="Member discount"),
        "lowest_margin": Rate(zh="最低毛利率", en="Lowest margin", costs=True),
        "note": Text(zh="备注", en="Note"),
    },
)
