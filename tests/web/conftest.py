"""The cast: Alice owns shop A and Bob works for her, Rita only reads, Charlie owns another company's shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web import files
from tests.web.bid_pages import paid, sheet, sheet_of_plan, varied  # noqa: F401  # the shops of the pages of bids
from zhanggui.desk import checking, deciding, importing, people
from zhanggui.desk.models import Import, Person, Shop, Task

PASSWORD = "a long password of theirs"


@dataclass
class Cast:
    """Shop A with one import of products and words, its findings, and one task."""

    alice: Person
    bob: Person
    rita: Person
    charlie: Person
    shop: Shop
    items: list[Import]
    task: Task

    @property
    def finding(self):
        """A brand word: a finding with figures to open."""
        return self.shop.findings.filter(code="KW03").order_by("pk").first()


def bring(shop: Shop, data: bytes, name: str) -> Import:
    return importing.accept(importing.bring(shop, data, name))


@pytest.fixture
def cast(db: None, settings: object) -> Cast:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]  # quick
    shop = people.open_shop("shop-a", "Alice 的店")
    other = people.open_shop("shop-c", "Charlie 的店")
    alice = people.add_person("alice", PASSWORD, shop.company, "owner")
    bob = people.add_person("bob", PASSWORD, shop.company, "operator")
    rita = people.add_person("rita", PASSWORD, shop.company, "reader")
    charlie = people.add_person("charlie", PASSWORD, other.company, "owner")
    items = [bring(shop, files.products(), "Products.csv"), bring(shop, files.keywords(), "Keywords.csv")]
    checking.check(shop)
    task = deciding.assign([shop.findings.filter(code="DA02").first()], bob, person=alice)
    return Cast(alice, bob, rita, charlie, shop, items, task)


@pytest.fixture
def bob_sees_costs(cast: Cast) -> None:
    cast.bob.memberships.update(role="manager")


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """The browser of a person who has signed in."""

    def signed_in(person: Person) -> Client:
        made = Client()
        made.force_login(person)
        return made

    return signed_in


def questions(browser: Client, address: str, add: Callable[[int], None]) -> set[int]:
    """How many the page asks of the database with 1, 3 and 300 more rows."""
    asked = set()
    browser.get(address)
    for count in (1, 3, 300):
        add(count)
        with CaptureQueriesContext(connection) as made:
            assert browser.get(address).status_code == 200
        asked.add(len(made))
    return asked
