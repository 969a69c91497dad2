"""页面测试: tests of images, pages and advertisements, one row per variant, with what was counted.

Kept by the operator. Requirements: CONT-3, P4P-8.
"""

from zhanggui.tables.columns import Count, Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="page_test",
    zh="页面测试",
    en="Page and image tests",
    kind="register",
    time="state",
    grain="one row per test and variant, as of a day",
    key=("test", "variant"),
    lag_days=0,
    columns={
        "test": Text(zh="测试名称", en="Test", required=True),
        "variant": Text(zh="测试方案", en="Variant", required=True),
        "subject": Text(
            zh="测试对象", en="What is tested", options=("主图", "标题", "详情页", "关键词", "地域", "时段", "买家标签")
        ),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "start": Day(zh="测试开始日", en="Test starts"),
        "end": Day(zh="测试结束日", en="Test ends", missing="still running"),
        "exposures": Count(zh="测试曝光", en="Exposures in the test"),
        "clicks": Count(zh="测试点击", en="Clicks in the test"),
        "visitors": Count(zh="测试访客", en="Visitors in the test", unit="person"),
        "inquiries": Count(zh="测试询盘", en="Inquiries in the test"),
        "verdict": Text(zh="测试结论", en="Verdict"),
        "note": Text(zh="备注", en="Note"),
    },
)
