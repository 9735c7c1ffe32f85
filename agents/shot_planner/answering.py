"""Answers to notes about shots: each finding becomes the smallest change that mends it."""

import re
from collections.abc import Callable
from fractions import Fraction

from agents.protocols import ScenePlan
from agents.shot_planner.framing import SIZES, alike, jumps
from agents.shot_planner.presence import view_scene
from agents.shot_planner.prompts_text import resize
from episodes.changes import Change, PlanScene, RemoveShot, Reshoot, Retime
from episodes.episode import Episode
from episodes.format import Format
from episodes.mentions import mentions
from episodes.notes import Note
from episodes.shots import Angle, CameraOwner, Gesture, Movement, Shot, Size
from episodes.tasks import Limits

Planner = Callable[..., ScenePlan]

_LOOK_ALIKE = r"jump|alike|same size|same camera|neighbour"
_ANEW = r"missing cue|no shot|not covered|uncovered|never heard|no establishing|establish|not in the cut|speaker is not"
_STILL = r"fr(ee|o)ze|still|stutter"
_NEEDLESS = r"redundant|needless|superfluous|repeats|not needed"
_SHORT, _LONG = r"too short|shorter|too quick|held", r"too long|drags"
_IMPOSSIBLE = r"continuity|light|weather|place|present|custody|wardrobe|wearer|clock"

_SHORTEST, _SHORTEST_GAG = Fraction(1), Fraction(7, 5)
_OWN_SIZES: dict[CameraOwner, tuple[Size, ...]] = {
    "cctv": ("extreme_long", "long", "full", "medium"),
    "dashcam": ("long", "full", "medium", "medium_close"),
    "helicopter": ("extreme_long", "long"),
    "interview": ("medium", "medium_close", "close", "extreme_close"),
}


_OTHER_ANGLES: tuple[Angle, ...] = ("low", "high", "eye")


def answer_note(episode: Episode, note: Note, limits: Limits, plan: Planner) -> dict[str, Change]:
    """Return the change that answers a note, under the id of what it changes; nothing for what is locked or unknown.

    Args:
        episode: as it is.
        note: a finding without a change; one that brings its own is not answered twice.
        limits: of the back end that makes the final pictures.
        plan: plans a scene, as `rules.plan_scene` does.
    """
    if note.change is not None:
        return {}
    words = f"{note.rule} {note.finding} {note.fix}".lower()
    shot = _shot_of(episode, note.target)
    if shot is not None and not {shot.id, shot.scene} & episode.locks:
        return _about_shot(episode, shot, words, limits, plan)
    scene = note.target.split("-")[0]
    known = {each.id for each in episode.the_script.scenes}
    if shot is None and note.remedy == "reshoot" and scene in known and scene not in episode.locks:
        return _anew(episode, scene, limits, plan)
    return {}


def other_size(episode: Episode, shot: Shot) -> Shot | None:
    """Return the shot from another size that is alike neither neighbour, or None where its camera has none."""
    shots = episode.shots_of(shot.scene)
    place = [each.id for each in shots].index(shot.id)
    around = [*shots[max(0, place - 1) : place], *shots[place + 1 : place + 2]]
    now = SIZES.index(shot.size)
    sizes = sorted(_OWN_SIZES.get(shot.owner, SIZES[2:]), key=lambda size: abs(abs(SIZES.index(size) - now) - 2))
    for angle in dict.fromkeys((shot.angle, *_OTHER_ANGLES)):
        for size in sizes:
            plan = shot.model_copy(update={"size": size, "angle": angle, "prompt": resize(shot, size, angle)})
            if size != shot.size and not any(alike(plan, near) or jumps(plan, near) for near in around):
                return plan
    return None


def livelier(shot: Shot) -> Shot:
    """Return the shot with something that moves all the time: a camera in a hand, and a subject that looks round."""
    moving = Movement(kind="pan" if shot.movement.kind == "handheld" else "handheld", direction="right", speed=0.08)
    plan = shot.model_copy(update={"movement": moving})
    if not shot.subjects or any(isinstance(event, Gesture) for event in shot.events):
        return plan
    turn = Gesture(at=Fraction(1, 4), who=shot.subjects[0].id, gesture="look_left")
    return plan.model_copy(update={"events": (*shot.events, turn)})


def _about_shot(episode: Episode, shot: Shot, words: str, limits: Limits, plan: Planner) -> dict[str, Change]:
    if re.search(_ANEW, words):
        return _anew(episode, shot.scene, limits, plan)
    if re.search(_LOOK_ALIKE, words):
        varied = other_size(episode, shot)
        return {shot.id: Reshoot(shot=shot.id, plan=varied)} if varied else {}
    if re.search(_NEEDLESS, words) and not shot.cues and not shot.gag:
        return {shot.id: RemoveShot(shot=shot.id)}
    if re.search(_SHORT, words) or re.search(_LONG, words):
        return _retimed(episode.brief.format, shot, words, limits)
    if re.search(_STILL, words):
        return {shot.id: Reshoot(shot=shot.id, plan=livelier(shot))}
    if re.search(_IMPOSSIBLE, words):
        return {shot.id: Reshoot(shot=shot.id, plan=_made_possible(episode, shot))}
    return {shot.id: Reshoot(shot=shot.id)}


def _anew(episode: Episode, scene: str, limits: Limits, plan: Planner) -> dict[str, Change]:
    fresh = plan(episode, scene, limits, anew=True)
    if fresh.shots == episode.shots_of(scene):
        return {}
    return {scene: PlanScene(scene=scene, shots=fresh.shots, cue=fresh.cue)}


def _retimed(form: Format, shot: Shot, words: str, limits: Limits) -> dict[str, Change]:
    if re.search(_SHORT, words):
        wanted = max(shot.seconds + Fraction(1, 2), _SHORTEST_GAG if shot.gag else _SHORTEST)
    else:
        last = max((cue.at for cue in shot.cues), default=Fraction(0))
        wanted = max(shot.seconds * Fraction(3, 4), last + 1)
    wanted = form.snap(min(max(wanted, limits.min_seconds), limits.max_seconds))
    return {shot.id: Retime(shot=shot.id, seconds=wanted)} if wanted != shot.seconds else {}


def _made_possible(episode: Episode, shot: Shot) -> Shot:
    """Return the shot with the scene's own place, light and weather, and only those in it who are there."""
    scene = episode.the_script.scene(shot.scene)
    view = view_scene(episode, scene)
    there = {person for beat in shot.beats for person in view.at(beat).present} | view.things
    there |= {mention.id for mention in mentions(shot.gag, view.world)}
    subjects = tuple(one for one in shot.subjects if one.id in there and one.id != shot.wearer)
    wearer_gone = shot.wearer is not None and shot.wearer not in there
    update: dict[str, object] = {
        "place": scene.place,
        "light": scene.light,
        "weather": scene.weather,
        "subjects": subjects,
        "clock": max(shot.clock, scene.clock),
        "events": tuple(event for event in shot.events if getattr(event, "who", "") in ("", *there)),
    }
    if wearer_gone:
        update |= {"owner": "cctv" if view.place.interior else "dashcam", "wearer": None, "size": "full"}
    return shot.model_copy(update=update)


def _shot_of(episode: Episode, target: str) -> Shot | None:
    """Return the shot that an id or a clip's id (`V1:S02-04`, `S02-04_T2`) means."""
    name = target.split(":")[-1].split("_T")[0]
    return next((shot for shot in episode.shots if shot.id == name), None)
