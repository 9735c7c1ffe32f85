"""Framing: which camera sees a stretch of picture, from how far and from what side."""

from collections.abc import Iterator, Sequence

from agents.shot_planner.coverage import Slot
from agents.shot_planner.gags import gag_focus, gag_sizes, stands_low
from agents.shot_planner.movements import movement_of
from agents.shot_planner.presence import SceneView, unseen_channel
from episodes.cast import SetName
from episodes.effects import Detain, Drop
from episodes.script import Beat
from episodes.shots import Angle, CameraOwner, Movement, Shot, Size
from episodes.value import Value, seed_from

SIZES: tuple[Size, ...] = ("extreme_long", "long", "full", "medium", "medium_close", "close", "extreme_close")

_SIZES: dict[CameraOwner, tuple[Size, ...]] = {
    "bodycam": ("full", "medium", "medium_close", "close"),
    "dashcam": ("medium", "medium_close", "full"),
    "cctv": ("long", "full"),
    "doorbell": ("full", "medium", "medium_close"),
    "helicopter": ("extreme_long", "long"),
    "interview": ("medium", "medium_close", "close"),
    "phone": ("full", "medium", "medium_close", "close"),
}
"""How near each camera ever comes: one that is screwed to a wall makes no close-up."""

_ANGLES: dict[CameraOwner, tuple[Angle, ...]] = {
    "bodycam": ("eye", "low"),
    "dashcam": ("eye", "low"),
    "cctv": ("high", "overhead"),
    "doorbell": ("eye", "high"),
    "helicopter": ("high", "overhead"),
    "interview": ("eye", "low"),
    "phone": ("eye", "low"),
}

_OWNERS: dict[SetName, dict[CameraOwner, float]] = {
    "street": {"bodycam": 1.0, "dashcam": 0.55, "phone": 0.5},
    "shop": {"bodycam": 1.0, "cctv": 0.6, "phone": 0.35},
    "car": {"dashcam": 1.0, "bodycam": 0.8},
    "interview": {"interview": 1.0},
    "porch": {"bodycam": 1.0, "doorbell": 0.8, "phone": 0.3},
    "parking_lot": {"bodycam": 1.0, "dashcam": 0.6, "cctv": 0.5, "phone": 0.35},
    "hallway": {"bodycam": 1.0, "cctv": 0.55, "phone": 0.35},
    "park": {"bodycam": 1.0, "phone": 0.6, "dashcam": 0.35},
    "dispatch_room": {"cctv": 0.8, "interview": 0.8},
    "waterfront": {"bodycam": 1.0, "phone": 0.5, "dashcam": 0.5},
    "diner": {"bodycam": 1.0, "cctv": 0.7, "phone": 0.35},
    "alley": {"bodycam": 1.0, "cctv": 0.6, "phone": 0.3},
    "highway": {"bodycam": 1.0, "dashcam": 0.8, "helicopter": 0.4, "phone": 0.3},
    "rooftop": {"bodycam": 1.0, "helicopter": 0.6, "phone": 0.5, "cctv": 0.2},
    "kitchen": {"bodycam": 1.0, "cctv": 0.6, "phone": 0.45},
}
"""Whose cameras there are in each set, and how much we like them."""

_ESTABLISHING: dict[SetName, tuple[CameraOwner, Size]] = {
    "street": ("dashcam", "long"),
    "shop": ("cctv", "long"),
    "car": ("dashcam", "long"),
    "interview": ("interview", "full"),
    "porch": ("doorbell", "long"),
    "parking_lot": ("cctv", "extreme_long"),
    "hallway": ("cctv", "long"),
    "park": ("dashcam", "extreme_long"),
    "dispatch_room": ("cctv", "long"),
    "waterfront": ("dashcam", "extreme_long"),
    "diner": ("cctv", "long"),
    "alley": ("cctv", "long"),
    "highway": ("dashcam", "extreme_long"),
    "rooftop": ("helicopter", "extreme_long"),
    "kitchen": ("cctv", "long"),
}
"""The wide that says where we are."""


class Setup(Value):
    """Where the camera stands and who owns it."""

    owner: CameraOwner
    wearer: str | None = None
    size: Size
    angle: Angle
    movement: Movement = Movement()


def alike(one: Shot | Setup, other: Shot | Setup) -> bool:
    """Whether two neighbours look the same: one camera, the same side, and less than a step of size between them."""
    same_camera = (one.owner, one.wearer, one.angle) == (other.owner, other.wearer, other.angle)
    return same_camera and abs(SIZES.index(one.size) - SIZES.index(other.size)) < 1


def jumps(one: Shot, other: Shot) -> bool:
    """Whether a cut between two shots jumps: the same camera and leading subject, hardly another size."""
    if not one.subjects or not other.subjects:
        return alike(one, other)
    near = abs(SIZES.index(one.size) - SIZES.index(other.size)) <= 1 and one.angle == other.angle
    same = (one.owner, one.wearer, one.subjects[0].id) == (other.owner, other.wearer, other.subjects[0].id)
    return alike(one, other) or (near and same)


def focus_of(view: SceneView, slot: Slot) -> tuple[str, ...]:
    """Return whom or what the stretch is about, the most important first."""
    beat, present = view.beat(slot.beat), view.at(slot.beat).present
    speakers = view.known(
        view.line(cue.line).speaker
        for cue in (*slot.cues, *slot.tails)
        if not unseen_channel(view, beat, view.line(cue.line))
    )
    actors = tuple(actor for actor in view.known(beat.actors) if actor != slot.heard_off)
    things = tuple(actor for actor in actors if actor in view.things and actor not in speakers)
    others = tuple(person for person in present if person not in speakers and person != slot.heard_off)
    if slot.kind == "establish":
        first = actors if beat.purpose in ("cold_open", "chase") else ()
        return tuple(dict.fromkeys([*first, *view.known(view.scene.present)]))[:4]
    if slot.acting:
        return tuple(dict.fromkeys([*speakers[:1], *actors]))[:2]
    if slot.kind == "action":
        return _acting_focus(view, beat, actors or others)
    if slot.kind == "gag":
        return gag_focus(view, slot) or (things or actors or others)[:2]
    if slot.heard_off:
        return (actors or others)[:2]
    if slot.kind == "tail":
        return _tail_focus(view, slot, speakers, things)
    return speakers[:2] or _listeners(view, slot, others) or present[:1]


def _acting_focus(view: SceneView, beat: Beat, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return who is seen in an action: first those whom its effect joins, then what is seen for the first time."""
    joined: list[str] = []
    for effect in beat.effects:
        if isinstance(effect, Detain):
            joined += [effect.by, effect.who]
        elif isinstance(effect, Drop):
            joined += [effect.who, effect.prop]
    new = [actor for actor in actors if actor in view.debuts]
    if new and not joined:
        # One officer wears the camera that finds it, so that one at most is in the picture.
        crew = [actor for actor in actors if view.may_wear(actor, beat.id)]
        actors = tuple(actor for actor in actors if actor not in crew[1:])
    return tuple(dict.fromkeys([*view.known(joined), *new, *actors]))[:3]


def choose(
    view: SceneView, slot: Slot, focus: tuple[str, ...], before: Sequence[Shot], after: Shot | None = None
) -> Setup:
    """Return the best camera for a slot.

    Args:
        view: the scene.
        slot: what is to be covered.
        focus: whom it is about, from `focus_of`.
        before: the shots of the scene so far.
        after: the shot that follows, where it is already there.
    """
    neighbours = [*before[-1:], *([after] if after else [])]
    options = list(_options(view, slot, focus))
    fresh = [option for option in options if not any(_clashes(option, shot, focus) for shot in neighbours)]
    if not fresh:
        # Rather an unusual size than two pictures alike.
        options = [option.model_copy(update={"size": size}) for option in options for size in _SIZES[option.owner]]
        fresh = [option for option in options if not any(_clashes(option, shot, focus) for shot in neighbours)]
    best = max(fresh or options, key=lambda option: _liking(view, slot, focus, option, before))
    seen = {subject.id for shot in before for subject in shot.subjects}
    new = next((one for one in focus if one in view.debuts - seen), "")
    return best.model_copy(update={"movement": movement_of(view, slot, best.owner, new)})


def _tail_focus(view: SceneView, slot: Slot, speakers: tuple[str, ...], things: tuple[str, ...]) -> tuple[str, ...]:
    """Under the end of a long line we look at what is spoken of, else at who must listen, else at the speaker."""
    if things:
        return things[:1]
    others = tuple(person for person in view.at(slot.beat).present if person not in speakers)
    return _listeners(view, slot, others)[:1] or speakers[:1]


def _listeners(view: SceneView, slot: Slot, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the present others, first who was or will be spoken to: the speakers of the lines around."""
    order = [line.id for line in view.scene.lines]
    heard = [order.index(cue.line) for cue in (*slot.tails, *slot.cues)]
    if not heard:
        return others
    near = sorted(view.scene.lines, key=lambda line: abs(order.index(line.id) - heard[0]))
    ranked = [line.speaker for line in near if line.speaker in others]
    return tuple(dict.fromkeys([*ranked, *others]))


def _options(view: SceneView, slot: Slot, focus: tuple[str, ...]) -> Iterator[Setup]:
    for owner, wearer in _cameras(view, slot, focus):
        sizes = gag_sizes(view, focus, owner) if slot.kind == "gag" else _sizes(view, slot, focus, owner)
        angles = _ANGLES[owner]
        if view.beat(slot.beat).purpose == "chase" and owner in ("bodycam", "phone"):
            angles = ("eye", "dutch")
        for size in sizes:
            for angle in angles:
                yield Setup(owner=owner, wearer=wearer, size=size, angle=angle)


def _cameras(view: SceneView, slot: Slot, focus: tuple[str, ...]) -> list[tuple[CameraOwner, str | None]]:
    """Return the cameras that can see the focus, each with who wears it: nobody is a subject of his own."""
    if slot.heard_off:
        return [("bodycam", slot.heard_off)]
    place, officers = view.place.set, view.officers(slot.beat)
    if slot.kind == "establish":
        above = view.beat(slot.beat).purpose == "chase" and not view.place.interior
        return [("helicopter" if above else _ESTABLISHING[place][0], None)]
    found: list[tuple[CameraOwner, str | None]] = []
    for owner in _OWNERS[place]:
        if owner == "helicopter" and slot.kind != "action":
            continue  # From up there nobody is seen to speak, and no joke is small enough.
        if owner == "bodycam":
            found += [(owner, officer) for officer in officers if officer not in focus]
        elif owner == "phone":
            found += [(owner, person) for person in _witnesses(view, slot) if person not in focus]
        else:
            found.append((owner, None))
    purpose = view.beat(slot.beat).purpose
    chased = purpose == "chase" and not view.place.interior and slot.kind == "action"
    if chased and ("helicopter", None) not in found:
        found.append(("helicopter", None))
    if purpose == "debrief" and slot.kind in ("talk", "tail") and ("interview", None) not in found:
        found.append(("interview", None))
    # Where everybody present is looked at, somebody else's phone or the wall must do.
    hung: tuple[CameraOwner, ...] = ("cctv", "dashcam", "interview", "doorbell")
    return found or [(next((owner for owner in hung if owner in _OWNERS[place]), "cctv"), None)]


def _witnesses(view: SceneView, slot: Slot) -> tuple[str, ...]:
    roles = ("witness", "bystander", "reporter")
    return tuple(
        person
        for person in view.at(slot.beat).present
        if view.people[person].role in roles and view.people[person].kind == "human"
    )


def _sizes(view: SceneView, slot: Slot, focus: tuple[str, ...], owner: CameraOwner) -> tuple[Size, ...]:
    if slot.kind == "establish":
        return ("extreme_long",) if owner == "helicopter" else (_ESTABLISHING[view.place.set][1],)
    props = {prop.id for prop in view.world.props}
    fixed = owner in ("cctv", "dashcam", "helicopter")
    if focus and all(one in props for one in focus):
        return ("medium",) if fixed else ("extreme_close", "close")
    if slot.kind == "action":
        near: tuple[Size, ...] = ("full",) if stands_low(view, focus) else ("full", "medium")
        return tuple(size for size in near if size in _SIZES[owner]) or _SIZES[owner]
    if owner == "dashcam" and view.place.set != "car":
        return ("long", "full")
    if len(focus) > 1:
        wide = ("long", "full") if stands_low(view, focus) else ("long", "full", "medium")
        return tuple(size for size in _SIZES[owner] if size in wide) or _SIZES[owner]
    return _SIZES[owner]


def _clashes(option: Setup, shot: Shot, focus: tuple[str, ...]) -> bool:
    leads = bool(focus and shot.subjects and shot.subjects[0].id == focus[0])
    if alike(option, shot) or (leads and (option.owner, option.size) == (shot.owner, shot.size)):
        return True
    same = (option.owner, option.wearer) == (shot.owner, shot.wearer) and option.angle == shot.angle
    return same and leads and abs(SIZES.index(option.size) - SIZES.index(shot.size)) <= 1


def _liking(view: SceneView, slot: Slot, focus: tuple[str, ...], option: Setup, before: Sequence[Shot]) -> float:
    """Return how much we like a camera here: by set, purpose, delivery, and what was seen just before."""
    beat = view.beat(slot.beat)
    score = _OWNERS[view.place.set].get(option.owner, 0.7)
    if beat.purpose == "debrief" and option.owner == "interview":
        score += 2
    if option.owner == "helicopter":
        # The second look at a chase is from above.
        score += 1.5 if before and beat.id in before[-1].beats else 0.4
    score += 0.6 * (option.size in _wished_sizes(view, slot, focus))
    score -= 0.15 * (option.angle != _ANGLES[option.owner][0])
    if option.owner not in ("bodycam", "phone", "interview") and view.place.set != "car":
        # A hand can go near to what is funny or new; a camera on a wall can't.
        score -= 0.8 * (slot.kind == "gag") + 0.5 * (slot.kind == "action" and bool(view.debuts & set(focus)))
    for distance, shot in enumerate(reversed(before[-3:])):
        nearness = 1 / (1 + distance)
        score -= nearness * (0.45 * (shot.owner == option.owner and shot.wearer == option.wearer))
        score -= nearness * (0.15 * (shot.owner == option.owner) + 0.3 * (shot.size == option.size))
    words = (view.scene.id, slot.beat, slot.kind, str(slot.cues), option.owner, option.size, option.angle)
    return score + 0.25 * seed_from(*words, str(option.wearer)) / 0x7FFF_FFFF


def _wished_sizes(view: SceneView, slot: Slot, focus: tuple[str, ...]) -> tuple[Size, ...]:
    heard = [view.line(cue.line) for cue in (*slot.cues, *slot.tails)]
    if slot.kind == "action":
        return ("full", "medium")
    if slot.kind == "gag":
        return gag_sizes(view, focus, "bodycam")[:1]
    if len(focus) > 1:
        return ("medium", "full")
    if slot.kind == "tail":
        return ("close", "medium_close", "extreme_close")
    if any(line.delivery in ("whispered", "sad", "warm", "confused", "proud") for line in heard):
        return ("close", "medium_close")
    if any(line.delivery in ("shouted", "urgent") for line in heard):
        return ("medium", "full")
    return ("medium", "medium_close")
