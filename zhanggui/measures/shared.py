"""What is worked out once for a snapshot, however many checks and pages ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar, cast

import polars as pl

from zhanggui.facts import Snapshot

Shared = TypeVar("Shared", bound=Callable[..., pl.LazyFrame])


def shared(function: Shared) -> Shared:
    """A function of a snapshot that is worked out once for each of its arguments, whoever asks: a snapshot never changes.

    Its arguments after the snapshot can be hashed. Every measure is shared.
    """
    told = signature(function)

    @wraps(function)
    def once(*given: Any, **named: Any) -> pl.LazyFrame:
        asked = told.bind(*given, **named)
        asked.apply_defaults()
        shop: Snapshot = asked.args[0]
        name = (function.__module__, function.__qualname__, *asked.args[1:], *asked.kwargs.items())
        return shop.once(name, lambda: function(*given, **named))

    return cast(Shared, once)
