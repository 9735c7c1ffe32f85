"""Files made to have other files read, or to fill the memory: each ends in one sentence and reads nothing else."""

import gzip
import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from episodes.errors import InputRefused
from tests.servers.website import Answer, Website, website
from tests.tools_sources.linked import fetch, read_fetched
from tests.tools_sources.test_reader import read

SECRET = "#EXTM3U the launch code is seventeen"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that must not be read: its time of last access would tell."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    os.utime(path, (1_000_000, 2_000_000))
    return path


def was_read(path: Path) -> bool:
    return path.stat().st_atime != 1_000_000


def playlist(secret: Path) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()


def concat(secret: Path) -> bytes:
    return f"ffconcat version 1.0\nfile '{secret}'\n".encode()


def xbin(secret: Path) -> bytes:
    """An XBIN picture of one line whose text is a playlist, as the disclosure of 2017 had it."""
    return b"XBIN\x1a" + struct.pack("<HHBB", 80, 1, 16, 0) + playlist(secret).ljust(160)


def avi(secret: Path) -> bytes:
    """An AVI with a GAB2 subtitle track that is a playlist."""
    inside = playlist(secret)
    gab2 = b"GAB2\0\2\0" + struct.pack("<I", 2) + b"x\0" + struct.pack("<HI", 4, len(inside)) + inside
    gab2 += b"\0" * (len(gab2) % 2)
    avih = struct.pack("<14I", 40_000, 0, 0, 16, 1, 0, 1, 0, 16, 16, 0, 0, 0, 0)
    strh = b"txts" + b"\0\0\0\0" + struct.pack("<10I", 0, 0, 0, 1, 1, 0, 1, 0, 0, 0) + struct.pack("<4H", 0, 0, 0, 0)
    strl = b"LIST" + struct.pack("<I", 4 + 8 + len(strh) + 8) + b"strl" + b"strh" + struct.pack("<I", len(strh)) + strh
    strl += b"strf" + struct.pack("<I", 0)
    hdrl = b"hdrl" + b"avih" + struct.pack("<I", len(avih)) + avih + strl
    movi = b"movi" + b"00tx" + struct.pack("<I", len(gab2)) + gab2
    body = b"AVI " + b"".join(b"LIST" + struct.pack("<I", len(part)) + part for part in (hdrl, movi))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def svg(secret: Path) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{secret}" width="9" height="9"/></svg>'.encode()
    )


def archive(secret: Path) -> bytes:
    """A zip that holds 100 MB of nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"../../{secret.name}", b"\0" * 100_000_000)
    return made.getvalue()


def manifest(secret: Path) -> bytes:
    return f'<?xml version="1.0"?><MPD><Period><BaseURL>file://{secret}</BaseURL></Period></MPD>'.encode()


HOSTILE = (playlist, concat, xbin, avi, svg, archive, manifest)
Maker = Callable[[Path], bytes]


@pytest.mark.parametrize("content_type", ["video/mp4", "application/octet-stream", "application/vnd.apple.mpegurl", ""])
@pytest.mark.parametrize("make", HOSTILE)
def test_a_hostile_file_by_link_reads_no_file_and_ends_in_a_sentence(
    site: Website, tmp_path: Path, secret: Path, make: Maker, content_type: str
) -> None:
    site.routes["/clip.mp4"] = Answer(make(secret), content_type)
    with pytest.raises(InputRefused) as refused:
        read_fetched(fetch(site, "/clip.mp4", tmp_path / "in"), tmp_path / "in")
    assert "seventeen" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not was_read(secret)
    assert site.connections == 1


@pytest.mark.parametrize("ending", ["mp4", "avi", "mp3", "mkv"])
@pytest.mark.parametrize("make", HOSTILE)
def test_a_hostile_file_of_one_s_own_reads_no_other(tmp_path: Path, secret: Path, make: Maker, ending: str) -> None:
    path = tmp_path / f"clip.{ending}"
    path.write_bytes(make(secret))
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert "seventeen" not in str(refused.value)
    assert not was_read(secret)


def test_a_file_that_is_read_shows_it(secret: Path) -> None:
    """Without this the tests above could not fail."""
    secret.read_text()
    if not was_read(secret):
        pytest.skip("this disk keeps no times of access")


def test_a_page_packed_a_thousand_times_is_not_unpacked_to_its_end(site: Website, tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>a goose</p>" * 20_000_000, 9)
    site.routes["/"] = Answer(packed, "text/html", headers={"Content-Encoding": "gzip"})
    with pytest.raises(InputRefused, match="too large"):
        fetch(site, "/", tmp_path / "in")
    assert sum(path.stat().st_size for path in (tmp_path / "in").iterdir()) <= 5_000_000
