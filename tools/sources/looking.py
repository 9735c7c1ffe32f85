"""What a source's picture shows: one frame a shot, looked at by a model that sees or by a captioner, then dropped."""

import importlib.util
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, field_validator

from episodes.errors import BackendUnavailable
from episodes.facts import FactKind, PictureFacts
from tools import ffmpeg
from tools.protocols import Readiness, ToolSettings
from tools.sources.texts import Sentence
from tools.sources.vocabulary import first_names, fold, is_common

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_FRAMES = 12
"""Frames of one source that are looked at."""

LARGEST = 512
"""Pixels of a frame's longer side: what sees well enough to name things, and reads no number plate."""

WAYS = ("none", "model", "local")

_LONG_SECONDS = 20.0
"""A longer shot is looked at more than once while there are frames left: a bodycam may never cut."""

_CANDIDATES = 5
_BLACK = 0.05
"""Mean luma, of 1, under which a frame shows nothing."""
_QUALITY = 80
_READ = re.compile(r"\d{3}|[\"“”`<>{}\[\]|\\/@#_=]|https?:|www\.|\b[A-Z]{2,}\b")
"""What tells that a phrase quotes something written: numbers, quotation marks, code, addresses, capitals."""
_ORDINARY = frozenset(
    ("baguette", "flashlight", "hoodie", "lightbar", "selfie", "smartphone", "suv", "tv")
)  # fmt: skip
"""Things that the list of ordinary words lacks."""
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Frame:
    """One picture of a source, small."""

    seconds: float
    jpeg: bytes


class Scene(BaseModel):
    """What is to be seen in one frame; the answer that a model is asked for. Never who anybody is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    place: str = ""
    """Kind of place, `parking lot`."""
    indoors: bool | None = None
    light: Literal["day", "dusk", "night", "artificial", "unclear"] = "unclear"
    weather: Literal["clear", "cloudy", "rain", "snow", "fog", "unclear"] = "unclear"
    camera: Literal[
        "bodycam", "dashcam", "security camera", "doorbell camera", "helicopter", "phone", "film camera", "unclear"
    ] = "unclear"
    people: int = Field(default=0, ge=0, le=1000)
    things: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """Short clauses: `a raccoon climbs onto a counter`."""
    caption: str = ""
    """One sentence, of captioners that fill nothing else."""

    @field_validator("light", "weather", "camera", mode="before")
    @classmethod
    def _known(cls, value: object, info: object) -> object:
        """Take a word that is none of ours for `unclear`."""
        known = cls.model_fields[str(getattr(info, "field_name", ""))].annotation
        plain = str(value).strip().lower()
        return plain if plain in getattr(known, "__args__", ()) else "unclear"

    @field_validator("things", "actions", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        """Take one text for a list of one, and no more than eight."""
        found = [value] if isinstance(value, str) else value
        return tuple(str(one) for one in found)[:8] if isinstance(found, list | tuple) else ()


class Eye(Protocol):
    """Something that says what a picture shows."""

    @property
    def name(self) -> str:
        """Who looks, with the model."""

    @property
    def outside(self) -> bool:
        """Whether pictures leave this machine."""

    def look(self, frame: Frame) -> Scene:
        """Say what a frame shows. Raises `ToolError`."""

    def readiness(self) -> Readiness:
        """Say whether it could look now."""


def eye_of(settings: ToolSettings) -> Eye | None:
    """Return who looks: nobody, unless `look` in the table `[sources]` says `model` or `local`.

    Raises `BackendUnavailable` for another word, and where the captioner's library is missing.
    """
    way = settings.text("look", "none")
    if way not in WAYS:
        raise BackendUnavailable(f"[sources] look is {way!r}: say one of {', '.join(WAYS)}.")
    if way == "none":
        return None
    if way == "model":
        from tools.sources.openai_eye import OpenAIEye

        return OpenAIEye(settings)
    if importlib.util.find_spec("transformers") is None or importlib.util.find_spec("torch") is None:
        raise BackendUnavailable(
            'Looking by oneself wants transformers and torch: install the extra local, or set look = "model".'
        )
    from tools.sources.captioner import DEFAULT_MODEL, Captioner

    return Captioner(settings.text("look_model", DEFAULT_MODEL), settings.text("look_device"))


def chosen_spans(cuts: Sequence[float], seconds: float, most: int = MOST_FRAMES) -> tuple[tuple[float, float], ...]:
    """Return start and end of the stretches to look at: the longest shots, long ones in pieces, in order of time."""
    edges = [0.0, *(cut for cut in cuts if 0 < cut < seconds), seconds]
    spans = [(a, b) for a, b in itertools.pairwise(edges) if b > a]
    while spans and len(spans) < most:
        longest = max(spans, key=lambda span: span[1] - span[0])
        if longest[1] - longest[0] <= _LONG_SECONDS:
            break
        middle = (longest[0] + longest[1]) / 2
        spans.remove(longest)
        spans += [(longest[0], middle), (middle, longest[1])]
    kept = sorted(spans, key=lambda span: (span[0] - span[1], span[0]))[:most]
    return tuple(sorted(kept))


def frames_of(path: Path, picture: PictureFacts, most: int = MOST_FRAMES) -> tuple[Frame, ...]:
    """Return the sharpest frame of each stretch, at most 512 pixels long, without those that are black."""
    from tools.sources.media import MAX_SECONDS

    ratio = LARGEST / max(picture.width, picture.height)
    size = tuple(max(2, round(side * min(ratio, 1.0) / 2) * 2) for side in (picture.width, picture.height))
    frames = (
        _sharpest(path, span, (size[0], size[1]))
        for span in chosen_spans(picture.cuts, min(picture.seconds, MAX_SECONDS), most)
    )
    return tuple(frame for frame in frames if frame)


def _sharpest(path: Path, span: tuple[float, float], size: tuple[int, int]) -> Frame | None:
    import cv2

    length = span[1] - span[0]
    start, step = span[0] + 0.15 * length, 0.7 * length / _CANDIDATES
    best: tuple[float, int, NDArray[np.uint8]] | None = None
    for number, picture in enumerate(_pictures(path, start, step, size)):
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        if grey.mean() < _BLACK * 255:
            continue
        sharp = float(cv2.Laplacian(grey, cv2.CV_64F).var())
        if best is None or sharp > best[0]:
            best = (sharp, number, picture)
    if best is None:
        return None
    _, jpeg = cv2.imencode(".jpg", best[2], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return Frame(round(start + best[1] * step, 2), bytes(jpeg))


def _pictures(path: Path, start: float, step: float, size: tuple[int, int]) -> "list[NDArray[np.uint8]]":
    import numpy as np

    from tools.sources import media

    width, height = size
    arguments = [
        "-ss", f"{start:.3f}", *media.guarded_input(path, step * _CANDIDATES), "-map", "0:V:0", "-an", "-sn", "-dn",
        "-vf", f"fps={1 / step:.6f}:start_time=0,scale={width}:{height}:flags=area",
        "-frames:v", str(_CANDIDATES), "-pix_fmt", "bgr24", "-f", "rawvideo",
    ]  # fmt: skip
    frame = width * height * 3
    with ffmpeg.reading(arguments) as pipe:
        raw = b"".join(media.blocks(pipe, frame * _CANDIDATES))
    count = len(raw) // frame
    return list(np.frombuffer(raw[: count * frame], np.uint8).reshape(count, height, width, 3))


def told(scene: Scene, seconds: float) -> tuple[Sentence, ...]:
    """Return what a scene tells as short sentences that can be repeated, each with its kind of fact."""
    found: list[tuple[FactKind, str]] = []
    light = {"day": "by day", "dusk": "at dusk", "night": "at night"}.get(scene.light, "")
    weather = {"rain": "in the rain", "snow": "in the snow", "fog": "in fog"}.get(scene.weather, "")
    place = _phrase(scene.place, 5)
    if place:
        found.append(
            ("place", " ".join(part for part in ("the place is", _with_article(place), light, weather) if part))
        )
    elif light or weather:
        found.append(("look", " ".join(part for part in ("it all happened", light, weather) if part)))
    if scene.camera != "unclear":
        found.append(("look", f"a {scene.camera} saw it all"))
    if scene.people:
        found.append(("actor", _crowd(scene.people)))
    if things := [_with_article(thing) for thing in (_phrase(thing, 4) for thing in scene.things) if thing][:3]:
        one = len(things) == 1 and things[0].startswith(("a ", "an ", "one "))
        found.append(("thing", f"{_listed(things)} {'is' if one else 'are'} at the scene"))
    for action in (*scene.actions[:3], scene.caption):
        if clause := _phrase(action, 16):
            found.append(("event" if action is not scene.caption else "look", clause))
    return tuple(Sentence(f"{text[0].upper()}{text[1:]}.", None, seconds, "seen", about=kind) for kind, text in found)


def _crowd(people: int) -> str:
    if people > len(_NUMBERS):
        return "a whole crowd is at the scene"
    return f"{_NUMBERS[people - 1]} {'person is' if people == 1 else 'people are'} at the scene"


def _listed(things: Sequence[str]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def _phrase(text: str, most_words: int) -> str:
    """Return a phrase that says what is seen and nothing else; empty for one that may quote what is written there.

    What a model reads in a picture (a plate, a phone number, a name tag, an order to whoever looks) is no use to us.
    """
    plain = re.sub(r"\s+", " ", text).strip(" .,:;!?-*").removeprefix("The picture shows ")
    words = plain.split()
    if not 1 <= len(words) <= most_words or _READ.search(plain):
        return ""
    # A small letter hides a name from the one who replaces names: then only ordinary words may stand there.
    if any(
        word.islower() and not (is_common(word) or word in _ORDINARY) for word in re.findall(r"[^\W\d_]{3,}", plain)
    ):
        return ""
    named = not is_common(words[0]) or fold(words[0]) in first_names()
    return plain if named else plain[0].lower() + plain[1:]


def _with_article(noun: str) -> str:
    if re.match(r"(?:an?|the|some|several|many|two|three|four|five|six|\d+)\b", noun) or noun.endswith("s"):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
