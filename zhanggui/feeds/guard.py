"""Which addresses may be asked: nobody reaches into the house's own network by naming it in a form."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass

import httpx

from zhanggui.desk.answers import Trouble

Resolve = Callable[[str, int], list[str]]


class Refusal(Exception):
    """Asking failed; `trouble` says why. It never leaves the feeds: a pull gives it out as a value."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


@dataclass(frozen=True)
class Place:
    """An address that may be asked, and the numeric addresses that were looked up for it: what is checked is what is called."""

    url: httpx.URL
    ips: tuple[str, ...]


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def place(address: str | httpx.URL, allowed: Collection[str] = (), look_up: Resolve = resolve) -> Place:
    """The place of an address. Only https and public addresses; a host of `allowed` may also be an inner one, and http. `Refusal` else."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise Refusal(Trouble("bad_address", asked=str(address)[:80])) from None
    if not url.host or url.userinfo or url.scheme not in ("http", "https"):
        raise Refusal(Trouble("bad_address", asked=url.host or str(url)[:80]))
    inner = url.host in allowed
    if url.scheme != "https" and not inner:
        raise Refusal(Trouble("address_not_allowed", asked=f"{url.scheme}://{url.host}"))
    try:
        found = look_up(url.host, url.port or (443 if url.scheme == "https" else 80))
    except (OSError, UnicodeError):
        raise Refusal(Trouble("unreachable", asked=url.host, said="DNS")) from None
    if not inner and not all(_public(ip) for ip in found):
        raise Refusal(Trouble("address_not_allowed", asked=url.host))
    return Place(url, tuple(dict.fromkeys(found)))


def _public(ip: str) -> bool:
    number = ipaddress.ip_address(ip.split("%")[0])
    inside = getattr(number, "ipv4_mapped", None) or number
    return bool(inside.is_global and not inside.is_multicast)
