"""外贸直通车 推广计划: how each plan is set up, as of a day. Field names of the platform's API; no export of the list is known."""

from zhanggui.tables.columns import Id, Moment, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_campaign",
    zh="直通车推广计划",
    en="P4P campaigns",
    kind="report",
    time="state",
    grain="one row per plan, as of a day",
    key=("plan_id",),
    signature=("bid_type",),
    lag_days=0,
    menu={"zh": "营销中心 → 外贸直通车 → 推广管理", "en": "Marketing → P4P → Campaigns"},
    source="field names of the platform's promotion API with its own comments (grade A for fields); no real export header seen",
    columns={
        "plan_id": Id(zh="计划ID", en="Campaign ID", also=("id", "campaign_id"), required=True),
        "plan": Text(zh="计划名称", en="Campaign", also=("推广计划", "title")),
        "plan_type": Text(zh="计划类型", en="Campaign type", also=("type",)),
        "sub_type": Text(zh="计划子类型", en="Campaign subtype", also=("sub_type",)),
        "bid_type": Text(
            zh="出价方式", en="Way of bidding", also=("bid_type",), missing="the source does not say 智能 or 手动"
        ),
        "budget": Money(zh="日预算", en="Daily budget", also=("budget",), unit="CNY"),
        "week_budget": Text(zh="周预算状态", en="Weekly budget on", also=("week_budget_status",)),
        "min_bid": Money(zh="最低出价", en="Lowest bid", also=("min_price",), unit="CNY"),
        "max_bid": Money(zh="最高出价", en="Highest bid", also=("max_price",), unit="CNY"),
        "status": Text(zh="计划状态", en="Campaign status", also=("online_status",)),
        "settled": Text(zh="结算状态", en="Settlement status", also=("settle_status",)),
        "starts": Moment(zh="开始时间", en="Starts", also=("start_time",)),
        "ends": Moment(zh="结束时间", en="Ends", also=("end_time",)),
    },
)
