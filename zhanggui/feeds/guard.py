"""Which addresses may be asked: nobody reaches into the house's own network by naming it in a form."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass

import httpx

from zhanggui.desk.answers import Trouble

Resolve = Callable[[str, int], list[str]]
GIVEN_OUT = ipaddress.ip_network("2000::/3")  # the rest of IPv6 is reserved, local, or a way into IPv4 (64:ff9b::/96)


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


def host_of(address: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of a whole address without user name; None for anything else. Nothing is looked up."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return None
    whole = url.host and not url.userinfo and url.scheme in ("http", "https")
    return (url.scheme, url.host, url.port) if whole else None


def place(address: str | httpx.URL, allowed: Collection[str] = (), look_up: Resolve = resolve) -> Place:
    """The place of an address. Only https and public addresses; a host of `allowed` may also be an inner one, and http. `Refusal` else."""
    if host_of(str(address)) is None:
        raise Refusal(Trouble("bad_address", asked=_spoken(str(address))))
    url = httpx.URL(address)
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


def _spoken(address: str) -> str:
    """What is no address, as it may be said: not where a password could stand in it."""
    return "…" if set("@?#") & set(address) else address[:80]


def _public(ip: str) -> bool:
    """Whether anybody may reach a number. Of IPv6 only what is given out, and nothing with an IPv4 number wrapped into it."""
    number = ipaddress.ip_address(ip.split("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is None:
        return number in GIVEN_OUT and number.is_global and number.sixtofour is None
    inside = getattr(number, "ipv4_mapped", None) or number
    return bool(inside.is_global and not inside.is_multicast)
