"""What numbers and choices mean: in which unit a length is counted, how long a choice is, which shape it has."""

import re
from collections.abc import Sequence
from typing import Literal

from tools.spaces.description import Parameter
from tools.spaces.tongues import understood

Unit = Literal["seconds", "frames", "ms", "minutes", "tokens", "half seconds", "tenths", "latents"]

FRAMES_A_LATENT = 4
"""Of the video codecs of Wan and its kin: n latents are 4 (n - 1) + 1 frames."""

TOKENS_A_SECOND = 50.0
"""MusicGen's codec: 50 steps for a second (Copet et al. 2023)."""

_UNIT_WORDS: tuple[tuple[Unit, str], ...] = (
    ("half seconds", r"\bhalf ?sec(ond)?s?\b|\bhalves\b"),
    ("tenths", r"\btenths?\b|\bdeci ?sec(ond)?s?\b"),
    ("latents", r"\blatents?( frames)?\b"),
    ("ms", r"\b(ms|msecs?|millis|milli ?seconds?)\b|\(ms\)"),
    ("minutes", r"\b(minutes?|mins?)\b|\(min\)"),
    ("tokens", r"\btokens?\b"),
    ("seconds", r"\b(seconds?|secs?)\b|\(s\)|\bin s\b|\bs$|\b\d+(\.\d+)? ?s\b"),
    ("frames", r"\bn?frames?\b"),
)
_USUAL_RATES = (8.0, 12.0, 16.0, 24.0, 25.0, 30.0)
_USUAL_CLIP = 5.0
"""Seconds of the clip that most text-to-video apps make when nothing is moved."""
_LONGEST_CLIP = 30.0
"""Above this many, a length without a unit is counted in frames: no app of today makes half a minute in one go."""
_MOST_FRAMES = 999.0
_RATE_OF_LATENTS = 16.0
"""Frames a second of the models that count in latents, as far as they are known (Wan)."""
_SHORT, _MIDDLING, _LONG = 3.0, 5.0, 10.0
_LENGTH_WORDS = (
    (r"\b(very short|tiny|extra short)\b", 2.0), (r"\b(short|small|brief|quick)\b", _SHORT),
    (r"\b(very long|extra long|longest)\b", 15.0), (r"\b(long|large|full)\b", _LONG),
    (r"\b(medium|normal|standard|middle|default|regular)\b", _MIDDLING),
)  # fmt: skip


def unit_of(parameter: Parameter, *, sound: bool = False) -> tuple[Unit, str]:
    """Return the unit that a length is counted in, and why. `sound` has no frames."""
    for text, where in (
        (understood(parameter.label), "label"),
        (understood(parameter.name), "name"),
        (understood(parameter.info), "small print"),
    ):  # fmt: skip
        without_rate = re.sub(r"\b(\d+ )?frames? (per|a) sec(ond)?s?\b|\b(\d+ ?)?fps\b", "", text)
        for unit, words in _UNIT_WORDS:
            if re.search(words, without_rate):
                return unit, f"its {where} says {unit}"
    return _by_range(
        parameter,
        timed=sound or bool(re.search(r"\bduration\b|\btime\b", understood(f"{parameter.name} {parameter.label}"))),
    )


def _by_range(parameter: Parameter, *, timed: bool) -> tuple[Unit, str]:
    numbers = [each for each in (_plain(parameter.default), parameter.high) if each is not None]
    if not numbers:
        return "seconds", "nothing says otherwise"
    largest, usual = max(numbers), numbers[0]
    if usual > _MOST_FRAMES:
        return "ms", f"{usual:g} is too much for anything but milliseconds"
    if timed:
        return "seconds", "it is a time"
    if largest > _LONGEST_CLIP or (parameter.whole and usual > 12):
        return "frames", f"up to {largest:g} can only be frames"
    return "seconds", f"up to {largest:g} can only be seconds"


def guessed_rate(parameter: Parameter, said_by_app: float | None = None) -> float:
    """Return the frames a second of an app that counts frames and does not say how fast they run.

    Its text may say so, or the page of the app; else its default is taken for a clip of the usual five seconds: 16 and
    24 frames are models of 8 a second, 81 of 16, 121 of 24.
    """
    said = re.search(r"(\d+(?:\.\d+)?) ?(?:fps|frames? (?:per|a) sec)", parameter.words)
    if said and float(said.group(1)) > 0:
        return float(said.group(1))
    if said_by_app is not None:
        return said_by_app
    if re.search(r"\blatents?\b", parameter.words):
        return _RATE_OF_LATENTS
    frames = _plain(parameter.default) or parameter.high or 24 * _USUAL_CLIP
    return min(_USUAL_RATES, key=lambda rate: abs(rate - frames / _USUAL_CLIP))


def in_unit(seconds: float, unit: Unit, rate: float) -> float:
    """Return a length in seconds as a number of `unit`; `rate` is frames a second."""
    wanted = seconds * per_second(unit, rate)
    # The first of them holds one frame, and every other one four.
    return wanted + 1 if unit == "latents" else wanted


def per_second(unit: Unit, rate: float) -> float:
    """Return how many of `unit` make a second."""
    known = {"seconds": 1.0, "ms": 1000.0, "minutes": 1 / 60, "tokens": TOKENS_A_SECOND}
    known |= {"half seconds": 2.0, "tenths": 10.0, "latents": rate / FRAMES_A_LATENT}
    return known.get(unit, rate)


def turn_of(parameter: Parameter) -> float | None:
    """Return how many of its unit one of its numbers is, where the text says it; else None.

    `1 tick = 0.1 s` is 0.1, `Chunks (16 frames each)` 16, `in units of 0.5 s` 0.5.
    """
    text = f"{parameter.label} {parameter.info}".lower().replace(",", ".")
    amount = r"(\d+(?:\.\d+)?) ?(?:frames?|s|secs?|seconds?|ms)\b"
    for pattern in (
        rf"\b(?:1|one|each|every) [^=\d]{{0,20}}(?:=|is|are|lasts?|adds?) ?{amount}",
        rf"{amount} (?:each|apiece|per (?:chunk|block|unit|tick|segment|piece|step|notch|beat))",
        rf"\b(?:units?|blocks?|chunks?|pieces|slices|multiples) of {amount}",
        rf"[x×] ?{amount}",
    ):
        said = re.search(pattern, text)
        if said and float(said.group(1)) > 0:
            return float(said.group(1))
    return None


def length_of(choice: str, unit: Unit | None = None, rate: float = 24.0) -> float | None:
    """Return the seconds that a choice stands for: `5s`, `81 frames`, `short`; None for one that is no length.

    `unit`: what a bare number is counted in; None lets each choice say it.
    """
    text = understood(choice)
    number = re.search(r"\d+(?:\.\d+)?", text)
    told = _told_twice(choice, rate)
    if told is not None:
        return told
    if number:
        said = next((name for name, words in _UNIT_WORDS if re.search(words, _parted(text))), None)
        return float(number.group()) / per_second(said or unit or "seconds", rate)
    return next((seconds for words, seconds in _LENGTH_WORDS if re.search(words, text)), None)


_TIMES: tuple[Unit, ...] = ("seconds", "ms", "minutes", "half seconds", "tenths", "frames")
"""Units of a length, from the plainest: what says seconds need not be counted in frames."""


def _told_twice(choice: str, rate: float) -> float | None:
    """Return the seconds of a choice with several numbers, each beside its unit: a time before a count of frames.

    `49 frames (6 s)` and `5s, 81 frames at 16 fps` say how long they are themselves. None for any other choice.
    """
    parts = re.findall(r"(\d+(?:\.\d+)?)([^\d]*)", choice)
    if len(parts) < 2:
        return None
    named: dict[Unit, float] = {}
    for number, after in parts:
        words = _parted(f"1{understood(after)}")
        unit = (
            None
            if is_rate(f"{number}{after}")
            else next((u for u, said in _UNIT_WORDS if re.search(said, words)), None)
        )
        if unit is not None:
            named.setdefault(unit, float(number))
    first = [unit for unit in _TIMES if unit in named]
    return named[first[0]] / per_second(first[0], rate) if first else None


def is_rate(choice: str) -> bool:
    """Return whether a choice is frames a second and nothing else: `12 fps`, `24 i/s`."""
    return bool(re.search(r"\d\W*(fps|frames? (per|a|/) ?s\w*)\b|\d .*\bfps\b", understood(choice)))


def _parted(text: str) -> str:
    """Return `5s` as `5 s`, so that a unit stands by itself."""
    return re.sub(r"(?<=\d)(?=[a-z])", " ", text)


_LANDSCAPE = r"\b(landscape|wide|widescreen|horizontal|cinema\w*)\b"
_PORTRAIT = r"\b(portrait|vertical|tall|phone|story|reels?)\b"


def shape_of(choice: str) -> tuple[float, float] | None:
    """Return width and height that a choice stands for, in pixels where it names them, or as a ratio; else None.

    A choice that names but one side (`720p`) has width 0.
    """
    text = f"{choice.lower()} {understood(choice)}".replace("×", "x").replace("*", "x")
    sides = re.search(r"(\d{2,4})\s*(?:x|by)\s*(\d{2,4})", text)
    if sides:
        return _turned(float(sides.group(1)), float(sides.group(2)), text)
    ratio = re.search(r"(\d+(?:\.\d+)?)\s*[:/]\s*(\d+(?:\.\d+)?)", text)
    if ratio and float(ratio.group(2)) > 0 and float(ratio.group(1)) > 0:
        return float(ratio.group(1)), float(ratio.group(2))
    for words, shape in (
        (_LANDSCAPE, (16.0, 9.0)),
        (_PORTRAIT, (9.0, 16.0)),
        (r"\bsquare\b", (1.0, 1.0)),
    ):
        if re.search(words, text):
            return shape
    side = re.search(r"\b(\d{3,4})\s*p?\b", text)
    return (0.0, float(side.group(1))) if side else None


def _turned(first: float, second: float, text: str) -> tuple[float, float]:
    """Return width and height of two sides, whichever of them stands first: words beside them may say so."""
    landscape, portrait = (re.search(words, text) is not None for words in (_LANDSCAPE, _PORTRAIT))
    if landscape != portrait:
        return (max(first, second), min(first, second)) if landscape else (min(first, second), max(first, second))
    height_first = re.search(r"\bh(eight)?\s*(x|by|,|/)\s*w(idth)?\b", text)
    return (second, first) if height_first else (first, second)


def best_shape(choices: Sequence[str], width: int, height: int) -> int | None:
    """Return the place of the choice nearest to a shape, among equals the one of the most pixels not above it.

    None where no choice is a shape.
    """
    shapes = [(place, shape) for place, choice in enumerate(choices) if (shape := shape_of(choice))]
    if not shapes:
        return None

    def far(item: tuple[int, tuple[float, float]]) -> tuple[float, bool, float]:
        wide, tall = item[1]
        ratio = width / height if not wide else wide / tall
        off = abs(ratio - width / height) / (width / height)
        size = tall if not wide else (wide * tall) ** 0.5 if tall > 100 else 0.0
        wanted = float(min(width, height)) if not wide else (width * height) ** 0.5
        return round(off, 1), size > wanted, abs(size - wanted)

    return min(shapes, key=far)[0]


def _plain(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
