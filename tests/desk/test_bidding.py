"""A bid sheet from draft to revert: who may, what is remembered, and that a revert restores every bid to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.bids import key, proposal, report
from tests.desk.conftest import Cast
from zhanggui.desk import bidding, checking, importing
from zhanggui.desk.access import Forbidden
from zhanggui.desk.bid_reports import backs, changes, mark, moved, seen
from zhanggui.desk.bidding import CannotBid, Wish
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidSheet, Person
from zhanggui.measures.ads import newest_bids

BIDS = {key(1): "1.2345", key(2): "0.80", key(3): "3.10"}
FRESH = count(1000)  # no file is like one before it
PLAN = {key(1): (1.2345, 1.5), key(2): (0.8, 0.6), key(3): (3.1, 0.0)}


def brought(cast: Cast, bids: dict, end: date, days: int = 1) -> None:
    assert importing.take(cast.shop, report(bids, end, days), f"{end}.csv").state == "accepted"


@pytest.fixture
def drafted(cast: Cast) -> BidSheet:
    brought(cast, BIDS, platform_today() - timedelta(days=2), 3)
    return bidding.draft(cast.shop, proposal(PLAN), reason="Monday", person=cast.bob)


def approved(cast: Cast, sheet: BidSheet, **more: object) -> BidSheet:
    sheet.refresh_from_db()
    return bidding.approve(sheet, version=sheet.version, person=cast.alice, **more)  # type: ignore[arg-type]


def lines(sheet: BidSheet) -> dict[tuple[str, str, str], tuple[Decimal, Decimal]]:
    return {(one.plan, one.ad_group, one.word): (one.before, one.after) for one in changes(sheet)}


def told(sheet: BidSheet) -> list[tuple[str, str, dict, dict]]:
    found = sheet.shop.changes.filter(subject=bidding.subject(sheet)).order_by("pk")
    return [(c.verb, c.name, c.before, c.after) for c in found]


def test_the_bids_of_before_are_the_reports_own(drafted: BidSheet) -> None:
    assert lines(drafted) == {
        key(1): (Decimal("1.2345"), Decimal("1.50")),
        key(2): (Decimal("0.80"), Decimal("0.60")),
        key(3): (Decimal("3.10"), Decimal("0.00")),
    }
    assert (drafted.state, drafted.budget, drafted.outlook["kept"]) == ("draft", Decimal("300.00"), 7)
    assert told(drafted) == [("draft_bids", "bob", {}, {"state": "draft", "bids": 3, "reason": "Monday"})]


def test_from_draft_to_revert(cast: Cast, drafted: BidSheet) -> None:
    bidding.edit(drafted, [Wish(key(2), Decimal("0.70"), True), Wish(key(3), Decimal("0"), False)], person=cast.bob)
    approved(cast, drafted, note="go")
    drafted.refresh_from_db()
    bidding.apply(drafted, note="entered", person=cast.bob)
    drafted.refresh_from_db()
    back = bidding.revert(drafted, reason="no leads came", person=cast.alice)
    assert lines(back) == {
        key(1): (Decimal("1.50"), Decimal("1.2345")),
        key(2): (Decimal("0.70"), Decimal("0.80")),
    }
    drafted.refresh_from_db()
    assert (drafted.state, back.state, back.reverts_id) == ("reverted", "approved", drafted.pk)
    assert told(drafted) == [
        ("draft_bids", "bob", {}, {"state": "draft", "bids": 3, "reason": "Monday"}),
        (
            "edit_bids",
            "bob",
            {"bids": {"canvas shoe 2 · Group 1 · Plan A": "0.6", "canvas shoe 3 · Group 1 · Plan A": "0"}},
            {"bids": {"canvas shoe 2 · Group 1 · Plan A": "0.7", "canvas shoe 3 · Group 1 · Plan A": "—"}},
        ),
        ("approve_bids", "alice", {"state": "draft"}, {"state": "approved", "note": "go"}),
        ("apply_bids", "bob", {"state": "approved"}, {"state": "applied", "note": "entered"}),
        ("revert_bids", "alice", {"state": "applied"}, {"state": "reverted", "note": "no leads came"}),
    ]
    assert [one[:2] for one in told(back)] == [("draft_bids", "alice"), ("approve_bids", "alice")]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bids=st.lists(st.decimals("0.0001", "99999.9999", places=4), min_size=1, max_size=6),
    after=st.floats(0, 9999, allow_subnormal=False),
)
def test_any_bid_comes_back_exactly(cast: Cast, bids: list[Decimal], after: float) -> None:
    """Whatever the digits, the sheet that reverts holds those of the report, and its own revert the sheet's again."""
    held = report({key(n): str(b) for n, b in enumerate(bids)}, platform_today() - timedelta(days=2), exposures=next(FRESH))
    assert importing.take(cast.shop, held, "held.csv").state == "accepted"
    sheet = bidding.draft(cast.shop, proposal({key(n): (float(b), after) for n, b in enumerate(bids)}))
    forth = lines(sheet)
    if not forth:
        return
    approved(cast, sheet, confirmed=[key(n) for n in range(6)])
    bidding.apply(sheet)
    sheet.refresh_from_db()
    back = bidding.revert(sheet, reason="back", person=cast.alice)
    assert lines(back) == {k: (new, old) for k, (old, new) in forth.items()}
    assert {k: new for k, (_, new) in lines(back).items()} == {key(n): b for n, b in enumerate(bids) if key(n) in forth}
    bidding.apply(back)
    back.refresh_from_db()
    again = bidding.revert(back, reason="forth again", person=cast.alice)
    assert lines(again) == forth
    for one in (sheet, back, again):
        one.delete()


STEPS: list[tuple[str, Callable[[BidSheet, Person], object]]] = [
    ("spend", lambda s, p: bidding.approve(s, version=s.version, person=p)),
    ("spend", lambda s, p: bidding.revert(s, reason="why", person=p)),
    ("draft", lambda s, p: bidding.draft(s.shop, proposal(PLAN), person=p)),
    ("draft", lambda s, p: bidding.edit(s, [], person=p)),
    ("draft", lambda s, p: bidding.apply(s, person=p)),
    ("draft", lambda s, p: bidding.discard(s, reason="why", person=p)),
    ("draft", lambda s, p: bidding.reopen(s, person=p)),
    ("draft", lambda s, p: bidding.set_columns(s.shop, [], person=p)),
]


@pytest.mark.parametrize(("needs", "step"), STEPS)
def test_who_may(cast: Cast, drafted: BidSheet, needs: str, step: Callable) -> None:
    for person in (cast.rita, cast.charlie, *([cast.bob] if needs == "spend" else [])):
        with pytest.raises(Forbidden):
            step(drafted, person)
    assert len(told(drafted)) == 1


def test_an_approved_sheet_is_withdrawn_only_by_who_may_spend(cast: Cast, drafted: BidSheet) -> None:
    approved(cast, drafted)
    with pytest.raises(Forbidden):
        bidding.discard(drafted, reason="why", person=cast.bob)
    bidding.discard(drafted, reason="why", person=cast.alice)
    drafted.refresh_from_db()
    assert drafted.state == "discarded"
    bidding.reopen(drafted, person=cast.bob)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.approved_on) == ("draft", None)


def test_no_step_out_of_its_turn(cast: Cast, drafted: BidSheet) -> None:
    for step in (
        lambda: bidding.apply(drafted),
        lambda: bidding.revert(drafted, reason="x"),
        lambda: bidding.reopen(drafted),
        lambda: bidding.approve(drafted, version=0),
        lambda: bidding.discard(drafted, reason=" "),
    ):
        with pytest.raises(CannotBid):
            step()
    approved(cast, drafted)
    for step in (lambda: bidding.edit(drafted, []), lambda: bidding.approve(drafted, version=drafted.version)):
        with pytest.raises(CannotBid, match="state"):
            step()
    assert [verb for verb, *_ in told(drafted)] == ["draft_bids", "approve_bids"]


def test_nothing_to_change_is_not_approved(cast: Cast, drafted: BidSheet) -> None:
    bidding.edit(drafted, [Wish(k, Decimal("0.5"), False) for k in BIDS])
    with pytest.raises(CannotBid, match="changes"):
        approved(cast, drafted)
    with pytest.raises(CannotBid, match="changes"):
        bidding.draft(cast.shop, proposal({}))


@pytest.mark.parametrize(
    ("key_", "after", "says"), [(key(9), "1", "word"), (key(1), "-0.01", "bid"), (key(1), "100000", "bid")]
)
def test_a_bad_wish_writes_nothing(drafted: BidSheet, key_: tuple, after: str, says: str) -> None:
    before = lines(drafted)
    with pytest.raises(CannotBid, match=says):
        bidding.edit(drafted, [Wish(key(2), Decimal("0.71"), True), Wish(key_, Decimal(after), True)])
    assert lines(drafted) == before


def test_what_somebody_else_changed_meanwhile_stays_theirs(cast: Cast, drafted: BidSheet) -> None:
    seen_then = (Decimal("0.60"), True)
    bidding.edit(drafted, [Wish(key(2), Decimal("0.65"), True, seen_then)], person=cast.bob)
    edited = bidding.edit(
        drafted,
        [Wish(key(2), Decimal("0.55"), True, seen_then), Wish(key(1), Decimal("1.40"), True, (Decimal("1.50"), True))],
        person=cast.alice,
    )
    assert (edited.changed, edited.stale) == (1, (key(2),))
    assert lines(drafted)[key(2)] == (Decimal("0.80"), Decimal("0.65"))
    untouched = bidding.edit(drafted, [Wish(key(2), *seen_then, seen_then)], person=cast.alice)
    assert (untouched.changed, untouched.stale) == (0, ())


def test_nobody_approves_what_they_have_not_seen(cast: Cast, drafted: BidSheet) -> None:
    version = drafted.version
    bidding.edit(drafted, [Wish(key(1), Decimal("9"), True)], person=cast.bob)
    with pytest.raises(CannotBid, match="version"):
        bidding.approve(drafted, version=version, person=cast.alice)


def test_a_bid_that_moved_since_the_draft_is_confirmed_and_becomes_the_bid_of_before(cast: Cast, drafted: BidSheet) -> None:
    brought(cast, BIDS | {key(2): "0.90"}, platform_today() - timedelta(days=1))
    assert [(m.line.word, m.bid, m.since) for m in moved(drafted)] == [
        ("canvas shoe 2", Decimal("0.90"), platform_today() - timedelta(days=1))
    ]
    with pytest.raises(CannotBid, match="moved"):
        approved(cast, drafted)
    approved(cast, drafted, confirmed=[key(2)])
    assert lines(drafted)[key(2)] == (Decimal("0.90"), Decimal("0.60"))


def test_another_sheet_that_no_report_shows_yet_is_known(cast: Cast, drafted: BidSheet) -> None:
    other = bidding.draft(cast.shop, proposal({key(1): (1.2345, 1.9)}))
    approved(cast, other)
    assert [(m.bid, m.since) for m in moved(drafted)] == [(Decimal("1.90"), other)]


def test_words_that_were_changed_since_are_restored_only_where_confirmed(cast: Cast, drafted: BidSheet) -> None:
    approved(cast, drafted)
    bidding.apply(drafted)
    drafted.refresh_from_db()
    BidSheet.objects.filter(pk=drafted.pk).update(
        applied_on=platform_today() - timedelta(days=3), approved_on=platform_today() - timedelta(days=3)
    )
    drafted.refresh_from_db()
    brought(cast, {key(1): "1.50", key(2): "0.33", key(3): "0.0000"}, platform_today() - timedelta(days=1))
    later = bidding.draft(cast.shop, proposal({key(3): (0.0, 2.0)}))
    approved(cast, later)
    assert {m.line.word: (m.bid, m.since) for m in moved(drafted)} == {
        "canvas shoe 2": (Decimal("0.33"), platform_today() - timedelta(days=1)),
        "canvas shoe 3": (Decimal("2.00"), later),
    }
    back = bidding.revert(drafted, confirmed=[key(2)], reason="back", person=cast.alice)
    assert lines(back) == {
        key(1): (Decimal("1.50"), Decimal("1.2345")),
        key(2): (Decimal("0.33"), Decimal("0.80")),
    }


def test_a_revert_that_is_discarded_leaves_the_sheet_applied(cast: Cast, drafted: BidSheet) -> None:
    approved(cast, drafted)
    bidding.apply(drafted)
    drafted.refresh_from_db()
    back = bidding.revert(drafted, reason="back")
    bidding.discard(back, reason="no, wait", person=cast.alice)
    drafted.refresh_from_db()
    assert drafted.state == "applied"
    with pytest.raises(CannotBid, match="state"):
        bidding.reopen(back)
    bidding.revert(drafted, reason="after all", person=cast.alice)


def test_the_report_says_when_the_bids_are_entered(cast: Cast, drafted: BidSheet) -> None:
    approved(cast, drafted)
    BidSheet.objects.filter(pk=drafted.pk).update(approved_on=platform_today() - timedelta(days=1))
    drafted.refresh_from_db()
    snapshot = facts_of(cast.shop).snapshot(platform_today())
    assert seen(drafted, newest_bids(snapshot)) == (0, 0)  # the reports are older than the approval
    day = platform_today() - timedelta(days=1)
    brought(cast, {key(1): "1.50", key(2): "0.80", key(3): "0"}, day)
    assert seen(drafted, newest_bids(facts_of(cast.shop).snapshot(platform_today()))) == (2, 3)
    checking.check(cast.shop)
    drafted.refresh_from_db()
    assert drafted.state == "approved"
    brought(cast, {key(1): "1.50", key(2): "0.60", key(3): "0"}, day)
    checking.check(cast.shop)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.applied_on) == ("applied", day)
    assert told(drafted)[-1] == ("see_bids", "", {"state": "approved"}, {"state": "applied"})


def test_an_edit_of_many_words_is_counted(cast: Cast) -> None:
    many = {key(n): (1.0, 1.5) for n in range(60)}
    brought(cast, dict.fromkeys(many, "1.00"), platform_today() - timedelta(days=2))
    sheet = bidding.draft(cast.shop, proposal(many))
    assert bidding.edit(sheet, [Wish(k, Decimal("1.20"), True) for k in many]).changed == 60
    assert told(sheet)[-1] == ("edit_bids", "", {}, {"changed": 60})


def test_columns_are_the_shops_own(cast: Cast) -> None:
    bidding.set_columns(cast.shop, [("word", "Keyword"), ("after", "Max. CPC")], person=cast.bob)
    cast.shop.refresh_from_db()
    assert cast.shop.bid_columns == [["word", "Keyword"], ["after", "Max. CPC"]]
    change = cast.shop.changes.get(verb="set_bid_columns")
    assert change.after == {"columns": {"word": "Keyword", "after": "Max. CPC"}}


TODAY = platform_today()


def entered(cast: Cast, sheet: BidSheet, **more: object) -> BidSheet:
    approved(cast, sheet, **more)
    bidding.apply(sheet, person=cast.bob)
    sheet.refresh_from_db()
    return sheet


def test_a_late_report_of_another_bid_before_is_asked_about(cast: Cast, drafted: BidSheet) -> None:
    entered(cast, drafted)
    brought(cast, BIDS | {key(1): "2.00"}, TODAY - timedelta(days=1))
    assert [(b.line.word, b.now, b.to, b.other) for b in backs(drafted) if b.asks] == [
        ("canvas shoe 1", Decimal("1.50"), Decimal("2.00"), TODAY - timedelta(days=1))
    ]
    some = bidding.revert(drafted, reason="back", person=cast.alice)
    assert set(lines(some)) == {key(2), key(3)}
    drafted.refresh_from_db()
    assert drafted.state == "applied"
    rest = bidding.revert(drafted, confirmed=[key(1)], reason="that too", person=cast.alice)
    assert lines(rest) == {key(1): (Decimal("1.50"), Decimal("2.00"))}
    drafted.refresh_from_db()
    assert drafted.state == "reverted"


def test_bids_that_were_entered_before_somebody_said_so_are_no_bids_of_before(cast: Cast, drafted: BidSheet) -> None:
    entered(cast, drafted)
    BidSheet.objects.update(approved_on=TODAY - timedelta(days=1))
    brought(cast, {k: str(after) for k, (_, after) in PLAN.items()}, TODAY - timedelta(days=1))
    drafted.refresh_from_db()
    assert [b.asks for b in backs(drafted)] == [False] * 3


def test_a_sheet_that_was_never_entered_is_no_bid_of_before(cast: Cast, drafted: BidSheet) -> None:
    other = bidding.draft(cast.shop, proposal({key(1): (1.2345, 1.8)}))
    approved(cast, drafted)
    entered(cast, other, confirmed=[key(1)])
    bidding.discard(drafted, reason="never entered", person=cast.alice)
    assert lines(bidding.revert(other, reason="back", person=cast.alice)) == {key(1): (Decimal("1.80"), Decimal("1.2345"))}


def test_one_that_was_entered_after_all_is_asked_about(cast: Cast, drafted: BidSheet) -> None:
    other = bidding.draft(cast.shop, proposal({key(1): (1.2345, 1.8)}))
    approved(cast, drafted)
    approved(cast, other, confirmed=[key(1)])
    for one in (drafted, other):
        bidding.apply(one, person=cast.bob)
    other.refresh_from_db()
    assert [(b.to, b.other) for b in backs(other)] == [(Decimal("1.50"), drafted)]


def test_sheets_of_one_day_come_in_the_order_of_their_approval(cast: Cast, drafted: BidSheet) -> None:
    later = bidding.draft(cast.shop, proposal({key(1): (1.2345, 1.9)}))
    entered(cast, later)
    entered(cast, drafted, confirmed=[key(1)])
    assert lines(drafted)[key(1)] == (Decimal("1.90"), Decimal("1.50"))
    assert moved(drafted) == []
    assert [(m.bid, m.since) for m in moved(later)] == [(Decimal("1.50"), drafted)]
    assert lines(bidding.revert(drafted, reason="back", person=cast.alice))[key(1)] == (Decimal("1.50"), Decimal("1.90"))


def test_nothing_is_reverted_or_confirmed_that_was_not_shown(cast: Cast, drafted: BidSheet) -> None:
    brought(cast, BIDS | {key(1): "1.90"}, TODAY - timedelta(days=1))
    shown = mark(moved(drafted))
    brought(cast, BIDS | {key(1): "9.00"}, TODAY)
    with pytest.raises(CannotBid, match="moved"):
        approved(cast, drafted, confirmed=[key(1)], shown=shown)
    entered(cast, drafted, confirmed=[key(1)], shown=mark(moved(drafted)))
    with pytest.raises(CannotBid, match="other_bids"):
        bidding.revert(drafted, shown="", reason="back")


def test_the_first_day_that_shows_every_new_bid_is_that_of_the_entry(cast: Cast, drafted: BidSheet) -> None:
    approved(cast, drafted)
    BidSheet.objects.update(approved_on=TODAY - timedelta(days=20))
    new = {k: str(after) for k, (_, after) in PLAN.items()}
    brought(cast, new | {key(1): "1.2345"}, TODAY - timedelta(days=18), 3)
    brought(cast, new, TODAY - timedelta(days=2), 16)
    checking.check(cast.shop)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.applied_on) == ("applied", TODAY - timedelta(days=17))
