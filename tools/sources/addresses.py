"""Addresses of links: taken apart strictly, before anybody is asked where they lead. Reaches no network."""

import ipaddress
import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from episodes.errors import InputRefused
from episodes.value import Value

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_ADDRESS = 2_000
"""Characters of an address; servers refuse longer ones anyway."""

_SECRET = re.compile(r"token|key|sig|auth|pass|secret|session|credential|expires|policy|^x-", re.IGNORECASE)
"""Names of query parameters whose value may open a door."""

_MAX_SHOWN = 40
"""Characters of a query value that may be an id or a page; what is longer is more likely a ticket."""

_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_NUMERIC = re.compile(r"(\d+|0x[0-9a-f]*)")


class Address(Value):
    """An http or https address in parts, each in the one spelling that is used from here on."""

    scheme: str
    host: str
    """Lower case, without a trailing dot; an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, percent-encoded; begins with `/`."""

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address and in the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == usual_port(self.scheme) else f"{host}:{self.port}"

    @property
    def literal(self) -> IP | None:
        """The IP address that the host is, or None for a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def shown(self) -> str:
        """What facts and sentences call it: host, path and harmless query values; never a key or a ticket."""
        path, _, query = self.target.partition("?")
        kept = [
            (name, value)
            for name, value in parse_qsl(query)
            if not _SECRET.search(name) and len(name) + len(value) <= _MAX_SHOWN
        ]
        path = "" if path == "/" and not kept else path
        return f"{self.netloc}{path}" + (f"?{urlencode(kept)}" if kept else "")


def usual_port(scheme: str) -> int:
    """Return 443 for https and 80 for http."""
    return 443 if scheme == "https" else 80


def parse_address(text: str) -> Address:
    """Return the parts of an address; `www.…` is taken as https.

    Raises `InputRefused` with one sentence for another scheme, a name or password in it, and every spelling of a host
    that programs read in different ways.
    """
    typed = text.strip()
    if typed.lower().startswith("www."):
        typed = f"https://{typed}"
    shown = repr(_for_eyes(typed))
    if len(typed) > MAX_ADDRESS:
        raise InputRefused(f"The address {shown} is too long: {MAX_ADDRESS} characters are the most.")
    # urllib drops line ends and tabs in silence, and a backslash is a slash to some programs only.
    if re.search(r"[\x00-\x20\x7f\\]", typed) or any(
        unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in typed
    ):
        raise InputRefused(f"The address {shown} holds a blank, a backslash or an invisible character; copy it again.")
    scheme, colon, rest = typed.partition(":")
    if scheme.lower() not in ("http", "https") or not colon:
        raise InputRefused(f"The address {shown} is none that is fetched: it must begin with http:// or https://.")
    if not re.match(r"//[^/]", rest):
        raise InputRefused(f"The address {shown} names no host: it must begin with http:// or https:// and a name.")
    return _parts(typed, shown)


def _parts(typed: str, shown: str) -> Address:
    try:
        split = urlsplit(typed)
        port = split.port
    except ValueError as error:
        raise InputRefused(f"The address {shown} can't be read: {error}.") from error
    if "@" in split.netloc:
        raise InputRefused(
            f"An address may hold no name or password before its host: leave out what stands before the @ in "
            f"'{split.scheme.lower()}://…@{_for_eyes(split.netloc.rpartition('@')[2])}'."
        )
    scheme = split.scheme.lower()
    path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(split.query, safe="/%:@!$&'()*+,;=~-._?")
    if port == 0:
        raise InputRefused(f"The address {shown} has the port 0, which nothing answers at.")
    return Address(
        scheme=scheme,
        host=_host(split.netloc, shown),
        port=usual_port(scheme) if port is None else port,
        target=path + (f"?{query}" if query else ""),
    )


def _host(netloc: str, shown: str) -> str:
    """Return the one spelling of a host. Raises `InputRefused` for one that is read differently here and there."""
    if netloc.startswith("["):
        return _ipv6(netloc[1 : netloc.index("]")], shown)
    name = unicodedata.normalize("NFKC", netloc.partition(":")[0].translate(_DOTS)).lower().removesuffix(".")
    if not name.isascii():
        name = _idna(name, shown)
    if _NUMERIC.fullmatch(name.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise InputRefused(
                f"The host of {shown} is a number in an odd form: write an IP address as four decimal numbers."
            ) from error
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise InputRefused(f"The host of {shown} is no name that a machine can have.")
    return name


def _ipv6(text: str, shown: str) -> str:
    try:
        if "%" in text:
            raise ValueError("a zone")
        return str(ipaddress.IPv6Address(text))
    except ValueError as error:
        raise InputRefused(f"The host of {shown} is no IPv6 address.") from error


def _idna(name: str, shown: str) -> str:
    import idna

    try:
        return idna.encode(name, uts46=True).decode().lower().removesuffix(".")
    except idna.IDNAError as error:
        raise InputRefused(f"The host of {shown} is no name that a machine can have.") from error


def next_hop(here: Address, location: str) -> Address:
    """Return where a redirect leads, by the same rules as for an address that a person types. Raises `InputRefused`."""
    if re.search(r"[\x00-\x20\x7f\\]", location.strip()):
        raise InputRefused(f"{here.shown!r} leads on to an address that can't be read.")
    return parse_address(urljoin(here.url, location.strip()))


def _for_eyes(text: str) -> str:
    """Return an address fit for a sentence: short, and without what may be a password."""
    visible = "".join(c if c.isprintable() else "?" for c in text)
    visible = re.sub(r"//[^/@]*@", "//…@", visible)
    visible = visible.partition("?")[0]
    return visible if len(visible) <= 80 else f"{visible[:77]}…"
