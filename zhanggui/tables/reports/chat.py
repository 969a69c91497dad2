"""TM咨询: each chat of a buyer with a person of the shop. No export and no open API is known: labels as the page would say them."""

from zhanggui.tables.columns import Count, Id, Moment, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="chat",
    zh="TM咨询",
    en="TM chats",
    kind="report",
    time="event",
    day="started",
    grain="one row per chat",
    key=("chat_id",),
    lag_days=0,
    menu={"zh": "商机沟通 → TM咨询", "en": "Messages → TM chats"},
    source="labels as the inquiry page writes them; a list of chats was not seen (grade D)",
    columns={
        "chat_id": Id(zh="咨询ID", en="Chat ID", also=("会话ID",), required=True),
        "started": Moment(zh="首次咨询时间", en="First message", also=("咨询时间",), required=True),
        "buyer": Text(zh="买家名称", en="Buyer name", also=("客户名",)),
        "buyer_level": Text(zh="买家等级", en="Buyer level"),
        "country": Text(zh="国家/地区", en="Country or region"),
        "email": Text(zh="邮箱", en="Email"),
        "seller": Text(zh="业务员", en="Salesperson", also=("接待人",)),
        "product_id": Id(zh="咨询产品ID", en="Product ID of the chat"),
        "first_reply": Moment(zh="首次回复时间", en="First reply"),
        "last_message": Moment(zh="最近沟通时间", en="Last message"),
        "messages": Count(zh="消息条数", en="Messages", additive=True),
        "reply_minutes": Number(zh="首次回复时长", en="Time to the first reply", unit="minute"),
        "source": Text(zh="咨询来源", en="Source of the chat"),
    },
)
