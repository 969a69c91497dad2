"""RFQ: requests of buyers to which the shop may quote."""

from zhanggui.tables.columns import Count, Id, Moment, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rfq",
    zh="RFQ列表",
    en="RFQs",
    kind="report",
    time="event",
    day="opened",
    grain="one row per RFQ",
    key=("rfq_id",),
    signature=("subject",),
    lag_days=0,
    menu={"zh": "商机沟通 → RFQ市场", "en": "Messages → RFQ market"},
    source="field names of the platform's RFQ API with its own comments (grade A for fields); no real export header seen",
    columns={
        "rfq_id": Id(zh="RFQ编号", en="RFQ ID", also=("rfq_id",), required=True),
        "opened": Moment(zh="RFQ发布时间", en="Opened", also=("发布时间", "open_time"), required=True),
        "subject": Text(zh="RFQ标题", en="Subject", also=("标题", "subject")),
        "description": Text(zh="采购描述", en="Description", also=("description",)),
        "category": Text(zh="RFQ类目", en="Category", also=("category_name", "category_id")),
        "quantity": Count(zh="采购数量", en="Quantity wanted", also=("quantity",)),
        "quantity_unit": Text(zh="采购单位", en="Unit of quantity", also=("quantity_unit",)),
        "price": Money(zh="期望单价", en="Price wanted", also=("fob_price",), unit="in the price unit of the row"),
        "price_unit": Text(zh="价格单位", en="Price unit", also=("fob_price_unit",)),
        "shipping_terms": Text(zh="贸易术语", en="Shipping terms", also=("shipping_terms",)),
        "port": Text(zh="目的港", en="Port of destination", also=("destination_port",)),
        "payment_terms": Text(zh="付款方式", en="Payment terms", also=("payment_terms",)),
        "country": Text(zh="买家国家", en="Buyer country", also=("country_simple",)),
        "buyer_level": Text(zh="买家等级", en="Buyer level"),
        "status": Text(zh="RFQ状态", en="RFQ status", also=("status",)),
        "quotes_left": Count(zh="剩余报价数量", en="Quotations left", also=("剩余报价席位", "left_count")),
        "expires": Moment(zh="RFQ截止时间", en="Expires", also=("截止时间", "expirate_time")),
    },
)
