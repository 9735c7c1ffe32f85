"""Faces: the moments of a film at which somebody is near enough to be known, for whoever wants a picture of it."""

from collections import Counter
from fractions import Fraction

from episodes.episode import Episode
from episodes.shots import Size
from episodes.value import Seconds, Value

_NEAR: tuple[Size, ...] = ("close", "medium_close", "medium")
"""Sizes from which a face is known, the best first. Nearer than that it is an eye or a hand."""


class Face(Value):
    """A moment at which somebody's face is seen."""

    at: Seconds
    """Seconds into the film."""
    who: str
    """Character id."""


def faces(episode: Episode) -> tuple[Face, ...]:
    """Return the middles of shots that show a face, those of whoever is seen most first, and of each the nearest first.

    A shot that shows the person's own clip is none: what it shows nobody knows. Empty before there is a cut.
    """
    if episode.cut is None or episode.world is None:
        return ()
    people = {person.id for person in episode.world.characters if person.kind == "human"}
    shots, own = {shot.id: shot for shot in episode.shots}, {used.shot for used in episode.clips}
    found: list[tuple[int, Fraction, str]] = []
    for at, clip in episode.cut.track("V1").placed():
        shot = shots.get(clip.media)
        if shot is None or shot.id in own or shot.size not in _NEAR:
            continue
        seen = [one for one in shot.subjects if one.id in people and one.facing != "away" and not one.outside]
        if seen:
            nearest = min(seen, key=lambda one: one.depth)
            found.append((_NEAR.index(shot.size), at + clip.seconds / 2, nearest.id))
    often = Counter(who for _, _, who in found)
    ordered = sorted(found, key=lambda one: (-often[one[2]], one[2], one[0], one[1]))
    return tuple(Face(at=at, who=who) for _, at, who in ordered)
