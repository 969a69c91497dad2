"""验厂: the points that a factory got for each of the audit's indicators.

Kept by the supply chain. Requirements: SUPP-1, MRKT-3.
"""

from zhanggui.tables.columns import Day, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="factory_audit",
    zh="验厂",
    en="Factory audits",
    kind="register",
    time="state",
    grain="one row per supplier, audit and indicator, as of a day",
    key=("supplier", "audited_on", "indicator"),
    lag_days=0,
    columns={
        "supplier": Text(zh="供应商", en="Supplier", required=True),
        "audited_on": Day(zh="验厂日", en="Audited on", required=True),
        "indicator": Text(zh="验厂指标", en="Audit indicator", required=True),
        "points": Number(zh="验厂得分", en="Audit points", required=True),
        "full_points": Number(zh="指标满分", en="Points at most"),
        "finding": Text(zh="验厂发现", en="Audit finding"),
        "auditor": Text(zh="验厂人", en="Auditor"),
        "note": Text(zh="备注", en="Note"),
    },
)
