"""A check-up is a pure function of folder, shop, day, rules and settings."""

from __future__ import annotations

from datetime import date

from tests.measures.shop import shop
from zhanggui.checks import load
from zhanggui.plans import agenda, check_up


def findings(checkup):
    return {(o.check.code, *f.key.values()) for o in checkup.outcomes for f in o.findings}


def test_a_check_up_of_a_shop_without_facts_asks_for_its_reports(tmp_path):
    done = check_up(tmp_path, "nobody", date(2026, 9, 21))
    assert {code for code, *_ in findings(done)} == {"DA02"}
    assert [o.check.code for o in done.outcomes] == list(load())
    assert not (tmp_path / "facts").exists()


def test_a_check_up_says_the_same_twice_and_sees_nothing_after_its_day(tmp_path):
    shop(tmp_path)
    days = [date(2026, 9, 13), date(2026, 9, 21), date(2026, 10, 21)]
    done = [check_up(tmp_path, "alice-shoes", day) for day in days]
    assert [d.outcomes for d in done] == [check_up(tmp_path, "alice-shoes", day).outcomes for day in days]
    late = [{key[0] for code, *key in findings(d) if code == "DA01"} for d in done]
    assert late == [set(), set(), {"keyword_effect", "product_effect", "shop_overview"}]
    assert [("KW04", "sac") in findings(d) for d in done] == [False, True, True]


def test_another_shop_s_facts_are_not_seen(tmp_path):
    shop(tmp_path)
    assert {code for code, *_ in findings(check_up(tmp_path, "charlie-bags", date(2026, 9, 21)))} == {"DA02"}


def test_rules_and_settings_reach_the_checks(tmp_path):
    shop(tmp_path)
    day = date(2026, 9, 21)
    own = {"keyword_export_max_rows": {date(2026, 1, 1): 4}}

    def cut(**how):
        return ("DA04", "keyword_effect") in findings(check_up(tmp_path, "alice-shoes", day, **how))

    assert [cut(), cut(overrides=own), cut(what_if={"keyword_export_max_rows": 4})] == [False, True, True]
    settings = {"KW03": {"own_brands": ["nike"]}}
    brands = [f[1] for f in findings(check_up(tmp_path, "alice-shoes", day)) if f[0] == "KW03"]
    assert (brands, ("KW03", "nike boots", 1) in findings(check_up(tmp_path, "alice-shoes", day, settings=settings))) == (
        ["nike boots"],
        False,
    )


def test_every_finding_is_in_the_agenda_once(tmp_path):
    shop(tmp_path)
    done = check_up(tmp_path, "alice-shoes", date(2026, 10, 21))
    plan = agenda(done.outcomes)
    shown = [f.fingerprint for a in (*plan.actions, *plan.early) for f in a.findings]
    also = sum(len(a.also) for a in (*plan.actions, *plan.early))
    assert len(shown) == len(set(shown))
    assert len(shown) + also == sum(len(o.findings) for o in done.outcomes)
