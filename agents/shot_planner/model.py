"""The shot planner that asks a model: the rules lay time, cues and events; the model directs each shot by its id."""

import re

from pydantic import Field

from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import ScenePlan, ShotPlanner
from agents.shot_planner.framing import SIZES, jumps
from agents.shot_planner.picture_words import CAMERAS, moves
from agents.shot_planner.prompts_text import resize
from agents.wording import Words
from episodes.cast import SetName
from episodes.changes import Change, PlanScene, Reshoot
from episodes.episode import Episode
from episodes.notes import Note
from episodes.script import Scene
from episodes.shots import Angle, CameraOwner, Direction, Movement, MovementKind, Shot, Size
from episodes.tasks import Limits
from episodes.value import Value

MOST_SHOTS = 14
"""Shots directed in one call, so that it stays under 8,000 tokens."""

_WITHOUT_WEARER: dict[SetName, tuple[CameraOwner, ...]] = {
    "street": ("phone",), "shop": ("cctv", "phone"), "car": (), "interview": (), "porch": ("doorbell", "phone"),
    "parking_lot": ("cctv", "phone"), "hallway": ("cctv", "phone"), "park": ("phone",), "dispatch_room": ("cctv",),
    "waterfront": ("phone",), "diner": ("cctv", "phone"), "alley": ("cctv", "phone"), "highway": ("phone",),
    "rooftop": ("phone",), "kitchen": ("cctv", "phone"),
}  # fmt: skip
"""Cameras that hang in a set or that a bystander holds: only they may stand in for one another."""
_NEAREST: dict[CameraOwner, Size] = {"cctv": "full", "helicopter": "long", "doorbell": "medium_close"}
"""A camera that is screwed to a wall makes no close-up."""
_CARRIED: tuple[CameraOwner, ...] = ("bodycam", "phone", "helicopter")
_DIRECTIONS: dict[MovementKind, tuple[Direction, ...]] = {
    "pan": ("left", "right"), "tilt": ("up", "down"), "push": ("in",), "pull": ("out",), "zoom": ("in", "out"),
    "track": ("left", "right"), "orbit": ("left", "right"), "follow": ("in", "left", "right"),
}  # fmt: skip
_SPEEDS: dict[MovementKind, float] = {"static": 0.0, "handheld": 0.1, "follow": 0.2, "track": 0.15, "pan": 0.12}


class ShotDirection(Value):
    """How one shot is taken."""

    id: Words
    """Id of the shot, as given."""
    owner: CameraOwner
    size: Size
    angle: Angle = "eye"
    movement: MovementKind = "handheld"
    direction: Direction = "none"
    first_frame: Words = ""
    """What the first frame shows."""
    last_frame: Words = ""
    """What the last frame shows."""
    detail: Words = ""
    """One visible detail of light, gesture or composition; no new event."""


class DirectionAnswer(Value):
    """How the shots of a scene are taken."""

    shots: tuple[ShotDirection, ...] = Field(min_length=1, max_length=40)


class ModelShotPlanner:
    """A `ShotPlanner`. `rules` lays the skeleton, and answers notes."""

    def __init__(self, model: ChatModel, prompts: Prompts, rules: ShotPlanner) -> None:
        self._model = model
        self._prompts = prompts
        self._rules = rules

    async def plan(self, episode: Episode, scene: str, limits: Limits) -> ScenePlan:
        """Return the rules' coverage with the model's camera. Shots kept from an earlier plan stay as they are."""
        plan = await self._rules.plan(episode, scene, limits)
        before = {shot.id: shot for shot in episode.shots_of(scene)}
        new = tuple(shot for shot in plan.shots if before.get(shot.id) != shot and shot.id not in episode.locks)
        directions: dict[str, ShotDirection] = {}
        for start in range(0, len(new), MOST_SHOTS):
            answer = await self._direct(episode, episode.the_script.scene(scene), new[start : start + MOST_SHOTS])
            directions |= {direction.id: direction for direction in answer.shots}
        fresh = {shot.id for shot in new}
        wanted = {shot_id: direction for shot_id, direction in directions.items() if shot_id in fresh}
        return plan.model_copy(update={"shots": direct(plan.shots, wanted, episode)})

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return the rules' changes, exact in time and place as mending must be, with the model's words for them."""
        changes = await self._rules.answer(episode, notes)
        old = {shot.id: shot for shot in episode.shots}
        new = tuple(shot for change in changes for shot in _shots_in(change) if old.get(shot.id) != shot)[:MOST_SHOTS]
        words: dict[str, ShotDirection] = {}
        for scene in dict.fromkeys(shot.scene for shot in new):
            shots = tuple(shot for shot in new if shot.scene == scene)
            answer = await self._direct(episode, episode.the_script.scene(scene), shots)
            words |= {direction.id: direction for direction in answer.shots if direction.id in {s.id for s in shots}}
        return tuple(_reworded(change, words) for change in changes)

    async def _direct(self, episode: Episode, scene: Scene, shots: tuple[Shot, ...]) -> DirectionAnswer:
        world = episode.the_world
        place = world.place(scene.place)
        text = {line.id: f"{line.speaker}: {line.text}" for line in scene.lines}
        beats = {beat.id: beat for beat in scene.beats}
        table = tuple(
            {
                "shot": shot,
                "seconds": f"{float(shot.seconds):.1f}",
                "heard": tuple(text[cue.line] for cue in shot.cues if cue.line in text),
                "action": next((beats[beat].action for beat in shot.beats if beat in beats), ""),
                "seen": tuple(subject.id for subject in shot.subjects),
            }
            for shot in shots
        )
        prompt = self._prompts.load("shot_planner/direct").render(
            {"scene": scene, "place": place, "table": table, "cameras": _WITHOUT_WEARER[place.set]}
        )
        return await self._model.ask(prompt, DirectionAnswer, label=f"camera of {scene.id}")


def direct(shots: tuple[Shot, ...], directions: dict[str, ShotDirection], episode: Episode) -> tuple[Shot, ...]:
    """Return the shots as directed; a direction that would make a jump cut with a neighbour is not taken."""
    directed: list[Shot] = []
    for index, shot in enumerate(shots):
        wanted = directions.get(shot.id)
        if wanted is not None:
            new = _framed(shot, wanted, episode.the_world.place(shot.place).set)
            neighbours = (*directed[-1:], *shots[index + 1 : index + 2])
            clashes = any(jumps(new, other) and not jumps(shot, other) for other in neighbours)
            shot = _worded(shot if clashes else new, wanted)
        directed.append(shot)
    return tuple(directed)


def _framed(shot: Shot, wanted: ShotDirection, set_name: SetName) -> Shot:
    """Return the shot with the wanted camera, as far as that camera can be there and can come so near."""
    swappable = _WITHOUT_WEARER[set_name]
    swaps = shot.wearer is None and shot.owner in swappable and wanted.owner in swappable
    owner = wanted.owner if swaps else shot.owner
    size, angle = _reachable(wanted.size, owner), _angle(wanted.angle, owner, shot.angle)
    if shot.role in ("establishing", "insert") or shot.gag:
        # A wide that says where we are stays wide, an insert stays close, and a gag is seen as its things need it.
        size = shot.size
    prompt = resize(shot, size, angle)
    if owner != shot.owner:
        head, _, rest = prompt.partition(". ")
        prompt = f"{head.split(',')[0]}, {CAMERAS[owner]}. {rest}"
    movement = _movement(wanted) if owner in _CARRIED and shot.owner in _CARRIED else shot.movement
    if movement != shot.movement:
        prompt = re.sub(r"The camera [^.]*\.\s*$", moves(movement), prompt)
    return shot.model_copy(
        update={"owner": owner, "size": size, "angle": angle, "movement": movement, "prompt": prompt}
    )


def _worded(shot: Shot, wanted: ShotDirection) -> Shot:
    detail = wanted.detail.strip().rstrip(".")
    return shot.model_copy(
        update={
            "first_frame": wanted.first_frame or shot.first_frame,
            "last_frame": wanted.last_frame or shot.last_frame,
            "prompt": f"{shot.prompt} {detail}." if detail else shot.prompt,
        }
    )


def _shots_in(change: Change) -> tuple[Shot, ...]:
    """Return the shots that a change plans anew."""
    if isinstance(change, PlanScene):
        return change.shots
    return (change.plan,) if isinstance(change, Reshoot) and change.plan is not None else ()


def _reworded(change: Change, words: dict[str, ShotDirection]) -> Change:
    """Return the change with the model's words for its shots; camera and time stay as the rules mended them."""
    if isinstance(change, PlanScene):
        shots = tuple(_worded(shot, words[shot.id]) if shot.id in words else shot for shot in change.shots)
        return change.model_copy(update={"shots": shots})
    if isinstance(change, Reshoot) and change.plan is not None and change.plan.id in words:
        return change.model_copy(update={"plan": _worded(change.plan, words[change.plan.id])})
    return change


def _reachable(size: Size, owner: CameraOwner) -> Size:
    nearest = _NEAREST.get(owner, "extreme_close" if owner == "phone" else "close")
    return size if SIZES.index(size) <= SIZES.index(nearest) else nearest


def _angle(angle: Angle, owner: CameraOwner, planned: Angle) -> Angle:
    """A fixed camera keeps the angle that it hangs at."""
    return angle if owner in _CARRIED and angle != "overhead" else planned


def _movement(wanted: ShotDirection) -> Movement:
    able = _DIRECTIONS.get(wanted.movement, ("none",))
    direction = wanted.direction if wanted.direction in able else able[0]
    return Movement(kind=wanted.movement, direction=direction, speed=_SPEEDS.get(wanted.movement, 0.08))
