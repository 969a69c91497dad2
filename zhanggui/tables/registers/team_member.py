"""团队成员: who works for the shop, in which role and under which sub-account.

Kept by the store manager. Requirements: INQ-2, INQ-4, TEAM-2, TEAM-5.
"""

from zhanggui.tables.columns import Day, Flag, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="team_member",
    zh="团队成员",
    en="Team",
    kind="register",
    time="state",
    grain="one row per person, as of a day",
    key=("person",),
    lag_days=0,
    columns={
        "person": Text(zh="姓名", en="Name", required=True),
        "role": Text(
            zh="岗位", en="Role", required=True, options=("老板", "店长", "运营", "业务员", "跟单", "美工", "视频", "采购")
        ),
        "sub_account": Id(zh="子账号", en="Sub-account", missing="has no account on the platform"),
        "joined_on": Day(zh="入职日", en="Joined on"),
        "left_on": Day(zh="离职日", en="Left on", missing="still here"),
        "hands_over_to": Text(zh="交接人", en="Hands over to"),
        "seller_app": Flag(zh="已装卖家App", en="Has the seller app", missing="not known"),
        "auto_reception": Flag(zh="自动接待已开", en="Automatic reception on", missing="not known"),
        "reply_cards": Flag(zh="回复卡片已开", en="Reply cards on", missing="not known"),
        "note": Text(zh="备注", en="Note"),
    },
)
