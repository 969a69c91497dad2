"""Against vectors worked out here, from the description of the signature alone."""

from __future__ import annotations

import hashlib
import hmac

from zhanggui.feeds.alibaba.signing import sign, texts


def by_hand(text: str) -> str:
    return hmac.new(b"helloworld", text.encode(), hashlib.sha256).hexdigest().upper()


def test_sync_has_no_path_in_front_and_sorts_by_ascii():
    params = {"method": "a.b", "app_key": "1", "Z": "z", "timestamp": "1517820392000", "sign": "never"}
    assert sign("helloworld", params) == by_hand("Zzapp_key1methoda.btimestamp1517820392000")


def test_rest_has_the_path_behind_rest_in_front():
    assert sign("helloworld", {"code": "c", "app_key": "1"}, "/auth/token/create") == by_hand("/auth/token/createapp_key1codec")


def test_text_beyond_ascii_is_signed_as_utf_8():
    assert sign("helloworld", {"subject": "灯"}) == by_hand("subject灯")


def test_what_has_no_value_is_neither_sent_nor_signed():
    sent = texts({"a": "", "b": None, "c": 0, "d": False, "e": {"x": "灯", "y": [1]}, "f": ["1", "2"]})
    assert sent == {"c": "0", "d": "false", "e": '{"x":"灯","y":[1]}', "f": '["1","2"]'}
