"""The camera: where it stands for a size and an angle, and how it moves; all in metres and frame pixels."""

import math
import random
from dataclasses import dataclass, replace

from episodes.format import Format
from episodes.shots import CameraOwner, Movement, Shot, Size, Subject

# Metres of height that a frame shows at the subject, and metres from lens to subject.
_SIZES: dict[Size, tuple[float, float]] = {
    "extreme_long": (10.5, 15.0),
    "long": (4.3, 7.6),
    "full": (2.75, 4.8),
    "medium": (1.42, 2.9),
    "medium_close": (0.98, 2.2),
    "close": (0.68, 1.7),
    "extreme_close": (0.40, 1.35),
}
# Share of the frame's height at which the top of the head stands.
_HEAD: dict[Size, float] = {
    "extreme_long": 0.60, "long": 0.36, "full": 0.16, "medium": 0.17, "medium_close": 0.18, "close": 0.17,
    "extreme_close": 0.06,
}  # fmt: skip
_LENS_HEIGHT = {"eye": 1.5, "low": 0.55, "high": 2.5, "overhead": 4.2, "dutch": 1.35}


@dataclass(frozen=True)
class Camera:
    """A lens at x = `x`, `height` metres up, `distance` metres before the line on which the action plays."""

    width: int
    height_px: int
    focal: float
    """Pixels that one metre covers at one metre's distance."""
    distance: float
    height: float
    horizon: float
    """Row of the horizon in pixels."""
    x: float = 0.0
    roll: float = 0.0
    """Radians."""
    zoom: float = 1.0
    shift: float = 0.0
    """Pixels by which a turn of the camera moves everything sideways."""

    def depth(self, z: float) -> float:
        """Return metres from the lens to a plane `z` metres behind the action; never closer than a hand."""
        return max(self.distance + z, 0.3)

    def scale(self, z: float) -> float:
        """Return pixels a metre at depth `z`."""
        return self.focal / self.depth(z)

    def place(self, x: float, h: float, z: float) -> tuple[float, float]:
        """Return the pixel at which a point of the world is seen."""
        scale = self.scale(z)
        return self.width / 2 + (x - self.x) * scale + self.shift, self.horizon + (self.height - h) * scale

    def across(self, at: float, z: float) -> float:
        """Return the x in metres that is seen at the share `at` of the frame's width at depth `z`."""
        return self.x + (at - 0.5) * self.width / self.scale(z)


@dataclass(frozen=True)
class _Mount:
    """Where a camera that nobody holds hangs: it does not come nearer because the story would like it to."""

    height: float
    """Metres above the ground."""
    foot: float
    """Share of the frame's height at which the feet of the action stand, in a full shot."""
    wider: float
    """How much more of the scene it shows than a camera in the hand would."""
    near: float
    """Distance as a share of a hand-held camera's: short lenses stand near and bend depth."""


_MOUNTS: dict[CameraOwner, _Mount] = {
    "cctv": _Mount(2.9, 0.86, 1.22, 1.0),
    "doorbell": _Mount(1.35, 0.97, 1.12, 0.62),
    "dashcam": _Mount(1.3, 0.84, 1.22, 1.0),
    "helicopter": _Mount(24.0, 0.70, 1.6, 3.4),
}


def _mounted(mount: _Mount, shot: Shot, form: Format, wide: float) -> Camera:
    """Return the camera of a fixed mount, its film plane shifted so that the action stands where it should."""
    shown, distance = _SIZES[shot.size]
    shown = shown * mount.wider
    grow = max(1.0, wide * form.height / form.width / shown)
    shown, distance = shown * grow, distance * mount.near * math.sqrt(grow)
    scale = form.height / shown
    # Nearer sizes lose the feet: the heads stay in the frame.
    # From far away the road before the lens is worth less than the people on it.
    foot = mount.foot - (0.12 if shot.size == "extreme_long" else 0.0)
    head = max(0.16, foot - 1.85 / shown)
    foot = head + 1.85 / shown
    height = mount.height * (1.25 if shot.angle == "overhead" and mount.height > 2 else 1.0)
    horizon = foot * form.height - height * scale
    return Camera(form.width, form.height, scale * distance, distance, height, horizon)


def frame_shot(shot: Shot, form: Format, tall: float, wide: float, *, mounted: bool = True) -> Camera:
    """Return the camera for a shot whose main subject is `tall` metres high and whose subjects need `wide` metres.

    The frame grows until all of them fit, so that a narrow format is composed and not cropped. Without `mounted` a
    camera that hangs somewhere is framed like one in the hand, as inside a car.
    """
    size: Size = shot.size
    mount = _MOUNTS.get(shot.owner) if mounted else None
    if mount is not None and not (tall < 1.2 and size in ("close", "extreme_close", "medium_close")):
        return _mounted(mount, shot, form, wide)
    shown, distance = _SIZES[size]
    if tall < 1.2 and size not in ("extreme_long", "long"):
        # A small thing is framed by its own height: the camera goes down and near instead of showing air.
        shown = max(
            tall * {"full": 2.6, "medium": 1.9, "medium_close": 1.6, "close": 1.4, "extreme_close": 1.15}[size], 0.2
        )
        distance = max(1.0, min(distance, shown * 2.2))
    grow = max(1.0, wide * form.height / form.width / shown)
    shown, distance = shown * grow, distance * math.sqrt(grow)
    focal = form.height / shown * distance
    # Before a small thing the lens goes down to it: then it has the place behind it, and not only the floor.
    height = _LENS_HEIGHT[shot.angle] * (1.0 if tall >= 1.2 else 0.08 + 0.4 * tall)
    head = _HEAD[size] if tall >= 1.2 or size in ("extreme_long", "long") else 0.5 - 0.5 * tall / shown
    if grow > 1.05 and size in ("medium", "medium_close", "close", "full"):
        head = head + 0.12 * min(1.0, grow - 1)
    scale = focal / distance
    # The film plane is shifted, not tilted: walls stay upright and the head keeps its room.
    horizon = head * form.height - (height - tall) * scale
    if shot.angle != "overhead" and tall >= 1.2:
        horizon = min(max(horizon, -0.35 * form.height), 1.75 * form.height)
    roll = math.radians(-7.0) if shot.angle == "dutch" else 0.0
    return Camera(form.width, form.height, focal, distance, height, horizon, roll=roll)


@dataclass(frozen=True)
class Travel:
    """A camera's way through a shot; asked by the share of the shot's time."""

    base: Camera
    movement: Movement
    seconds: float
    seed: int

    def at(self, time: float) -> Camera:
        """Return the camera `time` seconds after the in point; before and after it, the hand goes on."""
        kind, camera = self.movement.kind, self.base
        rest = self.total * (1 - self._eased(time))
        sign = -1.0 if self.movement.direction in ("left", "up", "out") else 1.0
        width, metre = camera.width, camera.scale(0)
        if kind == "pan":
            # A turn by hand also carries the lens a little sideways, which parts the planes.
            camera = replace(camera, shift=sign * rest * width, x=camera.x - sign * rest * width * 0.18 / metre)
        elif kind in ("track", "orbit"):
            moved = -sign * rest * width / metre
            camera = replace(camera, x=camera.x + moved, shift=moved * metre if kind == "orbit" else 0.0)
        elif kind == "follow":
            camera = replace(camera, x=camera.x + sign * self.followed(time))
        elif kind == "tilt":
            camera = replace(
                camera,
                horizon=camera.horizon + (-sign if self.movement.direction == "up" else -1.0) * rest * camera.height_px,
            )
        elif kind in ("push", "pull"):
            far = rest if kind == "push" else self.total - rest
            camera = replace(camera, distance=camera.distance * (1 + far))
        elif kind == "zoom":
            grown = self.total - rest if self.movement.direction != "out" else rest
            camera = replace(camera, zoom=1 + grown)
        return self._held(camera, time)

    @property
    def total(self) -> float:
        """How far it goes in the whole shot, in frame widths or shares."""
        most = {"pan": 0.45, "track": 0.5, "orbit": 0.4, "tilt": 0.35, "push": 0.45, "pull": 0.45, "zoom": 0.5}
        return min(abs(self.movement.speed) * self.seconds, most.get(self.movement.kind, 0.0))

    def followed(self, time: float) -> float:
        """Metres that a following camera and its subject have gone since the in point."""
        pace = max(0.05, abs(self.movement.speed)) * self.base.width / self.base.scale(0)
        return min(pace, 3.2) * time

    def _eased(self, time: float) -> float:
        share = min(max(time / max(self.seconds, 0.01), 0.0), 1.0)
        if self.movement.easing == "linear":
            return share
        if self.movement.easing == "out":
            return 1 - (1 - share) ** 3
        return share * share * (3 - 2 * share)

    def _held(self, camera: Camera, time: float) -> Camera:
        """Add the hand: sines whose phases come from the seed; next to nothing on a fixed mount."""
        loose = {"handheld": 1.0, "follow": 1.5, "track": 0.5, "push": 0.5, "pull": 0.5, "pan": 0.5, "orbit": 0.6}
        amount = loose.get(self.movement.kind, 0.0) * 0.011 * camera.distance
        chance = random.Random(self.seed)
        phase = [chance.uniform(0, 6.283) for _ in range(4)]
        dx = amount * (math.sin(1.7 * time + phase[0]) + 0.4 * math.sin(4.3 * time + phase[1]))
        dy = 0.6 * amount * (math.sin(2.1 * time + phase[2]) + 0.5 * math.sin(5.1 * time + phase[3]))
        # The roll of the hand and the bob of its feet belong to the finish, for every back end alike.
        return replace(camera, x=camera.x + dx, height=camera.height + dy)


def spread(subjects: tuple[Subject, ...], camera: Camera) -> list[tuple[float, float]]:
    """Return x and z in metres of each subject, the first one standing on the line of action."""
    if not subjects:
        return []
    lead = subjects[0].depth
    places = []
    for subject in subjects:
        z = max((subject.depth - lead) * camera.distance * 0.9, -0.35 * camera.distance)
        places.append((camera.across(min(max(subject.at, 0.05), 0.95), z), z))
    return places
