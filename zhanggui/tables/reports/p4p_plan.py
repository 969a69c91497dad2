"""外贸直通车 计划报告: what each plan cost, beside its budget. No real export header is known."""

from zhanggui.tables.columns import Id, Money, Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_plan",
    zh="直通车计划报告",
    en="P4P campaign report",
    kind="report",
    time="period",
    grain="one row per plan and period or day",
    key=("plan_id", "plan"),
    signature=("plan", "clicks", "cost"),
    menu=menu("计划报告", "Campaign report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan_id": Id(zh="计划ID", en="Campaign ID", also=("campaign_id",)),
        "plan": PLAN,
        "plan_type": Text(zh="计划类型", en="Campaign type", also=("推广方式", "营销目标", "campaign_type")),
        "status": Text(zh="计划状态", en="Campaign status", also=("online_status",)),
        "budget": Money(zh="日预算", en="Daily budget", also=("预算", "budget", "每日预算"), unit="CNY"),
        **EFFECT,
        "inquiries": INQUIRIES,
    },
)
