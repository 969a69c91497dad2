"""Every code of trouble is produced by some file, and reads well in both languages."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PIL import Image

from tests.intake.files import TITLE, archive, taken, text, xls
from tests.intake.studio import jpeg, png, product
from tests.intake.test_stars import star
from zhanggui.intake import sheets as reader
from zhanggui.tables import TABLES
from zhanggui.tables.problems import WORDS

EFFECT = ["产品ID", "产品名称", "是否橱窗", "搜索曝光次数", "RTS线上实收GMV"]
GOOD = ["1600000000001", "A", "Y", "5", "1.5"]
COSTS = ["产品ID", "单件成本", "成本币种"]
ORDERS = ["订单编号", "订单创建时间", "商品名称"]


def effect(*rows):
    return text([[TITLE], EFFECT, *rows])


SHOWN = {
    "empty_file": b"",
    "too_large": ",".join("a" * 1001).encode(),
    "zip_bomb": archive({f"{i}": b"a" for i in range(reader.MAX_MEMBERS + 1)}),
    "unreadable": xls([["a"]])[:600],
    "html_as_excel": b"<html>",
    "encoding": "产品".encode("gb18030") + b"\xff",
    "not_text": b"\x00\x01",
    "not_recognised": text([["词", "点击量", "点击率"], ["a", "1", "1%"]]),
    "nothing_known": b"a,b\n1,2\n",
    "period_unknown": text([EFFECT, GOOD]),
    "period_reversed": text([["2026-09-19~2026-09-13"], EFFECT, GOOD]),
    "period_in_future": text([["2062-09-13~2062-09-19"], EFFECT, GOOD]),
    "period_differs": text([[TITLE], EFFECT, GOOD]),
    "required_missing": effect(["", *GOOD[1:]]),
    "not_a_number": effect([*GOOD[:4], "x"]),
    "not_a_whole_number": effect([*GOOD[:3], "x", "1"]),
    "not_a_day": text([ORDERS, ["1", "soon", "A"]]),
    "not_a_flag": effect(["1", "A", "x", "5", "1"]),
    "digits_lost": effect(["1.6E+12", *GOOD[1:]]),
    "same_key": effect(GOOD, [*GOOD[:4], "2"]),
    "totals_row": effect(GOOD, ["合计", "", "", "5", ""]),
    "same_row": effect(GOOD, GOOD),
    "row_too_long": effect([*GOOD, "6"]),
    "cut_off": effect(GOOD) + b"2,B",
    "unknown_column": text([[TITLE], [*EFFECT, "新指标"], [*GOOD, "1"]]),
    "no_rows": effect(),
    "hidden_sheet": xls([["a"]], hidden=True),
    "ambiguous": text([["A", "B"], ["1", "2"]]),
    "answer_error": b'{"code":"X","message":"m","request_id":"r"}',
    "answer_empty": b"{}",
    "answer_key_twice": b'{"a":1,"b":2,"a":3}',
    "answer_tail": b'{"a":1,"b":2}}',
    "picture_name": archive({"front.jpg": jpeg(product(1, (60, 60)))}),
    "picture_unreadable": archive({"1600000000001-1.jpg": b"hello"}),
    "picture_pixels": archive({"1600000000001-1.png": png(Image.new("1", (30_000, 30_000)))}),
    "picture_bytes": archive({"1600000000001-1.jpg": b"\xff\xd8\xff" + b"\0" * (31 * 2**20)}),
    "logo_alone": archive({"logo.png": png(product(1, (60, 60)))}),
    "not_computed": json.dumps(star(0)).encode(),
}

#: Not told by a file: to a person who explains headers (tests/desk/test_mapping.py), or by a crash (tests/desk/test_leftovers.py).
OF_ANSWERS = {
    "column_not_mapped", "constant_unreadable", "same_column_twice", "period_not_given", "nothing_mapped", "no_such_table",
    "no_such_header", "no_such_column", "reading_died", "other_seller",
}  # fmt: skip
#: A file of bids is taken by its sheet, not by a table (tests/documents/test_bid_file.py).
OF_BIDS = "bid_"
CODES = [code for code in WORDS if code not in OF_ANSWERS and not code.startswith(OF_BIDS)]


def shown(code):
    from zhanggui.tables import Table
    from zhanggui.tables.columns import Text

    columns = {"a": Text(zh="甲", en="A", required=True), "b": Text(zh="乙", en="B")}
    made = {"zh": "表", "en": "t", "kind": "register", "time": "state", "grain": "", "key": ("a",), "columns": columns}
    tables = {n: Table(name=n, **made) for n in ("one", "other")} if code == "ambiguous" else TABLES
    asked = (date(2026, 1, 1), date(2026, 1, 7)) if code == "period_differs" else None
    reading = taken(SHOWN[code], "export.xls", tables=tables, period=asked)
    problems = [*reading.problems, *(p for part in reading.parts for p in part.problems("export.xls"))]
    return next(p for p in problems if p.code == code)


def test_every_code_of_trouble_is_shown_by_a_file():
    assert sorted(SHOWN) == sorted(CODES)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_the_sentence_has_all_its_parts(code, lang):
    problem = shown(code)
    said = problem.says(lang)
    wanted = [
        field for field in ("value", "column", "limit", "nearest", "other", "line") if f"{{{field}}}" in WORDS[code][lang]
    ]
    assert [str(getattr(problem, field)) in said for field in wanted] == [True] * len(wanted)
    assert all(getattr(problem, field) not in ("", 0) for field in wanted)
    assert problem.as_dict(lang)["says"] == said
    assert set(problem.as_dict(lang)) == {"code", "level", "file", "sheet", "line", "column", "value", "says"}


@pytest.mark.parametrize("code", CODES)
def test_trouble_names_its_file_and_its_level(code):
    problem = shown(code)
    notes = {"totals_row", "same_row", "unknown_column", "no_rows", "hidden_sheet", "period_differs"}
    notes |= {"answer_key_twice", "answer_tail", "not_computed"}
    assert problem.file == "export.xls"
    assert (problem.level == "note") == (code in notes)
    assert (problem.line > 0) == (problem.level == "row" or code in {"totals_row", "same_row", "encoding", "too_large"})
