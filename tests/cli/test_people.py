"""Somebody who has lost the password or the phone is helped on the command line."""

from __future__ import annotations

import re

PASSWORD = "a long password of theirs"


def test_a_link_for_a_new_password(zhanggui, week):
    zhanggui("import", week, "--yes")
    assert zhanggui("person", "bob", ZHANGGUI_PASSWORD=PASSWORD).returncode == 0
    said = zhanggui("person", "bob", "--reset", "--site", "https://shop.example.com/")
    assert (said.returncode, said.stderr) == (0, "")
    told, link = said.stdout.strip().splitlines()
    assert told == "只能用一次，24 小时内有效："
    assert re.fullmatch(r"https://shop\.example\.com/accounts/password/reset/[0-9A-Za-z]+-[0-9a-z]+-[0-9a-f]+/", link)
    said = zhanggui("person", "bob", "--no-second-factor")
    assert (said.returncode, said.stdout.strip()) == (0, "bob 的两步验证已关闭")


def test_nobody_of_that_name(zhanggui):
    said = zhanggui("person", "nobody", "--reset")
    assert (said.returncode, "没有叫 nobody 的人" in said.stderr) == (2, True)
