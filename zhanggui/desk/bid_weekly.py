"""Verbs about the draft of bids that the worker makes each week, where somebody has switched that on. It never approves one."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from zhanggui.desk import bidding
from zhanggui.desk.access import demand
from zhanggui.desk.bid_reports import in_force
from zhanggui.desk.history import remember
from zhanggui.desk.models import BidSheet, Person, Shop
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import newest_bids
from zhanggui.plans.bid_budget import day_budget
from zhanggui.plans.bid_plan import BidSettings, Reading, bid_plan

DAYS = 7


@transaction.atomic
def switch(shop: Shop, on: bool, *, person: Person | None = None) -> None:
    """Whether a draft is made each week."""
    demand(person, "spend", shop)
    before = {"weekly": shop.bid_weekly}
    shop.bid_weekly = on
    shop.save(update_fields=["bid_weekly"])
    remember("switch_bids", "bids", about=shop, person=person, before=before, after={"weekly": on})


def draft_if_due(shop: Shop, snapshot: Snapshot, late: int) -> BidSheet | None:
    """A draft within the known budget, if it is wanted, no sheet is of the last week and no draft of the worker's own waits for a
    person; None where nothing would change. `late`: days until a report is there."""
    recent = Q(day__gt=snapshot.day - timedelta(days=DAYS)) | Q(state="draft", made_by=None)
    if not shop.bid_weekly or shop.bid_sheets.filter(recent).exists():
        return None
    budget = day_budget(snapshot)
    entered = in_force(shop, newest_bids(snapshot))
    money = float(budget.amount) if budget else None
    plan = bid_plan(snapshot, money, BidSettings(bidding.steering(shop), Reading(late=late)), in_force=entered)
    if not plan.changes:
        return None
    return bidding.draft(shop, plan, source=budget.source if budget else "", day=snapshot.day)
