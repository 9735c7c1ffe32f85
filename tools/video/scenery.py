"""What a set is made of: upright planes, walls that run away from the lens, level surfaces."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass

from episodes.cast import Place, World
from episodes.effects import Light, Weather
from tools.video.brush import Brush, darker, mix


@dataclass(frozen=True)
class Plane:
    """An upright sheet that faces the lens, `z` metres behind the action (negative: in front of it).

    The brush's x is metres across, its h metres up.
    """

    z: float
    draw: Callable[[Brush], None]


@dataclass(frozen=True)
class Side:
    """An upright wall that runs away from the lens at `x` metres across, such as a corridor's.

    The brush's x is the depth z in metres, its h metres up.
    """

    x: float
    near: float
    far: float
    draw: Callable[[Brush], None]


@dataclass(frozen=True)
class Flat:
    """A level surface `h` metres up: road, carpet, counter top, ceiling.

    The brush's x is metres across, its h the depth z in metres.
    """

    h: float
    near: float
    far: float
    draw: Callable[[Brush], None]


Surface = Plane | Side | Flat


@dataclass(frozen=True)
class Scenery:
    """A whole set."""

    planes: tuple[Plane, ...]
    """From back to front; the first one is opaque and fills everything."""
    floor: tuple[str, str]
    """Colour of the floor near and far."""
    ground: float
    """Depth in metres at which the floor ends."""
    inside: bool = False
    stations: tuple[float, ...] = (0.0,)
    """Places across the set at which the camera may stand: each shows something of its own."""
    door: tuple[float, float, float, float] | None = None
    """x, width, height and depth of the door that door events move."""
    fore: str = "post"
    """What is close and dark at the edge of the frame: post, leaf, shelf, rail, chair, none."""
    seated: bool = False
    """Whether figures sit, as in a car."""
    sides: tuple[Side, ...] = ()
    """Walls that run away from the lens, drawn before anything that stands nearer than their far end."""
    flats: tuple[Flat, ...] = ()
    """Level surfaces: those at h = 0 lie on the floor; a ceiling and tops lie where they are."""
    bar: tuple[float, float, float] | None = None
    """x, h and z of the patrol car's light bar, where one stands in the set."""
    wet: bool = True
    """Whether rain leaves a shine on the floor; no for grass and gravel. Never inside."""

    def floor_surface(self) -> Flat:
        """Return the floor: bands of its colours, darker towards the lens."""

        def draw(brush: Brush) -> None:
            near, far = self.floor
            edges = [-60.0, *(self.ground * (step / 5) ** 1.6 for step in range(6))]
            for number, (start, end) in enumerate(itertools.pairwise(edges)):
                tone = mix(darker(near, 0.18), far, number / 5)
                brush.box(-150, start, 300, end - start + 0.02, tone)

        return Flat(0.0, -60.0, self.ground, draw)


@dataclass(frozen=True)
class Scene:
    """What a set is told: the place with its names, the world, a generator that is always alike for the place."""

    place: Place
    world: World
    dark: bool
    """Whether lamps are lit: dusk, night, dawn."""
    chance: random.Random
    light: Light = "night"
    weather: Weather = "clear"
