"""Lines really spoken by the embedded voices, for the measurements of sound."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from episodes.cast import VoiceCast
from episodes.format import SAMPLE_RATE
from episodes.requests import SpeakRequest
from episodes.script import Delivery
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.voice import espeak

SENTENCES = (
    "Four Adam Ten, Dispatch. Theft in progress, nine forty Alder Street, two dozen doughnuts, mostly jelly.",
    "Suspect is described as short, grey and wearing a mask.",
    "En route.",
    "He has four paws, Dale, and he is using all of them.",
    "For the record, I did not offer it a doughnut. It took a number like everybody else.",
    "Copy that.",
)
"""Two long ones, two of two words, and two between."""

_DELIVERIES: tuple[Delivery, ...] = ("calm", "urgent", "flat", "shouted", "whispered", "warm")


@dataclass(frozen=True)
class Spoken:
    """A line as the voice gave it."""

    text: str
    variant: str
    samples: wav.Samples
    """Mono, 48 kHz."""


def spoken_lines(count: int) -> tuple[Spoken, ...]:
    """Return so many lines over all voices, sentences and deliveries in turn."""
    engine = espeak.build(ToolSettings())
    offers = engine.offers("en")
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            text, variant = SENTENCES[number % len(SENTENCES)], offers[number % len(offers)].variant
            delivery = _DELIVERIES[(number // len(SENTENCES)) % len(_DELIVERIES)]
            into = Path(folder) / str(number)
            into.mkdir()
            cast = VoiceCast(engine=engine.info.name, variant=variant)
            request = SpeakRequest(text=text, voice=cast, delivery=delivery, language="en", reading=1, radio=True)
            engine.speak(request, Call(into=into))
            made.append(Spoken(text, variant, wav.read_mono(into / "line.wav", SAMPLE_RATE)))
    return tuple(made)
