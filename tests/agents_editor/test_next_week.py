"""The card about next week lies between the last scene and the end card, and is treated as the other cards are."""

from fractions import Fraction
from itertools import pairwise

from agents.editor import RuleEditor
from agents.editor.laying import NEXT_SECONDS, lay
from agents.shot_planner import RuleShotPlanner
from episodes.apply import apply
from episodes.cast import VoiceCast
from episodes.changes import LayCut, PlanScene, Recast
from episodes.episode import Episode
from episodes.film_requests import MeasureRequest
from episodes.plan import plan
from episodes.requests import CardRequest, ComposeRequest
from episodes.results import Measurements, Span
from episodes.tasks import Limits, ToolInfo
from episodes.work import Belt
from tests.clean_script import clean_episode

_PARTS = ("reader", "voice", "animatic", "video", "finish", "music", "sound", "assembly")
BELT = Belt.model_validate({part: ToolInfo(name=part, version="1") for part in _PARTS})
TEASER = "A goose applies for a parking permit. The form is in order."


async def cut_episode(teaser: str = TEASER) -> Episode:
    episode = clean_episode()
    episode = episode.model_copy(update={"script": episode.the_script.model_copy(update={"next_week": teaser})})
    for person in episode.the_world.characters:
        voice = VoiceCast(engine="voice", variant=person.id)
        episode = apply(Recast(character=person.id, voice=voice), episode)
    for scene in episode.the_script.scenes:
        planned = await RuleShotPlanner().plan(episode, scene.id, Limits())
        episode = apply(PlanScene(scene=scene.id, shots=planned.shots, cue=planned.cue), episode)
    return apply(LayCut(cut=lay(episode)), episode)


async def test_it_stands_before_the_end_card_with_music_under_it() -> None:
    episode = await cut_episode()
    placed = episode.the_cut.track("V1").placed()
    assert [clip.media for _, clip in placed[-2:]] == ["next", "end"]
    assert all(at + clip.seconds == after for (at, clip), (after, _) in pairwise(placed))
    at, clip = episode.the_cut.find("next")
    assert clip.seconds == NEXT_SECONDS >= Fraction(22, 10)
    assert (at, NEXT_SECONDS) in [(start, sting.seconds) for start, sting in episode.the_cut.track("A4").placed()]


async def test_without_a_teaser_there_is_no_such_card() -> None:
    episode = await cut_episode("")
    assert "next" not in [clip.media for _, clip in episode.the_cut.track("V1").placed()]


async def test_the_plan_draws_it_and_measures_round_it() -> None:
    work = plan(await cut_episode(), BELT)
    drawn = work.labelled("next", "card").request
    assert isinstance(drawn, CardRequest)
    assert (drawn.card, drawn.lines) == ("next", (TEASER,))
    sting = work.labelled("next:score", "compose").request
    assert isinstance(sting, ComposeRequest)
    assert sting.mood == "question"
    assert sting.onward is not None
    (look,) = (task.request for task in work.of("measure"))
    assert isinstance(look, MeasureRequest)
    assert len(look.cards) == 3


async def test_stillness_and_silence_under_it_are_meant() -> None:
    episode = await cut_episode()
    at, clip = episode.the_cut.find("next")
    still = Span(at=float(at), seconds=float(clip.seconds))
    seconds = float(episode.the_cut.seconds)
    measured = Measurements(
        video_seconds=seconds, audio_seconds=seconds, loudness_lufs=-16, true_peak_dbtp=-2, black=(still,),
        frozen=(still,), silent=(still,),
    )  # fmt: skip
    rules = {note.rule for note in (await RuleEditor().review(episode, measured)).notes}
    assert not rules & {"measurement.black", "measurement.frozen", "measurement.silent"}


async def test_a_film_that_is_long_already_goes_without_it() -> None:
    episode = await cut_episode()
    short = episode.brief.model_copy(update={"minutes": float(episode.the_cut.seconds) / 72 - 0.01})
    laid = lay(episode.model_copy(update={"brief": short, "cut": None}))
    assert "next" not in [clip.media for _, clip in laid.track("V1").placed()]
