"""The nodes: each reads the state, hands over tasks or asks one agent, and returns what changed."""

import asyncio
from typing import Literal, Protocol

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agents.editor import lay_like
from agents.protocols import Review, ScenePlan, Screenplay
from agents.writer.namesakes import call_nobody_by
from director import casting, delivery, listening, sounding, speaking
from director.context import Studio
from director.events import NotesAnswered, PassReviewed, Planned, StepBegan
from director.state import EpisodeState, SceneState, ShotState
from episodes.apply import apply
from episodes.changes import Change, LayCut, PlanScene, Rescore, Retitle, SetFacts, SetScript, TimeLines
from episodes.cut import CARDS, Cut
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.nearness import runs_of
from episodes.notes import Note, Remedy, at_least
from episodes.results import Measurements, Readings
from episodes.source_plan import source_plan
from episodes.standing import held_shots, kept_cue, kept_shots, score_of
from episodes.store import PassRecord
from tools import crash


class Answering(Protocol):
    """A role that answers notes."""

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes."""


Update = dict[str, object]
"""The part of the state that a node changes."""


def _begin(studio: Studio, node: str, detail: str = "") -> None:
    studio.listener(StepBegan(node, detail))


# ---- before the camera ---------------------------------------------------------------------------------------------


async def read_sources(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Read the person's sources and have the researcher digest them."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "read_sources", f"{len(episode.brief.sources)} sources")
    facts = FactSheet()
    if episode.brief.sources:
        readings = await _readings(studio, episode)
        facts = await studio.ask(
            "researcher",
            "digest",
            FactSheet,
            (episode.brief, readings),
            lambda: studio.crew.researcher.digest(episode.brief, readings),
        )
        runs = runs_of(passage.text for passage in readings.passages)
        facts = facts.model_copy(update={"shunned": frozenset(readings.shunned), "runs": runs})
    return {"revision": studio.change(state["revision"], (SetFacts(facts=facts),), "researcher")}


async def _readings(studio: Studio, episode: Episode) -> Readings:
    work = source_plan(episode.brief, studio.belt)
    fetches = (studio.executor.make(work, fetch.key) for fetch in work.of("fetch"))
    # All are let come to their end before one that failed stops the run: what came is not fetched again.
    for fetched in await asyncio.gather(*fetches, return_exceptions=True):
        if isinstance(fetched, BaseException):
            raise fetched
    made = await studio.executor.make(work, work.tasks[-1].key)
    assert isinstance(made.result, Readings)
    return made.result


async def write_script(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the writer write the episode."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "write_script", episode.brief.theme)
    facts = episode.facts or FactSheet()

    async def write() -> Screenplay:
        # Renamed before it is kept anywhere: not even the kept answer repeats a name of the sources.
        written = await studio.crew.writer.write(episode.brief, facts, studio.bible, studio.voices)
        return call_nobody_by(written, facts.shunned, episode.brief.effective_seed)

    about = (episode.brief, facts, studio.bible, studio.voices)
    written = await studio.ask("writer", "write", Screenplay, about, write)
    changes: list[Change] = [SetScript(world=written.world, script=written.script)]
    if episode.brief.title:
        changes.append(Retitle(title=episode.brief.title))
    return {"revision": studio.change(state["revision"], tuple(changes), "writer"), "rounds": 0}


async def check_script(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the continuity checker read the script."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "check_script")
    notes = await studio.ask(
        "continuity_checker",
        f"check_script:{state['rounds']}",
        tuple[Note, ...],
        (episode.script, episode.world),
        lambda: studio.crew.continuity_checker.check_script(episode),
    )
    return {"pending": studio.raise_notes(at_least(notes, "minor"))}


async def revise_script(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the writer answer the checker's notes."""
    revision = await _answer(state, runtime.context, "writer")
    return {"revision": revision, "rounds": state["rounds"] + 1, "pending": []}


def approve_script(state: EpisodeState) -> Update:
    """Wait for the person's word on the script."""
    answer = interrupt({"question": "Shoot this script?", "revision": state["revision"]})
    return {"approved": bool(answer)}


# ---- scene by scene ------------------------------------------------------------------------------------------------


async def speak_lines(state: SceneState, runtime: Runtime[Studio]) -> Update:
    """Have every line of one scene spoken."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "speak_lines", state["scene"])
    await speaking.speak(studio, episode, episode.the_script.scene(state["scene"]).lines)
    return {"done": state["scene"]}


async def plan_shots(state: SceneState, runtime: Runtime[Studio]) -> Update:
    """Have the shot planner cover one scene, timed by its lines as spoken. The plan is collected when all are done."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "plan_shots", state["scene"])
    await _planned(studio, episode, state["scene"])
    return {"done": state["scene"]}


async def gather_scenes(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Put the scenes' line lengths and shots into one revision, in the order of the story, whoever was ready first."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    lengths = await speaking.speak(studio, episode, episode.the_script.lines)
    changes: list[Change] = []
    if studio.settings.audio_only:
        cast, said = await speaking.narrate(studio, episode)
        changes, lengths = [cast], (*lengths, *said)
    changes.append(TimeLines(lengths=lengths))
    for scene in episode.the_script.scenes:
        planned = await _planned(studio, episode, scene.id)
        changes.append(PlanScene(scene=scene.id, shots=planned.shots))
        changes.append(Rescore(cue=score_of(scene, episode.cues, planned.cue)))
    return {"revision": studio.change(state["revision"], tuple(changes), "shot_planner"), "rounds": 0}


async def _planned(studio: Studio, episode: Episode, scene_id: str) -> ScenePlan:
    scene = episode.the_script.scene(scene_id)
    lengths = await speaking.speak(studio, episode, scene.lines)
    timed = apply(TimeLines(lengths=lengths), episode, by="editor")
    settled = studio.settled
    if settled is not None:
        if (cue := kept_cue(scene_id, settled, timed)) is not None:
            return ScenePlan(scene=scene_id, shots=timed.shots_of(scene_id), cue=cue)
        timed = timed.model_copy(update={"locks": timed.locks | held_shots(studio.touched, settled, timed)})
    # Lengths drop the cut, not the shots: the planner sees its own earlier coverage and keeps what it can.
    limits = studio.belt.video.limits
    about = (episode.brief, scene, episode.world, episode.shots_of(scene_id), lengths, limits, sorted(timed.locks))
    return await studio.ask(
        "shot_planner",
        f"plan:{scene_id}",
        ScenePlan,
        about,
        lambda: studio.crew.shot_planner.plan(timed, scene_id, limits),
    )


async def check_shots(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the continuity checker go through the shots."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    if studio.settled is not None and kept_shots(studio.settled, episode) == {shot.id for shot in episode.shots}:
        return {"pending": []}  # Gone through before, one by one.
    _begin(studio, "check_shots")
    notes = await studio.ask(
        "continuity_checker",
        f"check_shots:{state['rounds']}",
        tuple[Note, ...],
        (episode.script, episode.world, episode.shots),
        lambda: studio.crew.continuity_checker.check_shots(episode),
    )
    return {"pending": studio.raise_notes(at_least(notes, "minor"))}


async def revise_shots(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the shot planner answer the checker's notes."""
    revision = await _answer(state, runtime.context, "shot_planner")
    return {"revision": revision, "rounds": state["rounds"] + 1, "pending": []}


# ---- the cut -------------------------------------------------------------------------------------------------------


async def lay_cut(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the editor lay the timeline."""
    studio, episode = runtime.context, runtime.context.episode(state["revision"])
    _begin(studio, "lay_cut", f"pass {state['pass_number']}")
    bare = episode.model_copy(update={"cut": None})
    if studio.settled is not None and studio.settled.cut is not None:
        # What the editor has cut stays cut: an edit asks for no other cut where it changes nothing.
        cut = lay_like(bare, studio.settled)
    else:
        cut = await studio.ask("editor", "lay_cut", Cut, bare, lambda: studio.crew.editor.lay_cut(bare))
    studio.raise_notes(casting.unheard_voices(episode, studio.voices))
    revision = studio.change(state["revision"], (LayCut(cut=cut),), "editor")
    studio.listener(Planned(len(studio.plan(revision, state["stage"]).tasks)))
    return {"revision": revision, "pending": []}


async def render(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Have the take of one clip made; cards have none."""
    studio = runtime.context
    plan = studio.plan(state["revision"], state["stage"])
    for take in plan.of("render"):
        request = take.request
        # One after the other: of a chain, each step stands before the one that needs it.
        if request.kind == "render" and request.shot.id == state["media"]:
            await studio.make(state["revision"], state["stage"], take)
    return {"done": state["media"]}


async def conform(state: ShotState, runtime: Runtime[Studio]) -> Update:
    """Have one clip of the picture track finished."""
    studio = runtime.context
    plan = studio.plan(state["revision"], state["stage"])
    segment = plan.labelled(state["media"], "card" if state["media"] in CARDS else "conform")
    await studio.make(state["revision"], state["stage"], segment)
    return {"done": state["media"]}


async def score(state: SceneState, runtime: Runtime[Studio]) -> Update:
    """Have one scene's cue composed."""
    studio = runtime.context
    for cue in studio.plan(state["revision"], state["stage"]).of("compose"):
        if cue.label == f"{state['scene']}:score":
            await studio.make(state["revision"], state["stage"], cue)
    await sounding.mix_when_all_is_there(studio, state["revision"], state["stage"])
    return {"done": state["scene"]}


async def sound(state: SceneState, runtime: Runtime[Studio]) -> Update:
    """Have one scene's dialogue, radio and effects placed."""
    studio = runtime.context
    for stems in studio.plan(state["revision"], state["stage"]).of("sound"):
        # In a radio play a scene's place is heard before the scene is.
        if stems.label in (f"{state['scene']}:sound", f"{state['scene']}:lead"):
            await studio.make(state["revision"], state["stage"], stems)
    await sounding.mix_when_all_is_there(studio, state["revision"], state["stage"])
    return {"done": state["scene"]}


async def assemble(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the film of this pass joined with its sound."""
    studio = runtime.context
    _begin(studio, "assemble", f"pass {state['pass_number']}")
    (film,) = studio.plan(state["revision"], state["stage"]).of("assemble")
    await studio.make(state["revision"], state["stage"], film)
    return {}


async def review(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Measure the film, have the editor judge it, and keep the best pass so far."""
    studio, revision = runtime.context, state["revision"]
    _begin(studio, "review", f"pass {state['pass_number']}")
    (look,) = studio.plan(revision, state["stage"]).of("measure")
    measured = (await studio.make(revision, state["stage"], look)).result
    assert isinstance(measured, Measurements)
    episode = studio.episode(revision)
    if studio.settings.audio_only:
        return _keep_the_better(state, studio, await listening.judge(episode, measured))
    judged = await studio.ask(
        "editor",
        f"review:{state['pass_number']}",
        Review,
        (episode, measured),
        lambda: studio.crew.editor.review(episode, measured),
    )
    crash.point("node.done")
    return _keep_the_better(state, studio, judged)


def _keep_the_better(state: EpisodeState, studio: Studio, judged: Review) -> Update:
    raised = studio.raise_notes(judged.notes)
    serious = len(at_least(judged.notes, "major"))
    # Judged against the best pass: its score and its number of serious findings may only improve.
    kept = judged.score > state["best_score"] and serious <= _serious_of_best(state, studio)
    record = PassRecord(
        number=state["pass_number"],
        stage=_judged_as(state, studio),
        revision=state["revision"],
        score=judged.score,
        notes=tuple(note.id for note in judged.notes),
        kept=kept,
    )
    head = studio.store.head()
    others = [p for p in head.passes if (p.number, p.stage) != (record.number, record.stage)]
    studio.store.update_head(passes=[p.model_dump() for p in (*others, record)])
    studio.listener(PassReviewed(record.number, record.score, len(judged.notes), kept))
    if not kept:
        return {"revision": state["best_revision"], "pending": []}
    return {"best_revision": state["revision"], "best_score": judged.score, "pending": raised}


def _judged_as(state: EpisodeState, studio: Studio) -> Literal["animatic", "final", "play"]:
    return "play" if studio.settings.audio_only else state["stage"]


def _serious_of_best(state: EpisodeState, studio: Studio) -> int:
    best = [p for p in studio.store.head().passes if p.kept and p.stage == _judged_as(state, studio)]
    best = [p for p in best if p.revision == state["best_revision"] and state["best_score"] >= 0]
    return len(at_least(studio.notes(list(best[-1].notes)), "major")) if best else 1_000_000


# ---- answers to the review -----------------------------------------------------------------------------------------


async def rewrite(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the writer answer what the film showed to be wrong with the script."""
    revision = await _answer(state, runtime.context, "writer", "rewrite")
    return {"revision": revision, "pass_number": state["pass_number"] + 1, "pending": [], "rounds": 0}


async def revoice(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have lines read again."""
    revision = await _answer(state, runtime.context, "editor", "revoice")
    return {"revision": revision, "pass_number": state["pass_number"] + 1, "pending": [], "rounds": 0}


async def reshoot(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the shot planner answer what is wrong with takes."""
    revision = await _answer(state, runtime.context, "shot_planner", "reshoot")
    return {"revision": revision, "pass_number": state["pass_number"] + 1, "pending": []}


async def recut(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Have the editor answer what is wrong with the cut."""
    revision = await _answer(state, runtime.context, "editor", "recut")
    return {"revision": revision, "pass_number": state["pass_number"] + 1, "pending": []}


async def _answer(state: EpisodeState, studio: Studio, role: str, remedy: Remedy | None = None) -> str:
    """Answer the pending notes: those with a change are applied, the rest go to the role."""
    notes = studio.notes(state["pending"])
    _begin(studio, f"{role} answers", f"{len(notes)} notes")
    ready = tuple(note.change for note in notes if note.change is not None)
    asked = tuple(note for note in notes if note.change is None and remedy in (None, note.remedy))
    episode = studio.episode(state["revision"])
    answered: tuple[Change, ...] = ()
    if asked:
        crew = studio.crew
        hands: dict[str, Answering] = {
            "writer": crew.writer,
            "shot_planner": crew.shot_planner,
            "editor": crew.editor,
        }
        answered = await studio.ask(
            role, "answer", tuple[Change, ...], (episode, asked), lambda: hands[role].answer(episode, asked)
        )
    studio.listener(NotesAnswered(role, len(ready) + len(answered)))
    return studio.change(state["revision"], (*ready, *answered), role, held=studio.held(episode))


# ---- the end -------------------------------------------------------------------------------------------------------


def approve_cut(state: EpisodeState) -> Update:
    """Wait for the person's word on the cut."""
    answer = interrupt({"question": "Deliver this cut?", "revision": state["revision"]})
    return {"approved": bool(answer)}


async def shoot_finals(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Go from the animatic, whose cut has settled, to the final back end's takes."""
    _begin(runtime.context, "shoot_finals", runtime.context.belt.camera_name("final"))
    return {"stage": "final", "pass_number": 1, "best_score": -1.0, "pending": []}


async def finish_episode(state: EpisodeState, runtime: Runtime[Studio]) -> Update:
    """Put the film and everything beside it in its place."""
    studio, revision = runtime.context, state["revision"]
    _begin(studio, "finish_episode")
    if studio.episode(revision).cut is not None:
        await sounding.make_beside(studio, revision, state["stage"])
    await delivery.deliver(runtime.context, state["revision"], state["stage"])
    return {"pending": []}
