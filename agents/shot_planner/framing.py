"""Framing: which camera sees a stretch of picture, from how far and from what side."""

from collections.abc import Iterator, Sequence

from agents.shot_planner.coverage import Slot
from agents.shot_planner.presence import SceneView, unseen_channel
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

_OWNERS: dict[str, dict[CameraOwner, float]] = {
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
}
"""Whose cameras there are in each set, and how much we like them."""

_ESTABLISHING: dict[str, tuple[CameraOwner, Size]] = {
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
        return (actors or others)[:3]
    if slot.kind == "gag":
        return (things or actors or others)[:2]
    if slot.heard_off:
        return (actors or others)[:2]
    if slot.kind == "tail":
        return _tail_focus(view, slot, speakers, things)
    return speakers[:2] or _listeners(view, slot, others) or present[:1]


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
    return best.model_copy(update={"movement": _movement(view, slot, best)})


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
        sizes = _sizes(view, slot, focus, owner)
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
        if owner == "bodycam":
            found += [(owner, officer) for officer in officers if officer not in focus]
        elif owner == "phone":
            found += [(owner, person) for person in _witnesses(view, slot) if person not in focus]
        else:
            found.append((owner, None))
    purpose = view.beat(slot.beat).purpose
    if purpose == "chase" and not view.place.interior and slot.kind == "action":
        found.append(("helicopter", None))
    if purpose == "debrief" and slot.kind in ("talk", "tail") and ("interview", None) not in found:
        found.append(("interview", None))
    # Where everybody present is looked at, somebody else's phone or the wall must do.
    return found or [("cctv", None) if view.place.interior else ("dashcam", None)]


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
        near: tuple[Size, ...] = ("full", "medium")
        return tuple(size for size in near if size in _SIZES[owner]) or _SIZES[owner]
    if owner == "dashcam" and view.place.set != "car":
        return ("long", "full")
    if len(focus) > 1:
        return tuple(size for size in _SIZES[owner] if size in ("long", "full", "medium")) or _SIZES[owner]
    return _SIZES[owner]


def _clashes(option: Setup, shot: Shot, focus: tuple[str, ...]) -> bool:
    if alike(option, shot):
        return True
    same = (option.owner, option.wearer) == (shot.owner, shot.wearer) and option.angle == shot.angle
    leads = bool(focus and shot.subjects and shot.subjects[0].id == focus[0])
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
        return ("medium", "close", "extreme_close")
    if len(focus) > 1:
        return ("medium", "full")
    if slot.kind == "tail":
        return ("close", "medium_close", "extreme_close")
    if any(line.delivery in ("whispered", "sad", "warm", "confused", "proud") for line in heard):
        return ("close", "medium_close")
    if any(line.delivery in ("shouted", "urgent") for line in heard):
        return ("medium", "full")
    return ("medium", "medium_close")


def _movement(view: SceneView, slot: Slot, setup: Setup) -> Movement:
    """Return how this camera moves, by who or what holds it."""
    chase = view.beat(slot.beat).purpose == "chase"
    if setup.owner == "bodycam":
        if slot.kind == "action":
            return Movement(kind="follow", direction="in", speed=0.35 if chase else 0.12)
        if slot.kind in ("tail", "gag"):
            return Movement(kind="push", direction="in", speed=0.04)
        return Movement(kind="handheld", speed=0.2 if chase else 0.06)
    if setup.owner == "phone":
        zooms = slot.kind in ("action", "gag")
        kind, direction = ("zoom", "in") if zooms else ("handheld", "none")
        return Movement.model_validate({"kind": kind, "direction": direction, "speed": 0.08})
    if setup.owner == "helicopter":
        return Movement(kind="orbit", direction="left", speed=0.1, easing="linear")
    if setup.owner == "dashcam" and view.place.set == "car":
        return Movement(kind="handheld", speed=0.05)
    if setup.owner == "dashcam" and slot.kind == "establish":
        return Movement(kind="push", direction="in", speed=0.06, easing="out")
    if setup.owner == "cctv" and slot.kind == "establish":
        return Movement(kind="pan", direction="right", speed=0.03, easing="linear")
    if setup.owner == "interview" and slot.kind in ("talk", "tail"):
        return Movement(kind="push", direction="in", speed=0.015)
    return Movement(kind="static", speed=0.0)
