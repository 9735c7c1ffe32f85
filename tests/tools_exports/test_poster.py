"""Posters show frames and the show's name, are drawn once, and never stand over a person's own."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tools import ffmpeg
from tools.exports.poster import COVER, POSTER, Lettering, Still, draw, mark_of, write_poster

LETTERING = Lettering(show="Night Shift", over="Larkspur Police", under="Season 1", notice="Made by AI.")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Still:
    path = tmp_path_factory.mktemp("stills") / "a-thumb.png"
    picture = np.zeros((180, 320, 3), np.uint8)
    picture[:, 160:] = (40, 200, 40)
    cv2.imwrite(str(path), picture)
    return Still(file=str(path), known_by="1")


def written(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    picture = cv2.imread(str(path))
    assert picture is not None
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("size", [POSTER, COVER])
def test_a_poster_has_the_size_that_is_asked_for_and_the_frame_in_it(
    still: Still, tmp_path: Path, size: tuple[int, int]
) -> None:
    assert write_poster(LETTERING, [still], size, tmp_path / "poster.png")
    picture = written(tmp_path / "poster.png")
    assert picture.shape == (size[1], size[0], 3)
    green = (picture[..., 1] > 150) & (picture[..., 0] < 90) & (picture[..., 2] < 90)
    assert green[: size[1] // 3].mean() > 0.2
    assert green[size[1] * 4 // 5 :].mean() < 0.01


def test_the_name_can_be_read_at_two_hundred_pixels(still: Still) -> None:
    """What the letters change, seen small, is large and far from what lies under them."""
    named, bare = (
        cv2.resize(draw(LETTERING.model_copy(update={"show": show}), [], POSTER)[..., :3], (200, 300),
                   interpolation=cv2.INTER_AREA).astype(int)
        for show in ("Night Shift", "")
    )  # fmt: skip
    rows = (np.abs(named - bare).max(axis=2) > 90).sum(axis=1)
    assert (rows > 30).sum() > 40, "forty rows of letters, of three hundred"


def test_a_poster_is_drawn_again_only_when_something_changes(still: Still, tmp_path: Path) -> None:
    path = tmp_path / "poster.png"
    assert write_poster(LETTERING, [still], POSTER, path)
    assert not write_poster(LETTERING, [still], POSTER, path)
    first = mark_of(path)
    assert write_poster(LETTERING, [still.model_copy(update={"known_by": "2"})], POSTER, path)
    assert mark_of(path) != first
    assert write_poster(LETTERING.model_copy(update={"look": "noir"}), [still], POSTER, path)


def test_a_persons_own_poster_stays(still: Still, tmp_path: Path) -> None:
    path = tmp_path / "poster.png"
    cv2.imwrite(str(path), np.full((30, 20, 3), 7, np.uint8))
    assert not write_poster(LETTERING, [still], POSTER, path)
    path.write_bytes(b"\xff\xd8 a photograph")
    assert not write_poster(LETTERING, [still], POSTER, path)
    assert path.read_bytes() == b"\xff\xd8 a photograph"


def test_of_a_film_the_richest_moment_is_taken_and_a_broken_file_is_left_out(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg.run(
        ["-f", "lavfi", "-i", "color=gray:size=320x180:rate=12:d=1", "-f", "lavfi", "-i",
         "testsrc=size=320x180:rate=12:d=1", "-filter_complex", "[0][1]concat=n=2", "-c:v", "libx264", "-preset",
         "ultrafast", "-pix_fmt", "yuv420p", film]
    )  # fmt: skip
    (tmp_path / "broken.mp4").write_bytes(b"no film")
    stills = [
        Still(file=str(tmp_path / "broken.mp4"), moments=(0.5,), known_by="1"),
        Still(file=str(film), moments=(0.5, 1.5), known_by="2"),
    ]
    assert write_poster(LETTERING, stills, POSTER, tmp_path / "poster.png")
    top = cv2.cvtColor(written(tmp_path / "poster.png")[200:450], cv2.COLOR_BGR2HSV)
    assert (top[..., 1] > 150).mean() > 0.3, "the test card's colours, not the grey"
