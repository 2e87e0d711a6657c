"""The way out: connections to public addresses only, each wait with an end. The only door for httpcore.

A Guard looks a name up once, refuses addresses that are not public and connects to the one it
checked; below HTTP it sees redirects too. Proxy settings are ignored on purpose: behind a proxy no
address can be checked.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one fetch may cost, redirects included.

    `max_bytes` holds for the body as sent and as decompressed; `seconds` for all but looking up
    names and waiting politely; `allow` are networks ("127.0.0.0/8") that may be asked although they
    are not public. `connect_to` sends connections elsewhere ("sm.dk:443" ->
    "127.0.0.1:8443", as curl's option of that name) and `authorities` is a PEM file of certificate
    authorities to trust beside the known ones: a stand-in site can be asked under its real name.
    """

    max_bytes: int = 10_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    redirects: int = 5
    allow: tuple[str, ...] = ()
    connect_to: Mapping[str, str] = field(default_factory=dict)
    authorities: Path | None = None


LIMITS = Limits()


class RefusedError(Exception):
    """Something we will not do or accept, as "what; what to do"; who asked adds where."""


def is_public(address: str, allow: Iterable[str] = ()) -> bool:
    """Whether an IP address belongs to the open internet, or to a network in `allow`.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) counts as that IPv4 address.

    >>> is_public("8.8.8.8"), is_public("64:ff9b::808:808"), is_public("2606:4700::1111")
    (True, True, True)
    >>> is_public("10.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("10.0.0.1", ["10.0.0.0/8"])
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) % 2**32) if ip in NAT64 else None
        ip = inner or ip.ipv4_mapped or ip.sixtofour or ip
    allowed = any(ip in ipaddress.ip_network(network) for network in allow)
    return allowed or (ip.is_global and not (ip.is_multicast or ip.is_reserved))


def pool(guard: "Guard", ssl_context: SSLContext) -> httpcore.ConnectionPool:
    """Connections that only the guard opens."""
    return httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=guard)


class Guard(httpcore.SyncBackend):
    """Connects only to public addresses, the very ones it checked; keeps one fetch's deadline."""

    def __init__(self, limits: Limits) -> None:
        self._allow = limits.allow
        self._connect_to = limits.connect_to
        self._end = monotonic() + limits.seconds

    def extend(self, seconds: float) -> None:
        """Put the deadline off: we waited because we wanted to."""
        self._end += seconds

    def left(self, at_most: float | None) -> float:
        """Seconds we may still wait. Raises ReadTimeout if none."""
        left = self._end - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if at_most is None else min(left, at_most)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *options: Any, **more: Any
    ) -> httpcore.NetworkStream:
        host, port = self._place(host, port)
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            left = self.left(timeout)
            try:
                stream = super().connect_tcp(address, port, left, *options, **more)
                return Timed(stream, self.left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error  # try the next: IPv6 may be out of order where IPv4 works
        raise failure

    def _place(self, host: str, port: int) -> tuple[str, int]:
        """Where connections to a host really go."""
        other = self._connect_to.get(f"{host}:{port}")
        if not other:
            return host, port
        name, _, number = other.rpartition(":")
        return name, int(number)

    def _addresses(self, host: str, port: int) -> list[str]:
        """All addresses of a host. Raises RefusedError if one is not public, or there is none."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, OverflowError) as error:
            raise RefusedError(f"host {host} not found ({error}); check its spelling") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        closed = [address for address in addresses if not is_public(address, self._allow)]
        if closed:
            raise RefusedError(f"{closed[0]} is not a public address; save it and add the file")
        return addresses


class Timed(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however steadily single bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]):
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def start_tls(self, *options: Any, **more: Any) -> httpcore.NetworkStream:
        more["timeout"] = self._left(more.get("timeout"))
        return Timed(self._stream.start_tls(*options, **more), self._left)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
