"""The person's own recordings in settings and plan: what is added remakes the scenes that ask for it, and no others."""

from pathlib import Path

import numpy as np
import pytest

from director import crews, settings
from director.planning import end_card_lines
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.placing import placed_events
from episodes.plan import own_sounds, plan
from episodes.recordings import bed_names, sought
from episodes.requests import OwnSound, SoundRequest
from episodes.store import Head
from episodes.tasks import ToolInfo
from episodes.work import Belt, difference
from tests.planned_episode import planned_episode
from tools.sound import wav

KINDS = ("reader", "voice", "animatic", "video", "finish", "music", "sound", "assembly")


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


def belt(*names: str) -> Belt:
    tools = {kind: ToolInfo(name=kind, version="1") for kind in KINDS}
    sounds = tuple(OwnSound(name=name, digest=f"digest of {name}", form="wav") for name in sorted(names))
    return Belt.model_validate({**tools, "sounds": sounds})


def asked_in(episode: Episode) -> dict[str, set[str]]:
    """Return the scenes that ask for each name."""
    found: dict[str, set[str]] = {}
    for scene in episode.the_script.scenes:
        for placed in placed_events(episode, scene.id, episode.the_cut.seconds * 0):
            for name in (name for one in sought(placed) for name in one.names):
                found.setdefault(name, set()).add(scene.id)
    return found


@pytest.fixture(scope="module")
def rare(episode: Episode) -> str:
    """Return a name that one scene asks for, or few."""
    asked = asked_in(episode)
    return min(sorted(asked), key=lambda name: len(asked[name]))


def test_a_new_recording_remakes_the_scenes_that_ask_for_it_and_no_other(episode: Episode, rare: str) -> None:
    before, after = (plan(episode, belt(*names), "animatic") for names in (("quagga",), ("quagga", rare)))
    asking = asked_in(episode)[rare]
    assert 0 < len(asking) < len(episode.the_script.scenes)
    stale = [task for task in difference(before, after) if task.kind == "sound"]
    assert {task.label for task in stale} == {f"{scene}:sound" for scene in asking}
    assert {task.kind for task in difference(before, after)} <= {"sound", "mix", "assemble", "measure"}
    for task in stale:
        assert {need.name: need.key for need in task.needs}[f"own:{rare}"] == f"digest of {rare}"


def test_a_recording_that_nothing_asks_for_changes_nothing(episode: Episode, rare: str) -> None:
    assert plan(episode, belt("quagga"), "animatic") == plan(episode, belt(), "animatic")
    assert own_sounds(episode, belt("quagga")) == ()
    assert [one.name for one in own_sounds(episode, belt("quagga", rare))] == [rare]


def test_no_scene_is_handed_what_it_does_not_ask_for(episode: Episode) -> None:
    asked = asked_in(episode)
    for task in plan(episode, belt("torch-on", "step", "bed-inside", "cloth"), "animatic").of("sound"):
        assert isinstance(task.request, SoundRequest)
        beds = {name for bed in task.request.beds for name in bed_names(bed)}
        assert all(task.request.scene in asked.get(one.name, ()) or one.name in beds for one in task.request.own)
        named = {need.name for need in task.needs if need.name.startswith("own:")}
        assert named == {f"own:{one.name}" for one in task.request.own}


def recording(folder: Path, name: str, hertz: float = 900) -> None:
    folder.mkdir(exist_ok=True)
    at = np.arange(4800) / 48_000
    wav.write(folder / f"{name}.wav", (0.3 * np.sin(2 * np.pi * hertz * at)).astype(np.float32), 48_000)


def test_the_folder_comes_from_the_command_line_the_environment_or_the_file(tmp_path: Path) -> None:
    for name in ("line", "environment", "file"):
        recording(tmp_path / name, f"goose-of-{name}")
    (tmp_path / "director.toml").write_text(f'sounds = "{tmp_path / "file"}"\n')
    environ = {"TENFOUR_SOUNDS": str(tmp_path / "environment")}

    def found(given: dict[str, object], around: dict[str, str]) -> list[str]:
        return [one.sound.name for one in settings.load(given, around, tmp_path).recordings]

    assert found({}, {}) == ["goose-of-file"]
    assert found({}, environ) == ["goose-of-environment"]
    assert found({"sounds": tmp_path / "line"}, environ) == ["goose-of-line"]


def test_what_the_folder_holds_decides_the_digest_and_its_place_does_not(tmp_path: Path) -> None:
    recording(tmp_path / "one", "goose")
    recording(tmp_path / "two", "goose")
    recording(tmp_path / "other", "goose", 901)
    digests = {
        name: settings.load({"sounds": tmp_path / name}, {}, tmp_path).digest for name in ("one", "two", "other")
    }
    none = settings.load({}, {}, tmp_path).digest
    assert digests["one"] == digests["two"]
    assert len({digests["one"], digests["other"], none}) == 3


def test_a_folder_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no folder of sounds"):
        settings.load({"sounds": tmp_path / "nowhere"}, {}, tmp_path)


def test_the_belt_carries_the_recordings(tmp_path: Path) -> None:
    recording(tmp_path / "mine", "goose")
    chosen = settings.load({"sounds": tmp_path / "mine", "cache": tmp_path}, {}, tmp_path)
    assert [one.name for one in crews.belt(chosen).sounds] == ["goose"]


def test_the_end_card_says_whose_sounds_they_are() -> None:
    head = Head.model_construct(answered=())
    assert "Sounds: the person's own, 3 files" in end_card_lines(head, belt(), "animatic", own=3)
    assert "Sounds: the person's own, 1 file" in end_card_lines(head, belt(), "animatic", own=1)
    assert not any("own" in line for line in end_card_lines(head, belt(), "animatic"))
