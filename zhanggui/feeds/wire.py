"""Asking over HTTP: at a pace, with a limit, once again after a pause, and never away from the host that was named."""

from __future__ import annotations

import functools
import json
import logging
import math
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from zhanggui.desk.answers import Trouble
from zhanggui.feeds import guard
from zhanggui.feeds.guard import Place, Refusal

for name in ("httpx", "httpcore"):  # they write whole addresses
    logging.getLogger(name).setLevel(logging.WARNING)

MAX_BYTES = 64 * 2**20
SECONDS = 30.0  # without a byte
MOST_SECONDS = 300.0  # for a whole answer
LONGEST_PAUSE = 60.0
PAUSE = 2.0  # before the second try, where the other side names none
REDIRECTS = 3


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@dataclass(frozen=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    data: bytes = field(repr=False)


class _Line:
    """The socket of a call, which another thread may cut."""

    def __init__(self) -> None:
        self.cut, self.sockets = False, list[socket.socket]()

    def seen(self, event: str, info: Mapping[str, Any]) -> None:
        """For httpx, which tells of each step of a call."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.sockets.append(info["return_value"].get_extra_info("socket"))
            if self.cut:
                self.end()

    def end(self) -> None:
        self.cut = True
        for one in self.sockets[-1:]:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)


@contextmanager
def _cut_after(seconds: float) -> Iterator[_Line]:
    """A line that ends after so long, whatever drips in: a read that gets a byte now and then never times out."""
    line = _Line()
    timer = threading.Timer(seconds, line.end)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()


@dataclass
class Wire:
    """The line to one source. `pace`: seconds between two calls. `until`: nothing is asked after, and a call under way is cut.

    `clock` and `sleep` are given by a test, which does not wait.
    """

    allowed: Collection[str] = ()
    pace: float = 0.0
    seconds: float = SECONDS
    most_seconds: float = MOST_SECONDS
    max_bytes: int = MAX_BYTES
    until: float = float("inf")
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    look_up: guard.Resolve = guard.resolve
    last: float = field(default=float("-inf"), init=False)

    def ask(
        self,
        method: str,
        address: str,
        *,
        asked: str = "",
        params: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> Reply:
        """The reply to a call, retried once (`again`) after 429 and 5xx. `asked` names the call in a trouble. `Refusal` where none came."""
        reply = self._follow(method, address, asked, params, form, headers)
        if again and (reply.status == 429 or reply.status >= 500):
            self.pause(reply.headers.get("retry-after", ""))
            reply = self._follow(method, address, asked, params, form, headers)
        if reply.status >= 500:
            raise Refusal(Trouble("server_error", asked=asked, value=str(reply.status)))
        if reply.status == 429:
            raise Refusal(Trouble("too_many_calls", asked=asked))
        return reply

    def pause(self, said: str = "") -> None:
        """Wait as long as the other side says, within bounds."""
        try:
            seconds = float(said)
        except ValueError:
            seconds = PAUSE
        self.sleep(PAUSE if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_PAUSE))

    def _follow(self, method: str, address: str, asked: str, params: Any, form: Any, headers: Any) -> Reply:
        place = guard.place(address, self.allowed, self.look_up)
        for _ in range(REDIRECTS + 1):
            reply = self._once(method, place, asked, params, form, headers)
            if reply.status not in (301, 302, 303, 307, 308):
                return reply
            try:
                target = place.url.join(reply.headers.get("location", ""))
            except httpx.InvalidURL:
                raise Refusal(Trouble("redirected_away", asked=asked or place.url.host, said="?")) from None
            if (target.scheme, target.host, target.port) != (place.url.scheme, place.url.host, place.url.port):
                raise Refusal(Trouble("redirected_away", asked=asked or place.url.host, said=target.host))
            place, params = guard.place(target, self.allowed, self.look_up), None
        raise Refusal(Trouble("redirected_away", asked=asked or place.url.host, said=place.url.host))

    def _once(self, method: str, place: Place, asked: str, params: Any, form: Any, headers: Any) -> Reply:
        """One call, to the first of the place's addresses that is there."""
        named, failed = asked or place.url.host, "DNS"
        self._keep_pace()
        if self.last > self.until:
            raise Refusal(Trouble("more_to_come", "note", asked=named))
        for ip in place.ips:
            try:
                return self._exchange(method, place, ip, named, params, form, headers)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = type(error).__name__
            except httpx.TimeoutException:
                raise Refusal(Trouble("timeout", asked=named, value=f"{self.seconds:g}")) from None
            except httpx.RemoteProtocolError:  # the line was cut in the middle of an answer
                raise Refusal(Trouble("broken_json", asked=named, said="connection closed")) from None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Refusal(Trouble("unreachable", asked=named, said=type(error).__name__)) from None
        raise Refusal(Trouble("unreachable", asked=named, said=failed))

    def _exchange(self, method: str, place: Place, ip: str, named: str, params: Any, form: Any, headers: Any) -> Reply:
        limits = httpx.Timeout(self.seconds, connect=min(self.seconds, 10.0))
        most = min(self.most_seconds, max(self.until - self.clock(), 0.0))
        sent = (
            {"user-agent": "zhanggui", "accept-encoding": "gzip"}
            | dict(headers or {})
            | {"host": place.url.netloc.decode("ascii")}
        )
        with _cut_after(most) as line, httpx.Client(timeout=limits, verify=_certificates(), trust_env=False) as client:
            try:
                with client.stream(
                    method,
                    place.url.copy_with(host=ip),
                    params=dict(place.url.params) | dict(params) if params else None,
                    data=form,
                    headers=httpx.Headers(sent, encoding="utf-8"),
                    extensions={"sni_hostname": place.url.host, "trace": line.seen},
                ) as response:
                    data = self._whole(response.iter_raw(), response.headers.get("content-encoding", ""), named)
            except httpx.HTTPError:
                if not line.cut:
                    raise
            if line.cut:
                raise Refusal(Trouble("timeout", asked=named, value=f"{most:g}"))
            return Reply(response.status_code, response.headers, data)

    def _whole(self, pieces: Iterable[bytes], packed: str, named: str) -> bytes:
        """The bytes of an answer, unpacked no further than the limit: a few hundred bytes may claim to be gigabytes."""
        if packed.strip().lower() not in ("", "identity", "gzip"):
            raise Refusal(Trouble("broken_json", asked=named, said=f"content-encoding {packed[:40]}"))
        zipped = zlib.decompressobj(31) if packed.strip().lower() == "gzip" else None
        data, came = bytearray(), 0
        for piece in pieces:
            came += len(piece)
            try:
                data += zipped.decompress(piece, self.max_bytes + 1 - len(data)) if zipped else piece
            except zlib.error:
                raise Refusal(Trouble("broken_json", asked=named, said="gzip")) from None
            if max(len(data), came) > self.max_bytes:
                raise Refusal(Trouble("too_large", asked=named, value=str(self.max_bytes // 2**20)))
        if zipped and came and not zipped.eof:
            raise Refusal(Trouble("broken_json", asked=named, said="gzip"))
        return bytes(data)

    def _keep_pace(self) -> None:
        wait = self.last + self.pace - self.clock()
        if wait > 0:
            self.sleep(wait)
        self.last = self.clock()


def document(reply: Reply, asked: str) -> Any:
    """The JSON of a reply. `Refusal` for a web page, an empty or a broken answer."""
    text = reply.data.strip()
    if not text:
        raise Refusal(Trouble("empty_answer", asked=asked))
    if text[:1] == b"<":
        raise Refusal(Trouble("html_instead", asked=asked))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise Refusal(Trouble("broken_json", asked=asked, said=line)) from None
