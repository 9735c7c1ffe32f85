"""The flash guard: 24 pictures are judged as worked out by hand, and what flashes is calmed no more than is needed."""

from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.flashes import BLACK, BLUE, CASES, RED, WHITE, Case, Strobe, bgr, frames, grey, judged
from episodes.format import FORMATS
from episodes.requests import ConformRequest
from tools.ffmpeg import writing_frames
from tools.finish import conform
from tools.finish.calming import plan
from tools.finish.flashes import FlashMeter
from tools.finish.stripes import striped
from tools.protocols import Call, Input, ToolSettings

Image = np.ndarray
WIDTH, HEIGHT = 320, 180


def seen(pictures: Iterator[Image], fps: int = 24) -> FlashMeter:
    meter = FlashMeter(fps)
    for picture in pictures:
        meter.see(picture)
    return meter


def strobe(hertz: float, where: tuple[slice, slice], seconds: float, fps: int = 24) -> Iterator[Image]:
    for index in range(round(fps * seconds)):
        picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        picture[where] = 255 * (int(index / fps * hertz * 2 + 1e-9) % 2)
        yield picture


# ---- the meter -------------------------------------------------------------------------------------------------------


def test_there_are_twenty_four_cases() -> None:
    assert len(CASES) == 24
    assert {case.expected for case in CASES} == {"safe", "flashes", "red", "extended", "red_extended"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.shown}, {case.seconds} s")
def test_every_case_of_the_matrix_is_judged_as_worked_out(case: Case) -> None:
    assert judged(case)[0].rule == case.expected


@pytest.mark.parametrize("fps", [12, 30])
@pytest.mark.parametrize("case", CASES[:9], ids=lambda case: f"{case.shown}, {case.seconds} s")
def test_the_rate_of_frames_makes_no_difference(case: Case, fps: int) -> None:
    assert judged(case, fps=fps)[0].rule == case.expected


@pytest.mark.parametrize("rows", [slice(0, 90), slice(90, 180)])
@pytest.mark.parametrize("columns", [slice(0, 160), slice(160, 320)])
def test_a_strobe_in_any_quarter_of_the_picture_counts(rows: slice, columns: slice) -> None:
    assert seen(strobe(4, (rows, columns), 2)).verdict.rule == "flashes"


def test_a_verdict_names_when_how_fast_and_how_much() -> None:
    quiet = [np.zeros((HEIGHT, WIDTH, 3), np.uint8)] * 48
    pictures = [*quiet, *strobe(5, (slice(None), slice(0, 160)), 2), *quiet]
    verdict = seen(iter(pictures)).verdict
    assert verdict.rule == "flashes"
    assert verdict.first == pytest.approx(2.1, abs=0.1)
    assert 4 <= verdict.last <= 5
    assert (verdict.rate, verdict.area) == (5, pytest.approx(0.5))


def test_halves_that_flash_in_turn_flash() -> None:
    def halves() -> Iterator[Image]:
        for left in strobe(4, (slice(None), slice(0, 160)), 2):
            left[:, 160:] = 255 - left[:, :160]
            yield left

    assert seen(halves()).verdict.rule == "flashes"


def test_lamps_that_flash_one_after_the_other_flash_as_a_whole() -> None:
    def lamps() -> Iterator[Image]:
        for index in range(72):
            picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
            lamp = index // 6 % 4
            # On for three frames, off for three: four lamps a second, each of them once.
            if index % 6 < 3:
                picture[lamp // 2 * 90 : lamp // 2 * 90 + 90, lamp % 2 * 160 : lamp % 2 * 160 + 160] = 255
            yield picture

    assert seen(lamps()).worst == 4


def test_a_change_over_several_frames_is_one_and_a_slow_one_is_none() -> None:
    def wave(hertz: float, seconds: float) -> Iterator[Image]:
        for index in range(round(24 * seconds)):
            light = 0.5 - 0.45 * float(np.cos(2 * np.pi * hertz * index / 24))
            yield np.full((HEIGHT, WIDTH, 3), bgr(grey(light)), np.uint8)

    assert seen(wave(4, 3)).worst == 4
    assert seen(wave(2, 3)).worst == 2
    assert seen(wave(0.05, 12)).worst == 0


def test_a_whip_pan_over_a_busy_street_is_no_flash() -> None:
    rng = np.random.default_rng(4)
    street = cv2.resize((rng.random((6, 24)) < 0.4).astype(np.uint8) * 200, (3 * WIDTH, HEIGHT))
    # A screen in half a second, smeared by the shutter, between two moments of rest.
    smeared = cv2.blur(street, (WIDTH // 24, 1))
    whip = [(smeared, at) for at in range(0, WIDTH, WIDTH // 12)]
    shown = [*[(street, 0)] * 24, *whip, *[(street, WIDTH)] * 24]
    assert seen(np.repeat(of[:, at : at + WIDTH, None], 3, axis=2) for of, at in shown).worst <= 2.5


# ---- stripes ---------------------------------------------------------------------------------------------------------


def bars(pairs: int, light_share: float = 0.5, columns: int = WIDTH) -> Image:
    phase = np.arange(WIDTH) * pairs / WIDTH % 1
    row = np.where((phase < light_share) & (np.arange(WIDTH) < columns), 220, 15).astype(np.uint8)
    return np.repeat(np.broadcast_to(row, (HEIGHT, WIDTH))[..., None], 3, axis=2)


@pytest.mark.parametrize(
    ("picture", "seconds", "rule"),
    [
        (bars(8), 0.8, "pattern"), (bars(8).transpose(1, 0, 2), 0.8, "pattern"), (bars(30), 0.8, "pattern"),
        (bars(24, columns=100), 0.8, "pattern"), (bars(8), 0.3, "safe"), (bars(5), 2, "safe"),
        (bars(24, columns=60), 2, "safe"), (bars(16, 0.15), 2, "safe"), (bars(16, 0.85), 2, "safe"),
    ],
    ids=["upright", "lying", "fine", "a third", "short", "five", "a fifth", "railing by night", "railing by day"],
)  # fmt: skip
def test_six_pairs_of_stripes_over_a_quarter_for_half_a_second_fail(picture: Image, seconds: float, rule: str) -> None:
    assert seen(iter([picture] * round(24 * seconds))).verdict.rule == rule


def test_mesh_and_a_floor_seen_from_the_side_are_no_stripes() -> None:
    y, x = np.mgrid[0:90, 0:160]
    mesh = ((x % 10 < 2) | (y % 10 < 2)).astype(np.float32)
    depth = 1 / (y / 90 + 0.15)
    floor = (np.floor((x - 80) * depth / 30) + np.floor(depth * 6)) % 2 * (y > 50)
    for picture in (mesh, floor.astype(np.float32) * 0.5):
        assert striped(picture).mean() < 0.2


# ---- the guard -------------------------------------------------------------------------------------------------------


def face(index: int) -> Image:
    """Return a picture with some detail and colour that drifts a little."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    tones = [90 + 50 * np.sin((x + index) / 17 + shift) + 40 * np.cos(y / 11) for shift in (0, 1, 2)]
    return np.clip(np.stack(tones, axis=2), 0, 255).astype(np.uint8)


def lit(strobe: Strobe, light: float = 0.8, columns: slice = slice(0, WIDTH)) -> Callable[[float, int], Image]:
    def paint(seconds: float, index: int) -> Image:
        picture, flash = face(index), np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        strobe.at(seconds)(flash)
        picture[:, columns] = cv2.addWeighted(picture, 1 - light, flash, light, 0)[:, columns]
        return picture

    return paint


def made(folder: Path, paint: Callable[[float, int], Image], seconds: float, fps: int = 24) -> Path:
    folder.mkdir()
    with writing_frames(WIDTH, HEIGHT, fps, "bgr24", ["-crf", "10", "-preset", "ultrafast", folder / "take.mp4"]) as p:
        for index in range(round(fps * seconds)):
            p.write(paint(index / fps, index).tobytes())
    return folder


def conformed(take: Path, into: Path, seconds: float, fps: int = 24, **changes: object) -> list[Image]:
    into.mkdir()
    values: dict[str, object] = {
        "shot": "S01-01", "format": FORMATS["proof"].model_copy(update={"fps": fps}), "owner": "bodycam",
        "agency": "Maple Hollow Police", "show": "Night Shift", "unit": "4A10",
        "clock": datetime(2026, 3, 4, 3, 12, 5), "light": "day", "weather": "clear", "look": "night_blue",
        "source_in_frames": 0, "frames": round(seconds * fps), "seed": 1, "movement": "static",
    }  # fmt: skip
    request = ConformRequest.model_validate(values | changes)
    conform.build(ToolSettings()).conform(request, Call(into=into, inputs={"take": Input(folder=take)}))
    reader, found = cv2.VideoCapture(str(into / "segment.mp4")), []
    while (got := reader.read())[0]:
        found.append(got[1])
    return found


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[FlashMeter]:
    """Give the meters of every time that a segment is written."""
    found: list[FlashMeter] = []
    write = conform.EmbeddedFinisher._write

    def counted(self: conform.EmbeddedFinisher, *given: object) -> FlashMeter:
        found.append(write(self, *given))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(conform.EmbeddedFinisher, "_write", counted)
    return found


@pytest.mark.parametrize(
    ("picture", "seconds", "fps", "changes"),
    [
        (Strobe(4, 1, WHITE, BLACK), 2, 24, {}), (Strobe(8, 1, RED, BLUE), 2, 24, {}),
        (Strobe(2.5, 1, WHITE, BLACK), 6.5, 24, {}), (Strobe(4, 1, WHITE, BLACK), 2, 24, {"reversed": True}),
        (Strobe(4, 1, WHITE, BLACK), 2, 12, {}), (Strobe(4, 0.4, RED, BLACK), 2, 30, {}),
    ],
    ids=["4 Hz", "8 Hz red and blue", "2.5 Hz for 6 s", "reversed", "12 fps", "red, 40 %, 30 fps"],
)  # fmt: skip
def test_a_strobe_in_a_take_is_mended_by_writing_once_more(
    picture: Strobe, seconds: float, fps: int, changes: dict[str, object], tmp_path: Path, writes: list[FlashMeter]
) -> None:
    take = made(tmp_path / "take", lit(picture), seconds, fps)
    shown = conformed(take, tmp_path / "out", seconds, fps, **changes)
    assert not writes[0].safe
    assert len(writes) == 2
    assert seen(iter(shown), fps).verdict.rule == "safe"
    assert len(shown) == round(seconds * fps)


@pytest.mark.parametrize("speed", [1, 2, 8])
def test_stripes_in_a_take_are_blurred(speed: int, tmp_path: Path, writes: list[FlashMeter]) -> None:
    take = made(tmp_path / "take", lambda _, index: np.ascontiguousarray(np.roll(bars(14), speed * index, axis=1)), 1.5)
    shown = conformed(take, tmp_path / "out", 1.5)
    assert "pattern" in [verdict.rule for verdict in writes[0].verdicts]
    assert len(writes) == 2
    assert seen(iter(shown)).verdict.rule == "safe"


def test_a_face_beside_a_strobe_stays_as_it_is_to_the_last_bit() -> None:
    paint = lit(Strobe(4, 1, WHITE, BLACK), columns=slice(176, WIDTH))
    # The face moves a little, and stands.
    pictures = [paint(index / 24, index % 3) for index in range(48)]
    calming = plan(seen(iter(pictures)))
    calm = [calming.apply(picture, index) for index, picture in enumerate(pictures)]
    assert seen(iter(calm)).verdict.rule == "safe"
    assert all(np.array_equal(a[:, :166], b[:, :166]) for a, b in zip(calm, pictures, strict=True))
    assert max(np.abs(a[:, 176:].astype(int) - b[:, 176:]).mean() for a, b in zip(calm, pictures, strict=True)) > 40


def test_what_is_dark_between_the_flashes_keeps_its_colour_and_detail() -> None:
    paint = lit(Strobe(4, 1, WHITE, BLACK), light=0.7)
    pictures = [paint(index / 24, index) for index in range(48)]
    calming = plan(seen(iter(pictures)))
    dark, calm = pictures[24], calming.apply(pictures[24], 24)
    assert dark.mean() < 60
    assert np.corrcoef(dark.ravel(), calm.ravel())[0, 1] > 0.95
    assert calm.std() > 0.8 * dark.std()


def test_only_the_stretch_that_flashes_is_calmed() -> None:
    wild = lit(Strobe(5, 1, WHITE, BLACK))
    pictures = [wild(index / 24, index) if 48 <= index < 84 else face(index) for index in range(120)]
    calming = plan(seen(iter(pictures)))
    same = [calming.apply(picture, index) is picture for index, picture in enumerate(pictures)]
    assert all(same[:40])
    assert all(same[96:])
    assert not any(same[50:82])


def test_a_take_without_flashes_is_written_once_and_bit_for_bit_as_without_the_guard(
    tmp_path: Path, writes: list[FlashMeter], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = made(tmp_path / "take", lit(Strobe(1.5, 1, WHITE, BLACK)), 2)
    conformed(take, tmp_path / "guarded", 2)
    monkeypatch.setattr(FlashMeter, "see", lambda self, frame: None)
    conformed(take, tmp_path / "bare", 2)
    assert len(writes) == 2
    assert (tmp_path / "guarded/segment.mp4").read_bytes() == (tmp_path / "bare/segment.mp4").read_bytes()


def test_brightness_is_calmed_before_colour_and_no_more_than_is_needed() -> None:
    faint = plan(seen(frames(Case("", Strobe(5, 1, grey(0.21), grey(0.1)), 2, "flashes", ""), WIDTH, HEIGHT, 24)))
    strong = plan(seen(frames(Case("", Strobe(5, 1, WHITE, BLACK), 2, "flashes", ""), WIDTH, HEIGHT, 24)))
    red = plan(seen(frames(Case("", Strobe(8, 1, RED, BLUE), 2, "flashes", ""), WIDTH, HEIGHT, 24)))
    assert (faint.measure, strong.measure, red.measure) == ("brightness", "brightness", "colour")
    assert faint.strength < 0.5 < strong.strength


def test_no_set_is_called_a_pattern() -> None:
    from typing import get_args

    from episodes.cast import Agency, Character, Place, SetName, World
    from episodes.requests import RenderRequest
    from episodes.shots import Movement, Shot, Subject
    from tools.video.stage import Stage

    world = World(
        agency=Agency(name="Maple Hollow Police", county="Maple"),
        characters=(Character(id="ruth", name="Ruth Pell", short_name="Ruth", role="witness", pronoun="she"),),
        props=(),
        places=tuple(Place(id=name, name="Dollar & Dime", set=name, interior=True) for name in get_args(SetName)),
    )
    for place in world.places:
        shot = Shot(
            id="S01-01", scene="S01", beats=("S01-B01",), owner="bodycam", size="full", place=place.id,
            movement=Movement(kind="static"), clock=datetime(2026, 3, 4, 14, 12), light="day", seconds=Fraction(2),
            subjects=(Subject(id="ruth", at=0.5),),
        )  # fmt: skip
        stage = Stage(RenderRequest(shot=shot, world=world, format=FORMATS["proof"], seed=7, handle_frames=0), {})
        assert seen(iter([stage.frame(0.5)] * 12), 12).verdict.rule == "safe", place.id
