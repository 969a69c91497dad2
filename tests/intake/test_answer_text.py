"""The text of an answer: broken, odd or too much of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.test_answers import bytes_of, said
from zhanggui.intake.answers import read_json


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b'{"a": 1,\n "b" 2}', 2, 6), (b'[{"a": 1}', 1, 10), (b'{"a": 1}\n{"b"', 2, 5), (b'{"a": "x', 1, 7), (b"[1, 2,]", 1, 7)],
)
def test_broken_json_names_its_line_and_column(data: bytes, line: int, column: int) -> None:
    problem = said(data)[0]
    assert (problem.code, problem.line, problem.column) == ("unreadable", line, str(column))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(constant: str) -> None:
    assert [(p.code, p.value) for p in said(f'{{"a": {constant}, "b": 1}}'.encode())] == [("unreadable", f"JSON {constant}")]


def test_no_digit_is_lost() -> None:
    text = b'{"list": [{"product_id": 12345678901234567890123, "impression": 1.10, "bookmark": 1e2}]}'
    assert read_json(text, "a.json")[0][0].cells.row(1) == ("12345678901234567890123", "1.10", "1e2")
    assert len(read_json(b'{"a": ' + b"9" * 5000 + b', "b": 1}', "a.json")[0]) == 1


def test_a_bracket_too_many_and_a_key_twice_are_notes() -> None:
    sheets, problems = read_json(b'{"a": 1, "b": 2, "a": 3}\n}]\n', "a.json")
    assert [(p.code, p.level, p.value) for p in problems] == [("answer_key_twice", "note", "a"), ("answer_tail", "note", "}]")]
    assert sheets[0].cells.row(1) == ("3", "2")


def test_a_document_on_every_line_is_one_list() -> None:
    sheets, problems = read_json(b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "a.json")
    assert (problems, sheets[0].cells.rows(), sheets[0].lines.to_list()) == (
        [],
        [("a", "b"), ("1", "2"), ("3", "4")],
        [1, 2, 3],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding(encoding: str) -> None:
    text = json.dumps({"list": [{"channelType": "搜索", "tmUv": 1, "fbUv": 2}]}, ensure_ascii=False)
    assert read_json(text.encode(encoding), "a.json")[0][0].cells.row(1)[0] == "搜索"
    assert [p.code for p in said("搜索".encode("gb18030") + b"\xff")] == ["encoding"]


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a":' * 100_000, "JSON, depth 41"),
        (b"[" * 1_000_000, "JSON, depth 41"),
        (b"[" + b"0," * 2_000_001 + b"0]", "JSON, more than 2,000,000 nodes"),
        (bytes_of({f"k{i}": i for i in range(1001)}), "1001 columns"),
        (bytes_of({f"k{i}": "x" for i in range(900)} | {"list": [{"a": 1}] * 6_000}), "JSON, more than 5,000,000 cells"),
    ],
    ids=["deep objects", "deep lists", "many", "wide", "much around little"],
)
def test_what_is_beyond_the_limits_is_refused_before_it_is_built(data: bytes, value: str) -> None:
    assert [(p.code, p.value) for p in said(data)] == [("too_large", value)]


def test_forty_levels_are_read() -> None:
    data = b'{"a":' * 39 + b'{"b": 1, "c": 2}' + b"}" * 39
    assert read_json(data, "a.json")[0][0].cells.row(1) == ("1", "2")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "code", "success", "statDate", "message"]) | st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_any_document_gives_sheets_or_says_why_not(document: Any) -> None:
    sheets, problems = read_json(bytes_of(document), "a.json")
    assert sheets or any(p.level == "error" for p in problems)
    for sheet in sheets:
        assert (sheet.cells.height, sheet.cells.width > 0) == (len(sheet.lines), True)
    assert all(p.says("zh") and p.says("en") for p in problems)


@given(st.text(alphabet='{}[]",:\\ 1ae\n', max_size=60))
def test_any_text_gives_sheets_or_says_why_not(text: str) -> None:
    sheets, problems = read_json(text.encode(), "a.json")
    assert sheets or any(p.level == "error" for p in problems)
