import shutil
from pathlib import Path

import pytest

from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import Task, ToolInfo
from episodes.theme import found_theme
from episodes.value import digest
from episodes.work import task
from tools.shelf import Artefact, Shelf

TOOL = ToolInfo(name="whistle", version="1")


def a_task(seed: int = 1) -> Task:
    theme = found_theme("Night Shift")
    request = ComposeRequest(mood="quiet", seconds="1", tempo=80, key="D minor", theme=theme, seed=seed)
    return task("S01:score", TOOL, request)


def put(shelf: Shelf, of: Task, content: bytes = b"music") -> Artefact:
    folder = shelf.scratch()
    (folder / "music.wav").write_bytes(content)
    return shelf.commit(of, digest(of.key), folder, ComposedCue(seconds="1"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache", tmp_path / "takes")


def test_what_was_put_there_is_found_by_recipe_and_by_content(shelf: Shelf) -> None:
    put(shelf, a_task())
    found = shelf.find(a_task().key)
    assert found is not None
    assert found.file("music.wav").read_bytes() == b"music"
    assert shelf.find_content(digest(a_task().key)) is not None
    assert shelf.find(a_task(2).key) is None


@pytest.mark.parametrize("lost", ["cache", "takes"])
def test_either_copy_may_be_deleted(shelf: Shelf, tmp_path: Path, lost: str) -> None:
    put(shelf, a_task())
    shutil.rmtree(tmp_path / lost)
    assert Shelf(tmp_path / "cache", tmp_path / "takes").find(a_task().key) is not None


def test_both_copies_are_one_on_disk(shelf: Shelf, tmp_path: Path) -> None:
    put(shelf, a_task())
    files = [*tmp_path.glob("*/S01-score.*/music.wav")]
    assert len(files) == 2
    assert files[0].stat().st_ino == files[1].stat().st_ino


def test_a_damaged_artefact_is_not_served(shelf: Shelf, tmp_path: Path) -> None:
    made = put(shelf, a_task())
    made.file("music.wav").write_bytes(b"mus!c")
    assert Shelf(tmp_path / "cache", tmp_path / "takes").find(a_task().key) is None


def test_half_an_artefact_is_not_served(shelf: Shelf) -> None:
    made = put(shelf, a_task())
    (made.folder / "manifest.json").write_bytes(b'{"label": "S01')
    # Both copies are hard links of one file, so both are damaged: neither is served, and both are cleared away.
    assert shelf.find_content(digest(a_task().key)) is None
    assert not made.folder.exists()


def test_unfinished_work_is_swept(shelf: Shelf, tmp_path: Path) -> None:
    (shelf.scratch() / "half.wav").write_bytes(b"x")
    shelf.sweep()
    assert not [*tmp_path.rglob("half.wav")]
