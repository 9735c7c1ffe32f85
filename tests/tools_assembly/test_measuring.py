"""Faults of half a second are found where they are, and clean pictures are left in peace."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import MediaBroken
from episodes.film_requests import ExpectedLine, MeasureRequest
from episodes.results import Measurements
from tools.assembly.assembler import build
from tools.assembly.stillness import find_frozen
from tools.protocols import Call, Input, ToolSettings

GRAIN = "noise=alls=7:allf=t+u"


def measured(folder: Path, tmp_path: Path, lines: tuple[ExpectedLine, ...] = ()) -> Measurements:
    (tmp_path / "measuring").mkdir(exist_ok=True)
    request = MeasureRequest(seconds=Fraction(5), lines=lines)
    return build(ToolSettings()).measure(
        request,
        Call(tmp_path / "measuring", {"film": Input(folder), "mix": Input(folder.with_name(f"{folder.name} sound"))}),
    )


def test_black_still_and_silent_stretches_are_found_where_they_are(
    film: Callable[..., tuple[Path, object]], make_segment: Callable[..., Path], talk: Callable[..., np.ndarray],
    make_sound: Callable[..., Path], place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    moving = make_segment(tmp_path / "moving", 24, "testsrc2=size=320x180:rate=12", GRAIN)
    black = make_segment(tmp_path / "black", 6, "color=black:size=320x180:rate=12")
    frozen = make_segment(tmp_path / "frozen", 12, "testsrc2=size=320x180:rate=12", f"loop=20:1:0,{GRAIN}")
    rng = np.random.default_rng(1)
    loud = np.repeat(rng.normal(scale=0.1, size=(8 * 48_000, 1)), 2, axis=1).astype(np.float32)
    loud[96_000 : 96_000 + 24_000] = 0
    scene = make_sound(tmp_path / "scene", effects=loud)
    order = [(moving, 24), (black, 6), (moving, 24), (frozen, 12), (moving, 24)]
    folder, _ = film(order, scene, (place("effects", "A3"),))
    found = measured(folder, tmp_path)
    assert [(span.at, span.seconds) for span in found.black] == [
        (pytest.approx(2.0, abs=0.1), pytest.approx(0.5, abs=0.1))
    ]
    assert any(abs(span.at - 4.5) < 0.1 and abs(span.seconds - 1) < 0.1 for span in found.frozen)
    assert len(found.frozen) == 2  # black stands still too, and all is reported
    assert [(span.at, span.seconds) for span in found.silent] == [
        (pytest.approx(2.0, abs=0.05), pytest.approx(0.5, abs=0.06))
    ]
    assert found.video_seconds == 7.5
    assert found.audio_seconds == pytest.approx(7.5, abs=1 / 12)


def test_a_small_slow_movement_is_not_called_still(
    film: Callable[..., tuple[Path, object]], make_segment: Callable[..., Path], tmp_path: Path
) -> None:
    frames = ",".join(
        f"drawbox=x=150:y=90:w=12:h={height}:t=fill:color=gray@0.6:enable=eq(mod(n\\,3)\\,{index})"
        for index, height in enumerate((2, 6, 10))
    )
    talking = make_segment(tmp_path / "talking", 36, "color=0x202838:size=320x180:rate=12", f"{frames},{GRAIN}")
    folder, _ = film([(talking, 36)])
    assert measured(folder, tmp_path).frozen == ()


def test_a_frozen_shot_whose_clock_ticks_is_one_stretch() -> None:
    changes = [40] * 5 + [3] * 11 + [13] + [4] * 11 + [50] * 5
    report = "".join(f"x lavfi.signalstats.YMAX={change}\n" for change in changes)
    (span,) = find_frozen(report, 12)
    assert (span.at, span.seconds) == (pytest.approx(5 / 12), pytest.approx(2))


def test_each_line_is_heard_with_its_edges_or_found_missing(
    film: Callable[..., tuple[Path, object]], pattern: Path, make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    voice = np.zeros((5 * 48_000, 2), np.float32)
    voice[48_000:96_000] = 0.1
    voice[3 * 48_000 :] = 0.1
    scene = make_sound(tmp_path / "scene", dialogue=voice, radio=voice)
    folder, _ = film([(pattern, 30)] * 2, scene, (place("dialogue", "A1"), place("radio", "A2", 1)))
    lines = (
        ExpectedLine(line="whole", at=Fraction(1), seconds=Fraction(1), track="A1"),
        ExpectedLine(line="cut", at=Fraction(7, 2), seconds=Fraction(1), track="A1"),
        ExpectedLine(line="missing", at=Fraction(0), seconds=Fraction(1, 2), track="A1"),
        ExpectedLine(line="on the air", at=Fraction(2), seconds=Fraction(1), track="A2"),
    )
    whole, cut, missing, air = measured(folder, tmp_path, lines).lines
    assert (whole.level_db, air.level_db) == (pytest.approx(-20, abs=0.1), pytest.approx(-20, abs=0.1))
    assert whole.head_db == whole.tail_db == -120
    assert cut.head_db == cut.tail_db == pytest.approx(-20, abs=0.1)
    assert missing.level_db == -120


def test_a_film_that_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "film.mp4").write_bytes(b"not a film")
    with pytest.raises(MediaBroken):
        measured(tmp_path / "film", tmp_path)
