"""Verbs about connections: connect, change, disconnect, sign in, pull."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.core import signing
from django.db import transaction

from zhanggui.desk import importing, vault
from zhanggui.desk.access import demand
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.models import Connection, Import, Person, Run, Shop

log = logging.getLogger(__name__)

SIGN_IN_LASTS = timedelta(minutes=30)  # as long as the platform's code
GIVEN_UP = timedelta(minutes=45)  # a pull older than this has died: the worker stops a job after 30 minutes
SALT = "zhanggui.desk.connecting"
SHORTEST_SECRET = 8  # characters; a shorter word is not looked for in what the other side says

Keep = Callable[[dict[str, Any]], None]


class Feed(Protocol):
    """What asks a source. `keep` stores a renewed secret at once."""

    def __call__(
        self,
        kind: str,
        settings: Mapping[str, Any],
        secret: dict[str, Any],
        state: Mapping[str, Any],
        keep: Keep,
        now: datetime,
    ) -> Iterable[Answer | Trouble]: ...


class Busy(Exception):
    """Somebody else is pulling this connection."""


class SignInRefused(Exception):
    """The way back from a sign-in is not one that we began, is used up or too late."""


@dataclass
class Pulled:
    """What a pull brought."""

    imports: list[Import] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return all(t.level == "note" for t in self.troubles)


def _told(connection: Connection) -> dict[str, Any]:
    """What a history says of a connection. Of an address only the host: what follows may hold a key."""
    settings = {n: urlsplit(v).hostname if isinstance(v, str) and "://" in v else v for n, v in connection.settings.items()}
    named = {name: getattr(connection, name) for name in ("name", "kind", "every_minutes", "active")}
    return named | {f"settings.{n}": v for n, v in settings.items()}


@transaction.atomic
def connect(
    shop: Shop,
    kind: str,
    name: str,
    *,
    settings: Mapping[str, Any],
    secret: Mapping[str, Any],
    every_minutes: int,
    active: bool = True,
    person: Person | None = None,
) -> Connection:
    """A new source. Its name is its own within the shop (`IntegrityError` else)."""
    demand(person, "connect", shop)
    made = Connection.objects.create(
        shop=shop,
        kind=kind,
        name=name,
        settings=dict(settings),
        secret=vault.seal(dict(secret)),
        every_minutes=every_minutes,
        active=active,
    )
    remember("connect", name, about=shop, person=person, after=_told(made) | {"secrets_changed": sorted(secret)})
    return made


def secret_of(connection: Connection) -> dict[str, Any]:
    """The opened secret; empty where the installation's key has changed since."""
    try:
        return vault.open_sealed(connection.secret)
    except vault.SecretLost:
        return {}


def change(
    connection: Connection,
    *,
    name: str | None = None,
    settings: Mapping[str, Any] | None = None,
    secret: Mapping[str, Any] | None = None,
    every_minutes: int | None = None,
    active: bool | None = None,
    forget: Collection[str] = (),
    from_the_start: bool = False,
    person: Person | None = None,
) -> Connection:
    """Change what is given. Of `secret` only the parts given; the others stay, but for those to `forget`.

    `from_the_start`: the next pull asks for everything.
    """
    demand(person, "connect", connection.shop)
    with transaction.atomic():
        fresh = Connection.objects.select_for_update().get(pk=connection.pk)
        before = _told(fresh)
        moved = _address(fresh)
        fresh.name = fresh.name if name is None else name
        fresh.settings = fresh.settings if settings is None else dict(settings)
        fresh.every_minutes = fresh.every_minutes if every_minutes is None else every_minutes
        fresh.active = fresh.active if active is None else active
        if secret or forget:
            kept = {n: v for n, v in secret_of(fresh).items() if n not in forget}
            fresh.secret = vault.seal(kept | dict(secret or {}))
        if from_the_start:
            fresh.state = {}
        fresh.save()
        touched = sorted({*(secret or {}), *forget})
        after = _told(fresh) | ({"secrets_changed": touched} if touched else {})
        after |= ({"from_the_start": True} if from_the_start else {}) | (
            {"address_changed": True} if moved != _address(fresh) else {}
        )
        remember("change_connection", before["name"], about=fresh.shop, person=person, before=before, after=after)
    return fresh


def _address(connection: Connection) -> list[Any]:
    """The settings that are addresses, whole."""
    return [v for v in connection.settings.values() if isinstance(v, str) and "://" in v]


@transaction.atomic
def disconnect(connection: Connection, *, person: Person | None = None) -> None:
    """Forget a source and its secrets. What it brought stays."""
    demand(person, "connect", connection.shop)
    connection.delete()
    remember("disconnect", connection.name, about=connection.shop, person=person, before=_told(connection))


def begin_sign_in(connection: Connection, *, person: Person | None = None) -> str:
    """The `state` to send along with a sign-in: signed, for one use, for half an hour. A new one takes the place of the last."""
    demand(person, "connect", connection.shop)
    nonce = secrets.token_urlsafe(24)
    _note_state(connection.pk, {"sign_in": hashlib.sha256(nonce.encode()).hexdigest()})
    return signing.dumps({"connection": connection.pk, "nonce": nonce}, salt=SALT)


def finish_sign_in(
    code: str,
    state: str,
    exchange: Callable[[Connection, dict[str, Any], str], dict[str, Any]],
    *,
    person: Person | None = None,
) -> Connection:
    """The way back: `exchange(connection, secret, code)` brings the tokens, which are sealed. `SignInRefused` if the state is not ours."""
    try:
        known = signing.loads(state, salt=SALT, max_age=SIGN_IN_LASTS)
    except signing.BadSignature:
        raise SignInRefused from None
    if not code:  # the seller did not agree
        raise SignInRefused
    with transaction.atomic():
        fresh = Connection.objects.select_for_update().select_related("shop").filter(pk=known["connection"]).first()
        if fresh is None:
            raise SignInRefused
        demand(person, "connect", fresh.shop)
        expected = fresh.state.pop("sign_in", "")
        if not secrets.compare_digest(expected, hashlib.sha256(known["nonce"].encode()).hexdigest()):
            raise SignInRefused
        fresh.save(update_fields=["state"])
    tokens = exchange(fresh, secret_of(fresh), code)
    return change(fresh, secret=tokens, active=True, person=person)


def due(moment: datetime | None = None) -> list[Connection]:
    """The active connections whose time has come, the longest waiting first."""
    moment = moment or now()
    active = Connection.objects.filter(active=True).select_related("shop").order_by("last_run", "id")
    return [c for c in active if (when := next_pull(c)) and when <= moment]


def next_pull(connection: Connection) -> datetime | None:
    """When it is asked next; None if it is off."""
    if not connection.active:
        return None
    return connection.last_run + timedelta(minutes=connection.every_minutes) if connection.last_run else connection.made


def pull(connection: Connection, feed: Feed, *, person: Person | None = None) -> Pulled:
    """Ask the source and take in what it answers. `Busy` if it is being asked already. However it ends, a Run says how."""
    demand(person, "connect", connection.shop)
    run = _claim(connection)
    pulled = Pulled()
    try:
        connection.refresh_from_db()
        _take_all(connection, feed, pulled)
    except BaseException as error:  # the traceback may hold a secret: only the kind of error is written down
        log.error("pull of connection %s broke: %s", connection.pk, type(error).__name__)
        pulled.troubles.append(Trouble("broke", said=type(error).__name__))
        if not isinstance(error, Exception):
            raise
    finally:
        _write_down(connection, run, pulled)
    return pulled


def _write_down(connection: Connection, run: Run, pulled: Pulled) -> None:
    moment = now()
    troubles = [t.as_dict() for t in pulled.troubles]
    done = {"trouble": troubles} | ({"last_ok": moment} if pulled.ok else {})
    Connection.objects.filter(pk=connection.pk).update(**done)
    run.ok, run.finished = pulled.ok, moment
    run.note |= {"imports": [i.pk for i in pulled.imports], "trouble": troubles}
    run.save()


def _claim(connection: Connection) -> Run:
    """One pull at a time: the row is taken by an UPDATE that only one can win."""
    moment, kind = now(), f"pull {connection.pk}"
    with transaction.atomic():
        won = Connection.objects.filter(pk=connection.pk, last_run=connection.last_run).update(last_run=moment)
        if not won or Run.objects.filter(kind=kind, finished=None, started__gt=moment - GIVEN_UP).exists():
            raise Busy
        connection.last_run = moment
        return Run.objects.create(shop=connection.shop, kind=kind, note={"connection": connection.name})


def _take_all(connection: Connection, feed: Feed, pulled: Pulled) -> None:
    try:
        secret = vault.open_sealed(connection.secret)
    except vault.SecretLost:
        pulled.troubles.append(Trouble("secret_lost"))
        return

    known = dict(secret)

    def keep(renewed: dict[str, Any]) -> None:
        _keep(connection.pk, known, renewed)

    for brought in feed(connection.kind, connection.settings, secret, connection.state, keep, now()):
        if isinstance(brought, Trouble):
            pulled.troubles.append(without(brought, secret))
        else:
            _take(connection, brought, pulled)


def _keep(pk: int, known: dict[str, Any], renewed: Mapping[str, Any]) -> None:
    """Store the parts that a pull has renewed. What somebody has entered or signed in for since (it is not as `known`) stays theirs."""
    with transaction.atomic():
        fresh = Connection.objects.select_for_update().filter(pk=pk).first()
        if fresh is None:
            return
        stored = secret_of(fresh)
        ours = {n: v for n, v in renewed.items() if v != known.get(n) and stored.get(n) == known.get(n)}
        fresh.secret = vault.seal(stored | ours)
        fresh.save(update_fields=["secret"])
    known |= ours


def without(trouble: Trouble, secret: Mapping[str, Any]) -> Trouble:
    """A trouble whose words, which are the other side's, repeat no secret and steer no terminal."""
    said = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", trouble.said)
    words = (w for v in secret.values() for w in (str(v), *str(v).split()))
    for word in sorted({w for w in words if len(w) >= SHORTEST_SECRET}, key=len, reverse=True):
        said = said.replace(word, "…")
    return replace(trouble, said=said)


def _take(connection: Connection, answer: Answer, pulled: Pulled) -> None:
    """Take one answer in, then move the state on. What an answer of this name said last today is not taken twice running."""
    today, digest = platform_today().isoformat(), hashlib.sha256(answer.data).hexdigest()
    last = connection.state.get("last", {})
    if last.get("day") != today:
        last = {"day": today}
    if last.get(answer.name) != digest:
        item = importing.take(connection.shop, answer.data, answer.name, period=answer.period, table=answer.table)
        pulled.imports.append(item)
        if item.state == "refused":
            pulled.troubles.append(Trouble("not_taken", asked=answer.name, value=str(item.pk)))
    connection.state = _note_state(connection.pk, dict(answer.state) | {"last": last | {answer.name: digest}})


def _note_state(pk: int, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Write some parts of a connection's state; the others stay as they are now in the database."""
    with transaction.atomic():
        fresh = Connection.objects.select_for_update().get(pk=pk)
        fresh.state |= dict(parts)
        fresh.save(update_fields=["state"])
    return dict(fresh.state)
