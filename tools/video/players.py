"""Players: the subjects of a shot with their names, sizes, dress and part."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from episodes.cast import Character
from episodes.requests import RenderRequest
from episodes.results import SpokenLine
from episodes.shots import Exit, Subject
from episodes.value import seed_from
from tools.video.acting import Actor, Presence, Turn
from tools.video.people.figures import Dress, dress
from tools.video.props.things import size_of
from tools.video.timing import on_twos


@dataclass(frozen=True)
class Sprite:
    """A player's drawing, and the pixel in it where the feet are."""

    key: tuple[object, ...]
    image: skia.Image
    foot: tuple[float, float]
    scale: float
    """Pixels a metre at which it was drawn."""
    shape: skia.Image
    """Its opacity at a quarter of the size."""
    cut: NDArray[np.uint8]
    """The drawing without its contour, as premultiplied BGRA."""
    bar: tuple[float, float]
    """Brightness of the light bar's lamps on its edges."""
    rim: skia.Image | None = None
    """Light on its edges, to be added once the scene is lit; as large as the drawing."""


class Player:
    """One subject on the stage: who it is, where it stands, what it does."""

    def __init__(self, subject: Subject, request: RenderRequest, lines: Mapping[str, SpokenLine]) -> None:
        self.subject, world = subject, request.world
        people = {character.id: character for character in world.characters}
        props = {prop.id: prop for prop in world.props}
        self.character: Character | None = people.get(subject.id)
        prop = props.get(subject.id)
        self.human = self.character is not None and self.character.kind == "human"
        self.dress: Dress | None = dress(self.character) if self.character and self.human else None
        self.name = self.character.name if self.character else prop.name if prop else subject.id.replace("-", " ")
        self.emoji = (self.character.emoji if self.character else prop.emoji if prop else None) or ""
        self.colour = self.character.colours[0] if self.character and self.character.colours else ""
        self.tall = self._height(prop.metres if prop else 0.0)
        self.actor = Actor(subject, request.shot.events, lines, seed_from(request.seed, subject.id))
        self._leaves = any(isinstance(event, Exit) and event.who == subject.id for event in request.shot.events)
        self.x = self.z = 0.0
        self.lift = subject.lift
        self.head = 0.0
        """Metres from its place to its head, where that is what a shot is about."""
        self.sprite: Sprite | None = None
        self._speaks = self.human and self.actor.speaks()
        self._frame = 1 / request.format.fps
        self._heard: float | None = None
        self._known: tuple[tuple[float, float | None], Presence | Turn] | None = None

    def listen(self, time: float) -> None:
        """Take the lips to the frame at `time` seconds: they alone go on ones, since a late word is seen at once.

        A frame shows the mouth of the middle of its time, so that it is half a frame late or early at most.
        """
        self._heard = time + self._frame / 2 if self._speaks else None

    def now(self, time: float) -> Presence | Turn:
        """Return what it does at a moment; everybody moves on twos, but for lips."""
        beat = (on_twos(time), self._heard)
        if self._known is None or self._known[0] != beat:
            self._known = (beat, self.actor.figure(*beat) if self.human else self.actor.thing(beat[0]))
        return self._known[1]

    def looks_left(self, now: Turn) -> bool:
        """Return whether an animal faces left: it looks where it goes, else where it is told to look."""
        if self.character is None or self.character.kind != "animal":
            return False
        if abs(now.aside) > 0.02:
            # Off its place on the right it comes in to the left, and goes out the other way.
            return (now.aside > 0) != self._leaves
        return self.subject.facing == "left"

    def reach(self, now: Presence | Turn) -> tuple[float, float]:
        """Return how far to each side and how high its drawing may go, in metres."""
        if isinstance(now, Presence):
            return (2.1, 2.4) if now.pose.roll else (1.05, 2.45)
        size = self.tall * max(now.size, 0.05)
        aside = 0.75 * self.tall * ((now.copies + 1) // 2 if now.copies > 1 else 0)
        return size * 1.15 + aside + abs(now.right), size * 1.45 + now.up

    def _height(self, metres: float) -> float:
        if self.dress:
            low = {"sit": 0.36, "crouch": 0.52, "lie": 1.2}.get(self.subject.pose, 0.0)
            return (1.80 - low) * self.dress.height
        return size_of(self.name, self.emoji, metres, self.subject.words)
