"""Tools of known latency: each sleeps for as long as its request says, and writes down when it began and ended.

They enter by the same door as the real ones: settings name them `benchmarks.scale_tools:voice` and so on. What they
write is as small as a delivery will take.
"""

import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from episodes.cast import VoiceOffer
from episodes.film_requests import AssembleRequest, MeasureRequest, MixRequest, TeaseRequest
from episodes.requests import (
    CardRequest,
    ComposeRequest,
    ConformRequest,
    RenderRequest,
    Request,
    SoundRequest,
    SpeakRequest,
)
from episodes.results import (
    AssembledFilm,
    ComposedCue,
    FinishedSegment,
    Measurements,
    MixedSound,
    RenderedTake,
    SceneSound,
    SpokenLine,
)
from episodes.tasks import ToolInfo
from episodes.value import seed_from
from tools import ffmpeg
from tools.protocols import Call, ToolSettings
from tools.registry import BackendKind

RATES = {
    "speak": 0.1, "render": 0.3, "conform": 0.45, "card": 0.35, "compose": 0.14, "sound": 0.1, "mix": 0.01,
    "assemble": 0.005, "measure": 0.003, "tease": 0.01,
}  # fmt: skip
"""Seconds of sleep for each second of media.

Lines, of which the length of every shot depends, and the joining, which needs everything, are short: nothing can be
done beside them, whatever the order, and what is measured is how well the rest is laid side by side.
"""
MOSTLY: dict[BackendKind, str] = {
    "voice": "speak", "video": "render", "finish": "conform", "music": "compose", "sound": "sound",
    "assembly": "assemble",
}  # fmt: skip
"""What each kind of tool mostly does."""
SLOWER = 4.0
"""How much longer than that everything takes: a take of a minute's film is then some seconds, as with the quickest
back ends there are, and what the graph itself thinks in between weighs as it does with them."""
UNEVEN = 0.35
"""Share by which a call may sleep more or less than its length says."""
SHORTEST, LONGEST = 0.2, 2.0
"""Bounds of one call, in seconds, before `SLOWER`."""
_LETTER = Fraction(65, 1000)
_SIZE = "320x180"
_VOICES = 8


def media_seconds(request: Request) -> float:
    """Return how long what is asked for is, as far as a tool can tell."""
    if isinstance(request, SpeakRequest):
        return float(spoken_seconds(request))
    if isinstance(request, RenderRequest):
        return float(request.shot.seconds + 2 * request.handle_frames * request.format.frame)
    if isinstance(request, ConformRequest | CardRequest):
        return float(request.frames * request.format.frame)
    if isinstance(request, AssembleRequest | TeaseRequest):
        return float(sum(segment.frames for segment in request.segments) * request.format.frame)
    assert isinstance(request, ComposeRequest | SoundRequest | MixRequest | MeasureRequest)
    return float(request.seconds)


def spoken_seconds(request: SpeakRequest) -> Fraction:
    """Return how long a line is."""
    return max(8, len(request.text)) * _LETTER


def latency(request: Request) -> float:
    """Return how long a tool sleeps over a request: the same in every run."""
    about = getattr(request, "text", "") or getattr(request, "scene", "") or getattr(request, "card", "")
    shot = getattr(request, "shot", "")
    about += shot if isinstance(shot, str) else getattr(shot, "id", "")
    about += str(request.seed) if isinstance(request, ComposeRequest) else ""
    uneven = 1 + UNEVEN * (seed_from(request.kind, about) % 1001 - 500) / 500
    return SLOWER * min(max(RATES[request.kind] * media_seconds(request) * uneven, SHORTEST), LONGEST)


class Sleeper:
    """Every tool in one; `settings.options["log"]` names the file of its notes."""

    def __init__(self, settings: ToolSettings, kind: BackendKind, outside: bool) -> None:
        """Make nothing yet."""
        self._log = Path(settings.text("log"))
        # It says of itself what is true on the whole, as tools do, and not of any one call.
        rate = SLOWER * RATES[MOSTLY[kind]]
        self._info = ToolInfo(name=f"sleeping-{kind}", version="1", outside=outside, wall_per_second=rate)

    @property
    def info(self) -> ToolInfo:
        """What the plan needs to know."""
        return self._info

    @contextmanager
    def _slept(self, request: Request) -> Iterator[None]:
        began = time.monotonic()
        yield
        time.sleep(max(0.0, began + latency(request) - time.monotonic()))
        with self._log.open("a") as file:
            # The teaser's sound is no part of the film.
            kind = "tease" if isinstance(request, MixRequest) and not request.keep_stems else request.kind
            file.write(f"{kind} {began:.4f} {time.monotonic():.4f}\n")

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return invented voices."""
        return tuple(
            VoiceOffer(engine="sleeping", variant=f"v{n}", suits=("he", "she")[n % 2], pitch_hz=100 + 10 * n)
            for n in range(_VOICES)
        )

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write silence, as long as the text would take."""
        seconds = spoken_seconds(request)
        with self._slept(request):
            _silence(call.into / "line.wav", seconds, 1)
        return SpokenLine(seconds=seconds)

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write a file that is no film: nobody opens it."""
        form = request.format
        frames = form.frames(request.shot.seconds) + 2 * request.handle_frames
        with self._slept(request):
            (call.into / "take.mp4").write_bytes(request.shot.id.encode())
        return RenderedTake(file="take.mp4", frames=frames, width=form.width, height=form.height, fps=form.fps)

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        """Write the same."""
        with self._slept(request):
            (call.into / "segment.mp4").write_bytes(request.shot.encode())
        return FinishedSegment(frames=request.frames)

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        """Write the same."""
        with self._slept(request):
            (call.into / "segment.mp4").write_bytes(request.card.encode())
        return FinishedSegment(frames=request.frames)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write a moment of silence."""
        with self._slept(request):
            _silence(call.into / "music.wav", Fraction(1, 10), 2)
        return ComposedCue(seconds=request.seconds)

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        """Write three moments of silence."""
        with self._slept(request):
            for name in ("dialogue", "radio", "effects"):
                _silence(call.into / f"{name}.wav", Fraction(1, 10), 2)
        return SceneSound(seconds=request.seconds)

    def mix(self, request: MixRequest, call: Call) -> MixedSound:
        """Write moments of silence."""
        with self._slept(request):
            for name in ("sound.m4a", "dialogue.wav", "radio.wav", "effects.wav", "music.wav"):
                _silence(call.into / name, Fraction(1, 10), 2)
        return MixedSound(seconds=request.seconds, loudness_lufs=-16, true_peak_dbtp=-2)

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        """Write a test picture of the right length, since a delivery looks for its best frame."""
        frames = sum(segment.frames for segment in request.segments)
        seconds = frames * request.format.frame
        with self._slept(request):
            source = f"testsrc=size={_SIZE}:rate=1:duration={float(seconds):.3f}"
            ffmpeg.run(["-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-g", "1",
                        "-pix_fmt", "yuv420p", call.into / "film.mp4"])  # fmt: skip
        return AssembledFilm(frames=frames, seconds=seconds)

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        """Find nothing wrong."""
        seconds = float(request.seconds)
        with self._slept(request):
            pass
        return Measurements(video_seconds=seconds, audio_seconds=seconds, loudness_lufs=-16, true_peak_dbtp=-2)


def _silence(path: Path, seconds: Fraction, channels: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(b"\0" * round(seconds * 48_000) * 2 * channels)


def voice(settings: ToolSettings) -> Sleeper:
    """Return a voice on this machine."""
    return Sleeper(settings, "voice", outside=False)


def video(settings: ToolSettings) -> Sleeper:
    """Return a camera on this machine."""
    return Sleeper(settings, "video", outside=False)


def far_video(settings: ToolSettings) -> Sleeper:
    """Return a camera on another machine."""
    return Sleeper(settings, "video", outside=True)


def finish(settings: ToolSettings) -> Sleeper:
    """Return a finisher on this machine."""
    return Sleeper(settings, "finish", outside=False)


def music(settings: ToolSettings) -> Sleeper:
    """Return a band on this machine."""
    return Sleeper(settings, "music", outside=False)


def sound(settings: ToolSettings) -> Sleeper:
    """Return a sound stage on this machine."""
    return Sleeper(settings, "sound", outside=False)


def assembly(settings: ToolSettings) -> Sleeper:
    """Return an assembler on this machine."""
    return Sleeper(settings, "assembly", outside=False)
