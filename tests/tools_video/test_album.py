"""The example of docs/backends.md: a back end in at most sixty lines, entered by the door that everybody uses."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from director import backends
from director.settings import HOME, Settings
from episodes.errors import BackendUnavailable
from tools.finish.takes import frames_of
from tools.registry import factory

FOLDER = HOME / "docs" / "examples"


@pytest.fixture(autouse=True)
def _on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


def album(folder: Path) -> Settings:
    table = {"album": {"folder": str(folder / "pictures")}}
    return Settings.model_validate({"cache": folder, "backends": {"video": "album:build"}, "options": {"video": table}})


def picture(path: Path, colour: tuple[int, int, int]) -> None:
    path.parent.mkdir(exist_ok=True)
    cv2.imwrite(str(path), np.full((90, 160, 3), colour, np.uint8))


def test_it_has_at_most_sixty_lines() -> None:
    assert len((FOLDER / "album.py").read_text().splitlines()) <= 60


def test_a_shot_shows_the_picture_whose_name_fits_it_best(tmp_path: Path) -> None:
    picture(tmp_path / "pictures" / "moon-crater.png", (0, 0, 255))
    picture(tmp_path / "pictures" / "camera-street-shop-night-officer.png", (255, 0, 0))
    found = backends.check(album(tmp_path), "video", "album:build")
    assert "320×180" in found.what
    from episodes.format import FORMATS

    (frame,) = frames_of(Path(found.file), FORMATS["proof"], 20, 1, 1)
    blue, _, red, _ = frame.mean(axis=(0, 1))
    assert blue > 200 > 60 > red


def test_an_album_without_pictures_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="name a folder"):
        factory("video", "album:build")(album(tmp_path).tool("video"))
    (row,) = [row for row in backends.listed(album(tmp_path)) if row.name == "album:build"]
    assert not row.ready
