"""The rulebook and the settings of checks: shown, tried without writing, changed, taken back to what they were."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.web.test_pages import queries
from zhanggui.checks import load
from zhanggui.desk import checking, people, setting
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Change
from zhanggui.rulebook import LISTS, RULEBOOK
from zhanggui.web.rule_words import SUBJECTS, UNITS, number, typed


def text(answer) -> str:
    return answer.content.decode()


def kinds(answer) -> dict[str, str]:
    """What the preview counts."""
    return dict(re.findall(r'data-kind="(\w+)">([\d,]+)<', text(answer)))


def found(cast, code, **supposed) -> set[str]:
    up = checking.look_at(cast.shop, **supposed)
    return {f.fingerprint for o in up.outcomes if o.check.code == code for f in o.findings}


def test_every_number_and_list_stands_there_with_its_source(cast, as_):
    said = text(as_(cast.rita).get(reverse("rules", args=["shop-a"])))
    for name, one in RULEBOOK.numbers.items():
        assert (name, reverse("rule", args=["shop-a", name]) in said, one.zh in said) == (name, True, True)
    for name in LISTS:
        assert (name, reverse("rule", args=["shop-a", name]) in said) == (name, True)
    assert said.count('<span class="source">') == sum(len(n.sources) for n in (*RULEBOOK.numbers.values(), *LISTS.values()))


def test_units_and_subjects_have_words():
    units = {n.unit for n in (*RULEBOOK.numbers.values(), *LISTS.values())}
    units |= {s["unit"] for c in load().values() for s in c.settings.values()}
    subjects = {n.subject for n in RULEBOOK.numbers.values()} | {c.subject for c in load().values()}
    assert (units - set(UNITS), subjects - set(SUBJECTS)) == (set(), set())


def test_search_and_own_values_only(cast, as_):
    alice = as_(cast.alice)
    setting.change_rule(cast.shop, "no_effect_days", 30, person=cast.alice)

    def seen(**asked):
        answer = text(alice.get(reverse("rules", args=["shop-a"]), asked))
        return {n for n in (*RULEBOOK.numbers, *LISTS) if reverse("rule", args=["shop-a", n]) in answer}

    assert seen(own=1) == {"no_effect_days"}
    assert seen(q="零效果") == {"no_effect_days"}
    assert seen(q="DA04") == {"keyword_export_max_rows"}
    assert seen(q="no such rule") == set()


def test_a_trial_counts_what_two_check_ups_say_and_writes_nothing(cast, as_):
    """The real limit is 500 words; the shop's list has three."""
    before, after = found(cast, "DA04"), found(cast, "DA04", what_if={"keyword_export_max_rows": 3})
    assert (len(before), len(after)) == (0, 1)
    day = platform_today().isoformat()
    url, form = reverse("rule_try", args=["shop-a", "keyword_export_max_rows"]), {"value": "3", "since": day}
    answer = as_(cast.alice).post(url, form)
    assert (answer.status_code, kinds(answer)) == (200, {"appear": "1", "vanish": "0", "change": "0"})
    assert load()["DA04"].words["title"]["zh"] in text(answer)
    assert (cast.shop.rule_overrides.count(), Change.objects.filter(verb="change_rule").count()) == (0, 0)
    saved = as_(cast.alice).post(reverse("rule", args=["shop-a", "keyword_export_max_rows"]), form | {"reason": "short"})
    assert saved.status_code == 302
    row = cast.shop.rule_overrides.get()
    assert (row.value, row.reason, row.person) == (3, "short", cast.alice)
    assert found(cast, "DA04") == after
    back = as_(cast.alice).post(url, {"verb": "drop"})
    assert kinds(back) == {"appear": "0", "vanish": "1", "change": "0"}
    as_(cast.alice).post(reverse("rule", args=["shop-a", "keyword_export_max_rows"]), {"verb": "drop"})
    assert (cast.shop.rule_overrides.count(), found(cast, "DA04")) == (0, before)


def test_a_later_day_is_supposed_to_be_today(cast, as_):
    url = reverse("rule_try", args=["shop-a", "keyword_export_max_rows"])
    answer = as_(cast.alice).post(url, {"value": "3", "since": "2099-01-01"})
    assert kinds(answer)["appear"] == "1"
    assert "这里假设今天就用它" in text(answer)


def test_an_older_day_leaves_the_newer_own_value(cast, as_):
    setting.change_rule(cast.shop, "keyword_export_max_rows", 500, person=cast.alice)
    url = reverse("rule_try", args=["shop-a", "keyword_export_max_rows"])
    assert kinds(as_(cast.alice).post(url, {"value": "3", "since": "2026-01-01"}))["appear"] == "0"


@pytest.mark.parametrize("value", ["6", "366", "abc", "", "nan", "inf", "-1e999"])
def test_a_value_outside_its_range_is_said_at_its_field(cast, as_, value):
    for name in ("rule_try", "rule"):
        url = reverse(name, args=["shop-a", "no_effect_days"])
        answer = as_(cast.alice).post(url, {"value": value, "since": "2026-09-01"})
        assert answer.status_code == 422
        assert '<span class="wrong">请填 7–365 之间的数（天）。</span>' in text(answer)
        assert 'class="trial"' not in text(answer)
    assert cast.shop.rule_overrides.count() == 0
    smooth = as_(cast.alice).post(url, {"value": value, "since": "2026-09-01"}, headers={"HX-Request": "true"})
    assert smooth.status_code == 200  # htmx shows no other


def test_what_only_the_shop_can_tell_is_not_known_until_it_has(cast, as_):
    alice, rules, one = as_(cast.alice), reverse("rules", args=["shop-a"]), reverse("rule", args=["shop-a", "premium_on_top"])
    assert "还没有人填" in text(alice.get(rules, {"q": "premium_on_top"}))
    assert '<p class="value"><strong>—</strong>' in text(alice.get(one))
    half = alice.post(one, {"value": "0.5", "since": "2026-09-01"})
    assert (half.status_code, '<span class="wrong">请填 0 或 1。</span>' in text(half)) == (422, True)
    assert alice.post(one, {"value": "0", "since": "2026-09-01"}).status_code == 302
    assert "还没有人填" not in text(alice.get(rules, {"q": "premium_on_top"}))
    assert '<p class="value"><strong>0</strong>' in text(alice.get(one))


def test_a_day_that_is_none_is_said_at_its_field(cast, as_):
    answer = as_(cast.alice).post(reverse("rule", args=["shop-a", "no_effect_days"]), {"value": "30", "since": "soon"})
    assert (answer.status_code, "请选一个日子" in text(answer), cast.shop.rule_overrides.count()) == (422, True, 0)


def test_the_timeline_tells_who_and_why_even_when_they_are_gone(cast, as_):
    carol = people.add_person("carol", "a long password", cast.shop.company, "manager")
    setting.change_rule(cast.shop, "no_effect_days", 30, reason="peak season", person=carol)
    carol.delete()
    said = text(as_(cast.alice).get(reverse("rule", args=["shop-a", "no_effect_days"])))
    assert ("carol" in said, "peak season" in said) == (True, True)


def test_a_setting_is_tried_changed_and_taken_back(cast, as_):
    before = found(cast, "TR01")
    after = found(cast, "TR01", settings_if={"TR01": {"share": 0.05, "min_clicks": 1}})
    setting.change_setting(cast.shop, "TR01", "min_clicks", 1, person=cast.alice)
    only = found(cast, "TR01")
    alice, address = as_(cast.alice), ["shop-a", "TR01", "share"]
    answer = alice.post(reverse("check_setting_try", args=address), {"value": "0.05"})
    appear, vanish = len(after - only), len(only - after)
    assert (kinds(answer)["appear"], kinds(answer)["vanish"]) == (str(appear), str(vanish))
    assert after != before
    assert "share" not in checking.own_settings(cast.shop)["TR01"]
    assert alice.post(reverse("check_setting", args=address), {"value": "0.05"}).status_code == 302
    assert found(cast, "TR01") == after
    alice.post(reverse("check_setting", args=address), {"verb": "drop"})
    assert checking.own_settings(cast.shop) == {"TR01": {"min_clicks": 1}}


@pytest.mark.parametrize(
    ("code", "name", "value", "says"),
    [
        ("TR01", "share", "2", "请填 0.000001–1 之间的数"),
        ("TR01", "share", "much", "请填 0.000001–1 之间的数"),
        ("TR01", "days", "2.5", "请填 1–3660 之间的整数"),
        ("TR01", "days", "0", "请填 1–3660 之间的整数"),
    ],
)
def test_a_setting_that_does_not_fit(cast, as_, code, name, value, says):
    for view in ("check_setting", "check_setting_try"):
        answer = as_(cast.alice).post(reverse(view, args=["shop-a", code, name]), {"value": value})
        assert (answer.status_code, says in text(answer)) == (422, True)
    assert checking.own_settings(cast.shop) == {}


def test_a_list_is_one_name_a_line(cast, as_):
    address = ["shop-a", "KW03", "own_brands"]
    answer = as_(cast.alice).post(reverse("check_setting_try", args=address), {"value": "nike\r\n\r\n nike \r\nacme"})
    assert int(kinds(answer)["vanish"]) == len(found(cast, "KW03")) > 0
    as_(cast.alice).post(reverse("check_setting", args=address), {"value": "nike\r\n\r\n nike \r\nacme"})
    assert checking.own_settings(cast.shop) == {"KW03": {"own_brands": ["nike", "acme"]}}


def test_settings_with_own_values_only(cast, as_):
    setting.change_setting(cast.shop, "TR01", "share", 0.1, person=cast.alice)
    said = text(as_(cast.rita).get(reverse("check_settings", args=["shop-a"]), {"own": 1}))
    assert re.findall(r"/rules/checks/(\w+)/(\w+)/", said) == [("TR01", "share")]


@pytest.mark.parametrize("who", ["bob", "rita"])
def test_who_does_not_lead_reads_only(cast, as_, who):
    browser = as_(getattr(cast, who))
    for view, address in (("rule", ["no_effect_days"]), ("check_setting", ["TR01", "share"])):
        said = text(browser.get(reverse(view, args=["shop-a", *address])))
        assert ('name="value"' in said, reverse("history", args=["shop-a"]) in said) == (False, False)
        for name in (view, f"{view}_try"):
            assert browser.post(reverse(name, args=["shop-a", *address]), {"value": "30"}).status_code == 403


@pytest.mark.parametrize("path", ["rules/no_such/", "rules/checks/XX01/days/", "rules/checks/TR01/no_such/"])
def test_what_does_not_exist(cast, as_, path):
    assert as_(cast.alice).get(f"/s/shop-a/{path}").status_code == 404


def test_numbers_as_they_are_typed():
    assert [typed(x) for x in (1e6, 0.000001, 90.0, 1.5, 3660)] == ["1000000", "0.000001", "90", "1.5", "3660"]
    assert [number(x) for x in ("1,000", " 1.5 ", "１２", "x", "nan", "")] == [1000, 1.5, 12, None, None, None]


def test_the_same_number_of_queries(cast, as_):
    alice, counts = as_(cast.alice), []
    for n in (1, 3, 9):
        for name, one in list(RULEBOOK.numbers.items())[:n]:
            setting.change_rule(cast.shop, name, one.low, person=cast.alice)
        counts.append([queries(alice, reverse(v, args=["shop-a"])) for v in ("rules", "check_settings")])
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 12
