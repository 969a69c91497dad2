"""The cast: Alice owns shop A, Bob works for her, Rita reads, Charlie owns another company's shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from zhanggui.desk.models import Person, Shop
from zhanggui.desk.people import add_person, open_shop

PASSWORD = "correct horse battery"


@dataclass
class Cast:
    shop: Shop
    other: Shop
    alice: Person
    bob: Person
    rita: Person
    charlie: Person


@pytest.fixture
def cast(db: None) -> Cast:
    shop, other = open_shop("alpha", "Alpha"), open_shop("beta", "Beta")
    return Cast(
        shop,
        other,
        add_person("alice", PASSWORD, shop.company, "owner"),
        add_person("bob", PASSWORD, shop.company, "operator"),
        add_person("rita", PASSWORD, shop.company, "reader"),
        add_person("charlie", PASSWORD, other.company, "owner"),
    )


def week_file(end: date, unseen: int = 1, clicks: int = 3) -> bytes:
    """A product report of thirty products; the first `unseen` had no exposure."""
    start = end - timedelta(days=6)
    rows = "\n".join(
        f"16010000000{i:02},Lamp {i},{'Y' if i < 4 else 'N'},{0 if i < unseen else 50 + i * 100},{i},{i},0,0,0,{i * 150},{i * clicks},0,0"
        for i in range(30)
    )
    header = "产品ID,产品名称,是否橱窗,搜索曝光次数,搜索点击次数,访问人数,询盘个数,TM咨询人数,提交订单个数,全店曝光次数,全店点击次数,营销曝光次数,营销点击次数"
    return f"产品数据, 时间周期 {start}~{end}\n\n{header}\n{rows}\n".encode()
