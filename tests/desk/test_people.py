"""People: an owner remains, tasks are handed over, other companies are not touched; invitations; shops; what a role is shown."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.desk.conftest import PASSWORD, Cast, week_file
from zhanggui.checks import Check, load
from zhanggui.desk import access, checking, deciding, importing, inviting, members, people
from zhanggui.desk.access import LEADS, Forbidden, NoSuchShop
from zhanggui.desk.models import Change, Invitation, Membership, Shop, Task
from zhanggui.tables import TABLES

END = date(2026, 9, 19)
COSTS, DEALS, ORDERS = (TABLES[n] for n in ("product_cost", "offline_deal", "order_header"))


def in_alpha(cast: Cast, person) -> Membership:
    return Membership.objects.get(person=person, company=cast.shop.company)


def finding(shop: Shop):
    importing.accept(importing.bring(shop, week_file(date(2026, 9, 19)), "Products.csv"))
    checking.check(shop)
    return shop.findings.order_by("pk").first()


def verbs(shop: Shop) -> list[str]:
    return list(Change.objects.filter(company=shop.company).order_by("pk").values_list("verb", flat=True))


# ---- members


def test_a_member_changes_and_it_is_remembered(cast: Cast) -> None:
    bob = in_alpha(cast, cast.bob)
    members.change(cast.shop, bob, role="sales", account=" Bob Chen ", all_buyers=True, person=cast.alice)
    bob.refresh_from_db()
    assert (bob.role, bob.account, bob.all_buyers) == ("sales", "Bob Chen", True)
    told = Change.objects.get(verb="change_member")
    assert (told.subject, told.name, told.before["role"], told.after) == (
        "bob",
        "alice",
        "operator",
        {"role": "sales", "account": "Bob Chen", "all_buyers": True},
    )
    members.change(cast.shop, bob, role="sales", account="Bob Chen", all_buyers=True, person=cast.alice)
    assert verbs(cast.shop) == ["change_member"]


def test_the_last_owner_stays_an_owner(cast: Cast) -> None:
    alice = in_alpha(cast, cast.alice)
    for act in (lambda: members.change(cast.shop, alice, role="reader"), lambda: members.remove(cast.shop, alice)):
        with pytest.raises(members.CannotChange, match="last_owner"):
            act()
    people.add_person("dora", PASSWORD, cast.shop.company, "owner").memberships.update(role="owner")
    members.change(cast.shop, alice, role="reader")
    assert access.role_in(cast.alice, cast.shop) == "reader"


def test_an_owner_who_cannot_sign_in_is_not_the_one_that_remains(cast: Cast) -> None:
    dora = people.add_person("dora", PASSWORD, cast.shop.company, "owner")
    dora.is_active = False
    dora.save()
    with pytest.raises(members.CannotChange, match="last_owner"):
        members.remove(cast.shop, in_alpha(cast, cast.alice))


def test_who_leaves_hands_open_tasks_over_and_keeps_the_name(cast: Cast) -> None:
    second = people.open_further(cast.shop, "Second", person=cast.alice)
    one = finding(cast.shop)
    here, there = deciding.assign([one], cast.bob, person=cast.alice), deciding.assign([finding(second)], cast.bob)
    done = deciding.finish(deciding.assign([one], cast.bob, person=cast.bob), person=cast.bob)
    deciding.dismiss(one, "no", person=cast.bob)
    bob = in_alpha(cast, cast.bob)
    for heir in (None, cast.bob, cast.rita, cast.charlie):  # nobody, himself, one who only reads, a stranger
        with pytest.raises(members.CannotChange, match="heir"):
            members.remove(cast.shop, bob, heir=heir, person=cast.alice)
    assert members.open_tasks(bob) == 2
    assert members.remove(cast.shop, bob, heir=cast.alice, person=cast.alice) == 2
    assert set(Task.objects.filter(assignee=cast.alice)) == {here, there}
    done.refresh_from_db()
    one.refresh_from_db()
    assert (done.assignee, one.decided_by) == (cast.bob, cast.bob)
    assert Change.objects.get(verb="remove_member").after == {"tasks": 2, "tasks_to": "alice"}
    with pytest.raises(NoSuchShop):
        access.shop_for(cast.bob, cast.shop.key)


def test_other_companies_are_not_touched(cast: Cast) -> None:
    people.add_person("bob", PASSWORD, cast.other.company, "operator")
    theirs = deciding.assign([finding(cast.other)], cast.bob)
    members.remove(cast.shop, in_alpha(cast, cast.bob), person=cast.alice)
    theirs.refresh_from_db()
    assert (theirs.assignee, access.role_in(cast.bob, cast.other)) == (cast.bob, "operator")


def test_a_member_of_another_company_is_not_in_reach(cast: Cast) -> None:
    with pytest.raises(LookupError):
        members.remove(cast.shop, cast.charlie.memberships.get(), person=cast.alice)
    with pytest.raises(LookupError):
        members.change(cast.shop, cast.charlie.memberships.get(), role="reader", person=cast.alice)


@pytest.mark.parametrize("name", ["bob", "rita", "charlie"])
def test_only_the_owner_manages_people(cast: Cast, name: str) -> None:
    person = getattr(cast, name)
    for act in (
        lambda: members.remove(cast.shop, in_alpha(cast, cast.rita), person=person),
        lambda: members.change(cast.shop, in_alpha(cast, cast.rita), role="owner", person=person),
        lambda: inviting.invite(cast.shop, "owner", person=person),
        lambda: people.open_further(cast.shop, "Third", person=person),
    ):
        with pytest.raises(Forbidden):
            act()


# ---- invitations


def test_an_invitation_is_kept_as_a_hash_and_works_once(cast: Cast) -> None:
    made, token = inviting.invite(cast.shop, "sales", email="dan@example.com", account="Dan", person=cast.alice)
    assert made.token == hashlib.sha256(token.encode()).hexdigest()
    dan = inviting.accept_anew(token, "dan", PASSWORD, language="en")
    member = in_alpha(cast, dan)
    assert (member.role, member.account, dan.email, dan.language) == ("sales", "Dan", "dan@example.com", "en")
    for again in (lambda: inviting.find(token), lambda: inviting.accept(token, cast.charlie)):
        with pytest.raises(inviting.NoInvitation):
            again()
    assert verbs(cast.shop) == ["invite", "join"]
    assert access.role_in(cast.charlie, cast.shop) == ""


def test_an_invitation_is_over_after_seven_days_or_when_taken_back(cast: Cast) -> None:
    old, old_token = inviting.invite(cast.shop, "reader", person=cast.alice)
    Invitation.objects.filter(pk=old.pk).update(expires=old.made)
    back, back_token = inviting.invite(cast.shop, "reader", person=cast.alice)
    assert back.expires - back.made == pytest.approx(timedelta(days=7), abs=timedelta(minutes=1))
    inviting.revoke(cast.shop, back, person=cast.alice)
    for token in (old_token, back_token, "made-up"):
        with pytest.raises(inviting.NoInvitation):
            inviting.accept(token, cast.charlie)


def test_who_joins_again_keeps_the_role(cast: Cast) -> None:
    _, token = inviting.invite(cast.shop, "reader", person=cast.alice)
    inviting.accept(token, cast.alice)
    assert access.role_in(cast.alice, cast.shop) == "owner"


def test_a_name_or_password_that_will_not_do_leaves_the_invitation_open(cast: Cast) -> None:
    _, token = inviting.invite(cast.shop, "reader", person=cast.alice)
    for name, password, field in (("Bob", PASSWORD, "username"), ("", PASSWORD, "username"), ("dan", "short", "password")):
        with pytest.raises(ValidationError) as wrong:
            inviting.accept_anew(token, name, password)
        assert list(wrong.value.error_dict) == [field]
    assert inviting.accept_anew(token, "dan", PASSWORD).username == "dan"


def test_an_owner_who_goes_leaves_no_way_back_in(cast: Cast) -> None:
    people.add_person("dora", PASSWORD, cast.shop.company, "owner")
    _, token = inviting.invite(cast.shop, "owner", person=cast.alice)
    members.remove(cast.shop, in_alpha(cast, cast.alice))
    with pytest.raises(inviting.NoInvitation):
        inviting.accept(token, cast.alice)


# ---- shops


def test_a_further_shop_is_the_companys_own(cast: Cast) -> None:
    made = people.open_further(cast.shop, "Beta", person=cast.alice)  # a name that another company's shop has
    assert (made.company, made.pk == cast.other.pk) == (cast.shop.company, False)
    assert access.role_in(cast.bob, made) == "operator"
    with pytest.raises(NoSuchShop):
        access.shop_for(cast.charlie, made.key)
    assert people.open_further(cast.shop, "灯具店", person=cast.alice).key.startswith("shop-")


def test_a_shop_changes_and_it_is_remembered(cast: Cast) -> None:
    people.change_shop(cast.shop, name="New", languages=["es", "en"], time_zone="Europe/Berlin", person=cast.alice)
    cast.shop.refresh_from_db()
    assert (cast.shop.name, cast.shop.languages, cast.shop.time_zone) == ("New", ["en", "es"], "Europe/Berlin")
    assert Change.objects.get(verb="change_shop").before == {"name": "Alpha", "languages": [], "time_zone": "Asia/Shanghai"}
    for field, values in (("name", {"name": " "}), ("time_zone", {"time_zone": "Mars"}), ("languages", {"languages": ["xx"]})):
        with pytest.raises(ValueError, match=field):
            people.change_shop(cast.shop, **{"name": "New"} | values)
    with pytest.raises(Forbidden):
        people.change_shop(cast.shop, name="Mine", person=cast.bob)


# ---- what a role is shown


def sight(role: str, table, **more) -> access.Sight:
    return access.sight(Membership(role=role, **more), table)


def test_money_is_shown_by_role() -> None:
    assert {r for r in access.EVERYONE if sight(r, COSTS).whole} == {"owner", "manager", "supply"}
    assert {r for r in access.EVERYONE if not sight(r, ORDERS).hidden} == access.EVERYONE - {"designer", "reader"}
    assert sight("reader", COSTS).hidden == {"unit_cost"}


def test_sales_are_shown_their_own_rows() -> None:
    row = {"salesperson": "Bob Chen"}
    assert sight("sales", DEALS, account="Bob Chen").shows(row, DEALS)
    assert not sight("sales", DEALS, account="Dan").shows(row, DEALS)
    assert sight("sales", DEALS, account="Dan", all_buyers=True).shows(row, DEALS)
    assert not sight("sales", DEALS).shows(row | {"salesperson": ""}, DEALS)
    assert sight("manager", DEALS).shows(row, DEALS)


def test_a_figure_of_hidden_money_is_hidden() -> None:
    def sees(role: str, column: str) -> bool:
        return access.sees_figure(Membership(role=role), "ads.words", column, {})

    assert (sees("operator", "cost"), sees("reader", "cost"), sees("reader", "cpc"), sees("reader", "clicks")) == (
        True,
        False,
        False,
        True,
    )


TRADE, SHARE, UNNAMED = "21100066", "21100021", "99"  # 近60天站外交易额, 商机转化率, a code that the rulebook does not name
WITHOUT_TURNOVER = {"designer", "reader"}


def test_trade_on_the_star_page_is_money_and_what_is_not_named_is_kept_like_it() -> None:
    def seen_by(column: str, **key: str) -> set[str]:
        return {r for r in access.EVERYONE if access.sees_figure(Membership(role=r), "star.standing", column, key)}

    for column in ("value", "next_average", "gap", "reached"):
        for key in ({"code": TRADE}, {"code": UNNAMED}, {}):
            assert seen_by(column, **key) == access.EVERYONE - WITHOUT_TURNOVER
        assert seen_by(column, code=SHARE) == access.EVERYONE
    assert seen_by("power_score", code=TRADE) == access.EVERYONE


@pytest.mark.parametrize("role", ["owner", "reader"])
def test_findings_about_trade_on_the_star_page_are_hidden_with_it(cast: Cast, role: str) -> None:
    days = dict.fromkeys(("first_seen", "last_seen", "changed_on"), END)
    by_indicator = ("ST02", "ST03", "ST06", "ST09", "ST13")
    stars = {code: load()[code] for code in ("ST01", *by_indicator)}
    for code in stars:
        for indicator in (TRADE, SHARE, UNNAMED):
            key = {"track": "rts", "code": indicator, "power": "商品力"}
            cast.shop.findings.create(code=code, fingerprint=f"{code} {indicator}", key=key, **days)
    member = Membership(role=role)
    asked = cast.shop.findings.filter(access.shown_findings(member, stars.values()))
    shown = {f.fingerprint for f in asked}
    assert shown == {f.fingerprint for f in cast.shop.findings.all() if access.sees_finding(member, stars[f.code], f.key)}
    hidden = {f"{code} {one}" for code in by_indicator for one in (TRADE, UNNAMED)} if role == "reader" else set()
    assert {f"{code} {one}" for code in stars for one in (TRADE, SHARE, UNNAMED)} - shown == hidden


MONEY = re.compile(r"元|花费|CNY|spend", re.I)
COSTLY = [c for c in load().values() if c.subject == "ads" and MONEY.search(f"{c.words['says']} {c.words.get('unsure')}")]


@pytest.mark.parametrize("check", COSTLY, ids=lambda c: c.code)
def test_a_finding_of_advertising_that_says_money_is_hidden_with_it(check: Check) -> None:
    key = dict.fromkeys(check.key, "1")
    shown = {role for role in access.EVERYONE if access.sees_finding(Membership(role=role), check, key)}
    assert (shown & WITHOUT_TURNOVER, LEADS - shown) == (set(), set())
