"""证照: trademarks, patents, product certificates and test reports, with the day they end.

Kept by the supply chain. Requirements: COMP-1, LIST-7, PROD-11.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="certificate",
    zh="证照",
    en="Certificates and rights",
    kind="register",
    time="state",
    grain="one row per kind, name, country and product, as of a day",
    key=("kind", "name", "country", "product_id"),
    signature=("valid_until",),
    lag_days=0,
    columns={
        "kind": Text(
            zh="证照类型",
            en="Kind of certificate",
            required=True,
            options=("商标", "外观专利", "实用新型专利", "产品证书", "检测报告", "运输鉴定", "实地认证"),
        ),
        "name": Text(zh="证照名称", en="Certificate name", required=True),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",), missing="valid everywhere"),
        "product_id": Id(zh="产品ID", en="Product ID", missing="it is about the whole shop"),
        "number": Id(zh="证照编号", en="Certificate no.", missing="applied for, not granted"),
        "class_no": Text(zh="商标类别", en="Trademark class", missing="not a trademark"),
        "issuer": Text(zh="发证机构", en="Issued by"),
        "applied_on": Day(zh="申请日", en="Applied on"),
        "granted_on": Day(zh="发证日", en="Granted on", missing="applied for, not granted"),
        "valid_until": Day(zh="证照到期日", en="Certificate ends", missing="it does not end, or not known"),
        "owner": Text(zh="证照负责人", en="Looked after by"),
        "document": Text(zh="文件链接", en="Document"),
        "note": Text(zh="备注", en="Note"),
    },
)
