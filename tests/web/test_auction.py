"""Auction what-if: the guide's example, premiums that nobody has explained, a reserve that nobody knows, and what is typed wrongly."""

from __future__ import annotations

import pytest

from tests.web.test_ads import read, table
from zhanggui.desk import setting

GUIDE = {"score": "20", "bid": "10", "reserve": "0.5", "rivals": "8 15\n2, 10\n"}


def shown(cast, as_, person=None, **asked):
    return read(as_(person or cast.rita), cast.shop, "ads_auction", **asked)


def test_the_guide_s_example(cast, as_):
    text = shown(cast, as_, **GUIDE)
    assert "出价 10.00，排第 1，每次点击最多扣 6.01。" in text
    assert table(text, "每个名次") == [
        ["1 您在这里", "6.01", "6.01", "15 × 8.00 ÷ 20 + 0.01 = 6.01"],
        ["2", "1.01", "1.01", "10 × 2.00 ÷ 20 + 0.01 = 1.01"],
        ["3", "0.50", "0.50", "后面没有人，付底价"],
    ]


def test_a_premium_is_read_in_both_ways_until_somebody_tells(cast, as_):
    text = shown(cast, as_, **GUIDE | {"bid": "5", "premiums": "120"})
    assert ("出价 5.00 × 2.2 = 11.00，排第 1" in text, "出价 5.00 × 1.2 = 6.00，排第 2" in text) == (True, True)
    assert "溢价怎么算还没有人填" in text
    setting.change_rule(cast.shop, "premium_on_top", 0, person=cast.alice)
    text = shown(cast, as_, **GUIDE | {"bid": "5", "premiums": "120%"})
    assert ("× 2.2 = 11.00" in text, "出价 5.00 × 1.2 = 6.00，排第 2" in text) == (False, True)
    assert [row[1] for row in table(text, "每个名次")] == ["5.01", "0.84", "0.42"]


def test_what_nobody_pays_less_than_is_unknown_until_it_is_told(cast, as_):
    asked = {"score": "20", "bid": "3", "rivals": ""}
    text = shown(cast, as_, **asked)
    assert table(text, "每个名次") == [["1 您在这里", "—", "—", "后面没有人，付底价；底价还不知道"]]
    setting.change_rule(cast.shop, "click_reserve", 0.6, person=cast.alice)
    assert table(shown(cast, as_, **asked), "每个名次") == [["1 您在这里", "0.60", "0.60", "后面没有人，付底价"]]
    assert "出价 0.50，低于底价，不展示。" in shown(cast, as_, **asked | {"bid": "0.5"})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"score": "0"}, "自己的评分要填 0.01 以上的数"),
        ({"score": ""}, "自己的评分要填 0.01 以上的数"),
        ({"bid": "nan"}, "出价要填 0.01 以上的数"),
        ({"bid": "-1"}, "出价要填 0.01 以上的数"),
        ({"reserve": "=1+1"}, "底价要填 0.01 以上的数"),
        ({"places": "1.5"}, "展示名额要填 1 以上的整数"),
        ({"premiums": "30 many"}, "溢价填百分数"),
        ({"rivals": "8 15\n9"}, "第 2 行“9”要写成“出价 评分”"),
        ({"rivals": "8 <b>"}, "第 1 行“8 &lt;b&gt;”要写成"),
        ({"rivals": "8 15\n" * 31}, "最多写 30 个对手"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_nothing_is_worked_out(cast, as_, wrong, says):
    text = shown(cast, as_, **GUIDE | wrong)
    assert (says in text, "每次点击最多扣" in text.split("</form>")[1]) == (True, False)


def test_signs_of_every_keyboard_are_read(cast, as_):
    text = shown(cast, as_, score="２０", bid="1,200.50", premiums="30％", reserve="0.5", rivals="1,100.5，15\n0.2 10\n3 0")
    assert "15 × 1,100.50 ÷ 20 + 0.01 = 825.38" in text
    assert "有 2 个对手出价低于底价或评分是 0，不参加。" in text


def test_an_empty_form_offers_an_example(cast, as_):
    text = shown(cast, as_)
    assert ("填一个例子" in text, 'class="notice error"' in text) == (True, False)
