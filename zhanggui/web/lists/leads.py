"""What buyers ask: inquiries, chats, RFQs, and the shop's quotations."""

import polars as pl

from zhanggui.web.columns import Chip
from zhanggui.web.lists.declared import Listing

LISTS = (
    Listing(
        name="leads",
        section="leads",
        zh="询盘",
        en="Inquiries",
        table="inquiry",
        key=("inquiry_id",),
        called="title",
        note="inquiry_id",
        sort="created",
        search=("title", "buyer", "company", "email", "product_name", "inquiry_id"),
        shown=(
            "created", "buyer", "country", "buyer_level", "product_name", "seller", "replied", "source", "buyer_orders",
            "buyer_amount",
        ),
        chips=lambda own: (
            Chip("unanswered", "未回复", "Not answered", pl.col("replied").is_null()),
            Chip("unread", "未读", "Not read", pl.col("read").is_null()),
            Chip("bought", "买家有过订单", "Buyer has ordered", pl.col("buyer_orders") > 0),
        ),
    ),
    Listing(
        name="leads-chats",
        section="leads",
        zh="TM咨询",
        en="Chats",
        table="chat",
        key=("chat_id",),
        called="buyer",
        note="chat_id",
        sort="started",
        search=("buyer", "email", "product_id", "chat_id"),
        shown=("started", "country", "buyer_level", "seller", "first_reply", "messages", "product_id", "source"),
        chips=lambda own: (Chip("unanswered", "未回复", "Not answered", pl.col("first_reply").is_null()),),
    ),
    Listing(
        name="leads-rfqs",
        section="leads",
        zh="RFQ",
        en="RFQs",
        table="rfq",
        key=("rfq_id",),
        called="subject",
        note="rfq_id",
        sort="opened",
        search=("subject", "description", "category", "rfq_id"),
        shown=("opened", "expires", "country", "category", "quantity", "quantity_unit", "price", "quotes_left", "status"),
        chips=lambda own: (
            Chip("open", "还能报价", "Quotations left", pl.col("quotes_left") > 0),
            Chip("full", "已报满", "None left", pl.col("quotes_left") == 0),
        ),
    ),
    Listing(
        name="leads-quotations",
        section="leads",
        zh="报价",
        en="Quotations",
        table="quotation",
        key=("quotation_id",),
        called="subject",
        note="quotation_id",
        sort="quoted",
        search=("subject", "rfq_id", "product_id", "quotation_id"),
        shown=("quoted", "seller", "price", "status", "read", "answered", "country", "hours", "order_no"),
        chips=lambda own: (
            Chip("unread", "买家未读", "Not read by the buyer", pl.col("read").not_()),
            Chip("answered", "买家已回复", "Answered by the buyer", pl.col("answered").is_not_null()),
            Chip("won", "已成交", "Became an order", pl.col("order_no").is_not_null()),
        ),
    ),
)  # fmt: skip
