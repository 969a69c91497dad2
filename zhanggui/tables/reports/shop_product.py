"""商品数据: what each product got lately, with its layer (爆品/优品/潜力优品/普通品/低质品), as answers say it.

A weekly report lists only the ten most shown, and names no id.
"""

from zhanggui.tables.columns import Count, Flag, Id, Money, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="shop_product",
    zh="商品数据",
    en="Product figures of answers",
    kind="report",
    time="period",
    grain="one row per product and period",
    key=("product_id", "product_name", "occurrence"),
    signature=("exposures", "inquiries"),
    menu={"zh": "商家工作台 → 周报；数据接口", "en": "Workbench → Weekly report; data API"},
    source="field names of the platform's agent tool and of one weekly report (grade B); no export file seen",
    columns={
        "product_id": Id(zh="商品ID", en="Product ID", also=("prodId", "productId", "product_id", "id"), missing="not said"),
        "product_name": Text(zh="商品标题", en="Product title", also=("subject", "prodName"), required=True),
        "exposures": Count(zh="商品曝光次数", en="Product exposures", also=("sumProdShowNum",), additive=True),
        "clicks": Count(zh="商品点击次数", en="Product clicks", also=("sumProdClickNum",), additive=True),
        "visitors": Count(zh="商品访问人数", en="Product visitors", also=("sumProdVisitorCnt",), unit="person"),
        "inquiries": Count(zh="商品询盘个数", en="Product inquiries", also=("sumProdFbNum",), additive=True),
        "inquiry_rate": Rate(zh="商品询盘率", en="Product inquiry rate", also=("sumProdFbRate",)),
        "inquirers": Count(zh="商品询盘人数", en="Product inquirers", also=("mcFbUv",), unit="person"),
        "chatters": Count(zh="商品TM咨询人数", en="Product chatters", also=("atmFbUv",), unit="person"),
        "order_drafts": Count(zh="起草订单数", en="Orders drafted", also=("crtOrd",), additive=True),
        "rts_gmv": Money(
            zh="RTS线上实收金额", en="RTS online amount received", also=("rtsOnlineAmt",), additive=True, unit="USD"
        ),
        "favourites": Count(zh="收藏", en="Saved", also=("fav",)),
        "shares": Count(zh="分享", en="Shared", also=("share",)),
        "compares": Count(zh="对比", en="Compared", also=("cmp",)),
        "shop_exposures": Count(zh="全店曝光", en="Whole-shop exposures", also=("totalImpsCnt",), additive=True),
        "paid_exposures": Count(zh="营销曝光", en="Paid exposures", also=("adImpsCnt",), additive=True),
        "showcase": Flag(zh="橱窗商品", en="In showcase", also=("isShowcase",)),
        "promoted": Flag(zh="推广商品", en="Promoted", also=("isP4pProd",)),
        "ready_to_ship": Flag(zh="交易品", en="Transaction product", also=("isReady2ship",), missing="not said"),
        "leads_30d": Count(zh="近30天商机数", en="Leads, 30 days", also=("abCnt30d",), rolling="30 days"),
        "level": Text(zh="商品分层", en="Product layer", also=("prodLevel",)),
    },
)
