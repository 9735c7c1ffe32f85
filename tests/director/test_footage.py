"""The person's own footage in settings, plan, record and film; an edit elsewhere leaves its shots alone."""

import asyncio
import json
import subprocess
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from agents.editor import RuleEditor
from director import crews, settings
from director.planning import AI_NOTICE, AI_NOTICE_WITH_FOOTAGE, end_card_lines
from director.settings import HOME
from episodes.apply import apply
from episodes.changes import LayCut, Reshoot, Revoice, Trim
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.film_requests import AssembleRequest
from episodes.plan import plan
from episodes.requests import RenderRequest
from episodes.store import Head, read_head
from episodes.take_plan import footage_of, footage_seen, render_tasks
from episodes.tasks import Limits, ToolInfo
from episodes.work import Belt, cost, difference
from tests.footage_clips import LICENCE, clip, folder
from tests.planned_episode import BELT, planned_episode
from tests.studio import Lot
from tools import ffmpeg

CAMERA = ToolInfo(name="own-footage", version="1")
SPACE = ToolInfo(
    name="space", version="1", outside=True, price_per_call=0.25, limits=Limits(start_image=True, control="pose")
)
LARGER = ToolInfo(name="larger", version="1", outside=True, price_per_call=0.1)


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


def laid(episode: Episode) -> Episode:
    return apply(LayCut(cut=asyncio.run(RuleEditor().lay_cut(episode))), episode)


def belt_for(episode: Episode) -> Belt:
    """Return a belt with a Space as the camera, and clips of each place and thing by night and by day."""
    places = {place.set.replace("_", " ") for place in episode.the_world.places}
    words = {f"{name} {light}" for name in places for light in ("night", "day")}
    words |= {prop.name for prop in episode.the_world.props}
    update = {"footage": tuple(clip(each) for each in sorted(words)), "footage_camera": CAMERA}
    return BELT.model_copy(update={"video": SPACE, "video_steps": (LARGER,), **update})


@pytest.fixture(scope="module")
def belt(episode: Episode) -> Belt:
    return belt_for(episode)


def test_a_shot_with_footage_is_one_task_of_its_own_camera_in_either_stage(episode: Episode, belt: Belt) -> None:
    uses = footage_of(episode, belt)
    assert 0 < len(uses) < len(episode.shots)
    for planned in episode.shots:
        first, final = (render_tasks(episode, belt, planned, stage) for stage in ("animatic", "final"))  # type: ignore[arg-type]
        assert (first == final) == (planned.id in uses)
        if planned.id in uses:
            (task,) = final
            use = uses[planned.id]
            assert isinstance(task.request, RenderRequest)
            assert (task.tool, task.request.own) == (CAMERA, use.cut)
            assert [(need.name, need.key) for need in task.needs] == [(f"own:{use.clip.name}", use.clip.digest)]


def test_without_a_clip_that_fits_nothing_is_other_than_before(episode: Episode) -> None:
    strange = {"footage": (clip("birthday party"),), "footage_camera": CAMERA}
    assert plan(episode, BELT.model_copy(update=strange)) == plan(episode, BELT)


def test_shots_without_footage_keep_the_keys_of_their_takes(episode: Episode, belt: Belt) -> None:
    uses = footage_of(episode, belt)
    bare = belt.model_copy(update={"footage": (), "footage_camera": None})
    for planned in episode.shots:
        if planned.id not in uses:
            assert render_tasks(episode, belt, planned, "final") == render_tasks(episode, bare, planned, "final")


def test_footage_costs_no_call_of_the_space_and_no_control_video(episode: Episode, belt: Belt) -> None:
    bare = belt.model_copy(update={"footage": (), "footage_camera": None})
    saved = cost(plan(episode, bare).tasks).price - cost(plan(episode, belt).tasks).price
    assert saved == pytest.approx(len(footage_seen(episode, belt)) * 0.35)


def test_a_reshoot_of_a_shot_with_footage_costs_one_cut_of_the_same_clip(episode: Episode, belt: Belt) -> None:
    name = next(iter(footage_seen(episode, belt)))
    edited = laid(apply(Reshoot(shot=name), episode))
    made = Counter(task.kind for task in difference(plan(episode, belt), plan(edited, belt)))
    assert (made["render"], made["conform"], made["speak"]) == (1, 1, 0)
    assert footage_of(edited, belt)[name].cut.at != footage_of(episode, belt)[name].cut.at


def test_a_trim_costs_no_cut(episode: Episode, belt: Belt) -> None:
    name = next(iter(footage_seen(episode, belt)))
    edited = laid(apply(Trim(shot=name, tail=Fraction(1, 4)), episode))
    assert not [t for t in difference(plan(episode, belt), plan(edited, belt)) if t.kind == "render"]


def test_a_new_reading_remakes_no_footage(episode: Episode, belt: Belt) -> None:
    line = next(line for line in episode.the_script.lines if line.channel == "spoken")
    edited = laid(apply(Revoice(line=line.id), episode))
    stale = difference(plan(episode, belt), plan(edited, belt))
    assert not [task for task in stale if task.tool == CAMERA]


def test_a_film_with_footage_is_marked_as_a_composite_and_its_teaser_too(episode: Episode, belt: Belt) -> None:
    (mixed,), (plain,) = (plan(episode, each).of("assemble") for each in (belt, BELT))
    assert isinstance(mixed.request, AssembleRequest)
    assert isinstance(plain.request, AssembleRequest)
    assert (mixed.request.composite, plain.request.composite) == (True, False)
    assert "composite" not in plain.request.model_dump()  # so that keys of films from before stay what they were


# ---- settings and credits --------------------------------------------------------------------------------------------


def test_the_folder_is_read_and_decides_the_digest_wherever_it_lies(tmp_path: Path) -> None:
    folder(tmp_path / "one", "street-night.mp4")
    (tmp_path / "two").mkdir()
    for file in (tmp_path / "one").iterdir():
        (tmp_path / "two" / file.name).write_bytes(file.read_bytes())
    loaded = [settings.load({"footage": tmp_path / name}, {}, tmp_path) for name in ("one", "two")]
    assert [one.clip.name for one in loaded[0].clips] == ["street-night"]
    assert loaded[0].digest == loaded[1].digest != settings.load({}, {}, tmp_path).digest
    (tmp_path / "two" / "LICENCE.txt").write_text("licence: bought")
    assert settings.load({"footage": tmp_path / "two"}, {}, tmp_path).digest != loaded[0].digest


def test_the_belt_carries_the_clips_and_their_camera(tmp_path: Path) -> None:
    folder(tmp_path / "mine", "street-night.mp4")
    environ = {"TENFOUR_FOOTAGE": str(tmp_path / "mine")}
    chosen = settings.load({"cache": tmp_path}, environ, tmp_path)
    belt = crews.belt(chosen)
    assert [one.name for one in belt.footage] == ["street-night"]
    assert belt.footage_camera is not None
    assert belt.footage_camera.name == CAMERA.name
    assert crews.belt(settings.load({"cache": tmp_path}, {}, tmp_path)).footage == ()


def test_a_folder_without_a_licence_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    folder(tmp_path / "mine", "street-night.mp4", licence="")
    with pytest.raises(InputRefused, match=r"LICENCE\.txt"):
        settings.load({"footage": tmp_path / "mine"}, {}, tmp_path)


def test_the_end_card_names_the_footage_its_licences_and_does_not_call_it_invented() -> None:
    head = Head.model_construct(answered=())
    clips = tuple(clip(f"clip {n}", licence=f"licence {n % 6}") for n in range(12))
    lines = end_card_lines(head, BELT, "animatic", clips=clips)
    assert "Footage: the person's own, 12 clips (licence 0; licence 1; licence 2; licence 3; and 2 more)" in lines
    assert lines[-1] == AI_NOTICE_WITH_FOOTAGE
    one = end_card_lines(head, BELT, "animatic", clips=clips[:1])
    assert "Footage: the person's own, 1 clip (licence 0)" in one
    assert end_card_lines(head, BELT, "animatic")[-1] == AI_NOTICE


# ---- a film ----------------------------------------------------------------------------------------------------------


@pytest.mark.xdist_group("production")
@pytest.mark.timeout(600)
def test_a_film_shows_the_footage_and_its_record_says_which_where_why_and_by_what_right(tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", "doughnut-close.mp4", "street-at-night.mp4", "birthday-party.mp4", seconds=8)
    lot = Lot(tmp_path / "lot")
    options = ("--minutes", "0.5", "--passes", "1", "--footage", str(mine))
    done = lot.run(*options)
    assert done.returncode == 0, done.stderr[-3000:]
    head = read_head(lot.record())
    seen = [made for made in head.made if made.kind == "footage"]
    assert seen
    assert {made.licence for made in seen} == {LICENCE}
    assert all(made.words and made.clip != "birthday-party" for made in seen)
    takes = {made.recipe: made.tool for made in head.made if made.kind == "render"}
    assert all(takes[made.recipe] == "own-footage" for made in seen)
    # The counted camera made all other takes and none of these.
    drawn = [kind for what, kind, _ in lot.calls() if (what, kind) == ("end", "render")]
    assert len(drawn) == sum(tool != "own-footage" for tool in takes.values())
    assert "your own footage is seen in" in done.stderr
    assert "no shot was found for:" in done.stderr
    assert "footage: the person's own," in done.stdout
    header = subprocess.run([ffmpeg.executable(), "-i", str(lot.film())], capture_output=True, text=True).stderr
    assert "compositeWithTrainedAlgorithmicMedia" in header
    assert LICENCE in header
    assert "compositeWithTrainedAlgorithmicMedia" in lot.film().read_bytes()[-20_000:].decode(errors="replace")
    assert "real footage" in Path(f"{lot.film().with_suffix('')}.nfo").read_text()
    before = lot.calls()
    again = lot.run(*options)
    assert (again.returncode, lot.calls()) == (0, before)
    assert "Already made" in again.stdout


@pytest.mark.xdist_group("production")
@pytest.mark.timeout(600)
def test_a_folder_without_a_licence_stops_the_command_in_one_sentence(tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", "street-at-night.mp4", licence="")
    done = Lot(tmp_path / "lot").run("--footage", str(mine))
    assert done.returncode == 2
    assert "licence: my own recordings" in done.stderr
    assert not (tmp_path / "lot" / "shows").exists()


def test_the_readme_of_footage_names_what_the_folder_reads() -> None:
    text = (HOME / "docs" / "footage.md").read_text("utf-8")
    for word in ("file", "description", "in", "out", "set", "light", "weather", "camera", "reversed", "licence"):
        assert f"`{word}`" in text
    assert json.dumps("licence: my own recordings, all people agreed").strip('"') in text
