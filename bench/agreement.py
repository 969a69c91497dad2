"""The sums on which all contestants must agree, as one hash: whole numbers only, so that equal means equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

DAYS = 28

#: The additive columns of the two reports under the headers of the files, which is all that a plain script knows.
PRODUCT_SUMS = {
    "搜索曝光次数": "search_exposures",
    "搜索点击次数": "search_clicks",
    "询盘个数": "inquiries",
    "提交订单个数": "orders_submitted",
    "RTS线上实收GMV": "rts_gmv",
    "全店曝光次数": "shop_exposures",
    "全店点击次数": "shop_clicks",
    "营销曝光次数": "paid_exposures",
    "营销点击次数": "paid_clicks",
    "标准推广曝光次数": "standard_exposures",
    "标准推广点击次数": "standard_clicks",
    "全站推广曝光次数": "allsite_exposures",
    "全站推广点击次数": "allsite_clicks",
}
WORD_SUMS = {"曝光量": "exposures", "点击量": "clicks", "外贸直通车曝光": "p4p_exposures", "外贸直通车点击": "p4p_clicks"}
SUMS = {"product_effect": tuple(PRODUCT_SUMS.values()), "keyword_effect": tuple(WORD_SUMS.values())}
KEY = {"product_effect": "product_id", "keyword_effect": "word"}


def whole(column: str, value: object) -> int:
    """A sum as a whole number: money in hundredths of a cent."""
    return round(float(str(value)) * 10_000) if column == "rts_gmv" else int(str(value).removesuffix(".0"))


def digest(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Hash of rows (key first, then `columns`), whatever their order."""
    lines = sorted(
        "\t".join([str(key), *(str(whole(c, v)) for c, v in zip(columns, sums, strict=True))]) for key, *sums in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def agreed(tables: Mapping[str, tuple[int, Sequence[object], Iterable[Sequence[object]]]]) -> dict[str, object]:
    """What a contestant says, per table: rows of the year, and the sums of the window for the shop and per key."""
    said: dict[str, object] = {}
    for table, (rows, totals, each) in tables.items():
        shop = [whole(c, v) for c, v in zip(SUMS[table], totals, strict=True)]
        said[table] = {"rows": rows, "shop": shop, "each": digest(SUMS[table], each)}
    return said
