"""Sites of video by the real yt-dlp: a small extractor for a site on loopback stands for theirs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yt_dlp
from yt_dlp import YoutubeDL
from yt_dlp.extractor.common import InfoExtractor

from episodes.errors import BackendUnavailable, InputRefused, ProductionError, TransientToolError
from episodes.results import Fetched
from tests.servers.website import Answer, Website, redirect, website
from tests.tools_sources.linked import read_fetched, said
from tools import ffmpeg
from tools.sources import sites
from tools.sources.addresses import parse_address
from tools.sources.fetching import FetchLimits
from tools.sources.guarding import Guard, read_allowance
from tools.sources.sites import FORBIDDEN, SITES, Site, check_version, choose_subtitles, site_of, site_options
from tools.sources.transcripts import unrolled
from tools.sources.videos import VideoFetcher

LIMITS = FetchLimits(connect=2, idle=5, seconds=60, media=5_000_000)

ROLLING = """WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.000 align:start position:0%
 
the<00:00:01.400><c> goose</c><00:00:01.900><c> sat</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
the goose sat
 

00:00:03.010 --> 00:00:05.000 align:start position:0%
the goose sat
down<00:00:03.400><c> and</c><00:00:03.900><c> ate</c><00:00:04.400><c> 12</c><00:00:04.600><c> muffins</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
down and ate 12 muffins
 
"""  # noqa: W293

MADE = "WEBVTT\n\n00:02.000 --> 00:04.000\nThe goose sat down.\n\n00:05.000 --> 00:07.000\nIt ate 12 muffins.\n"


class TenFourWatchIE(InfoExtractor):  # type: ignore[misc]
    """Reads `/watch/NAME`, whose page is the video's description as JSON."""

    _VALID_URL = r"https?://127\.0\.0\.1:\d+/watch/(?P<id>[^?]+)"
    IE_NAME = "TenFourWatch"

    def _real_extract(self, url: str) -> dict[str, Any]:
        found: dict[str, Any] = self._download_json(url, self._match_id(url))
        if "playlist" in found:
            return dict(self.playlist_result([self.url_result(one) for one in found["playlist"]]))
        if "hls" in found:
            formats, subtitles = self._extract_m3u8_formats_and_subtitles(found.pop("hls"), "x", "mp4")
            return {"id": "x", "title": "x", "formats": formats, "subtitles": subtitles, **found}
        return {"id": "x", **found}


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("media")
    small = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    sound = ["-f", "lavfi", "-i", "sine=300:d=1"]
    for height, width in ((180, 320), (720, 1280)):
        picture = ["-f", "lavfi", "-i", f"testsrc=s={width}x{height}:r=5:d=1"]
        ffmpeg.run([*picture, *small, folder / f"v{height}.mp4"])
        ffmpeg.run([*picture, *sound, *small, folder / f"b{height}.mp4"])
    ffmpeg.run([*sound, folder / "a.m4a"])
    ffmpeg.run(["-i", folder / "b180.mp4", "-c", "copy", folder / "b180.ts"])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def site(media: dict[str, bytes]) -> Iterator[Website]:
    routes: dict[str, Any] = {f"/{name}": Answer(body, "video/mp4") for name, body in media.items()}
    routes |= {"/made.vtt": Answer(MADE.encode(), "text/vtt"), "/auto.vtt": Answer(ROLLING.encode(), "text/vtt")}
    with website(routes) as running:
        yield running


def stream(site: Website, file: str, **more: Any) -> dict[str, Any]:
    codecs = {"v": ("avc1", "none"), "a": ("none", "mp4a"), "b": ("avc1", "mp4a")}[file[0]]
    height = {} if file[0] == "a" else {"height": int(re.findall(r"\d+", file)[0])}
    return {
        "format_id": file.replace(".", "-"), "url": site.url(f"/{file}"), "ext": file.rpartition(".")[2],
        "vcodec": codecs[0], "acodec": codecs[1], **height, **more,
    }  # fmt: skip


def show(site: Website, name: str, **info: Any) -> str:
    """Put a video on the site and return its address."""
    info.setdefault("title", "Goose takes a car")
    site.routes[f"/watch/{name}"] = Answer(json.dumps(info).encode(), "application/json")
    return site.url(f"/watch/{name}")


def fetch(
    site: Website, url: str, into: Path, language: str = "en", *allow: str, limits: FetchLimits = LIMITS
) -> Fetched:
    into.mkdir(parents=True, exist_ok=True)
    place = Site(("127.0.0.1",), ("TenFourWatch",))
    guard = Guard(read_allowance([site.host, *allow]))

    def teach(downloader: YoutubeDL) -> None:
        downloader.add_info_extractor(TenFourWatchIE())

    return VideoFetcher(place, guard, limits, language, trusted=True, teach=teach).fetch(parse_address(url), into)


def all_streams(site: Website) -> list[dict[str, Any]]:
    return [stream(site, name) for name in ("a.m4a", "v180.mp4", "v720.mp4", "b720.mp4")]


def got(site: Website) -> set[str]:
    return {path for path, _ in site.asked if not path.startswith("/watch")}


def test_made_subtitles_come_first_with_a_small_picture_and_no_sound(site: Website, tmp_path: Path) -> None:
    subtitles = {
        "de": [{"url": site.url("/no.vtt"), "ext": "vtt"}],
        "en": [{"url": site.url("/made.vtt"), "ext": "vtt"}],
    }
    automatic = {"en": [{"url": site.url("/auto.vtt"), "ext": "vtt"}]}
    about = "A goose took the car of the mayor.\nMore: https://spam.example\n#goose #car"
    url = show(
        site, "a", formats=all_streams(site), subtitles=subtitles, automatic_captions=automatic, description=about,
        upload_date="20240503",
    )  # fmt: skip
    fetched = fetch(site, url, tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "subtitles.vtt", "video.mp4"]
    assert (fetched.title, fetched.address) == ("Goose takes a car", f"{site.host}/watch/a")
    assert got(site) == {"/made.vtt", "/v180.mp4"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["about.txt", "subtitles.vtt", "video.mp4"]
    readings = read_fetched(fetched, tmp_path)
    assert [passage.text for passage in readings.passages] == [
        "Goose takes a car.", "This was written on 3 May 2024.", "A goose took the car of the mayor.",
        "The goose sat down.", "It ate 12 muffins.",
    ]  # fmt: skip
    assert [passage.seconds for passage in readings.passages][-2:] == [2.0, 5.0]
    assert [(picture.width, picture.height) for picture in readings.pictures] == [(320, 180)]
    assert readings.unheard == ()


def test_automatic_subtitles_come_next_without_their_repeats(site: Website, tmp_path: Path) -> None:
    automatic = {
        "en-orig": [{"url": site.url("/auto.vtt"), "ext": "vtt"}],
        "en": [{"url": site.url("/no"), "ext": "vtt"}],
    }
    fetched = fetch(site, show(site, "a", formats=all_streams(site), automatic_captions=automatic), tmp_path)
    assert got(site) == {"/auto.vtt", "/v180.mp4"}
    assert said(read_fetched(fetched, tmp_path)).split("\n")[1:] == ["the goose sat down and ate 12 muffins"]


def test_without_subtitles_the_sound_alone_is_fetched_to_be_heard(site: Website, tmp_path: Path) -> None:
    fetched = fetch(site, show(site, "a", formats=all_streams(site)), tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "video.mp4", "sound.m4a"]
    assert got(site) == {"/v180.mp4", "/a.m4a"}


def test_a_picture_with_sound_is_not_fetched_twice(site: Website, tmp_path: Path) -> None:
    fetched = fetch(site, show(site, "a", formats=[stream(site, "b180.mp4"), stream(site, "b720.mp4")]), tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "video.mp4"]
    assert got(site) == {"/b180.mp4"}


def test_a_site_of_sound_gives_sound(site: Website, tmp_path: Path) -> None:
    fetched = fetch(site, show(site, "a", formats=[stream(site, "a.m4a")]), tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "sound.m4a"]


def test_subtitles_that_are_not_handed_out_are_replaced_by_the_sound(site: Website, tmp_path: Path) -> None:
    site.routes["/made.vtt"] = Answer(b"slow down", status=429)
    subtitles = {"en": [{"url": site.url("/made.vtt"), "ext": "vtt"}]}
    fetched = fetch(site, show(site, "a", formats=all_streams(site), subtitles=subtitles), tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "video.mp4", "sound.m4a"]


def test_a_stream_in_pieces_is_put_together_without_any_program(site: Website, tmp_path: Path) -> None:
    pieces = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nb180.ts\n#EXT-X-ENDLIST\n"
    site.routes["/x.m3u8"] = Answer(pieces, "application/x-mpegurl")
    fetched = fetch(site, show(site, "a", hls=site.url("/x.m3u8")), tmp_path)
    assert [item.file for item in fetched.files] == ["about.txt", "video.mkv"]
    assert read_fetched(fetched, tmp_path).pictures[0].width == 320


def test_the_brief_s_language_goes_before_english() -> None:
    track = [{"url": "x", "ext": "vtt"}]
    info = {
        "subtitles": {"en": track, "fr": track, "live_chat": [{"url": "x", "ext": "json"}]},
        "automatic_captions": {"de": track, "de-orig": track, "en": track, "../../x": track},
    }
    chosen = [(item.language, item.automatic) for item in choose_subtitles(info, "de-AT")]
    assert chosen == [("de-orig", True), ("de", True), ("en", False), ("en", True)]
    assert [item.language for item in choose_subtitles(info, "fr")][:1] == ["fr"]
    assert choose_subtitles({"subtitles": {"sv": track, "en": [{"url": "x", "ext": "json3"}]}}, "en") == ()


def test_captions_that_roll_are_told_once() -> None:
    plain = re.sub(r"\n+", "\n", unrolled(ROLLING)).strip().split("\n")
    assert plain[2::2] == ["the goose sat", "down and ate 12 muffins"]


# ---- what goes wrong ------------------------------------------------------------------------------------------------


def failure(site: Website, url: str, into: Path, limits: FetchLimits = LIMITS) -> ProductionError:
    with pytest.raises(ProductionError) as failed:
        fetch(site, url, into, limits=limits)
    assert "\n" not in str(failed.value)
    assert "127.0.0.1" not in str(failed.value) or "@" not in str(failed.value)
    assert not (into / "site").exists()
    return failed.value


def test_what_is_no_finished_video_is_refused(site: Website, tmp_path: Path) -> None:
    one, live = show(site, "a", formats=all_streams(site)), show(site, "b", formats=all_streams(site), is_live=True)
    many = show(site, "c", playlist=[one, one])
    lost = site.url("/watch/lost")
    for number, (url, sentence) in enumerate([(live, "live"), (many, "list"), (lost, "404")]):
        error = failure(site, url, tmp_path / str(number))
        assert isinstance(error, InputRefused)
        assert sentence in str(error)


def test_what_passes_is_tried_again_later(site: Website, tmp_path: Path) -> None:
    site.routes["/watch/a"] = Answer(b"", status=503)
    assert isinstance(failure(site, site.url("/watch/a"), tmp_path / "1"), TransientToolError)
    url = show(site, "b", formats=[stream(site, "v180.mp4")])
    site.routes["/v180.mp4"] = Answer(b"", status=429)
    assert isinstance(failure(site, url, tmp_path / "2"), TransientToolError)


def test_too_large_a_video_is_refused(site: Website, tmp_path: Path) -> None:
    url = show(site, "a", formats=[stream(site, "v180.mp4")])
    site.routes["/v180.mp4"] = Answer(b"\0\0\0\x20ftypisom" + b"\0" * 400_000, "video/mp4")
    assert "too large" in str(failure(site, url, tmp_path, FetchLimits(idle=5, seconds=60, media=100_000)))


def test_an_extractor_is_led_to_no_forbidden_address(site: Website, tmp_path: Path, media: dict[str, bytes]) -> None:
    with website({"/v180.mp4": Answer(media["v180.mp4"], "video/mp4")}) as inside:
        direct = show(site, "a", formats=[stream(inside, "v180.mp4")])
        site.routes["/away.mp4"] = redirect(inside.url("/v180.mp4"))
        turned = show(site, "b", formats=[{**stream(site, "v180.mp4"), "url": site.url("/away.mp4")}])
        page = site.url("/watch/c")
        site.routes["/watch/c"] = redirect(inside.url("/watch/c"))
        for number, url in enumerate((direct, turned, page)):
            assert "no public site" in str(failure(site, url, tmp_path / str(number)))
        assert inside.connections == 0
        secret = tmp_path / "secret.mp4"
        secret.write_bytes(media["v180.mp4"])
        local = show(site, "d", formats=[{**stream(site, "v180.mp4"), "url": f"file://{secret}"}])
        failure(site, local, tmp_path / "local")


def test_the_environments_proxies_are_passed_by(site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with website() as other:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{other.host}")
        monkeypatch.setenv("NO_PROXY", "*")
        monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
        url = show(site, "a", formats=[stream(site, "v180.mp4")])
        guard_only = fetch(site, url, tmp_path)
        assert guard_only.files
        assert other.connections == 0
        with website({"/v180.mp4": Answer(b"secret")}) as inside:
            assert "no public site" in str(
                failure(site, show(site, "b", formats=[stream(inside, "v180.mp4")]), tmp_path / "b")
            )
            assert inside.connections == 0


HOSTILE = (
    "../../etc/passwd", "/etc/passwd", "a/b", "..\\..\\x", "CON", "nul.txt", ".bashrc", "-rf", "x" * 400,
    "\u202egpj.exe", "🦝", "a\0b", "; rm -rf ~", "$(id)", "`id`", "%(title)s", "%(exec)s", "~/x",
    "file:///etc/passwd", "a\nb",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_word_of_a_site_becomes_a_path(site: Website, tmp_path: Path, name: str) -> None:
    track = [{"url": site.url("/made.vtt"), "ext": "vtt", "name": name}]
    url = show(
        site, "a", id=name, title=name, formats=[stream(site, "v180.mp4", format_id=name, format_note=name)],
        subtitles={name: track, "en": track}, uploader=name, filename=name, _filename=name, filepath=name,
        requested_subtitles={name: track[0]}, chapters=[{"title": name, "start_time": 0, "end_time": 1}],
    )  # fmt: skip
    fetched = fetch(site, url, tmp_path / "in")
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {f"in/{item.file}" for item in fetched.files}
    assert {item.file for item in fetched.files} <= {"about.txt", "subtitles.vtt", "video.mp4"}


@pytest.mark.parametrize("ending", ["exe", "sh", "desktop", "../x", "py", "mp4/../../x"])
def test_an_ending_that_is_a_program_s_is_not_written(site: Website, tmp_path: Path, ending: str) -> None:
    url = show(site, "a", formats=[{**stream(site, "v180.mp4"), "ext": ending}])
    before = set(tmp_path.rglob("*"))
    try:
        fetched = fetch(site, url, tmp_path / "in")
    except InputRefused:
        pass
    else:
        assert {item.file for item in fetched.files} <= {"about.txt", "video.mp4"}
    left = {path.name for path in set(tmp_path.rglob("*")) - before if path.is_file()}
    assert left <= {"about.txt", "video.mp4"}


# ---- what yt-dlp is told --------------------------------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path) -> list[dict[str, Any]]:
    forms = (sites.ANY, sites.LOOK, sites.LISTEN)
    return [site_options(site, "http://x:y@127.0.0.1:1", tmp_path, LIMITS, form) for site in SITES for form in forms]


def test_no_dangerous_option_is_ever_given(told: list[dict[str, Any]]) -> None:
    for options in told:
        assert FORBIDDEN & set(options) == set()
        assert not [
            name for name in options if re.search(r"exec|cookie|netrc|link|postproc|certific|password|external", name)
        ]
        assert options["proxy"].startswith("http://x:y@127.0.0.1")
        assert not Path(options["ffmpeg_location"]).exists()
        assert "+" not in options["format"]


def test_every_option_is_one_that_yt_dlp_knows(told: list[dict[str, Any]]) -> None:
    folder = Path(yt_dlp.__file__ or "").parent
    text = "".join((folder / name).read_text("utf-8") for name in ("YoutubeDL.py", "options.py"))
    unknown = {name for options in told for name in options if not re.search(rf"\b{name}\b", text)}
    assert unknown == set()


def test_only_chosen_extractors_are_loaded_and_never_the_one_that_follows_anything(tmp_path: Path) -> None:
    for site in SITES:
        with sites.open_downloader(site_options(site, "http://x:y@127.0.0.1:1", tmp_path, LIMITS)) as downloader:
            names = {extractor.IE_NAME for extractor in downloader._ies.values() if extractor.IE_NAME}
        names -= {"UnsupportedURL", "unsupported"}
        assert 1 <= len(names) <= len(site.extractors), (site.hosts, names)
        assert "generic" not in {name.lower() for name in names}


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", True), ("https://youtu.be/dQw4w9WgXcQ", True),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", True), ("https://vimeo.com/76979871", True),
        ("https://archive.org/details/night_of_the_living_dead", True),
        ("https://www.tiktok.com/@a/video/7106594312292453675", True),
        ("https://www.reddit.com/r/x/comments/abc123/title/", True),
        ("https://www.dailymotion.com/video/x5kesuj", True),
        ("https://clips.twitch.tv/FaintLightGullWholeWheat", True), ("https://www.twitch.tv/videos/6528877", True),
        ("https://soundcloud.com/a/b", True), ("https://x.com/a/status/643211948184596480", True),
        ("https://www.ted.com/talks/a_talk", True), ("https://www.instagram.com/reel/aye83DjauH/", True),
        ("https://www.facebook.com/watch/?v=637842556329505", True), ("https://streamable.com/dnd1", True),
        ("https://archive.org/about/", False), ("https://www.youtube.com/about/", False),
    ],
)  # fmt: skip
def test_a_video_s_address_is_told_from_a_page_of_the_same_site(url: str, known: bool) -> None:
    from tools.sources.links import _is_video

    site = site_of(parse_address(url))
    assert site is not None
    assert _is_video(site, parse_address(url)) is known


@pytest.mark.parametrize("host", ["notyoutube.com", "youtube.com.example", "example.org", "xyoutu.be"])
def test_another_host_is_no_site_of_video(host: str) -> None:
    assert site_of(parse_address(f"https://{host}/watch?v=dQw4w9WgXcQ")) is None


def test_an_old_yt_dlp_is_refused() -> None:
    check_version()
    check_version("2026.07.04")
    check_version("2026.10.26.232800.dev0")
    for old in ("2026.07.03", "2025.12.31", "2026.6.30"):
        with pytest.raises(BackendUnavailable, match=r"update it to 2026\.07\.04"):
            check_version(old)
