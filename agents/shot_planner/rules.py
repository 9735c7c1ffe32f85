"""The shot planner that goes by rules: coverage from beats and line lengths, and answers to notes about shots."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from agents.protocols import ScenePlan
from agents.shot_planner.answering import answer_note
from agents.shot_planner.coverage import Slot, lay_beat
from agents.shot_planner.framing import Setup, alike, choose, focus_of
from agents.shot_planner.presence import SceneView, view_scene
from agents.shot_planner.prompts_text import describe
from agents.shot_planner.replanning import Pairing, grouping, pair
from agents.shot_planner.staging import happen, stage
from episodes.changes import Change
from episodes.episode import Cue, Episode
from episodes.notes import Note
from episodes.script import Scene
from episodes.shots import Shot, ShotRole
from episodes.tasks import Limits

_PUNCHES = frozenset(("cold_open", "heighten", "reverse", "callback", "turn", "debrief", "tag"))
_GOES_ON = frozenset(("call", "acknowledge", "arrive", "connect"))
"""Beats that lead somewhere: the music carries them on, however dry their last line is."""
_PUNCH_PAUSE = Fraction(2, 5)
_MOST_STOPS = 2


class RuleShotPlanner:
    """Decides what the camera does, by the rules of the cutting room; the same episode always gives the same plan."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 (a frozen value)
        """Take the limits that `answer` keeps to when it plans a scene anew; `plan` is told its own."""
        self._limits = limits

    async def plan(self, episode: Episode, scene: str, limits: Limits) -> ScenePlan:
        """Return the coverage of a scene, timed by its lines' real lengths.

        Shots of an earlier plan whose lines kept their length stay as they are, and so do locked ones.
        Raises `KeyError` for a scene that is not in the script, `ValueError` without script or world.
        """
        return plan_scene(episode, scene, limits)

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return one change for each shot or scene that a note is about; none for what is locked."""
        found: dict[str, Change] = {}
        for note in notes:
            for target, change in answer_note(episode, note, self._limits, plan_scene).items():
                found.setdefault(target, change)
        return tuple(found.values())


def plan_scene(episode: Episode, scene_id: str, limits: Limits, *, anew: bool = False) -> ScenePlan:
    """Return the coverage of one scene.

    Args:
        episode: with script and world, and the earlier plan where there is one.
        scene_id: which scene.
        limits: of the back end that makes the final pictures.
        anew: whether the earlier plan is forgotten, all but what is locked.
    """
    scene = episode.the_script.scene(scene_id)
    old = episode.shots_of(scene_id)
    if scene_id in episode.locks and old:
        return ScenePlan(scene=scene_id, shots=old, cue=_cue(episode, scene, old))
    view = view_scene(episode, scene)
    locked = frozenset(shot.id for shot in old if shot.id in episode.locks)
    past = tuple(shot for shot in old if shot.id in locked) if anew else old
    earlier = grouping(past)
    slots = [slot for beat in scene.beats for slot in lay_beat(episode, view, beat, limits, earlier)]
    pairings = _once(pair(episode, view, slots, past, locked))
    shots = _shoot(episode, view, pairings, {shot.id for shot in old} if not anew else locked)
    return ScenePlan(scene=scene_id, shots=shots, cue=_cue(episode, scene, shots))


def _once(pairings: Sequence[Pairing]) -> tuple[Pairing, ...]:
    """Take cues out of slots where a shot that stays has them already: a line starts once."""
    kept = {cue.line for pairing in pairings if pairing.stays and pairing.old for cue in pairing.old.cues}
    return tuple(
        pairing._replace(
            slot=pairing.slot.model_copy(
                update={"cues": tuple(cue for cue in pairing.slot.cues if cue.line not in kept)}
            )
        )
        if pairing.slot
        else pairing
        for pairing in pairings
    )


def _shoot(
    episode: Episode, view: SceneView, pairings: Sequence[Pairing], taken: set[str] | frozenset[str]
) -> tuple[Shot, ...]:
    shots: list[Shot] = []
    fps, names = episode.brief.format.fps, _Names(view.scene.id, taken)
    earlier = Fraction(0)
    for place, pairing in enumerate(pairings):
        if pairing.stays and pairing.old:
            shots.append(pairing.old)
        elif pairing.slot:
            following = pairings[place + 1].old if place + 1 < len(pairings) else None
            shots.append(_shot(view, pairing.slot, pairing.old, shots, following, fps, names, earlier))
        earlier += shots[-1].seconds
    return tuple(_in_step(view, shots, pairings))


class _Names:
    """Gives the next free shot id of a scene."""

    def __init__(self, scene: str, taken: set[str] | frozenset[str]) -> None:
        self._scene, self._taken, self._number = scene, set(taken), 0
        numbers = [int(name.rsplit("-", 1)[1]) for name in taken if name.rsplit("-", 1)[-1].isdigit()]
        self._number = max(numbers, default=0)

    def next(self) -> str:
        self._number += 1
        return f"{self._scene}-{self._number:02d}"


def _shot(
    view: SceneView,
    slot: Slot,
    old: Shot | None,
    before: Sequence[Shot],
    after: Shot | None,
    fps: int,
    names: _Names,
    earlier: Fraction,
) -> Shot:
    focus = focus_of(view, slot)
    setup = _kept_setup(view, slot, old, focus)
    if setup is None or any(alike(setup, near) for near in (*before[-1:], *([after] if after else []))):
        setup = choose(view, slot, focus, before, after)
    subjects = stage(view, slot, setup, focus)
    seen = frozenset(subject.id for shot in before for subject in shot.subjects)
    events = happen(view, slot, setup, subjects, fps, seen)
    words = describe(view, slot, setup, subjects, events)
    clock = view.scene.clock + timedelta(seconds=int(earlier) + view.at(slot.beat).elapsed)
    return Shot(
        id=old.id if old else names.next(),
        scene=view.scene.id,
        beats=(slot.beat,),
        role=_role(view, slot, subjects[0].id if subjects else ""),
        owner=setup.owner,
        wearer=setup.wearer,
        size=setup.size,
        angle=setup.angle,
        movement=setup.movement,
        place=view.scene.place,
        clock=old.clock if old else clock,
        light=view.scene.light,
        weather=view.scene.weather,
        seconds=Fraction(slot.frames, fps),
        subjects=subjects,
        cues=slot.cues,
        events=events,
        first_frame=words.first_frame,
        last_frame=words.last_frame,
        prompt=words.prompt,
        negative_prompt=words.negative_prompt,
        gag=slot.gag,
        take=old.take if old else 1,
    )


def _kept_setup(view: SceneView, slot: Slot, old: Shot | None, focus: tuple[str, ...]) -> Setup | None:
    """Return the old shot's camera where it still can see what it must."""
    if old is None or old.wearer in focus or (slot.heard_off or old.wearer) != old.wearer:
        return None
    if old.wearer is not None and old.wearer not in view.at(slot.beat).present:
        return None
    if (slot.kind == "establish") != (old.role == "establishing"):
        return None
    return Setup(owner=old.owner, wearer=old.wearer, size=old.size, angle=old.angle, movement=old.movement)


def _role(view: SceneView, slot: Slot, lead: str) -> ShotRole:
    if slot.kind == "establish":
        return "establishing"
    if lead in {prop.id for prop in view.world.props}:
        return "insert"
    if slot.kind in ("action", "gag"):
        return "b_roll"
    speakers = {view.line(cue.line).speaker for cue in (*slot.cues, *slot.tails)}
    return "a_roll" if lead in speakers or slot.heard_off else "reaction"


def _in_step(view: SceneView, shots: list[Shot], pairings: Sequence[Pairing]) -> list[Shot]:
    """Keep the story clock from running backwards where new shots stand between old ones, or the scene was moved."""
    old = [pairing.old for pairing in pairings if pairing.old]
    new = {shot.id for shot, pairing in zip(shots, pairings, strict=True) if pairing.old is None}
    first = min((shot.clock for shot in old), default=None)
    shift = view.scene.clock - first if first and first.date() == view.scene.clock.date() else timedelta(0)
    moved = old and pairings[0].old is not None and abs(shift) >= timedelta(minutes=1)
    if moved:
        shots = [s if s.id in new else s.model_copy(update={"clock": s.clock + shift}) for s in shots]
    stepped: list[Shot] = []
    for place, shot in enumerate(shots):
        if shot.id in new and old:
            latest = next((after.clock for after in shots[place + 1 :] if after.id not in new), shot.clock)
            before = stepped[-1].clock if stepped else view.scene.clock
            shot = shot.model_copy(update={"clock": max(before, min(shot.clock, latest))})
        stepped.append(shot)
    return stepped


def _cue(episode: Episode, scene: Scene, shots: Sequence[Shot]) -> Cue:
    """Return the scene's score: its mood, and the punch lines before which it stops dead."""
    earlier = next((cue for cue in episode.cues if cue.scene == scene.id), None)
    starts: dict[str, Fraction] = {}
    at = Fraction(0)
    for shot in shots:
        starts |= {cue.line: at + cue.at - shot.trim_in for cue in shot.cues}
        at += shot.shown_seconds
    punches = [
        beat.lines[-1].id
        for beat in scene.beats
        if beat.lines
        and beat.purpose not in _GOES_ON
        and (beat.lines[-1].pause >= _PUNCH_PAUSE or beat.purpose in _PUNCHES or beat.picture_gag)
    ]
    # The last jokes are the biggest; more than two stops would be a stammer.
    stops = sorted((starts[line], line) for line in punches if starts.get(line, -1) >= 0)[-_MOST_STOPS:]
    spaced = [line for number, (stop, line) in enumerate(stops) if number == 0 or stop - stops[number - 1][0] > 4]
    last = scene.id == episode.the_script.scenes[-1].id
    fresh = Cue(
        scene=scene.id,
        # The film ends where it is at home, even after a night on which nothing was solved.
        mood="resolution" if last and scene.mood == "quiet" else scene.mood,
        silent=not last and _wants_no_music(episode, scene),
        before=tuple(spaced),
    )
    return fresh.model_copy(update={"gain_db": earlier.gain_db, "take": earlier.take}) if earlier else fresh


def _wants_no_music(episode: Episode, scene: Scene) -> bool:
    """Whether a scene is stronger without music.

    So are an officer's word to the camera, and a stand-off in which nothing but waiting happens; never the first
    scene, nor two in a row.
    """
    scenes = episode.the_script.scenes
    place = next(number for number, other in enumerate(scenes) if other.id == scene.id)
    if place == 0 or _wants_no_music(episode, scenes[place - 1]):
        return False
    purposes = {beat.purpose for beat in scene.beats}
    return purposes == {"debrief"} or (purposes == {"stand_off"} and scene.mood == "tension")
