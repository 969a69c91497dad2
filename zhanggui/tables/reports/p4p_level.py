"""营销能力等级: the marketing level of the account and its points, as the account's own page says. Limits are never assumed."""

from zhanggui.tables.columns import Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_level",
    zh="营销能力等级",
    en="Marketing level",
    kind="report",
    time="state",
    grain="one row, as of a day",
    key=(),
    signature=("level", "score"),
    lag_days=0,
    menu={"zh": "营销中心 → 外贸直通车 → 账户 → 营销等级", "en": "Marketing → P4P → Account → Level"},
    source="field names of the platform's promotion API with its own comments (grade A for fields); no real export header seen",
    columns={
        "level": Text(zh="营销等级", en="Marketing level", also=("客户等级", "growth_level", "level")),
        "score": Number(zh="等级分数", en="Points", also=("分数", "level_score", "score"), unit="point"),
        "next_star": Text(zh="下月星级", en="Level of next month", also=("star_temp",)),
        "next_score": Number(zh="下月分数", en="Points of next month", also=("score_temp",), unit="point"),
        "balance": Money(zh="账户余额", en="Balance", scaled={"customer_balance": 0.01}, unit="CNY"),
        "currency": Text(zh="账户币种", en="Account currency", also=("currency",)),
        "exchange_rate": Number(zh="账户汇率", en="Exchange rate of the account", also=("exchange_rate",)),
        "tax_rate": Number(zh="账户税率", en="Tax rate of the account", also=("tax_rate",), unit="as the platform writes it"),
    },
)
