"""客户: the shop's buyers as 客户通 or a CRM lists them, as of a day. No real header of either is known.

A list without ids is told apart by name, company and e-mail; the same person under two spellings stays two rows here.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="buyer",
    zh="客户列表",
    en="Buyers",
    kind="report",
    time="state",
    grain="one row per buyer (and its occurrence), as of a day",
    key=("buyer_id", "buyer", "company", "email", "occurrence"),
    signature=("seller",),
    lag_days=0,
    menu={"zh": "客户管理 → 客户通 → 客户列表 → 导出", "en": "Customers → Customer tool → List → Export"},
    source="labels as 客户通 and OKKI (小满) would write them; no real header of either was seen (grade D)",
    columns={
        "buyer_id": Id(zh="客户编号", en="Buyer ID", also=("客户ID", "买家ID")),
        "buyer": Text(zh="客户名称", en="Buyer name", also=("联系人", "联系人昵称", "姓名"), required=True),
        "company": Text(zh="公司名称", en="Company name", also=("公司",)),
        "email": Text(zh="邮箱", en="Email", also=("联系人邮箱", "主要联系人邮箱")),
        "phone": Text(zh="电话", en="Phone", also=("联系电话", "手机")),
        "country": Text(zh="国家/地区", en="Country or region", also=("国家地区", "国家")),
        "level": Text(zh="客户等级", en="Buyer level", also=("买家等级", "客户星级")),
        "group": Text(zh="客户分组", en="Buyer group", also=("分组",)),
        "stage": Text(zh="客户阶段", en="Stage", also=("跟进阶段",)),
        "source": Text(zh="客户来源", en="Source of the buyer", also=("来源",)),
        "seller": Text(zh="跟进人", en="Followed by", also=("业务员", "负责人", "归属业务员")),
        "added": Day(zh="建档时间", en="Added", also=("创建时间", "添加时间")),
        "last_contact": Day(zh="最近联系时间", en="Last contact", also=("最近跟进时间",)),
        "next_contact": Day(zh="下次跟进时间", en="Next contact"),
        "orders": Count(zh="成交订单数", en="Orders of the buyer", also=("订单总数",)),
        "order_amount": Money(zh="成交金额", en="Order amount of the buyer", also=("订单总金额",), unit="USD"),
        "last_order": Day(zh="最近成交时间", en="Last order"),
        "tags": Text(zh="标签", en="Labels"),
        "remark": Text(zh="备注", en="Remark"),
    },
)
