"""Captions, tables, listings and pictures hold what they should and nothing that a title smuggles in."""

import csv
import errno
import os
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as xml

import cv2
import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.captions import Caption
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.errors import MediaBroken, OutOfSpace
from episodes.format import FORMATS
from episodes.results import Span
from episodes.whole_file import replace_file
from tools import ffmpeg
from tools.exports.nfo import write_episode_nfo
from tools.exports.overlays import write_name_strip
from tools.exports.shots_csv import COLUMNS, write_shots_csv
from tools.exports.srt import srt_text, write_srt
from tools.exports.thumbnail import choose_moment, write_thumbnail
from tools.exports.webvtt import webvtt_text, write_webvtt


def caption(at: str, *lines: str, italic: bool = False, speaker: str = "Okafor") -> Caption:
    return Caption(
        at=Fraction(at), seconds=Fraction(5, 4), lines=lines, speaker=speaker, italic=italic,
        channel="radio" if italic else "spoken", line="S01-L01", speech=Fraction(at),
    )  # fmt: skip


CAPTIONS = (
    caption("1/3", "Sir, you have the right", "to remain glazed."),
    caption("7/3", "Mabel: Four Adam Ten.", italic=True, speaker="Mabel <b> & Co"),
    caption("3601", "a < b && c --> d {\\an8}"),
)


def test_subrip_is_read_back_with_times_and_italics(tmp_path: Path) -> None:
    write_srt(CAPTIONS, tmp_path / "x.srt")
    read = list(srt.parse((tmp_path / "x.srt").read_text()))
    assert [cue.content for cue in read[:2]] == [
        "Sir, you have the right\nto remain glazed.", "<i>Mabel: Four Adam Ten.</i>",
    ]  # fmt: skip
    assert read[0].start.total_seconds() == 0.333
    assert read[2].start.total_seconds() == 3601
    assert "<" not in read[2].content
    assert "-->" not in read[2].content


def test_webvtt_is_read_back_with_speakers_and_escapes(tmp_path: Path) -> None:
    write_webvtt(CAPTIONS, tmp_path / "x.vtt")
    read = webvtt.read(str(tmp_path / "x.vtt"))
    assert [(cue.start, cue.end) for cue in read][2] == ("01:00:01.000", "01:00:02.250")
    assert read[0].raw_text == "<v Okafor>Sir, you have the right\nto remain glazed.</v>"
    assert read[1].raw_text == "<v Mabel b and Co><i>Mabel: Four Adam Ten.</i></v>"
    assert read[2].raw_text == "<v Okafor>a &lt; b &amp;&amp; c --&gt; d {\\an8}</v>"
    okafor, mabel = (style.text for style in read.styles[1:])
    assert okafor.startswith('::cue(v[voice="Okafor"])')
    assert mabel.startswith('::cue(v[voice="Mabel b and Co"])')
    assert okafor.split("color:")[1] != mabel.split("color:")[1]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=42), min_size=1, max_size=2))
def test_no_words_can_end_a_caption_or_begin_another(lines: list[str]) -> None:
    told = [caption("1", *lines, italic=True), caption("5", "end")]
    assert [cue.index for cue in srt.parse(srt_text(told))] == [1, 2]
    assert len(webvtt.from_string(webvtt_text(told)).captions) == 2


def test_the_shot_list_has_a_row_a_shot_and_no_formula(episode: Episode, cut: Cut, tmp_path: Path) -> None:
    shots = list(episode.shots)
    shots[0] = shots[0].model_copy(update={"prompt": '=HYPERLINK("http://x","y")\nsecond', "first_frame": " @SUM(1)"})
    write_shots_csv(episode.model_copy(update={"shots": tuple(shots)}), cut, tmp_path / "shots.csv")
    with (tmp_path / "shots.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["shot"] for row in rows] == [shot.id for shot in episode.shots]
    assert rows[0]["prompt"] == '\'=HYPERLINK("http://x","y") second'
    assert rows[0]["first_frame"] == "' @SUM(1)"
    assert rows[1]["in"] == "6.000"
    assert rows[2]["lines"] == "S02-L02 S02-L03"


def test_listings_for_players_are_whole_xml_whatever_the_title_holds(episode: Episode, tmp_path: Path) -> None:
    script = episode.the_script.model_copy(update={"title": "A\x00<b>\ud800 & \x0b\uffffC 🦝"})
    write_episode_nfo(episode.model_copy(update={"script": script}), Fraction(83), tmp_path / "e.nfo")
    root = xml.parse(tmp_path / "e.nfo").getroot()
    read = {child.tag: child.text for child in root}
    assert root.tag == "episodedetails"
    assert (read["title"], read["season"], read["episode"]) == ("A<b> & C 🦝", "1", "1")
    assert (read["showtitle"], read["runtime"]) == ("Night Shift", "1")
    assert "AI-generated" in str(read["plot"])
    assert next(root.iter("actor")).findtext("name") == "Officer Dale Okafor"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give six seconds: flat grey, a busy picture, and a busier one at the end."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    ffmpeg.run(
        ["-f", "lavfi", "-i", "color=gray:size=320x180:rate=12:d=2",
         "-f", "lavfi", "-i", "testsrc=size=320x180:rate=12:d=2",
         "-f", "lavfi", "-i", "nullsrc=s=320x180:r=12:d=2,geq=lum='255*mod(floor(X/4)+floor(Y/4),2)':cb=128:cr=128",
         "-filter_complex", "[0][1][2]concat=n=3", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
         path]
    )  # fmt: skip
    return path


def test_the_thumbnail_is_a_rich_frame_outside_the_cards(film: Path, tmp_path: Path) -> None:
    assert choose_moment(film, 6.0) > 4
    at = choose_moment(film, 6.0, (Span(at=4, seconds=2),))
    assert 2 <= at < 4
    write_thumbnail(film, at, tmp_path / "thumb.png")
    picture = cv2.imread(str(tmp_path / "thumb.png"))
    assert picture.shape == (180, 320, 3)
    assert picture.std() > 50


def test_a_frame_after_the_end_is_refused_and_nothing_is_written(film: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaBroken, match="no frame"):
        write_thumbnail(film, 60, tmp_path / "thumb.png")
    assert list(tmp_path.iterdir()) == []


def test_a_name_strip_is_a_transparent_picture_of_the_films_size(tmp_path: Path) -> None:
    write_name_strip("Officer Dale Okafor", "Larkspur Police", FORMATS["proof"], "night_blue", tmp_path / "strip.png")
    picture = cv2.imread(str(tmp_path / "strip.png"), cv2.IMREAD_UNCHANGED)
    assert picture.shape == (180, 320, 4)
    assert picture[0, 0, 3] == 0
    assert picture[..., 3].max() > 200


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file(tmp_path / "a", b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutOfSpace):
        replace_file(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]
