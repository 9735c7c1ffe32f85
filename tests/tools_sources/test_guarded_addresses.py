"""No source leads to a forbidden address: by hand, by a redirect, by a name, or through the proxy."""

import base64
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from episodes.errors import BackendUnavailable, InputRefused
from tests.servers.website import Answer, Website, redirect, website
from tests.tools_sources.wide_world import PUBLIC, World
from tools.sources.addresses import parse_address
from tools.sources.fetching import Fetcher, FetchLimits
from tools.sources.guarding import Guard, is_public, read_allowance
from tools.sources.proxy import GuardingProxy

FORBIDDEN = (
    # loopback, in every spelling that some program takes
    "http://127.0.0.1:{p}/", "http://127.1:{p}/", "http://127.0.1:{p}/", "http://2130706433:{p}/",
    "http://0x7f000001:{p}/", "http://0x7f.0.0.1:{p}/", "http://0X7F.1:{p}/", "http://0177.0.0.1:{p}/",
    "http://017700000001:{p}/", "http://127.0.0.01:{p}/", "http://127.000.000.001:{p}/", "http://0:{p}/",
    "http://0.0.0.0:{p}/", "http://127.255.255.254:{p}/", "http://127.0.0.1.:{p}/", "http://127。0。0。1:{p}/",
    "http://127．0．0．1:{p}/", "http://１２７.0.0.1:{p}/", "http://①②⑦.0.0.1:{p}/", "http://%31%32%37.0.0.1:{p}/",
    # by name
    "http://localhost:{p}/", "http://LOCALHOST:{p}/", "http://localhost.:{p}/", "http://ⓛocalhost:{p}/",
    "http://inside.example:{p}/", "http://half.example:{p}/", "http://metadata.google.internal:{p}/",
    "http://127.0.0.1.nip.example:{p}/",
    # IPv6
    "http://[::1]:{p}/", "http://[0:0:0:0:0:0:0:1]:{p}/", "http://[::]:{p}/", "http://[::ffff:127.0.0.1]:{p}/",
    "http://[::ffff:7f00:1]:{p}/", "http://[::127.0.0.1]:{p}/", "http://[64:ff9b::7f00:1]:{p}/",
    "http://[64:ff9b:1::7f00:1]:{p}/", "http://[2002:7f00:1::]:{p}/", "http://[2001:0:7f00:1::]:{p}/",
    "http://[fd00:ec2::254]:{p}/", "http://[fe80::1]:{p}/", "http://[fe80::1%25eth0]:{p}/", "http://[fec0::1]:{p}/",
    "http://[fc00::1]:{p}/", "http://[ff02::1]:{p}/", "http://[2001:db8::1]:{p}/", "http://[::1%25lo]:{p}/",
    # other networks that are nobody's site
    "http://10.0.0.1:{p}/", "http://172.16.0.1:{p}/", "http://192.168.1.1:{p}/", "http://169.254.169.254:{p}/",
    "http://100.64.0.1:{p}/", "http://198.18.0.1:{p}/", "http://192.0.2.1:{p}/", "http://203.0.113.9:{p}/",
    "http://224.0.0.1:{p}/", "http://240.0.0.1:{p}/", "http://255.255.255.255:{p}/", "http://192.0.0.8:{p}/",
    # dressed up
    "http://site.example@127.0.0.1:{p}/", "http://site.example:80@127.0.0.1:{p}/", "http://a:b@site.example:{p}/",
    "http://127.0.0.1\\@site.example:{p}/", "http://site.example\\.127.0.0.1:{p}/", "http://127.0.0.1\t:{p}/",
    "http://site.example#@127.0.0.1:{p}/\u200b", "http:127.0.0.1:{p}/", "http:///127.0.0.1:{p}/", "//127.0.0.1:{p}/",
    # other doors
    "file:///etc/passwd", "ftp://127.0.0.1:{p}/", "gopher://127.0.0.1:{p}/_x", "dict://127.0.0.1:{p}/",
    "data:text/html,x", "javascript:alert(1)", "http://site.example:22/", "http://site.example:6379/", "http://site.example:0/",
)  # fmt: skip

NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "inside.example": ("127.0.0.1",),
    "half.example": (PUBLIC, "127.0.0.1"),
    "metadata.google.internal": ("169.254.169.254",),
    "127.0.0.1.nip.example": ("127.0.0.1",),
}


class Street:
    """Two listeners that nobody may ring at, and a public site."""

    def __init__(self, inside: Website, inside6: Website, public: Website) -> None:
        self.inside, self.inside6, self.public = inside, inside6, public
        self.world = World(public.port)
        self.world.names |= {name: [ips] for name, ips in NAMES.items()}
        # Their ports are as good as 80 here: only the addresses stand between us and the listeners.
        self.guard = self.world.guard(None, inside.port, inside6.port)

    def spelled(self, url: str) -> str:
        return url.replace("{p}", str(self.inside6.port if "[" in url else self.inside.port))

    def untouched(self) -> bool:
        return self.inside.connections == self.inside6.connections == 0 and not [
            ip for ip, _ in self.world.dialled if ip != PUBLIC
        ]


@pytest.fixture
def street() -> Iterator[Street]:
    secret: dict[str, object] = {"/": Answer(b"the secret")}
    with website(dict(secret)) as inside, website(dict(secret), host="::1") as inside6, website() as public:  # type: ignore[arg-type]
        yield Street(inside, inside6, public)


def test_the_table_is_long_enough() -> None:
    assert len(set(FORBIDDEN)) == len(FORBIDDEN) >= 70


@pytest.mark.parametrize("url", FORBIDDEN)
def test_a_forbidden_address_is_never_connected_to(street: Street, url: str, tmp_path: Path) -> None:
    fetcher = Fetcher(street.guard)
    with pytest.raises(InputRefused) as refused:
        fetcher.get(parse_address(street.spelled(url)), tmp_path / "got")
    assert street.untouched()
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith((".", ".", "'"))
    assert not (tmp_path / "got").exists()


@pytest.mark.parametrize("url", [url for url in FORBIDDEN if "\t" not in url and not url.startswith("//")])
def test_no_redirect_leads_to_a_forbidden_address(street: Street, url: str, tmp_path: Path) -> None:
    location = street.spelled(url).encode().decode("latin-1")
    street.public.routes["/go"] = redirect(location)
    with pytest.raises(InputRefused):
        Fetcher(street.guard).get(parse_address("http://site.example/go"), tmp_path / "got")
    assert street.public.connections in (1, 2)  # `http:x` is a page of the same site.
    assert street.untouched()


def test_a_redirect_without_scheme_keeps_to_the_rules(street: Street, tmp_path: Path) -> None:
    street.public.routes["/go"] = redirect(f"//127.0.0.1:{street.inside.port}/")
    with pytest.raises(InputRefused, match="no public site"):
        Fetcher(street.guard).get(parse_address("http://site.example/go"), tmp_path / "got")
    assert street.untouched()


@pytest.mark.parametrize("url", [url for url in FORBIDDEN if url.startswith("http://") and url.isascii()])
def test_the_proxy_connects_to_no_forbidden_address(street: Street, url: str) -> None:
    target = street.spelled(url)
    netloc = target.removeprefix("http://").partition("/")[0]
    with GuardingProxy(street.guard, FetchLimits(idle=2), 1_000_000) as proxy:
        for line in (f"CONNECT {netloc} HTTP/1.1", f"GET {target} HTTP/1.1"):
            assert through(proxy, line).split(b" ")[1:2] in ([b"403"], [b"502"], [])
    assert street.untouched()


def through(proxy: GuardingProxy, line: str, password: str | None = None) -> bytes:
    """Send one request to the proxy and return all that comes back."""
    user, _, rest = proxy.address.removeprefix("http://").partition("@")
    known = base64.b64encode((password or user).encode()).decode()
    head = f"{line}\r\nHost: x\r\nProxy-Authorization: Basic {known}\r\nX-Mine: 1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(rest.rpartition(":")[2])), timeout=5) as client:
        client.sendall(head.encode())
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65_536), b""))


def test_the_proxy_serves_public_sites_to_whoever_knows_its_password(street: Street) -> None:
    street.public.routes["/page"] = Answer(b"hello")
    with GuardingProxy(street.guard, FetchLimits(idle=2), 1_000_000) as proxy:
        assert through(proxy, "GET http://site.example/page HTTP/1.1").endswith(b"hello")
        assert through(proxy, "GET http://site.example/page HTTP/1.1", "ten-four:guess").split(b" ")[1] == b"407"
        assert through(proxy, "CONNECT site.example:80 HTTP/1.1", "ten-four:guess").split(b" ")[1] == b"407"
        assert through(proxy, "CONNECT site.example:80 HTTP/1.1").split(b" ")[1] == b"200"
    assert street.public.asked == [("/page", "site.example")]
    assert "Proxy-Authorization" not in street.public.headers[0]
    assert street.public.headers[0]["X-Mine"] == "1"
    assert street.world.dialled == [(PUBLIC, 80), (PUBLIC, 80)]


def test_the_proxy_stops_at_its_limit_of_bytes(street: Street) -> None:
    street.public.routes["/big"] = Answer(b"x" * 3_000_000)
    with GuardingProxy(street.guard, FetchLimits(idle=2), 500_000) as proxy:
        assert len(through(proxy, "GET http://site.example/big HTTP/1.1")) <= 500_000
        assert "too large" in str(proxy.refusals[0])


def test_a_name_that_changes_its_answer_is_reached_where_it_was_checked(street: Street, tmp_path: Path) -> None:
    street.world.names["turning.example"] = [(PUBLIC,), ("127.0.0.1",)]
    street.public.routes["/"] = Answer(b"public")
    address = parse_address("http://turning.example/")
    Fetcher(street.guard).get(address, tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == b"public"
    assert street.world.looked_up == ["turning.example"]
    assert street.public.asked == [("/", "turning.example")]
    with pytest.raises(InputRefused):
        Fetcher(street.guard).get(address, tmp_path / "again")
    assert street.untouched()


def test_a_name_that_turns_inward_between_two_hops_is_refused(street: Street, tmp_path: Path) -> None:
    street.world.names["turning.example"] = [(PUBLIC,), ("127.0.0.1",)]
    street.public.routes["/"] = redirect(f"http://turning.example:{street.inside.port}/")
    with pytest.raises(InputRefused, match="no public site"):
        Fetcher(street.guard).get(parse_address("http://turning.example/"), tmp_path / "got")
    assert street.world.looked_up == ["turning.example"] * 2
    assert street.untouched()


def test_the_environments_proxy_is_not_asked(street: Street, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{street.inside.port}")
    street.public.routes["/"] = Answer(b"public")
    Fetcher(street.guard).get(parse_address("http://site.example/"), tmp_path / "got")
    assert street.untouched()


# ---- what the person allows -----------------------------------------------------------------------------------------


def test_what_the_person_allows_is_fetched(street: Street, tmp_path: Path) -> None:
    for number, (allow, url) in enumerate([
        (f"127.0.0.1:{street.inside.port}", f"http://127.0.0.1:{street.inside.port}/"),
        (f"inside.example:{street.inside.port}", f"http://inside.example:{street.inside.port}/"),
        (f"[::1]:{street.inside6.port}", f"http://[::1]:{street.inside6.port}/"),
    ]):  # fmt: skip
        guard = street.world.guard(read_allowance([allow]))
        guard.check_typed(parse_address(url))
        Fetcher(guard).get(parse_address(url), tmp_path / str(number))
        assert (tmp_path / str(number)).read_bytes() == b"the secret"


def test_a_public_page_cannot_use_what_the_person_allows(street: Street, tmp_path: Path) -> None:
    inside = f"127.0.0.1:{street.inside.port}"
    guard = street.world.guard(read_allowance([inside, "127.0.0.0/8"]))
    street.public.routes["/go"] = redirect(f"http://{inside}/")
    with pytest.raises(InputRefused, match="no public site"):
        Fetcher(guard).get(parse_address("http://site.example/go"), tmp_path / "got")
    assert street.untouched()


def test_an_allowed_machine_may_lead_on_to_allowed_ones_until_the_way_leaves_them(
    street: Street, tmp_path: Path
) -> None:
    inside = f"127.0.0.1:{street.inside.port}"
    guard = street.world.guard(read_allowance([inside]))
    street.inside.routes |= {"/go": redirect("/next"), "/next": redirect(f"http://{inside}/")}
    assert Fetcher(guard).get(parse_address(f"http://{inside}/go"), tmp_path / "got").allowed
    street.inside.routes["/out"] = redirect("http://site.example/back")
    street.public.routes["/back"] = redirect(f"http://{inside}/")
    before = street.inside.connections
    with pytest.raises(InputRefused, match="no public site"):
        Fetcher(guard).get(parse_address(f"http://{inside}/out"), tmp_path / "got")
    assert street.inside.connections == before + 1


def test_an_allowed_name_does_not_open_the_clouds_keys() -> None:
    guard = Guard(read_allowance(["wiki.lan"]), lambda host, port: ("169.254.169.254",))
    with pytest.raises(InputRefused):
        guard.open("wiki.lan", 80, trusted=True)
    assert (
        Guard(read_allowance(["wiki.lan"]), lambda host, port: ("10.1.2.3",)).open("wiki.lan", 80, trusted=True).allowed
    )


@pytest.mark.parametrize("line", ["http://a", "a/b", "1.2.3", "host:0", "host:99999", "", "[::1", 7, "a b"])
def test_a_line_that_allows_nothing_clear_is_refused(line: str | int) -> None:
    with pytest.raises(BackendUnavailable, match="director"):
        read_allowance([line])


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(ip: str) -> None:
    import ipaddress

    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    ("typed", "url", "shown"),
    [
        ("www.example.org/a b".replace(" ", "%20"), "https://www.example.org/a%20b", "www.example.org/a%20b"),
        ("HTTPS://Example.ORG.:443/x#part", "https://example.org/x", "example.org/x"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4", "xn--mnchen-3ya.example/%C3%A4"),
        ("https://a.example/w?v=Q1&token=abc&sig=9", "https://a.example/w?v=Q1&token=abc&sig=9", "a.example/w?v=Q1"),
        ("https://a.example/f?X-Amz-Signature=1f", "https://a.example/f?X-Amz-Signature=1f", "a.example/f"),
        ("http://[2606:4700::1111]:8080/", "http://[2606:4700::1111]:8080/", "[2606:4700::1111]:8080"),
    ],
)
def test_an_address_has_one_spelling_and_shows_no_key(typed: str, url: str, shown: str) -> None:
    address = parse_address(typed)
    assert (address.url, address.shown) == (url, shown)
