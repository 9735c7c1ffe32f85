"""Who may be reached: the one table that every connection of a source goes through.

A name is looked up once, every address that it has is checked, and the connection is made to one of these very
addresses: a name that answers differently a moment later changes nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from episodes.errors import BackendDown, BackendUnavailable, InputRefused, TransientToolError
from tools.protocols import Option
from tools.sources.addresses import IP, Address

if TYPE_CHECKING:
    from httpcore import NetworkStream

USUAL_PORTS = frozenset({80, 443, 8080, 8443})

MAX_ALLOWED = 200
"""Lines of `allow`."""

MOST_TRIED = 4
"""IP addresses of one name that are tried before the site counts as down."""

_V4_CLOSED = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""IANA's special-purpose registry, multicast and reserved space: none of it is a public site."""

_V6_OPEN = ipaddress.IPv6Network("2000::/3")
"""The only block that IANA has given out as global unicast."""

_V6_CLOSED = tuple(
    ipaddress.IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
"""In it, but no site's: Teredo, benchmarking and ORCHID, documentation, 6to4, AS112."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in ("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8",
                 "fd00:ec2::/32")
)  # fmt: skip
"""What a name alone can't open, though the person allows the name: clouds answer there with their keys."""

Resolve = Callable[[str, int], Sequence[str]]
"""Returns all IP addresses of a host name. Raises `OSError`."""

Dial = Callable[[str, int, float], "NetworkStream"]
"""Connects to an IP address and a port within so many seconds. Raises what httpcore raises."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def dial(ip: str, port: int, seconds: float) -> "NetworkStream":
    """Connect by TCP. No name is looked up: `ip` is a number."""
    from httpcore import SyncBackend

    return SyncBackend().connect_tcp(ip, port, seconds)


def is_public(ip: IP) -> bool:
    """Say whether an IP address can be a public site's; IPv4 inside IPv6 counts as what is inside."""
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in net for net in _V4_CLOSED)
    if ip.ipv4_mapped is not None:
        return is_public(ip.ipv4_mapped)
    if ip in _NAT64:
        return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
    return ip in _V6_OPEN and not any(ip in net for net in _V6_CLOSED)


@dataclass(frozen=True)
class _Entry:
    """One line of `allow`."""

    host: str = ""
    net: ipaddress.IPv4Network | ipaddress.IPv6Network | None = None
    port: int | None = None
    """None: the usual ports."""

    def opens(self, host: str, port: int, ip: IP) -> bool:
        """Say whether this line lets `host`, which is at `ip`, be reached at `port`."""
        if port != self.port and not (self.port is None and port in USUAL_PORTS):
            return False
        if self.net is not None:
            return ip in self.net
        return host == self.host and not any(ip in net for net in _NEVER if net.version == ip.version)


@dataclass(frozen=True)
class Allowance:
    """What the person lets links reach beside public sites at their usual ports."""

    entries: tuple[_Entry, ...] = ()

    def opens(self, host: str, port: int, ip: IP) -> bool:
        """Say whether any line of it lets this be reached."""
        return any(entry.opens(host, port, ip) for entry in self.entries)

    def names(self, host: str, port: int) -> bool:
        """Say whether a host is named in it with this port, wherever it lies."""
        return any(entry.host == host and entry.port in (port, None) for entry in self.entries if not entry.net)


def read_allowance(option: Option | None) -> Allowance:
    """Return the allowance in the option `allow` of `[sources]`: `host`, `host:port`, an IP address or a network.

    Raises `BackendUnavailable` for anything else.
    """
    lines = [] if option is None else [option] if isinstance(option, str) else option
    if not isinstance(lines, list) or len(lines) > MAX_ALLOWED:
        raise BackendUnavailable('In director.toml, "allow" in [sources] must be a list such as ["wiki.lan:8000"].')
    return Allowance(tuple(_entry(line) for line in lines))


def _entry(line: Option) -> _Entry:
    text = line.strip().lower() if isinstance(line, str) else ""
    found = re.fullmatch(r"(\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[^:\[\]/]+))(:(?P<port>\d{1,5}))?", text)
    host = (found["v6"] or found["name"]) if found else text
    port = int(found["port"]) if found and found["port"] else None
    if port is not None and not 0 < port < 65_536:
        raise BackendUnavailable(f"In director.toml, [sources] allows {line!r}, whose port is none.")
    try:
        return _Entry(net=ipaddress.ip_network(host, strict=False), port=port)
    except ValueError:
        pass
    if not found or not re.fullmatch(r"[a-z0-9_.-]*[a-z_-][a-z0-9_.-]*", host):
        raise BackendUnavailable(
            f"In director.toml, [sources] allows {line!r}, which is no host, host:port, IP address or network."
        )
    return _Entry(host=host.removesuffix("."), port=port)


@dataclass(frozen=True)
class Opened:
    """A host that may be reached: at which IP addresses, and by whose leave."""

    ips: tuple[str, ...]
    allowed: bool
    """Whether only the person's allowance opens it."""


@dataclass(frozen=True)
class Guard:
    """The table, with the resolver that it asks."""

    allowance: Allowance = Allowance()
    resolve: Resolve = resolve
    dial: Dial = dial
    ports: frozenset[int] = USUAL_PORTS
    """Ports of public sites that may be reached."""

    def check_typed(self, address: Address) -> None:
        """Refuse at once what can be refused without asking anybody. Raises `InputRefused`."""
        ip = address.literal
        if ip is not None:
            self._check(address.host, address.port, (ip,), trusted=True)
        elif self.allowance.names(address.host, address.port):
            return
        elif address.port not in self.ports:
            raise InputRefused(_odd_port(address.netloc, address.port))
        elif address.host == "localhost" or address.host.endswith(".localhost"):
            raise InputRefused(_closed(address.netloc))

    def open(self, host: str, port: int, *, trusted: bool) -> Opened:
        """Look a host up, check every address that it has and return them.

        `trusted`: whether the person named this host, or one that only the person's allowance opens led here. Raises
        `InputRefused` for what may not be reached or does not exist, `TransientToolError` when the resolver fails.
        """
        try:
            ips: tuple[IP, ...] = (ipaddress.ip_address(host),)
        except ValueError:
            ips = self._looked_up(host, port)
        return self._check(host, port, ips, trusted=trusted)

    def connect(self, host: str, port: int, seconds: float, *, trusted: bool) -> "tuple[NetworkStream, Opened]":
        """Connect to the first of a host's checked IP addresses that answers within `seconds`.

        Raises what `open` raises, and `BackendDown` when none answers.
        """
        from httpcore import ConnectError, ConnectTimeout

        opened = self.open(host, port, trusted=trusted)
        for ip in opened.ips[:MOST_TRIED]:
            try:
                return self.dial(ip, port, seconds), opened
            except (ConnectError, ConnectTimeout, OSError):
                continue
        raise BackendDown(f"The site {host!r} does not answer now; run the same command again later.")

    def _looked_up(self, host: str, port: int) -> tuple[IP, ...]:
        try:
            found = self.resolve(host, port)
            ips = tuple(ipaddress.ip_address(text.partition("%")[0]) for text in found)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise TransientToolError(
                    f"The name {host!r} can't be looked up now: is this machine online?"
                ) from error
            raise InputRefused(f"There is no site called {host!r}; check the address.") from error
        except (OSError, ValueError, UnicodeError) as error:
            raise TransientToolError(f"The name {host!r} can't be looked up now: {error}.") from error
        if not ips:
            raise InputRefused(f"There is no site called {host!r}; check the address.")
        return ips

    def _check(self, host: str, port: int, ips: tuple[IP, ...], *, trusted: bool) -> Opened:
        netloc = f"{host}:{port}"
        allowed = False
        for ip in ips:
            if is_public(ip) and port in self.ports:
                continue
            if not (trusted and self.allowance.opens(host, port, ip)):
                raise InputRefused(_odd_port(netloc, port) if is_public(ip) else _closed(netloc))
            allowed = True
        return Opened(tuple(str(ip) for ip in ips), allowed)


def _closed(netloc: str) -> str:
    return (
        f"A source leads to {netloc!r}, which is no public site and is not fetched; if it is a machine of your own, "
        'allow it in director.toml: [sources] allow = ["host:port"].'
    )


def _odd_port(netloc: str, port: int) -> str:
    return (
        f"A source leads to {netloc!r}, and the port {port} is not fetched from; if you mean it, allow it in "
        'director.toml: [sources] allow = ["host:port"].'
    )
