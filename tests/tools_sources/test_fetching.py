"""What the fetcher takes and what it says when there is nothing to take."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from episodes.errors import BackendDown, InputRefused, TransientToolError
from tests.servers.website import Answer, Website, redirect, website
from tests.tools_sources.wide_world import PUBLIC, World
from tools.sources.addresses import parse_address
from tools.sources.fetching import Body, Fetcher, FetchLimits
from tools.sources.guarding import Guard, read_allowance

QUICK = FetchLimits(connect=2, idle=2, seconds=5, page=50_000, paper=60_000, media=200_000)


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


def get(site: Website, path: str, into: Path, limits: FetchLimits = QUICK) -> Body:
    fetcher = Fetcher(Guard(read_allowance([site.host])), limits)
    return fetcher.get(parse_address(site.url(path)), into / "got")


def test_a_page_comes_with_its_type_and_where_it_was(site: Website, tmp_path: Path) -> None:
    site.routes |= {"/old": redirect("new?x=1#top", 301), "/new": Answer(b"<p>hi", "Text/HTML; Charset=Latin-1")}
    body = get(site, "/old", tmp_path)
    assert (body.address.url, body.content_type, body.charset, body.bytes) == (
        site.url("/new?x=1"),
        "text/html",
        "latin-1",
        5,
    )
    assert (tmp_path / "got").read_bytes() == b"<p>hi"


def test_five_redirects_are_followed_and_no_more(site: Website, tmp_path: Path) -> None:
    site.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(9)} | {"/5": Answer(b"here")}
    assert get(site, "/0", tmp_path).bytes == 4
    site.routes["/5"] = redirect("/6")
    with pytest.raises(InputRefused, match="5 redirects"):
        get(site, "/0", tmp_path)
    assert [path for path, _ in site.asked].count("/6") == 0


def test_it_asks_as_nobody(site: Website, tmp_path: Path) -> None:
    site.routes |= {
        "/a": Answer(status=302, headers={"Location": "/b", "Set-Cookie": "who=me"}), "/b": Answer(b"x"),
    }  # fmt: skip
    get(site, "/a", tmp_path)
    assert {name.lower() for asked in site.headers for name in asked} <= {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
    }


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 204, 304, 206])
def test_what_will_not_change_is_refused_in_a_sentence(site: Website, tmp_path: Path, status: int) -> None:
    site.routes["/"] = Answer(b"" if status in (204, 304) else b"x", status=status)
    with pytest.raises(InputRefused, match=str(status)):
        get(site, "/", tmp_path)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_passes_may_be_tried_again(site: Website, tmp_path: Path, status: int) -> None:
    site.routes["/"] = Answer(b"x", status=status, headers={"Retry-After": "7"})
    with pytest.raises(TransientToolError, match=str(status)) as failed:
        get(site, "/", tmp_path)
    assert failed.value.retry_after == 7


def test_a_site_that_does_not_answer_is_down(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fetcher = Fetcher(Guard(read_allowance([f"127.0.0.1:{port}"])), QUICK)
    with pytest.raises(BackendDown, match="does not answer"):
        fetcher.get(parse_address(f"http://127.0.0.1:{port}/"), tmp_path / "got")


def test_a_name_that_nobody_has_is_refused_and_a_deaf_resolver_is_not(tmp_path: Path) -> None:
    def deaf(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(InputRefused, match="no site called"):
        Fetcher(World(0).guard()).get(parse_address("http://nobody.example/"), tmp_path / "got")
    with pytest.raises(TransientToolError, match="online"):
        Fetcher(Guard(resolve=deaf)).get(parse_address("http://site.example/"), tmp_path / "got")


def test_sizes_are_limited_by_type_whatever_the_header_says(site: Website, tmp_path: Path) -> None:
    big = b"x" * 100_000
    site.routes |= {
        "/page": Answer(big), "/video": Answer(big, "video/mp4"), "/more": Answer(big * 3, "video/mp4"),
        "/told": Answer(b"x", declared=10**12),
    }  # fmt: skip
    assert get(site, "/video", tmp_path).bytes == 100_000
    for path in ("/page", "/more", "/told"):
        with pytest.raises(InputRefused, match="too large"):
            get(site, path, tmp_path)


def test_a_packed_page_is_unpacked_and_a_bomb_is_not(site: Website, tmp_path: Path) -> None:
    packed = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(b"0" * 300_000_000, 9)
    site.routes |= {
        "/page": Answer(gzip.compress(b"hello " * 5), headers=packed),
        "/bomb": Answer(bomb, "video/mp4", headers=packed),
        "/half": Answer(gzip.compress(b"hello " * 500)[:40], headers=packed),
        "/odd": Answer(b"x", headers={"Content-Encoding": "br"}), "/junk": Answer(b"no gzip", headers=packed),
    }  # fmt: skip
    assert len(bomb) < 400_000
    assert get(site, "/page", tmp_path).bytes == 30
    with pytest.raises(InputRefused, match="too large"):
        get(site, "/bomb", tmp_path, replace(QUICK, media=1_000_000))
    assert (tmp_path / "got").stat().st_size <= 1_000_000
    with pytest.raises(InputRefused, match="packed"):
        get(site, "/odd", tmp_path)
    for path in ("/half", "/junk"):
        with pytest.raises(TransientToolError, match="unpacked"):
            get(site, path, tmp_path)


def test_a_body_that_drips_or_breaks_off_ends_in_a_sentence(site: Website, tmp_path: Path) -> None:
    site.routes |= {"/drip": Answer(b"x" * 1000, drip=0.05), "/cut": Answer(b"x" * 10, declared=1000)}
    began = time.monotonic()
    with pytest.raises(TransientToolError, match="too long"):
        get(site, "/drip", tmp_path, replace(QUICK, seconds=0.5))
    assert time.monotonic() - began < 25  # Half of what the whole body takes.
    with pytest.raises(TransientToolError, match="broke"):
        get(site, "/cut", tmp_path)


def test_an_empty_body_is_nothing(site: Website, tmp_path: Path) -> None:
    site.routes["/"] = Answer(b"")
    with pytest.raises(InputRefused, match="empty"):
        get(site, "/", tmp_path)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl to make a certificate")
def test_a_pinned_connection_names_the_site_and_checks_its_certificate(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=site.example", "-addext", "subjectAltName=DNS:site.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    believed = ssl.create_default_context(cafile=str(certificate))
    with website({"/": Answer(b"safe")}, tls=server) as site:
        world = World(site.port)
        world.names["other.example"] = [(PUBLIC,)]
        Fetcher(world.guard(), QUICK, believed).get(parse_address("https://site.example/"), tmp_path / "got")
        assert (world.dialled, site.server_names) == ([(PUBLIC, 443)], ["site.example"])
        assert site.asked == [("/", "site.example")]
        for fetcher, host in (
            (Fetcher(world.guard(), QUICK, believed), "other.example"),
            (Fetcher(world.guard(), QUICK), "site.example"),
        ):
            with pytest.raises(InputRefused, match="prove who it is"):
                fetcher.get(parse_address(f"https://{host}/"), tmp_path / "got")
        assert len(site.asked) == 1
