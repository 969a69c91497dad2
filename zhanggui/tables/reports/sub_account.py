"""子账号数据: what each person's account did in a period. No real export file is known."""

from zhanggui.tables.columns import Count, Id, Money, Number, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="sub_account",
    zh="子账号数据",
    en="Sub-account figures",
    kind="report",
    time="period",
    grain="one row per account and period",
    key=("account",),
    signature=("inquiries", "fast_reply_rate"),
    whose="person",
    menu={"zh": "数据参谋 → 员工 → 子账号", "en": "Data Advisor → Staff → Sub-accounts"},
    source="labels as the overview writes them; the report itself was not seen (grade D)",
    columns={
        "account": Id(zh="子账号", en="Sub-account", also=("账号", "员工账号", "loginId", "accountId"), required=True),
        "person": Text(zh="员工姓名", en="Person", also=("姓名", "员工")),
        "inquiries": Count(zh="询盘个数", en="Inquiries", also=("fbCnt",), additive=True),
        "inquirers": Count(zh="询盘人数", en="Inquirers", also=("fbUv",), unit="person"),
        "chatters": Count(zh="TM咨询人数", en="TM chatters", also=("fbTmUv", "tmUv"), unit="person"),
        "lead_people": Count(zh="商机人数", en="Lead people", also=("abCnt",), unit="person"),
        "timely_reply_rate": Rate(zh="及时回复率", en="Timely-reply rate", rolling="30 days"),
        "fast_reply_rate": Rate(zh="极速回复率", en="Rapid-reply rate", also=("fiveMinReplyRate",), rolling="30 days"),
        "reply_hours": Number(zh="平均回复时长", en="Average reply time", also=("replyTime",), unit="hour", rolling="30 days"),
        "new_products": Count(zh="新发商品数", en="Products published", additive=True),
        "quotes": Count(zh="RFQ报价数", en="RFQ quotations", additive=True),
        "orders": Count(zh="信保交易订单个数", en="Trade Assurance orders", also=("sucOrdCnt",), additive=True),
        "order_amount": Money(
            zh="信保交易金额(美元)",
            en="Trade Assurance order amount",
            also=("信保交易金额", "sucOrdAmt"),
            additive=True,
            unit="USD",
        ),
    },
)
