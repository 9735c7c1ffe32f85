"""Tiny models are made once in a process; what their libraries warn their own authors of is no fault of ours."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from episodes.cast import VoiceCast
from episodes.requests import Request, SpeakRequest
from episodes.tasks import Task, TaskKind
from episodes.work import recipe_key
from tests.local import tiny_models, tiny_pipelines
from tools import worker
from tools.protocols import Option, ToolSettings
from tools.registry import BackendKind, factory
from tools.shelf import Artefact

# Such small models gain nothing from threads, and those of two workers would wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

HERE = Path(__file__).parent


def pytest_sessionstart() -> None:
    import torch

    torch.set_num_threads(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(autouse=True)
def _own_models() -> Iterator[None]:
    """Leave no model of one test to the next, but keep what is saved."""
    from tools.local.held import let_go

    yield
    let_go()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> "Models":
    return Models(tmp_path_factory.mktemp("models"))


class Models:
    """Folders of tiny models, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _once(self, name: str, make: object) -> Path:
        path = self.folder / name
        if not path.exists():
            path.mkdir()
            make(path)  # type: ignore[operator]
        return path

    @property
    def bark(self) -> Path:
        presets = tuple(f"v2/en_speaker_{number}" for number in range(10))
        return self._once("bark", lambda folder: tiny_models.bark(folder, presets=presets))

    @property
    def whisper(self) -> Path:
        return self._once("whisper", lambda folder: tiny_models.whisper(folder / "tiny.pt")) / "tiny.pt"

    def musicgen(self, *, melody: bool = False, stereo: bool = False) -> Path:
        name = f"musicgen{'-melody' * melody}{'-stereo' * stereo}"
        return self._once(name, lambda folder: tiny_models.musicgen(folder, melody=melody, stereo=stereo))

    def video(self, family: str) -> Path:
        makers = {
            "wan": tiny_pipelines.wan,
            "wan-image": lambda folder: tiny_pipelines.wan(folder, image=True),
            "ltx": tiny_pipelines.ltx,
            "cogvideox": tiny_pipelines.cogvideox,
            "zeroscope-local": tiny_pipelines.zeroscope,
        }
        return self._once(family, makers[family])


def made_by(
    kind: BackendKind,
    name: str,
    options: dict[str, Option],
    request: Request,
    folder: Path,
    inputs: dict[str, Artefact] | None = None,
) -> Artefact:
    """Do a task as a production does: planned by the tool's own info, worked, and put on the shelf."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = ToolSettings(name=name, options=options)
    info = factory(kind, name)(settings).info
    task_kind: TaskKind = request.kind
    task = Task(label="x", kind=task_kind, tool=info, request=request, key=recipe_key(request, info, {}))
    job = worker.Job(
        task=task, backend=name, settings=settings, content_key=task.key, cache=folder / "cache", keep=None,
        inputs=tuple((inputs or {}).items()),
        ledger=folder / "ledger.sqlite",
    )  # fmt: skip
    return worker.work(job)


def line(text: str, *, reading: int = 1, preset: str = "v2/en_speaker_6", radio: bool = False) -> SpeakRequest:
    voice = VoiceCast(engine="bark", variant=preset)
    return SpeakRequest(text=text, voice=voice, delivery="calm", language="en", reading=reading, radio=radio)
