"""The cast of the pages, asking by program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.conftest import Cast, as_, cast
from zhanggui.desk import tokens
from zhanggui.desk.models import Membership, Person, Shop

__all__ = ["as_", "cast"]

Ask = Callable[..., HttpResponse]


class Program:
    """Somebody's program: it has a token and nothing else."""

    def __init__(self, person: Person, shop: Shop | None = None, *, company: str = "shop-a") -> None:
        """A token for the company of the shop `company`; for the person's only one where they are not of that company."""
        known = person.memberships.filter(company__shops__key=company).first() or person.memberships.get()
        self.token, self.text = tokens.make(known, "Program", shop=shop)
        self.client = Client(headers={"Authorization": f"Bearer {self.text}"})

    def get(self, path: str, **query: Any) -> HttpResponse:
        """The answer at an address below the API; `path` without it."""
        return self.client.get(f"/api/v1/{path}", query)

    def of(self, path: str, **query: Any) -> HttpResponse:
        """The answer about Alice's shop."""
        return self.get(f"shops/shop-a/{path}", **query)


@pytest.fixture
def unlimited(settings: Any) -> None:
    """A test may ask as often as it likes."""
    settings.ACCOUNT_RATE_LIMITS = {}


def becomes(cast: Cast, role: str, **more: Any) -> Membership:
    """Bob in another role."""
    cast.bob.memberships.update(role=role, **more)
    return cast.bob.memberships.get()
