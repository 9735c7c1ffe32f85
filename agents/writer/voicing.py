"""Who gets which voice: one that suits the person, that nobody else in the episode has, and that sets two apart.

A show's regulars keep theirs. For everybody else a voice is looked for among those that the machine offers, by pronoun
first, then by how natural it is, then by how far it lies from the voices that are taken.
"""

import math
import random
from collections.abc import Iterable

from episodes.cast import Character, VoiceCast, VoiceOffer
from episodes.value import Value

EMBEDDED = VoiceOffer(engine="espeak-ng", variant="en-us", suits="they", pitch_hz=0.0)
"""Cast when nothing is offered: for plays that nobody will hear, such as a rehearsal's."""

FAR = 4.0
"""From this distance on, two voices are told apart without thinking; further is no better."""
_LIKE = 2.5
"""Two voices of one person's recordings must lie this far apart, or the next kind of voice is taken instead."""
_STEP, _WIDE_STEP = 9, 2.0
"""How far a variant is moved in pitch (of 99) and colour (dB) for each one who speaks with it already."""
_SEMITONES_A_STEP = 0.08
"""What one step of a cast's pitch is worth (`tools/voice/delivery.py` says the same of its engines)."""


class VoiceShape(Value):
    """How a part is spoken, whatever the voice."""

    pitch: int
    """`VoiceCast.pitch`."""
    pace: int
    """`VoiceCast.words_per_minute`."""
    colour: float = 0.0
    """`VoiceCast.colour`."""
    liveliness: float = 1.0
    """`VoiceCast.liveliness`."""


class Voicing:
    """Gives out the voices of one episode; ask for the parts in order of their weight."""

    def __init__(
        self,
        offers: tuple[VoiceOffer, ...],
        shapes: dict[str, VoiceShape],
        kept: Iterable[VoiceCast],
        chance: random.Random,
    ) -> None:
        """Begin with the voices that regulars of the show have already.

        Args:
            offers: what this machine has, best first.
            shapes: by part: `senior`, `junior`, `dispatcher`, `sergeant`, `witness`; any other part gets `other`.
            kept: casts that stay as they are.
            chance: chooses among voices that do equally well.
        """
        self._offers = list(offers) or [EMBEDDED]
        chance.shuffle(shuffled := list(range(len(self._offers))))
        self._luck = dict(zip(range(len(self._offers)), shuffled, strict=True))
        self._shapes = shapes
        self._taken: list[VoiceCast] = list(kept)

    def voice(self, part: str, pronoun: str) -> VoiceCast:
        """Return the voice of somebody who has none yet; it is taken from then on."""
        shape = self._shapes.get(part, self._shapes["other"])
        free = [offer for offer in self._offers if not self._uses(offer)]
        suited = [offer for offer in free if _suits(offer, pronoun)]
        # Better a voice that somebody else has, at another pitch, than a woman's for a man: so said, so heard.
        again = [offer for offer in self._offers if _suits(offer, pronoun)]
        offer = min(suited or again or free or self._offers, key=lambda one: self._worth(one, part, shape))
        uses = self._uses(offer)
        away = (uses + 1) // 2 * (1 if uses % 2 else -1)
        cast = VoiceCast(
            engine=offer.engine,
            variant=offer.variant,
            pitch=min(max(shape.pitch + _STEP * away, 0), 99),
            words_per_minute=shape.pace,
            colour=shape.colour + _WIDE_STEP * away,
            liveliness=shape.liveliness,
        )
        self._taken.append(cast)
        return cast

    def _uses(self, offer: VoiceOffer) -> int:
        return sum((cast.engine, cast.variant) == (offer.engine, offer.variant) for cast in self._taken)

    def _worth(self, offer: VoiceOffer, part: str, shape: VoiceShape) -> tuple[float, ...]:
        """Return what is compared of two offers; the lesser is the better."""
        nearest = min((self._distance(offer, shape, cast) for cast in self._taken), default=FAR)
        alike = [cast for cast in self._taken if offer.likeness and self._likeness(cast) == offer.likeness]
        too_like = any(self._distance(offer, shape, cast) < _LIKE for cast in alike)
        synthetic = (0 if offer.likeness else 1) + (1 if too_like else 0)
        unclear = 1 - (offer.heard_on_air if part == "dispatcher" else 0.0)
        place = self._offers.index(offer)
        return (self._uses(offer), synthetic, unclear, -min(nearest, FAR), self._luck[place])

    def _distance(self, offer: VoiceOffer, shape: VoiceShape, cast: VoiceCast) -> float:
        """Return how far apart two voices are: semitones of pitch and half the decibels of brightness, together."""
        other = next((one for one in self._offers if (one.engine, one.variant) == (cast.engine, cast.variant)), None)
        if other is None or not offer.pitch_hz or not other.pitch_hz:
            return FAR / 2
        semitones = 12 * math.log2(offer.pitch_hz / other.pitch_hz) + (shape.pitch - cast.pitch) * _SEMITONES_A_STEP
        decibels = offer.brightness_db + shape.colour - other.brightness_db - cast.colour
        return math.hypot(semitones, decibels / 2)

    def _likeness(self, cast: VoiceCast) -> str:
        found = (one for one in self._offers if (one.engine, one.variant) == (cast.engine, cast.variant))
        return next((one.likeness for one in found), "")


def part_of(person: Character, officers_before: int) -> str:
    """Return which shape somebody speaks in; of the officers, the first named is the senior."""
    if person.role == "officer":
        return ("senior", "junior")[officers_before] if officers_before < 2 else "other"
    return person.role if person.role in ("dispatcher", "sergeant", "witness") else "other"


def _suits(offer: VoiceOffer, pronoun: str) -> bool:
    return offer.suits == "they" or pronoun not in ("she", "he") or offer.suits == pronoun
