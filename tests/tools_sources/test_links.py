"""Every kind of link, fetched from a real site on loopback and read by the real libraries."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from episodes.errors import BackendUnavailable, InputRefused
from tests.servers.website import Answer, Website, redirect, website
from tests.tools_sources.linked import fetch, read_fetched, said
from tools import ffmpeg
from tools.protocols import ToolSettings
from tools.sources import links

ARTICLE = """<!doctype html><html><head><title>Goose takes the mayor's car - The Courier</title>
<meta property="article:published_time" content="2024-05-03T08:00:00Z"><script>var x = "do not read me";</script></head>
<body><nav><a href="/a">Home</a> <a href="/b">Sports</a> <a href="/c">Subscribe now</a></nav><article>
<h1>Goose takes the mayor's car</h1>
<p>A goose walked into the car of Mayor Zofia Brankovic on Tuesday and would not leave it for six hours.</p>
<p>Officers offered the goose two loaves of bread, a map of the county and a blanket. It took the blanket.</p>
<p>The car was found behind the bakery with its radio on. Nobody was hurt, and the café gave away 40 muffins.</p>
</article><footer>Copyright, cookies and more</footer></body></html>"""

SRT = "1\n00:00:02,000 --> 00:00:05,500\nThe goose sat down.\n\n2\n00:00:07,000 --> 00:00:09,000\nIt ate 12 muffins.\n"

VTT = b"WEBVTT\n\n00:02.000 --> 00:05.500\nThe goose sat down.\n\n00:07.000 --> 00:09.000\nIt ate 12 muffins.\n"

ITEM = """<item><title>{title}</title><link>{base}/{slug}</link><guid>{slug}</guid><pubDate>{date}</pubDate>
<description>&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;</description>{more}</item>"""

Row = tuple[str, str, str, str, str]
"""Title, slug, date, text, more."""


def rss(base: str, *rows: Row) -> str:
    items = "".join(
        ITEM.format(base=base, title=title, slug=slug, date=date, text=text, more=more)
        for title, slug, date, text, more in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0">'
        f"<channel><title>County log</title><link>{base}</link>{items}</channel></rss>"
    )


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A second of picture, of sound, of both, in the containers that sites use."""
    folder = tmp_path_factory.mktemp("media")
    picture = ["-f", "lavfi", "-i", "testsrc=s=160x90:r=10:d=1"]
    sound = ["-f", "lavfi", "-i", "sine=300:d=1"]
    small = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    ffmpeg.run([*picture, *sound, *small, folder / "both.mp4"])
    ffmpeg.run([*picture, *small, folder / "silent.mkv"])
    ffmpeg.run([*picture, *sound, *small, "-c:a", "aac", folder / "stream.ts"])
    ffmpeg.run([*sound, folder / "talk.mp3"])
    ffmpeg.run([*sound, folder / "talk.m4a"])
    ffmpeg.run([*sound, folder / "talk.wav"])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ---- pages, papers, texts -------------------------------------------------------------------------------------------


def test_an_article_becomes_title_day_and_paragraphs_with_lines(site: Website, tmp_path: Path) -> None:
    site.routes |= {"/go": redirect("/article?utm=1"), "/article": Answer(ARTICLE.encode())}
    fetched = fetch(site, "/go", tmp_path)
    assert [(item.file, item.holds) for item in fetched.files] == [("page.html", "page")]
    assert (fetched.address, fetched.content_type) == (f"{site.host}/article?utm=1", "text/html")
    readings = read_fetched(fetched, tmp_path)
    text = said(readings)
    assert "This was written on 3 May 2024." in text
    assert "offered the goose two loaves of bread" in text
    assert "café gave away 40 muffins" in text
    for junk in ("Subscribe", "do not read me", "cookies", "Brankovic"):
        assert junk not in text
    lines = [passage.line for passage in readings.passages]
    assert None not in lines
    assert lines == sorted(lines, key=lambda line: line or 0)
    assert len(set(lines)) >= 5


def test_a_page_in_another_encoding_is_read(site: Website, tmp_path: Path) -> None:
    plain = ARTICLE.replace("muffins", "crème brûlées")
    site.routes["/a"] = Answer(plain.encode("cp1252"), "text/html; charset=windows-1252")
    assert "café gave away 40 crème brûlées" in said(read_fetched(fetch(site, "/a", tmp_path), tmp_path))


def test_a_page_that_a_script_fills_is_refused(site: Website, tmp_path: Path) -> None:
    site.routes["/a"] = Answer(b"<html><body><div id=root></div><script src=/x.js></script></body></html>")
    with pytest.raises(InputRefused, match="no text"):
        read_fetched(fetch(site, "/a", tmp_path), tmp_path)


def paper(*pages: str, password: str = "") -> bytes:
    from fpdf import FPDF
    from fpdf.enums import EncryptionMethod

    made = FPDF()
    made.set_font("helvetica", size=12)
    for page in pages:
        made.add_page()
        made.multi_cell(0, 8, page)
    if password:
        made.set_encryption("owner", password, encryption_method=EncryptionMethod.RC4)
    return bytes(made.output())


def test_a_paper_is_read_page_by_page(site: Website, tmp_path: Path) -> None:
    pages = ("A goose took the car at 3 a.m. on Friday.", "Officers found 40 muffins behind the bakery. They ate them.")
    site.routes["/report"] = Answer(paper(*pages), "application/octet-stream")
    fetched = fetch(site, "/report", tmp_path)
    assert [item.file for item in fetched.files] == ["paper.pdf"]
    readings = read_fetched(fetched, tmp_path)
    assert [passage.text for passage in readings.passages] == [pages[0], *(pages[1].replace(". ", ".|").split("|"))]
    assert [passage.line for passage in readings.passages] == [1, 3, 3]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (paper("A secret goose.", password="open"), "locked with a password"),
        (paper("A goose.")[:300], "damaged|without a page"),
        (b"%PDF-1.7\nnothing more", "damaged|without a page"),
    ],
)
def test_a_paper_that_cannot_be_opened_is_refused(site: Website, tmp_path: Path, body: bytes, sentence: str) -> None:
    site.routes["/a.pdf"] = Answer(body, "application/pdf")
    with pytest.raises(InputRefused, match=sentence):
        fetch(site, "/a.pdf", tmp_path)


def test_a_scan_without_text_is_refused_when_it_is_read(site: Website, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = Answer(paper(""), "application/pdf")
    with pytest.raises(InputRefused, match="no text"):
        read_fetched(fetch(site, "/a.pdf", tmp_path), tmp_path)


@pytest.mark.parametrize(
    ("path", "body", "content_type", "file"),
    [
        ("/a", b"The goose sat down. It ate 12 muffins.", "text/plain", "text.txt"),
        ("/a.md", b"# Log\n\nThe goose sat down. It ate **12** muffins.", "text/plain", "text.md"),
        ("/a", b"- The goose sat down. It ate `12` muffins.", "text/markdown", "text.md"),
        ("/a", SRT.encode(), "application/octet-stream", "subtitles.srt"),
        ("/a", b"\xef\xbb\xbf" + VTT, "text/plain", "subtitles.vtt"),
        ("/a", "The goose sat down. It ate 12 muffins.".encode("utf-16"), "text/plain", "text.txt"),
    ],
)  # fmt: skip
def test_texts_and_subtitles_are_known_by_what_is_in_them(
    site: Website, tmp_path: Path, path: str, body: bytes, content_type: str, file: str
) -> None:
    site.routes[path] = Answer(body, content_type)
    fetched = fetch(site, path, tmp_path)
    assert [item.file for item in fetched.files] == [file]
    readings = read_fetched(fetched, tmp_path)
    assert "It ate 12 muffins." in said(readings)
    assert all((passage.seconds is not None) == file.startswith("subtitles") for passage in readings.passages)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "image/png"), (b"PK\x03\x04" + b"\0" * 99, "application/zip"),
        (b'{"a": 1}', "application/json"), (b"MZ" + b"\0\1" * 99, "application/x-msdownload"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_by_name(site: Website, tmp_path: Path, body: bytes, content_type: str) -> None:
    site.routes["/a"] = Answer(body, content_type)
    with pytest.raises(InputRefused, match=f"can't be read.*{content_type.split('/')[0]}"):
        fetch(site, "/a", tmp_path)


# ---- feeds and podcasts ---------------------------------------------------------------------------------------------


def test_a_feed_gives_its_newest_items_and_none_of_their_links(site: Website, tmp_path: Path) -> None:
    days = [
        (f"Call {day}", f"c{day}", f"Wed, {day:02d} May 2024 09:00:00 GMT", f"The goose took {day} rolls.", "")
        for day in range(1, 16)
    ]
    site.routes["/feed"] = Answer(rss(site.url(""), *days).encode(), "application/rss+xml")
    fetched = fetch(site, "/feed", tmp_path)
    assert [item.file for item in fetched.files] == ["feed.xml"]
    text = said(read_fetched(fetched, tmp_path))
    assert "The goose took 15 rolls." in text
    assert "The goose took 6 rolls." in text
    assert "The goose took 5 rolls." not in text
    assert "bad()" not in text
    assert [path for path, _ in site.asked] == ["/feed"]


def test_atom_is_a_feed_too(site: Website, tmp_path: Path) -> None:
    site.routes["/atom"] = Answer(
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Log</title><entry><id>1</id>'
        b"<title>Goose at large</title><updated>2024-05-01T00:00:00Z</updated>"
        b"<summary>It took the mayor's car.</summary></entry></feed>",
        "application/xml",
    )
    assert "Goose at large." in said(read_fetched(fetch(site, "/atom", tmp_path), tmp_path))


def test_an_entity_in_a_feed_reads_no_file(site: Website, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the launch code is seventeen")
    body = rss(site.url(""), ("A", "a", "Wed, 01 May 2024 09:00:00 GMT", "The goose &x; sat down.", ""))
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    site.routes["/feed"] = Answer(body.replace("?>", f"?>{entity}", 1).encode(), "application/rss+xml")
    text = said(read_fetched(fetch(site, "/feed", tmp_path / "in"), tmp_path / "in"))
    assert "seventeen" not in text


def podcast(site: Website, media: dict[str, bytes], *transcripts: tuple[str, str]) -> None:
    more = f'<enclosure url="{site.url("/e.mp3")}" type="audio/mpeg" length="9"/>'
    more += "".join(f'<podcast:transcript url="{site.url(path)}" type="{kind}"/>' for path, kind in transcripts)
    older = (
        "Old",
        "e1",
        "Wed, 01 May 2024 09:00:00 GMT",
        "Old news.",
        more.replace("/e.mp3", "/old.mp3").replace("/t.", "/old."),
    )
    newer = ("New", "e2", "Thu, 02 May 2024 09:00:00 GMT", "The goose is interviewed.", more)
    site.routes["/feed"] = Answer(rss(site.url(""), older, newer).encode(), "application/rss+xml")
    site.routes["/e.mp3"] = Answer(media["talk.mp3"], "audio/mpeg")


def test_a_podcasts_newest_episode_is_fetched_to_be_heard(
    site: Website, tmp_path: Path, media: dict[str, bytes]
) -> None:
    podcast(site, media)
    fetched = fetch(site, "/feed", tmp_path)
    assert [item.file for item in fetched.files] == ["feed.xml", "sound.mp3"]
    assert fetched.title == "New"
    assert [path for path, _ in site.asked] == ["/feed", "/e.mp3"]
    assert "The goose is interviewed." in said(read_fetched(fetched, tmp_path))


def transcript_in(kind: str) -> bytes:
    segments = [
        {"startTime": 2, "endTime": 5.5, "body": "The goose sat down."},
        {"startTime": 7, "body": "It ate 12 muffins."},
    ]
    return {
        "application/srt": SRT.encode(),
        "text/vtt": VTT,
        "application/json": json.dumps({"version": "1.0.0", "segments": segments}).encode(),
        "text/html": b"<html><body><p>The goose sat down.</p><p>It ate 12 muffins.</p></body></html>",
    }[kind]


@pytest.mark.parametrize("kind", ["application/srt", "text/vtt", "application/json", "text/html"])
def test_a_podcasts_transcript_is_read_and_its_sound_left_there(
    site: Website, tmp_path: Path, media: dict[str, bytes], kind: str
) -> None:
    podcast(site, media, ("/t.x", kind))
    site.routes["/t.x"] = Answer(transcript_in(kind), kind)
    readings = read_fetched(fetch(site, "/feed", tmp_path), tmp_path)
    assert {"The goose sat down.", "It ate 12 muffins."} <= {passage.text for passage in readings.passages}
    timed = [passage.seconds for passage in readings.passages if passage.text == "It ate 12 muffins."]
    assert timed == [None if kind == "text/html" else 7.0]
    assert [path for path, _ in site.asked] == ["/feed", "/t.x"]
    assert readings.unheard == ()


def test_of_several_transcripts_the_timed_one_is_taken_and_a_broken_one_passed_over(
    site: Website, tmp_path: Path, media: dict[str, bytes]
) -> None:
    podcast(site, media, ("/t.html", "text/html"), ("/t.vtt", "text/vtt"), ("/t.srt", "application/srt"))
    site.routes |= {"/t.html": Answer(transcript_in("text/html")), "/t.srt": Answer(SRT.encode(), "text/plain")}
    fetched = fetch(site, "/feed", tmp_path)
    assert [item.file for item in fetched.files] == ["feed.xml", "subtitles.srt"]
    assert [path for path, _ in site.asked] == ["/feed", "/t.vtt", "/t.srt"]


def test_a_feed_cannot_send_us_inside(tmp_path: Path, media: dict[str, bytes]) -> None:
    with website() as site, website({"/e.mp3": Answer(media["talk.mp3"])}) as inside:
        podcast(site, media)
        feed = site.routes["/feed"]
        assert isinstance(feed, Answer)
        site.routes["/feed"] = Answer(feed.body.replace(site.host.encode(), inside.host.encode()), feed.content_type)
        with pytest.raises(InputRefused, match="no public site"):
            fetch(site, "/feed", tmp_path)
        assert inside.connections == 0


# ---- media files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content_type", "file"),
    [
        ("both.mp4", "video/mp4", "video.mp4"), ("both.mp4", "text/plain", "video.mp4"),
        ("silent.mkv", "application/octet-stream", "video.mkv"), ("stream.ts", "video/mp2t", "video.mkv"),
        ("talk.mp3", "audio/mpeg", "sound.mp3"), ("talk.m4a", "audio/mp4", "sound.m4a"), ("talk.wav", "", "sound.wav"),
    ],
)  # fmt: skip
def test_a_media_file_is_known_by_its_bytes(
    site: Website, tmp_path: Path, media: dict[str, bytes], name: str, content_type: str, file: str
) -> None:
    site.routes["/x"] = Answer(media[name], content_type)
    fetched = fetch(site, "/x", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [item.file for item in fetched.files] == [file]
    readings = read_fetched(fetched, tmp_path)
    assert [picture.width for picture in readings.pictures] == ([160] if file.startswith("video") else [])


def test_too_large_a_file_is_not_fetched_to_its_end(site: Website, tmp_path: Path, media: dict[str, bytes]) -> None:
    site.routes["/x"] = Answer(media["talk.wav"], "audio/wav")
    with pytest.raises(InputRefused, match="too large"):
        fetch(site, "/x", tmp_path, max_megabytes=0.01)


@pytest.mark.parametrize("value", [0, -1, "much", True, 1e9])
def test_a_limit_that_is_none_is_refused(value: float | str) -> None:
    with pytest.raises(BackendUnavailable, match="max_megabytes"):
        links.build(ToolSettings(options={"max_megabytes": value}))


HOSTILE_NAMES = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "a/b/c", "CON", "nul.txt", ".bashrc", "-rf",
    "a\\..\\b", "x" * 300, "\u202egnp.exe", "🦝", "a%00.txt", "; rm -rf ~", "$(id)", "`id`", "|cat",
    "file.mp4.exe", "..", "~/x",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_of_the_network_becomes_a_path(
    site: Website, tmp_path: Path, media: dict[str, bytes], name: str
) -> None:
    from urllib.parse import quote

    path = f"/x/{quote(name, safe='%/')}"
    header = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}".encode().decode("latin-1")
    answer = Answer(media["both.mp4"], "video/mp4", headers={"Content-Disposition": header})
    site.routes["/go"] = redirect(path)
    before = set(tmp_path.iterdir())
    for route in ("/etc/passwd", "/x/", "/", path):
        site.routes[route] = answer
    site.routes.setdefault(path.partition("?")[0], answer)
    fetched = fetch(site, "/go", tmp_path / "in")
    assert [item.file for item in fetched.files] == ["video.mp4"]
    assert {found for found in tmp_path.rglob("*") if found.is_file()} == {tmp_path / "in" / "video.mp4"}
    assert set(tmp_path.iterdir()) - before == {tmp_path / "in"}
