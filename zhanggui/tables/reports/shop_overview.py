"""店铺概览: the whole shop in a period, beside its peers. No real export file is known: labels of the page are candidates.

The basic indicators of the API (`imps`, `clk`) do not say whether they count searches or the whole shop, so they stand by
themselves and are never set beside 搜索曝光次数 or 全店曝光次数.
"""

from typing import Any

from zhanggui.tables.columns import Column, Count, Day, Money, Number, Rate
from zhanggui.tables.table import Table

MONTH = "30 days"


def _figure(kind: type[Column], zh: str, en: str, *keys: str, **other: Any) -> Column:
    """A figure that the page shows with its peers. The weekly report writes the shop's own under the key with `Value` behind it."""
    return kind(zh=zh, en=en, also=(*(f for k in keys for f in (k, f"{k}Value")), *other.pop("also", ())), peers=True, **other)


def _sum(zh: str, en: str, *keys: str, **other: Any) -> Column:
    return _figure(Count, zh, en, *keys, additive=True, **other)


def _people(zh: str, en: str, *keys: str, **other: Any) -> Column:
    return _figure(Count, zh, en, *keys, unit="person", **other)


TABLE = Table(
    name="shop_overview",
    zh="店铺概览",
    en="Shop overview",
    kind="report",
    time="period",
    grain="one row per period or day",
    key=(),
    signature=("visitors", "search_exposures"),
    cadence_days=7,
    menu={"zh": "数据参谋 → 数据概览", "en": "Data Advisor → Overview"},
    source="labels of the page and of the platform's API; no real export file seen (grade B)",
    columns={
        "day": Day(zh="日期", en="Date", also=("statDate", "stat_date")),
        "visitors": _people("店铺访问人数", "Shop visitors", "uvCnt", also=("visitor",)),
        "visits": _sum("店铺访问次数", "Shop visits", "pvCnt"),
        "search_exposures": _sum("搜索曝光次数", "Search exposures", "seImpsCnt"),
        "search_clicks": _sum("搜索点击次数", "Search clicks", "seClkCnt"),
        "search_ctr": _figure(Rate, "搜索点击率", "Search click rate", "seCtr", of=("search_clicks", "search_exposures")),
        "inquirers": _people("询盘人数", "Inquirers", "fbUv"),
        "inquiries": _sum("询盘个数", "Inquiries", "fbCnt", also=("fb",)),
        "chatters": _people("TM咨询人数", "TM chatters", "fbTmUv", "tmUv"),
        "lead_people": _people("商机人数", "Lead people", "abCnt"),
        "lead_rate": _figure(Rate, "商机转化率", "Lead rate", "uvAbRate", of=("lead_people", "visitors")),
        "orders": _sum("信保交易订单个数", "Trade Assurance orders", "sucOrdCnt", also=("信保订单数",)),
        "order_amount": _figure(
            Money,
            "信保交易金额(美元)",
            "Trade Assurance order amount",
            "sucOrdAmt",
            also=("信保交易金额",),
            additive=True,
            unit="USD",
        ),
        "fast_reply_rate": _figure(Rate, "极速回复率", "Rapid-reply rate", "fst5minReplyRate30d", rolling=MONTH),
        "reply_hours": _figure(Number, "平均回复时长", "Average reply time", "avgReplyTime30d", unit="hour", rolling=MONTH),
        "timely_reply_rate": _figure(Rate, "及时回复率", "Timely-reply rate", "fstReplyRate30d", rolling=MONTH),
        "first_reply_rate": Rate(zh="询盘一次回复率", en="First-reply rate of inquiries", also=("reply",), rolling=MONTH),
        "exposures": Count(zh="曝光", en="Exposures, scope not stated", also=("imps",), additive=True),
        "clicks": Count(zh="点击", en="Clicks, scope not stated", also=("clk",), additive=True),
        "ctr": Rate(zh="点击率", en="Click rate, scope not stated", also=("clk_rate",), of=("clicks", "exposures")),
        "shop_exposures": _sum("全店曝光次数", "Whole-shop exposures"),
        "shop_clicks": _sum("全店点击次数", "Whole-shop clicks"),
        "shop_leads": _sum("全店品的商机量", "Leads of all products"),
        "paid_exposures": _sum("营销曝光次数", "Paid exposures", "campImpsCnt"),
        "paid_clicks": _sum("营销点击次数", "Paid clicks", "campClkCnt"),
        "standard_exposures": _sum("标准推广曝光次数", "Standard promotion exposures", "p4pImpsCnt", also=("标准推广曝光",)),
        "standard_clicks": _sum("标准推广点击次数", "Standard promotion clicks", "p4pClkCnt", also=("标准推广点击",)),
        "allsite_exposures": _sum("全站推广曝光次数", "All-site promotion exposures", "qztImpsCnt", also=("全站推广曝光",)),
        "allsite_clicks": _sum("全站推广点击次数", "All-site promotion clicks", "qztClkCnt", also=("全站推广点击",)),
        "natural_exposures": _sum("自然曝光量", "Natural exposures"),
        "natural_clicks": _sum("自然点击量", "Natural clicks"),
        "natural_leads": _sum("自然商机量", "Natural leads"),
        "managed_exposures": _sum("半托管曝光次数", "Exposures of half-managed goods"),
        "lead_people_30d": _people("近30天商机人数", "Lead people, 30 days", rolling=MONTH),
        "level1_inquirer_share": _figure(Rate, "L1+买家询盘人数占比", "Share of inquirers of level 1 and above"),
        "cart_adds": _sum("加购笔数", "Adds to cart", "addCartCnt"),
        "cart_adders": _people("加购人数", "People who added to cart", "addCartByrCnt"),
        "order_drafts": _sum("起草订单数", "Orders drafted", "crtOrdCnt"),
        "order_buyers": _people("信保挂账买家数", "Trade Assurance buyers", "sucByrCnt"),
        "pay_rate": _figure(Rate, "支付转化率", "Payment rate", "uvPayordRate"),
        "valid_products": _figure(Count, "有效商品数", "Valid products", "validProdCnt"),
        "new_products_90d": _figure(Count, "90天新发品数", "New products, 90 days", "crtProdCnt", rolling="90 days"),
        "quality_products": _figure(Count, "优品数", "Quality products", "goodProdCnt"),
        "hit_products": _figure(Count, "爆品数", "Hit products", "topProdCnt"),
    },
)
