"""The planned episode in proof format, with the media of some of its shots on a shelf."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from director.chat.comparing import Side
from episodes.episode import Episode
from episodes.format import HANDLE_FRAMES
from episodes.plan import plan
from episodes.results import FinishedSegment, RenderedTake, Result
from episodes.take_plan import render_task
from episodes.tasks import Task
from episodes.work import Belt
from tests.planned_episode import BELT, planned_episode
from tools import ffmpeg
from tools.shelf import Artefact, Shelf


@pytest.fixture(scope="session")
def episode() -> Episode:
    return planned_episode("proof")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "media", tmp_path / "record" / "takes")


def side(label: str, episode: Episode, shelf: Shelf) -> Side:
    return Side(label, episode, plan(episode, BELT), shelf)


def with_shot(episode: Episode, shot: str, **fields: object) -> Episode:
    """Return the episode with a shot altered, and nothing else."""
    shots = tuple(one.model_copy(update=fields) if one.id == shot else one for one in episode.shots)
    return episode.model_copy(update={"shots": shots})


def _video(path: Path, frames: int, colour: str) -> None:
    source = f"color=c={colour}:s=320x180:r=12"
    ffmpeg.run(["-f", "lavfi", "-i", source, "-frames:v", str(frames), "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p", path])  # fmt: skip


@dataclass
class Lab:
    """Puts media onto a shelf, as a worker would."""

    shelf: Shelf

    def put(self, task: Task, name: str, frames: int, result: Result, colour: str) -> Artefact:
        folder = self.shelf.scratch(task.kind)
        _video(folder / name, frames, colour)
        return self.shelf.commit(task, task.key, folder, result)

    def segment(self, episode: Episode, shot: str, colour: str = "red") -> Artefact:
        """Put the finished segment of a shot there."""
        task = next(one for one in plan(episode, BELT).of("conform") if one.label == shot)
        frames = task.request.frames
        return self.put(task, "segment.mp4", frames, FinishedSegment(frames=frames), colour)

    def take(self, episode: Episode, shot: str, colour: str = "red", belt: Belt = BELT) -> Artefact:
        """Put the take of a shot there, with its handles."""
        task = render_task(episode, belt, episode.shot(shot), "final")
        frames = round((episode.shot(shot).seconds + Fraction(2 * HANDLE_FRAMES, 12)) * 12)
        result = RenderedTake(file="take.mp4", frames=frames, width=320, height=180, fps=12.0)
        return self.put(task, "take.mp4", frames, result, colour)


@pytest.fixture
def lab(shelf: Shelf) -> Lab:
    return Lab(shelf)
