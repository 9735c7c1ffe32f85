"""A folder of footage: what it says of its clips and the right to them, and what is refused, each in one sentence."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from episodes.errors import InputRefused
from tests.footage_clips import LICENCE, film, folder
from tools import ffmpeg
from tools.video.footage_folder import check, read_folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return film(tmp_path_factory.mktemp("tiny") / "clip.mp4").read_bytes()


def put(tmp_path: Path, tiny: bytes, *names: str, licence: str = f"licence: {LICENCE}") -> Path:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(tiny)
    if licence:
        (tmp_path / "LICENCE.txt").write_text(licence)
    return tmp_path


def test_a_clip_says_by_its_name_what_it_shows_and_the_folder_by_what_right(tmp_path: Path, tiny: bytes) -> None:
    (file,) = read_folder(put(tmp_path, tiny, "Goose crossing_Street night.mp4"))
    assert file.clip.name == "goose-crossing-street-night"
    assert file.clip.words == "Goose crossing Street night"
    assert file.clip.licence == LICENCE
    assert (file.clip.form, file.clip.begin) == ("mov", 0)
    assert file.clip.seconds == pytest.approx(2, abs=0.1)
    check((file,))


@pytest.mark.parametrize("name", ["goose.mp4", "goose.mov", "goose.mkv", "goose.webm", "goose.avi", "GOOSE.MP4"])
def test_the_usual_containers_are_read(tmp_path: Path, name: str) -> None:
    codec = ["-c:v", "libvpx", "-an"] if name.endswith("webm") else ["-c:v", "mpeg4"]
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", *codec, tmp_path / name])
    files = read_folder(put(tmp_path, b""))
    assert [file.clip.name for file in files] == ["goose"]
    check(files)


def test_a_line_beside_a_clip_describes_it_and_may_license_it(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "a.mp4", "b.mp4")
    (tmp_path / "a.txt").write_text("\ufeff\n  Rainy street\tat night  \nmore that is not read\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("licence: CC BY 4.0, Jane Doe\nA pier\n")
    one, two = read_folder(tmp_path)
    assert (one.clip.words, one.clip.licence) == ("Rainy street at night", LICENCE)
    assert (two.clip.words, two.clip.licence) == ("A pier", "CC BY 4.0, Jane Doe")


TABLE = """file,description,in,out,set,light,weather,camera,reversed,licence
a.mp4,A goose,0.5,1:00.000,Parking lot,Night,rain,dashcam,yes,
a.mp4,The same goose again,,0.5,,,,,,bought from a shop
"""
LIST = """
licence: all mine
clips:
  - {file: a.mp4, description: A goose, in: 0.5, out: '0:01.9', set: parking_lot, light: night, reversed: yes}
  - file: b.mp4
    words: A pier
"""


def test_a_table_says_more_of_each_clip_and_may_tell_several_stretches_of_one_apart(
    tmp_path: Path, tiny: bytes
) -> None:
    put(tmp_path, tiny, "a.mp4", "plain.mp4")
    (tmp_path / "footage.csv").write_text(TABLE.replace("1:00.000", "0:01.9"))
    one, two, three = (file.clip for file in read_folder(tmp_path))
    assert (one.name, two.name, three.name) == ("a", "a-part-2", "plain")
    assert (one.begin, one.seconds) == (Fraction(1, 2), Fraction(7, 5))
    assert (one.set, one.light, one.weather, one.owner) == ("parking_lot", "night", "rain", "dashcam")
    assert (one.reversible, two.reversible) == (True, False)
    assert (one.licence, two.licence) == (LICENCE, "bought from a shop")
    assert (two.begin, two.seconds) == (0, Fraction(1, 2))


def test_a_list_in_yaml_says_the_same_and_may_license_the_folder(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "a.mp4", "b.mp4", licence="")
    (tmp_path / "clips.yaml").write_text(LIST)
    one, two = (file.clip for file in read_folder(tmp_path))
    assert (one.begin, one.seconds, one.set, one.reversible) == (Fraction(1, 2), Fraction(7, 5), "parking_lot", True)
    assert (two.words, two.licence) == ("A pier", "all mine")


def test_a_folder_within_has_its_own_licence_or_that_of_the_folder_around_it(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "a.mp4", "bought/b.mp4", "mine/deeper/c.mp4")
    (tmp_path / "bought" / "LICENSE").write_text("# Stock licence no. 12\n\nmany more words\n")
    clips = {file.clip.name: file.clip for file in read_folder(tmp_path)}
    assert clips["bought-b"].licence == "Stock licence no. 12"
    assert clips["mine-deeper-c"].licence == LICENCE
    assert clips["mine-deeper-c"].words == "c"


@pytest.mark.parametrize("licence", ["", "\n \n", "licence:", "---"])
def test_without_a_licence_line_the_folder_is_refused_and_shown_the_line_to_write(
    tmp_path: Path, tiny: bytes, licence: str
) -> None:
    put(tmp_path, tiny, "a.mp4", licence=licence)
    with pytest.raises(InputRefused, match=r"LICENCE\.txt .*'licence: my own recordings, all people agreed'"):
        read_folder(tmp_path)


def test_one_clip_without_a_licence_is_enough_to_refuse(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "free/a.mp4", "b.mp4", licence="")
    (tmp_path / "free" / "LICENCE.txt").write_text("licence: mine")
    with pytest.raises(InputRefused, match=r"b\.mp4"):
        read_folder(tmp_path)


def refusal(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        check(read_folder(path))
    sentence = str(refused.value)
    assert "\n" not in sentence
    return sentence


def test_a_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    assert "no folder of footage" in refusal(tmp_path / "nowhere")
    assert "holds no clip" in refusal(tmp_path)


def test_a_playlist_or_a_text_that_calls_itself_a_clip_is_refused_and_opens_nothing(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "secret.txt").write_text("do not read")
    for text in ("#EXTM3U\n#EXTINF:1,\nsecret.txt\n", "ffconcat version 1.0\nfile secret.txt\n", ""):
        (tmp_path / "a.mp4").write_text(text)
        assert "a.mp4" in refusal(tmp_path)


def test_a_damaged_clip_and_one_without_a_picture_are_refused(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny[:1000], "half.mp4")
    assert "'half.mp4'" in refusal(tmp_path)
    (tmp_path / "half.mp4").unlink()
    ffmpeg.run(["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", tmp_path / "heard.mp4"])
    assert "holds no picture" in refusal(tmp_path)


def test_links_that_lead_out_or_nowhere_and_what_is_no_file_are_refused(tmp_path: Path, tiny: bytes) -> None:
    inside = put(tmp_path / "in", tiny, "a.mp4")
    (tmp_path / "outside.mp4").write_bytes(tiny)
    (inside / "b.mp4").symlink_to(tmp_path / "outside.mp4")
    assert "'b.mp4'" in refusal(inside)
    (inside / "b.mp4").unlink()
    (inside / "b.mp4").symlink_to(inside / "b.mp4")
    assert "'b.mp4'" in refusal(inside)
    (inside / "b.mp4").unlink()
    os.mkfifo(inside / "b.mp4")
    assert "no file" in refusal(inside)


def test_a_licence_or_a_description_is_never_read_through_a_link(tmp_path: Path, tiny: bytes) -> None:
    inside = put(tmp_path / "in", tiny, "a.mp4", licence="")
    (tmp_path / "secret").write_text("licence: a secret")
    (inside / "LICENCE.txt").symlink_to(tmp_path / "secret")
    assert "is a link" in refusal(inside)


def test_a_folder_that_is_a_link_is_not_gone_into(tmp_path: Path, tiny: bytes) -> None:
    inside = put(tmp_path / "in", tiny, "a.mp4")
    (inside / "again").symlink_to(inside)
    assert len(read_folder(inside)) == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a.mp4,goose,moon", "can't have 'moon' for 'light'"),
        ("b.mp4,goose,day", "names 'b.mp4', which is not there"),
        (",goose,day", "names no file"),
        ("a.mp4,goose,day,more", "more"),
    ],
)
def test_a_row_that_can_not_be_used_is_named(tmp_path: Path, tiny: bytes, row: str, told: str) -> None:
    put(tmp_path, tiny, "a.mp4")
    (tmp_path / "footage.csv").write_text(f"file,description,light\n{row}\n")
    assert told in refusal(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {file: a.mp4, colour: red}", "'colour'"),
        ("- {file: a.mp4, in: 3, out: 9}", "lasts 2.0 s"),
        ("- {file: a.mp4, in: -1}", "lasts 2.0 s"),
        ("- {file: a.mp4, in: soon}", "can't have 'soon'"),
        ("- {file: a.mp4, light: [day, night]}", "more than one value"),
        ("a.mp4: goose", "must be a list of clips"),
        ("[[[[", "must be a list of clips"),
        ("!!python/object:os.system {}", "must be a list of clips"),
    ],
)
def test_a_list_that_can_not_be_used_is_refused(tmp_path: Path, tiny: bytes, text: str, told: str) -> None:
    put(tmp_path, tiny, "a.mp4")
    (tmp_path / "clips.yaml").write_text(text)
    assert told in refusal(tmp_path)


def test_hostile_texts_come_out_plain_short_and_on_one_line(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "a.mp4", licence="licence: mine\u202e\x1b[31m " + "x" * 5000)
    (tmp_path / "a.txt").write_text("goose\x00\u200b\u2066 [red]\r\n")
    (file,) = read_folder(tmp_path)
    assert file.clip.words == "goose [red]"
    assert len(file.clip.licence) <= 200
    assert file.clip.licence.isprintable()


def test_two_clips_of_one_name_are_refused(tmp_path: Path, tiny: bytes) -> None:
    put(tmp_path, tiny, "goose-day.mp4", "Goose Day.mov")
    assert "same name" in refusal(tmp_path)


def test_a_name_without_letters_is_given_one(tmp_path: Path, tiny: bytes) -> None:
    (file,) = read_folder(put(tmp_path, tiny, "🦆.mp4"))
    assert file.clip.name.startswith("clip-")
