"""Where a back end does not deliver, another stands in, openly, and the real one can be asked again."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from director import crews
from director.events import Event, Replaced
from director.executor import Executor
from director.patience import ATTEMPTS_OUTSIDE, LOST_IN_A_ROW
from director.planning import stand_ins_line
from director.settings import Settings
from director.understudies import Company
from episodes.cast import VoiceCast, VoiceOffer
from episodes.episode import Episode
from episodes.errors import BackendUnavailable
from episodes.requests import ComposeRequest, SpeakRequest
from episodes.store import StoodIn
from episodes.take_plan import render_tasks
from episodes.tasks import Task
from episodes.theme import found_theme
from episodes.work import Plan, task
from tests.planned_episode import planned_episode
from tools.ledger import Ledger
from tools.shelf import Artefact, Shelf


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


ANNA = VoiceOffer(engine="moody", variant="anna", suits="she", pitch_hz=200.0)


@dataclass
class Set:
    """A place to make things in, with back ends of a mood."""

    folder: Path
    mood: str = "ok"
    second: str = "ok"
    told: list[StoodIn] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        table = {"mood": self.mood, "log": str(self.folder / "calls")}
        return Settings(
            cache=self.folder,
            patience=0.0,
            backends={
                "music": "tests.fakes.moody:music",
                "voice": "tests.fakes.moody:voice",
                "video": ("tests.fakes.moody:video", "tests.fakes.moody:second"),
            },
            options={"music": table, "voice": table, "video": table},
        )

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.folder / "cache", self.folder / "takes")

    async def make(self, *tasks: Task, key: str = "") -> Artefact:
        events: list[Event] = []
        ledger = Ledger(self.folder / "ledger.sqlite")
        async with Executor(self.settings, self.shelf, ledger, events.append) as executor:
            executor.understudies = Company(self.settings, crews.belt(self.settings), (ANNA,))
            made = await executor.make(Plan(tasks=tasks), key or tasks[-1].key)
        self.told = [event.stood_in for event in events if isinstance(event, Replaced)]
        return made

    def cue(self, seed: int = 1) -> Task:
        theme = found_theme("Night Shift")
        request = ComposeRequest(mood="quiet", seconds="1", tempo=80, key="D minor", theme=theme, seed=seed)
        return task(f"S{seed:02d}:score", crews.belt(self.settings).music, request)

    def line(self) -> Task:
        voice = VoiceCast(engine="moody", variant="anna")
        request = SpeakRequest(text="Ten-four.", voice=voice, delivery="calm", language="en", reading=1)
        return task("S01-L01_R1", crews.belt(self.settings).voice, request)

    def takes(self, episode: Episode) -> tuple[Task, ...]:
        shot = next(shot for shot in episode.shots if not any(event.kind == "mouth" for event in shot.events))
        proof = episode.model_copy(update={"brief": episode.brief.model_copy(update={"format_name": "proof"})})
        return render_tasks(proof, crews.belt(self.settings), shot, "final")

    def calls(self) -> list[str]:
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []


async def test_the_embedded_band_plays_where_a_music_service_is_down(tmp_path: Path) -> None:
    place = Set(tmp_path, "down")
    made = await place.make(place.cue())
    assert made.manifest.tool == "embedded-music"
    (said,) = place.told
    assert (said.wanted, said.by, said.label) == ("moody-music", "embedded-music", "S01:score")
    assert "paused" in said.reason
    assert "embedded band" in said.lost


async def test_what_passes_is_tried_again_before_anybody_stands_in(tmp_path: Path) -> None:
    place = Set(tmp_path, "busy,broken,busy,ok")
    made = await place.make(place.cue())
    assert (made.manifest.tool, len(place.calls()), place.told) == ("moody-music", 4, [])


async def test_a_call_is_given_up_after_a_known_number_of_tries(tmp_path: Path) -> None:
    place = Set(tmp_path, "busy")
    assert (await place.make(place.cue())).manifest.tool == "embedded-music"
    assert len(place.calls()) == ATTEMPTS_OUTSIDE


async def test_a_missing_key_stops_the_run_and_nobody_stands_in(tmp_path: Path) -> None:
    place = Set(tmp_path, "no key")
    with pytest.raises(BackendUnavailable, match="HF_TOKEN"):
        await place.make(place.cue())


async def test_a_back_end_that_loses_call_after_call_is_left_alone(tmp_path: Path) -> None:
    place = Set(tmp_path, "down")
    tasks = [place.cue(seed) for seed in range(1, LOST_IN_A_ROW + 4)]
    ledger = Ledger(tmp_path / "ledger.sqlite")
    async with Executor(place.settings, place.shelf, ledger, lambda event: None) as executor:
        executor.understudies = Company(place.settings, crews.belt(place.settings), ())
        for one in tasks:
            assert (await executor.make(Plan(tasks=(one,)), one.key)).manifest.tool == "embedded-music"
    assert len(place.calls()) == 2 * LOST_IN_A_ROW


async def test_a_line_is_spoken_by_an_embedded_voice_of_the_same_pronoun(tmp_path: Path) -> None:
    place = Set(tmp_path, "down")
    made = await place.make(place.line())
    assert made.manifest.tool == "espeak-ng"
    assert made.file("line.wav").exists()
    (said,) = place.told
    assert "anna" in said.lost


async def test_a_refused_prompt_is_asked_in_neutral_words_of_the_same_camera(tmp_path: Path, episode: Episode) -> None:
    place = Set(tmp_path, "refuses,ok")
    *_, first, _ = place.takes(episode)
    made = await place.make(first, key=first.key)
    assert made.manifest.tool == "moody-video"
    assert len(set(place.calls())) == 2
    (said,) = place.told
    assert said.wanted == said.by == "moody-video"
    assert said.lost


async def test_what_is_refused_in_any_words_is_shown_as_the_animatic_has_it(tmp_path: Path, episode: Episode) -> None:
    place = Set(tmp_path, "refuses")
    *_, first, _ = place.takes(episode)
    made = await place.make(first, key=first.key)
    assert made.manifest.tool == "embedded-video"
    assert len(place.calls()) == 3, "as it is, in neutral words, implied"


async def test_a_later_step_of_a_chain_that_fails_leaves_the_take_of_the_one_before(
    tmp_path: Path, episode: Episode
) -> None:
    place = Set(tmp_path, "ok,down")
    first, second = place.takes(episode)
    made = await place.make(first, second)
    assert made.manifest.tool == "moody-video"
    (said,) = place.told
    assert (said.wanted, said.by) == ("moody-second", "moody-video")


async def test_what_stands_in_is_found_again_in_its_own_episode_and_in_no_other(tmp_path: Path) -> None:
    place = Set(tmp_path, "down")
    cue = place.cue()
    await place.make(cue)
    place.mood = "ok"
    asked = len(place.calls())
    assert (await place.make(cue)).manifest.tool == "embedded-music"
    assert len(place.calls()) == asked
    assert place.shelf.is_stand_in(cue.key)
    assert Shelf(tmp_path / "cache", tmp_path / "other").find(cue.key) is None
    place.shelf.forget_stand_ins()
    # The settings say nothing of moods, so the very same task goes to the real one now.
    assert (await place.make(cue)).manifest.tool == "moody-music"
    assert not place.shelf.is_stand_in(cue.key)


def test_the_end_card_says_who_stood_in_for_how_much() -> None:
    one = StoodIn(label="a", kind="render", wanted="x", by="embedded-video", recipe="1", reason="down")
    two = one.model_copy(update={"recipe": "2"})
    three = one.model_copy(update={"recipe": "3", "kind": "speak", "by": "espeak-ng"})
    assert stand_ins_line((one, two, three)) == "Stood in: embedded-video (2 takes), espeak-ng (1 line)"
