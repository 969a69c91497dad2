"""售后登记: complaints and bad reviews, from the first answer to the close.

Kept by the merchandiser. Requirements: BUYR-8, ORDR-4.
"""

from zhanggui.tables.columns import Day, Id, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="after_sales",
    zh="售后登记",
    en="After-sales cases",
    kind="register",
    time="state",
    grain="one row per case, as of a day",
    key=("case_no",),
    lag_days=0,
    costs=True,
    whose="owner",
    columns={
        "case_no": Id(zh="售后单号", en="Case no.", required=True),
        "opened_on": Day(zh="受理日", en="Opened on", required=True),
        "buyer": Text(zh="买家名称", en="Buyer Name", also=("客户名称",)),
        "order_no": Id(zh="订单编号", en="Order Number"),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "kind": Text(
            zh="售后类型", en="Kind of case", required=True, options=("质量", "少发错发", "物流", "差评", "纠纷", "其他")
        ),
        "answer_minutes": Number(zh="首次响应时长", en="Time to first answer", unit="minute", missing="not answered yet"),
        "proposed_on": Day(zh="方案日", en="Proposal made on", missing="no proposal yet"),
        "closed_on": Day(zh="结案日", en="Closed on", missing="still open"),
        "remedy": Text(zh="处理方式", en="Remedy", options=("补发", "折扣", "延保", "退款", "解释")),
        "cost": Money(zh="售后成本", en="Cost of the case", unit="USD"),
        "owner": Text(zh="售后负责人", en="Handled by"),
        "note": Text(zh="备注", en="Note"),
    },
)
