"""Frames, paper and strips: what stands where on a sheet."""

import re
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.cut import Clip, Cut, Track
from tools import ffmpeg
from tools.sheets.frames import Footage, pictures, spread
from tools.sheets.paper import Paper, columns, scene_colours
from tools.sheets.sixel import sixels
from tools.sheets.strip import LABELS, draw_ruler, draw_strip


@pytest.fixture(scope="module")
def greys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of twenty frames, each as bright as its number."""
    path = tmp_path_factory.mktemp("greys") / "greys.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "color=c=black:s=64x36:r=12", "-vf", "geq=lum='16+N*10':cb=128:cr=128",
                "-frames:v", "20", "-c:v", "libx264", "-qp", "4", "-pix_fmt", "yuv420p", path])  # fmt: skip
    return path


def brightness(pictures_: dict[int, np.ndarray]) -> dict[int, int]:
    """Number of the film's frame that each picture is."""
    return {at: round(float(image[..., 0].mean()) / 255 * 219 / 10) for at, image in pictures_.items()}


def test_frames_are_those_that_are_asked_for_forwards_and_backwards(greys: Path) -> None:
    forwards = pictures(Footage(greys, 4, 10), [0, 5, 9], 32, 18)
    assert brightness(forwards) == {0: 4, 5: 9, 9: 13}
    assert forwards[0].shape == (18, 32, 4)
    backwards = pictures(Footage(greys, 4, 10, backwards=True), [0, 5, 9], 32, 18)
    assert brightness(backwards) == {0: 13, 5: 8, 9: 4}


def test_frames_that_are_not_there_are_left_out(greys: Path, tmp_path: Path) -> None:
    assert brightness(pictures(Footage(greys, 15, 10), [0, 9], 32, 18)) == {0: 15}
    assert pictures(Footage(tmp_path / "none.mp4", 0, 10), [0], 32, 18) == {}
    (tmp_path / "broken.mp4").write_bytes(b"no film")
    assert pictures(Footage(tmp_path / "broken.mp4", 0, 10), [0], 32, 18) == {}
    assert pictures(Footage(greys, 0, 10), [], 32, 18) == {}


@given(st.integers(1, 500), st.integers(2, 12))
def test_frames_are_spread_from_the_first_to_the_last(frames: int, count: int) -> None:
    offsets = spread(frames, count)
    assert offsets == sorted(set(offsets))
    assert (offsets[0], offsets[-1]) == (0, frames - 1)
    assert len(offsets) == min(frames, count)


@given(st.floats(100, 3000), st.floats(20, 400))
def test_columns_fill_the_width_and_are_never_too_narrow(wide: float, least: float) -> None:
    count, each = columns(wide, least, 10)
    assert count * each + (count - 1) * 10 == pytest.approx(wide)
    assert each >= min(least, wide) - 1e-6


def test_a_cut_is_drawn_to_scale_with_its_scenes_in_their_colours(tmp_path: Path) -> None:
    shots = [
        Clip(id=f"V1:S0{n}-01", media=f"S0{n}-01", source_in=0, seconds=seconds) for n, seconds in ((1, 2), (2, 6))
    ]
    line = Clip(id="A1:S02-L01", media="S02-L01", source_in=0, seconds=1)
    cut = Cut(tracks=(Track(name="V1", items=tuple(shots)), Track(name="A1", items=(line,))))
    paper, colours = Paper(1000), scene_colours(["S01", "S02"])
    top = paper.y
    draw_strip(paper, cut, colours, Fraction(16), {"S02-01": "#ffffff"})
    draw_ruler(paper, Fraction(16))
    image = cv2.imread(str(paper.keep(tmp_path / "strip.png")))
    band = image[round(top) + 2]
    wanted = {name: [int(colours[name][i : i + 2], 16) for i in (5, 3, 1)] for name in colours}
    width = {name: int((np.abs(band.astype(int) - bgr).max(axis=1) < 4).sum()) for name, bgr in wanted.items()}
    scale = (1000 - 2 * 48 - LABELS) / 16
    assert width["S01"] == pytest.approx(2 * scale, abs=5)
    assert width["S02"] == pytest.approx(6 * scale, abs=5)


def test_paper_is_as_long_as_what_is_drawn_and_says_why_a_picture_is_missing(tmp_path: Path) -> None:
    paper = Paper(600)
    paper.heading("犬の話 🦝", "beside")
    paper.tile(None, 48, paper.y, 200, 112, "Its media is gone from the cache.")
    paper.y += 112
    high = paper.y
    short = cv2.imread(str(paper.keep(tmp_path / "a.png")))
    assert short.shape[:2] == (round(high + 48), 600)
    empty = Paper(600)
    empty.y = high
    bare = cv2.imread(str(empty.keep(tmp_path / "b.png")))
    assert (short != bare).mean() > 0.02


def test_sixels_hold_every_pixel_of_the_picture_in_nearly_its_colour() -> None:
    image = np.random.default_rng(2).choice(np.array([0, 255], np.uint8), (13, 21, 3))
    assert np.array_equal(_drawn(sixels(image)), image)


def _drawn(text: str) -> np.ndarray:
    """Draw sixels as a terminal would."""
    found = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.S)
    assert found is not None
    wide, high = int(found.group(1)), int(found.group(2))
    canvas, palette, column, band, colour = np.zeros((high + 6, wide, 3), np.uint8), {}, 0, 0, 0
    for token in re.findall(r"#\d+;2;\d+;\d+;\d+|#\d+|!\d+.|[?-~]|\$|-", found.group(3)):
        if ";2;" in token:
            number, _, red, green, blue = token[1:].split(";")
            palette[int(number)] = [round(int(part) * 2.55) for part in (blue, green, red)]
        elif token[0] == "#":
            colour = int(token[1:])
        elif token == "$":
            column = 0
        elif token == "-":
            column, band = 0, band + 6
        else:
            count = int(token[1:-1]) if token[0] == "!" else 1
            bits = ord(token[-1]) - 63
            for row in range(6):
                if bits >> row & 1:
                    canvas[band + row, column : column + count] = palette[colour]
            column += count
    return canvas[:high]
