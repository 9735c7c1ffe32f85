import re
import time
import unicodedata
from pathlib import Path

import pytest

from episodes.errors import InputRefused
from episodes.requests import ReadRequest
from episodes.results import Readings
from tools import ffmpeg
from tools.protocols import Call, Input, ToolSettings
from tools.sources.reader import build, check_source, is_address, is_link, refuse_address

TEXTS = Path(__file__).parents[1] / "texts"

NAMES = """
Saoirse Fennimore Wexcombe Halloran Halloran's Larkspur Dolores Eugene Buddy Okafor Núñez Nunez Fordham
7KLM392 Thaddeus Brankovic Quillfeather Zofia Wójcik Wojcik Thistle Priyamvada Raghunathan Cobbler
Merriweather Owen Sjöström Sjostrom 1427 0198 5309 valleycourier dhalloran_donuts Marrowgate 001837 Ignatius
Vandermolen 40917 Tannery Pellham 97451 Oyelaran Temperance 1971 0173 Xiomara Quiñones Quinones Leopold
McGillicuddy 2210 Ferncastle Ebenezer Stavropoulos Lindqvist Anneliese Trotteburg HONK4ME Bartholomew Ng
Wilhelmina Achterberg Fitzgerald Umbridge Polk Plimsoll 4471 0144 marrowgate Quarterstaff Dunmorrow Philomena
Castellanos Rasheed Abernathy Koh Desmond Featherstonehaugh Thórdís Thordis Blackadder Mbeki Guinevere Oduya
7946 0958 Ottoline Prendergast
"""
REAL_NAMES = tuple(NAMES.split())


def words_of(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = set(re.findall(r"[\w']+", plain))
    return words | {word.removesuffix("'s") for word in words}


def read(*paths: Path, seed: int = 5, into: Path = Path("/nonexistent")) -> Readings:
    request = ReadRequest(names=tuple(path.name for path in paths), digests=("0" * 64,) * len(paths), seed=seed)
    inputs = {f"source:{index}": Input(path) for index, path in enumerate(paths)}
    return build(ToolSettings()).read(request, Call(into=into, inputs=inputs))


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 5, 99])
def test_no_real_name_is_left_in_any_passage(seed: int) -> None:
    readings = read(*sorted(TEXTS.iterdir()), seed=seed)
    said = words_of(" ".join(passage.text for passage in readings.passages))
    assert len(readings.passages) > 60
    assert said & {word for name in REAL_NAMES for word in words_of(name)} == set()


def test_each_passage_knows_the_line_it_begins_in() -> None:
    path = TEXTS / "goose_article.md"
    lines = path.read_text().splitlines()
    passages = read(path).passages
    for passage in passages:
        assert passage.line is not None
        words = re.findall(r"\b[a-z]{4,}\b", passage.text)[:3]
        window = " ".join(lines[passage.line - 1 : passage.line + 1])
        assert not words or any(word in window for word in words)
    fridge = next(passage for passage in passages if "walk-in fridge" in passage.text)
    assert "walk-in fridge" in lines[(fridge.line or 0) - 1]


def test_markdown_marks_front_matter_and_code_are_no_text(tmp_path: Path) -> None:
    marked = "# The title\n\nA **goose** ate [the bread](http://a.example).\n\n```\nrm it\n```\n> It `left`."
    text = f"---\nauthor: x\n---\n{marked}"
    passages = read(write(tmp_path / "a.md", text)).passages
    assert [(passage.line, passage.text) for passage in passages] == [
        (4, "The title"), (6, "A goose ate the bread."), (11, "It left."),
    ]  # fmt: skip


def test_abbreviations_and_times_end_no_sentence(tmp_path: Path) -> None:
    text = "At 3:12 a.m. Tuesday the goose met the sgt. and left. It came back at 4 p.m. The dog slept."
    passages = read(write(tmp_path / "a.txt", text)).passages
    assert [passage.text for passage in passages] == [
        "At 3:12 a.m. Tuesday the goose met the sgt. and left.", "It came back at 4 p.m.", "The dog slept.",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_texts_in_the_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = "The café was closed after the piñata fell. The goose sat in the fiancé's car and ate a crème brûlée.\n" * 3
    passages = read(write(tmp_path / "a.txt", text.encode(encoding))).passages
    assert passages[0].text == "The café was closed after the piñata fell."
    assert "crème brûlée" in passages[1].text


def test_subtitles_keep_their_seconds_and_join_broken_sentences() -> None:
    passages = read(TEXTS / "llama_interview.srt").passages
    tomatoes = next(passage for passage in passages if "fourteen tomatoes" in passage.text)
    assert tomatoes.seconds == pytest.approx(17.4)
    assert tomatoes.text.endswith("newsletter.")


def test_webvtt_is_read_with_its_seconds(tmp_path: Path) -> None:
    text = "WEBVTT\n\nNOTE x\n\n00:07.500 --> 00:09.000\n<v Dolores Halloran>The goose ate it.\n"
    (passage,) = read(write(tmp_path / "a.vtt", text)).passages
    assert passage.seconds == pytest.approx(7.5)
    assert passage.text.endswith(": The goose ate it.")
    assert "Halloran" not in passage.text


def test_a_subtitle_file_without_a_subtitle_gives_no_passage(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.srt", "\n\n")).passages == ()
    assert read(write(tmp_path / "b.vtt", "WEBVTT\n\n")).passages == ()


def test_reading_is_the_same_each_time_and_writes_nothing(tmp_path: Path) -> None:
    paths = sorted(TEXTS.iterdir())
    assert read(*paths, into=tmp_path) == read(*paths, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---- pictures and sound ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Red for 2 s, blue for 1.5 s, a moving test picture for 2.5 s; a tone; subtitles inside."""
    folder = tmp_path_factory.mktemp("clip")
    (folder / "a.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\nOfficer Zofia Brankovic ate 12 doughnuts.\n")
    ffmpeg.run([
        "-f", "lavfi", "-i", "color=red:s=320x180:r=12:d=2", "-f", "lavfi", "-i", "color=blue:s=320x180:r=12:d=1.5",
        "-f", "lavfi", "-i", "testsrc=s=320x180:r=12:d=2.5", "-f", "lavfi", "-i", "sine=440:d=6",
        "-i", folder / "a.srt", "-filter_complex", "[0][1][2]concat=n=3:v=1[v]", "-map", "[v]", "-map", "3:a",
        "-map", "4:s", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:s", "mov_text",
        folder / "clip.mp4",
    ])  # fmt: skip
    return folder / "clip.mp4"


def test_a_clip_gives_cuts_colours_and_the_subtitles_inside(clip: Path) -> None:
    readings = read(clip)
    (picture,) = readings.pictures
    assert (picture.width, picture.height) == (320, 180)
    assert picture.seconds == pytest.approx(6, abs=0.1)
    assert picture.cuts == pytest.approx((2.0, 3.5), abs=0.13)
    assert {"#fe0000", "#0000fe"} & set(picture.palette) or any(colour.endswith("0000") for colour in picture.palette)
    assert 0.1 < picture.brightness < 0.6
    (passage,) = readings.passages
    assert passage.seconds == pytest.approx(1.0)
    assert passage.text.endswith("ate 12 doughnuts.")
    assert "Brankovic" not in passage.text
    assert readings.unheard == ()


def test_speech_that_nobody_can_hear_is_said_and_silence_is_not(tmp_path: Path) -> None:
    ffmpeg.run(["-f", "lavfi", "-i", "sine=300:d=1", tmp_path / "talk.wav"])
    ffmpeg.run(["-f", "lavfi", "-i", "anullsrc=d=1", "-t", "1", tmp_path / "quiet.wav"])
    assert read(tmp_path / "talk.wav", tmp_path / "quiet.wav").unheard == ("talk.wav",)


# ---- refusals -------------------------------------------------------------------------------------------------------


def refusal(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        check_source(path)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", ")"))
    return sentence


def test_what_is_no_source_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "none.txt")
    assert "folder" in refusal(tmp_path)
    assert "empty" in refusal(write(tmp_path / "a.txt", b""))
    assert "empty" in refusal(write(tmp_path / "a.mp4", b""))
    assert "kind" in refusal(write(tmp_path / "a.docx", b"PK\3\4"))
    assert "no text" in refusal(write(tmp_path / "b.txt", bytes(range(256)) * 40))
    assert "too large" in refusal(write(tmp_path / "c.txt", b"a goose " * 300_000))
    assert "no video" in refusal(write(tmp_path / "b.mp4", b"hello " * 100))
    assert "damaged" in refusal(write(tmp_path / "d.mkv", b"\x1aE\xdf\xa3" + b"\0" * 500))


def test_a_truncated_video_is_refused(tmp_path: Path, clip: Path) -> None:
    whole = clip.read_bytes()
    assert "damaged" in refusal(write(tmp_path / "half.mp4", whole[: len(whole) // 2]))


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile secret.mp4\n",
        "<?xml version='1.0'?><MPD><Period><BaseURL>file:///etc/hostname</BaseURL></Period></MPD>",
    ],
)
def test_a_playlist_in_disguise_opens_no_other_file(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(ffmpeg, "probe", lambda path: started.append(path))
    path = write(tmp_path / "clip.mp4", content)
    assert "no video" in refusal(path)
    with pytest.raises(InputRefused):
        read(path)
    assert started == []


def test_a_check_is_quick_and_a_good_file_passes(clip: Path) -> None:
    for path in (*TEXTS.iterdir(), clip):
        start = time.perf_counter()
        check_source(path)
        assert time.perf_counter() - start < 2  # half a second on a machine that does nothing else


@pytest.mark.parametrize("text", ["https://a.example/x", "HTTP://a", "www.a.example"])
def test_links_are_known(text: str) -> None:
    assert is_address(text)
    assert is_link(text)


@pytest.mark.parametrize("text", ["file:///etc/passwd", "ftp://a", "data:text/html,x", "javascript:alert(1)"])
def test_other_addresses_are_known_and_refused(text: str) -> None:
    assert is_address(text)
    assert not is_link(text)
    with pytest.raises(InputRefused, match="file"):
        refuse_address(text)


@pytest.mark.parametrize("text", ["notes.md", "/tmp/a.txt", "C:\\clips\\a.mp4", "a b.srt"])
def test_paths_are_no_addresses(text: str) -> None:
    assert not is_address(text)
