"""Decisions: who, which shop, what was accepted, what was found, what is done about it. Facts are not here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

FINDING_STATES = ("new", "ongoing", "resolved", "regressed")
IMPORT_STATES = ("reading", "waiting", "working", "accepted", "duplicate", "undone", "refused", "cancelled")
TASK_STATES = ("open", "done", "dropped")
BID_STATES = ("draft", "approved", "applied", "reverted", "discarded")


class Person(AbstractUser):
    """Somebody who signs in. `language` is zh or en; `currency` is what money is shown in ("": as the report says it, USD, CNY)."""

    language = models.CharField(max_length=8, default="zh")
    currency = models.CharField(max_length=3, default="", blank=True)


class Company(models.Model):
    """An exporter, or one client of an agency. Nothing is ever seen across companies.

    `second_factor`: the roles whose members sign in with a code from the phone as well.
    """

    name = models.CharField(max_length=200)
    second_factor: Any = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person is in a company. Roles are open: owner, manager, operator, sales, merchandiser, designer, supply, reader.

    `account` is the name under which the person stands in reports (业务员, 子账号); `all_buyers`: sees the others' buyers too.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    account = models.CharField(max_length=100, blank=True, default="")
    all_buyers = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "company"], name="one_role_per_company")]


class Invitation(models.Model):
    """Somebody is asked to join a company. `token` is the SHA-256 of what the link holds; the link itself is kept nowhere."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=40)
    account = models.CharField(max_length=100, blank=True, default="")
    token = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations_made")
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations_taken")
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]


class Shop(models.Model):
    """A store on Alibaba.com. `key` names its folder of facts. `demo` marks a made-up shop, everywhere.

    `time_zone` is the people's own; the platform's day is the same for all. `languages`: those of the shop's titles.
    `bid_columns`: how the Excel file of a bid sheet is to look, as [column, its header] in order; [] is the usual way.
    `bid_limits`: the shop's own values of `plans.bid_day.Steering`, by name; `bid_weekly`: a draft of bids is made each week.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="shops")
    key = models.CharField(max_length=64, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]{0,63}$")])
    name = models.CharField(max_length=200)
    demo = models.BooleanField(default=False)
    industry = models.CharField(max_length=200, blank=True, default="")
    languages: Any = models.JSONField(default=list, blank=True)
    bid_columns: Any = models.JSONField(default=list, blank=True)
    bid_limits: Any = models.JSONField(default=dict, blank=True)
    bid_weekly = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    created = models.DateTimeField(auto_now_add=True)
    checked_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A file that somebody brought. `number` is its number in the shop's manifest once it is accepted.

    While the worker is on it ("reading", "working") `done` of `total` steps are behind; `cancel` asks it to stop. `told` is when
    it last said so, or was left for the worker; `tries` how often the worker has begun.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="imports")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    file = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    options: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default="waiting")
    number = models.IntegerField(null=True, blank=True)
    preview: Any = models.JSONField(default=dict)
    brought = models.DateTimeField(auto_now_add=True)
    accepted = models.DateTimeField(null=True, blank=True)
    undone = models.DateTimeField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    told = models.DateTimeField(default=timezone.now)
    tries = models.IntegerField(default=0)

    class Meta:
        ordering = ["-id"]


class SavedMapping(models.Model):
    """How a company reads files of one header set: column → header, the factor of columns that come in another unit, the text of
    columns that the files lack, and day or month first where the cells don't tell.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="mappings")
    fingerprint = models.CharField(max_length=32)
    table = models.CharField(max_length=60)
    columns: Any = models.JSONField(default=dict)
    scale: Any = models.JSONField(default=dict)
    constants: Any = models.JSONField(default=dict)
    orders: Any = models.JSONField(default=dict)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    made = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "fingerprint"], name="one_mapping_per_header_set")]


class Connection(models.Model):
    """A source that is asked for data on a schedule. `secret` is encrypted; `state` is where the next pull goes on."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="connections")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    settings: Any = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    state: Any = models.JSONField(default=dict)
    every_minutes = models.IntegerField(default=1440)
    active = models.BooleanField(default=False)
    last_run = models.DateTimeField(null=True, blank=True)
    last_ok = models.DateTimeField(null=True, blank=True)
    trouble: Any = models.JSONField(default=list)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="one_connection_of_a_name")]


class Finding(models.Model):
    """An offender over time. Its numbers are stored, its sentence is made when it is read."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=8)
    fingerprint = models.CharField(max_length=32)
    key: Any = models.JSONField(default=dict)
    values: Any = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, default="found")
    needs = models.FloatField(null=True)
    gain = models.FloatField(null=True)
    gain_low = models.FloatField(null=True)
    gain_high = models.FloatField(null=True)
    state = models.CharField(max_length=12, default="new")
    first_seen = models.DateField()
    last_seen = models.DateField()
    changed_on = models.DateField()
    snoozed_until = models.DateField(null=True, blank=True)
    snoozed_at_size = models.FloatField(null=True, blank=True)
    dismissed_reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "fingerprint"], name="one_finding_per_offender")]
        indexes = [models.Index(fields=["shop", "state", "code"])]


class Task(models.Model):
    """Somebody is to do something: about findings, or about rows of a list.

    `before` keeps the findings' numbers and `after`, from the look-back day on, their sizes (null: nobody has looked yet).

    A task about rows has no code; `subject` is then {"list": its name, "keys": [{column: value}], "names": the first ones}.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="tasks")
    findings: models.ManyToManyField[Finding, Any] = models.ManyToManyField(Finding, related_name="tasks")
    code = models.CharField(max_length=8, blank=True, default="")
    subject: Any = models.JSONField(default=dict, blank=True)
    assignee = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks_made")
    due = models.DateField()
    state = models.CharField(max_length=10, default="open")
    note = models.CharField(max_length=1000, blank=True)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    look_back_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]


class BidSheet(models.Model):
    """Bids of words that are to be changed together: a draft, which a person who may spend approves, and which somebody then
    enters in the back office (applied). One that `reverts` another holds the bids of before.

    `day`: that of the facts it was proposed from. `budget_from`: who said the budget, as `plans.bid_budget.Budget.source` or "typed",
    for one of the register is not for every eye. `approved_at` orders the sheets of one day. `outlook`: what was expected of the whole (None: nothing was worked out).
    `version` rises with every edit, so that nobody approves what they have not seen. Who did each step, and why, is in the history.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="bid_sheets")
    day = models.DateField()
    state = models.CharField(max_length=12, default="draft")
    reason = models.CharField(max_length=500, blank=True)
    budget = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    budget_from = models.CharField(max_length=12, blank=True)
    outlook: Any = models.JSONField(null=True)
    reverts = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reverted_by")
    version = models.IntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="bid_sheets")
    made = models.DateTimeField(auto_now_add=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]


class BidLine(models.Model):
    """One word of a bid sheet, by plan, group and word as the report names them ("" where it does not). Bids are exact.

    `proposed`: as the plan had it, `after`: as it is to be; 0 stops the word. `taken`: whether it belongs to the sheet.
    `why`, `now`, `then`, `clicks_seen`, `days_seen` as in `plans.bid_plan.BidChange`.
    """

    sheet = models.ForeignKey(BidSheet, on_delete=models.CASCADE, related_name="lines")
    plan = models.TextField(blank=True)
    ad_group = models.TextField(blank=True)
    word = models.TextField()
    before = models.DecimalField(max_digits=18, decimal_places=4)
    proposed = models.DecimalField(max_digits=18, decimal_places=4)
    after = models.DecimalField(max_digits=18, decimal_places=4)
    taken = models.BooleanField(default=True)
    why = models.CharField(max_length=20, blank=True)
    now: Any = models.JSONField(null=True)
    then: Any = models.JSONField(null=True)
    clicks_seen = models.IntegerField(default=0)
    days_seen = models.IntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "plan", "ad_group", "word"], name="one_line_per_word")]


class RuleOverride(models.Model):
    """A shop's own value of a rulebook number, from a day on."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="rule_overrides")
    name = models.CharField(max_length=100)
    since = models.DateField()
    value = models.FloatField()
    reason = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name", "since"], name="one_value_per_day")]


class CheckSetting(models.Model):
    """A shop's own value of a check's setting."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="check_settings")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    value: Any = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code", "name"], name="one_value_per_setting")]


class Run(models.Model):
    """One piece of work of the worker or of a command, kept however it ended."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="runs", null=True, blank=True)
    kind = models.CharField(max_length=40)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    ok = models.BooleanField(null=True)
    note: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]


class Change(models.Model):
    """Something that somebody decided: who, when, what, before and after. Never edited, never deleted; kept when the person leaves.

    `name` is the person's name at that time ("" is the operator of the machine); `verb` an open word; `subject` what it is about,
    in no language (a code, a file, a username); `before` and `after` hold only what differs.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="changes")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="changes", null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["company", "shop", "-id"])]


class SavedView(models.Model):
    """A list as somebody wants it again: search, filters, sort, columns, as the address says them. `shared`: everybody's in the shop.

    `openers`: the persons for whom the list opens with this view.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="views")
    section = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)
    openers: models.ManyToManyField[Person, Any] = models.ManyToManyField(Person, related_name="opens_with")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["shop", "person", "section", "name"], name="one_view_of_a_name")]


class ApiToken(models.Model):
    """With it a program reads what a member may read, in all shops of the company or in one; it ends with the membership.

    `token` is the SHA-256 of what was shown once; `until` the last day on which it opens anything.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="api_tokens")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=100)
    token = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    until = models.DateField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    @property
    def person(self) -> Person:
        return self.membership.person
