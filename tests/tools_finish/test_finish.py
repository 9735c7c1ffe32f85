"""The finish: any take becomes a segment that joins with any other."""

import unicodedata
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from episodes.errors import MediaBroken
from episodes.format import FORMATS
from episodes.requests import BurnedCaption, CardRequest, ConformRequest
from episodes.shots import CameraOwner
from tools.ffmpeg import run, writing_frames
from tools.finish.captions import SAFE, caption_image, caption_lines
from tools.finish.conform import build, name_strip_image
from tools.finish.flashes import FlashMeter
from tools.finish.overlay import stamp
from tools.finish.text import drawable, font
from tools.protocols import Call, Input, ToolSettings

PROOF = FORMATS["proof"]


def request(**changes: object) -> ConformRequest:
    values: dict[str, object] = {
        "shot": "S01-01", "format": PROOF, "owner": "bodycam", "agency": "Maple Hollow Police", "show": "Night Shift",
        "unit": "4A10", "clock": datetime(2026, 3, 4, 3, 12, 5), "light": "night", "weather": "clear",
        "look": "night_blue", "source_in_frames": 3, "frames": 12, "seed": 1,
    }  # fmt: skip
    return ConformRequest.model_validate(values | changes)


@pytest.fixture
def take(tmp_path: Path) -> Path:
    folder = tmp_path / "take"
    folder.mkdir()
    run(
        [
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=640x480:r=30:d=3",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            folder / "take.mp4",
        ]
    )
    return folder


def conformed(take: Path, into: Path, **changes: object) -> Path:
    into.mkdir()
    build(ToolSettings()).conform(request(**changes), Call(into=into, inputs={"take": Input(folder=take)}))
    return into / "segment.mp4"


def frames(path: Path) -> list[np.ndarray]:
    reader, found = cv2.VideoCapture(str(path)), []
    while (got := reader.read())[0]:
        found.append(got[1])
    return found


def test_a_foreign_take_of_any_size_and_rate_gets_exactly_the_asked_frames(take: Path, tmp_path: Path) -> None:
    made = frames(conformed(take, tmp_path / "out"))
    assert len(made) == 12
    assert made[0].shape == (180, 320, 3)


def test_the_same_request_gives_the_same_bytes(take: Path, tmp_path: Path) -> None:
    first, second = conformed(take, tmp_path / "a"), conformed(take, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_a_take_that_is_too_short_is_broken_and_leaves_nothing(take: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaBroken):
        conformed(take, tmp_path / "out", frames=200)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_take_that_is_no_video_is_broken(tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "take.mp4").write_bytes(b"this is no film")
    with pytest.raises(MediaBroken):
        conformed(folder, tmp_path / "out")


def test_a_reversed_segment_ends_where_the_other_begins(take: Path, tmp_path: Path) -> None:
    forward = frames(conformed(take, tmp_path / "a", owner="interview"))
    backward = frames(conformed(take, tmp_path / "b", owner="interview", reversed=True))
    same = np.abs(forward[0].astype(int) - backward[-1]).mean()
    other = np.abs(forward[0].astype(int) - backward[0]).mean()
    assert same < other / 2


def test_segments_and_cards_join_by_copying_packets_and_decode_without_a_warning(take: Path, tmp_path: Path) -> None:
    parts = [conformed(take, tmp_path / owner, owner=owner) for owner in ("bodycam", "cctv", "interview", "helicopter")]
    (tmp_path / "card").mkdir()
    card = CardRequest(
        card="title", format=PROOF, look="night_blue", show="Night Shift", title="Glazed", frames=12, seed=1
    )
    build(ToolSettings()).card(card, Call(into=tmp_path / "card"))
    parts.append(tmp_path / "card" / "segment.mp4")
    listing = tmp_path / "list.txt"
    listing.write_text("".join(f"file '{part}'\n" for part in parts))
    joined = tmp_path / "joined.mp4"
    run(["-f", "concat", "-safe", "0", "-i", listing, "-c", "copy", joined])
    report = run(["-loglevel", "warning", "-i", joined, "-f", "null", "-"])
    assert report.strip() == ""
    assert len(frames(joined)) == 60


@pytest.mark.parametrize("owner", ["dashcam", "doorbell", "helicopter", "phone", "cctv"])
def test_each_owner_has_a_picture_of_its_own(owner: CameraOwner, take: Path, tmp_path: Path) -> None:
    body, other = frames(conformed(take, tmp_path / "a")), frames(conformed(take, tmp_path / "b", owner=owner))
    assert np.abs(body[6].astype(int) - other[6]).mean() > 2


def test_the_overlay_clock_ticks_with_the_story(take: Path, tmp_path: Path) -> None:
    black = tmp_path / "black"
    black.mkdir()
    run(["-f", "lavfi", "-i", "color=c=black:s=320x180:r=12:d=4", black / "take.mp4"])
    made = frames(conformed(black, tmp_path / "out", frames=30, owner="dashcam"))
    corner = [frame[4:24, 190:].astype(int) for frame in made]
    within, across = np.abs(corner[2] - corner[8]).mean(), np.abs(corner[2] - corner[16]).mean()
    assert across > within
    assert stamp(datetime(2026, 3, 4, 3, 12, 5)) == "2026-03-04 03:12:05"


def test_a_caption_shows_only_in_its_time_and_inside_the_safe_area(take: Path, tmp_path: Path) -> None:
    caption = BurnedCaption(at=Fraction(1, 2), seconds=Fraction(1, 4), lines=("Two dozen, mostly jelly.",))
    plain = frames(conformed(take, tmp_path / "a", owner="interview"))
    worded = frames(conformed(take, tmp_path / "b", owner="interview", captions=(caption,)))
    changed = [float(np.abs(a.astype(int) - b)[120:].mean()) for a, b in zip(plain, worded, strict=True)]
    assert max(changed[:5]) < 1.5
    assert min(changed[6:9]) > 4
    for form in FORMATS.values():
        picture, left, top = caption_image(caption, form)
        assert left >= form.width * SAFE * 0.5
        assert top + picture.shape[0] <= form.height * (1 - SAFE) + 1


def test_captions_never_take_more_than_two_lines() -> None:
    words = "the subject, a goose, declined to identify itself and proceeded on foot toward the second doughnut shop"
    for lines in ((words,), (words, words), ("one", "two", "three", "four")):
        for form in FORMATS.values():
            assert len(caption_lines(BurnedCaption(at=0, seconds=1, lines=lines), form)[0]) <= 2


SCRIPTS = (
    "Glazed & Confused", "Пончик", "Ντόνατ", "ドーナツ強盗", "도넛", "甜甜圈", "דונאט", "دونات", "डोनट", "โดนัท",
    "🦝🍩👮🏽‍♀️",
    "ዶናት", "დონატი", "դոնաթ", "ডোনাট", "\x00\u202etxet\ufeff", "ﬁ ½ № ™ ◌́", "𝕹𝖎𝖌𝖍𝖙",
)  # fmt: skip


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("style", ["regular", "bold", "italic", "mono"])
def test_every_script_is_drawn_without_a_missing_glyph(text: str, style: str) -> None:
    shown = drawable(text, style)  # type: ignore[arg-type]
    assert shown
    assert 0 not in font(20, style).textToGlyphs(shown)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Glazed & Confused", "Пончик", "Ντόνατ", "Ærøskøbing"])
def test_latin_greek_and_cyrillic_stay_as_they_are(text: str) -> None:
    assert drawable(text) == unicodedata.normalize("NFC", text)


def flashing(hertz: float, seconds: float, area: float, low: int = 0, high: int = 255) -> FlashMeter:
    meter = FlashMeter(24)
    for index in range(round(24 * seconds)):
        frame = np.full((180, 320, 3), low, np.uint8)
        if int(index / 24 * hertz * 2) % 2:
            frame[:, : round(320 * area)] = high
        meter.see(frame)
    return meter


@pytest.mark.parametrize("hertz", [4, 5, 6, 8])
@pytest.mark.parametrize("area", [0.3, 0.6, 1.0])
def test_fast_large_flashes_are_unsafe(hertz: float, area: float) -> None:
    assert not flashing(hertz, 2, area).safe


@pytest.mark.parametrize(
    ("hertz", "area", "high"),
    [(1.5, 1.0, 255), (3, 1.0, 255), (6, 0.2, 255), (6, 1.0, 40), (1, 1.0, 255), (8, 0.1, 255)],
)
def test_slow_small_or_faint_flashes_are_safe(hertz: float, area: float, high: int) -> None:
    assert flashing(hertz, 2, area, high=high).safe


def test_a_flashing_take_is_calmed_until_it_is_safe(tmp_path: Path) -> None:
    folder = tmp_path / "strobe"
    folder.mkdir()
    with writing_frames(320, 180, 12, "bgr24", [folder / "take.mp4"]) as pipe:
        for index in range(36):
            pipe.write(np.full((180, 320, 3), 230 if index % 2 else 5, np.uint8).tobytes())
    meter = FlashMeter(12)
    for frame in frames(conformed(folder, tmp_path / "out", frames=24)):
        meter.see(frame)
    assert meter.safe


def test_a_name_strip_is_transparent_but_for_its_plate() -> None:
    strip = cv2.imdecode(
        np.frombuffer(name_strip_image("Officer Dale Okafor", "Maple Hollow Police", 320, 180), np.uint8),
        cv2.IMREAD_UNCHANGED,
    )
    assert strip.shape == (180, 320, 4)
    assert strip[:90, :, 3].max() == 0
    assert strip[110:160, 20:100, 3].max() > 200


@pytest.mark.parametrize(
    "title", ["Glazed", "The Long and Winding Night of the Two Dozen Jelly Doughnuts and the Goose " * 2]
)
def test_an_end_card_shows_its_notice_whatever_the_title(title: str, tmp_path: Path) -> None:
    base: dict[str, object] = {
        "card": "end",
        "format": PROOF,
        "look": "night_blue",
        "show": "Night Shift",
        "title": title,
        "frames": 10,
        "seed": 1,
    }
    finisher, shown = build(ToolSettings()), []
    for name, lines in (("with", ("Officer Okafor", "Made by AI.")), ("without", ("Officer Okafor", ""))):
        (tmp_path / name).mkdir()
        finisher.card(CardRequest.model_validate(base | {"lines": lines}), Call(into=tmp_path / name))
        shown.append(frames(tmp_path / name / "segment.mp4"))
    assert len(shown[0]) == 10
    assert np.abs(shown[0][-1].astype(int) - shown[1][-1])[150:].mean() > 1
