"""RFQ市场表现: the shop's score and what is left of its quotations, as of a day."""

from zhanggui.tables.columns import Count, Day, Number, Rate
from zhanggui.tables.table import Table

TABLE = Table(
    name="rfq_standing",
    zh="RFQ市场表现",
    en="RFQ standing",
    kind="report",
    time="state",
    grain="one row, as of a day",
    key=(),
    signature=("score", "quotes_left"),
    lag_days=0,
    menu={"zh": "商机沟通 → RFQ → 我的权益", "en": "Messages → RFQ → My equity"},
    source="field names of alibaba.icbu.rfq.myequity with the platform's own comments (grade A for fields)",
    columns={
        "score": Number(zh="市场表现分", en="Market score", also=("score",), unit="point"),
        "starts": Day(zh="统计开始日期", en="Counted from", also=("statistic_start_date",)),
        "ends": Day(zh="统计结束日期", en="Counted to", also=("statistic_end_date",)),
        "quotes_left": Count(zh="剩余权益", en="Quotations left", also=("剩余报价权益", "equity_count")),
        "top_services": Count(zh="优质服务数", en="Top services", also=("top_service_count",)),
        "beaten": Rate(zh="超过供应商比例", en="Share of suppliers beaten", scaled={"beat_supplier_percent": 0.01}),
        "expires": Day(zh="权益到期日", en="Expires", also=("expired_date",)),
    },
)
