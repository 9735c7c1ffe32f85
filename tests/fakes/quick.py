"""Back ends on other machines that cost next to nothing: each call writes a few bytes, costs a little and is counted.

They enter by the same door as the real ones (`director.toml` names them as `quick:video` and so on). What is tried with
them is what is made, how often and for how much. The notes go to the folder that `TENFOUR_COUNT` names, one line a
call, so that they survive whatever kills the production. All fail for a request that holds the word in
`TENFOUR_QUICK_FAILS`, which no settings know of: a key that is missing today is there tomorrow.
"""

import os
import time
from fractions import Fraction

from episodes.cast import VoiceOffer
from episodes.episode import estimate_seconds
from episodes.errors import BackendUnavailable
from episodes.requests import (
    AssembleRequest,
    CardRequest,
    ComposeRequest,
    ConformRequest,
    MeasureRequest,
    MixRequest,
    RenderRequest,
    Request,
    SoundRequest,
    SpeakRequest,
    TeaseRequest,
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
from episodes.tasks import Limits, ToolInfo
from tests.fakes.counted import note
from tools import ffmpeg
from tools.protocols import Call, ToolSettings


class Quick:
    """Serves every kind."""

    def __init__(self, settings: ToolSettings) -> None:
        self.settings = settings
        kind = settings.name.split(":")[-1]
        paid = 0.01 if kind in ("music", "voice") else 0.0
        self.info = ToolInfo(
            name=f"quick-{kind}",
            version="1",
            outside=True,
            price_per_call=paid,
            limits=Limits(max_seconds=Fraction(12)),
        )

    def _begin(self, request: Request) -> None:
        word = os.environ.get("TENFOUR_QUICK_FAILS", "")
        if word and word in request.model_dump_json():
            raise BackendUnavailable(f"The key for {self.info.name} is missing.")
        note("begin", request)
        time.sleep(float(os.environ.get("TENFOUR_QUICK_SECONDS", "0")))

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        return tuple(
            VoiceOffer(engine="quick", variant=f"v{number}", suits=suits, pitch_hz=90.0 + 15 * number)
            for number, suits in enumerate(("she", "he", "they") * 4)
        )

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        self._begin(request)
        (call.into / "line.wav").write_bytes(request.text.encode())
        note("end", request)
        return SpokenLine(seconds=estimate_seconds(request.text))

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        self._begin(request)
        (call.into / "take.mp4").write_bytes(f"{request.shot.id} {request.seed}".encode())
        form = request.format
        note("end", request)
        return RenderedTake(
            file="take.mp4",
            frames=form.frames(request.shot.seconds) + 2 * request.handle_frames,
            width=form.width,
            height=form.height,
            fps=form.fps,
        )

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        self._begin(request)
        (call.into / "segment.mp4").write_bytes(request.model_dump_json().encode())
        note("end", request)
        return FinishedSegment(frames=24)

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        self._begin(request)
        (call.into / "segment.mp4").write_bytes(request.model_dump_json().encode())
        note("end", request)
        return FinishedSegment(frames=24)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        self._begin(request)
        (call.into / "music.wav").write_bytes(f"{request.seed}".encode())
        note("end", request)
        return ComposedCue(seconds=request.seconds)

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        self._begin(request)
        for name in ("dialogue", "radio", "effects"):
            (call.into / f"{name}.wav").write_bytes(name.encode())
        note("end", request)
        return SceneSound(seconds=request.seconds)

    def mix(self, request: MixRequest, call: Call) -> MixedSound:
        self._begin(request)
        for name in ("dialogue.wav", "radio.wav", "effects.wav", "music.wav", "sound.m4a"):
            (call.into / name).write_bytes(request.model_dump_json().encode())
        note("end", request)
        return MixedSound(seconds=request.seconds, loudness_lufs=-16.0, true_peak_dbtp=-2.0)

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        self._begin(request)
        play = not request.segments
        if play:
            (call.into / "play.m4a").write_bytes(request.model_dump_json().encode())
        else:
            source = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=2:d=40", "-pix_fmt", "yuv420p", "-preset", "ultrafast"]
            ffmpeg.run([*source, call.into / "film.mp4"])
        note("end", request)
        return AssembledFilm(file="play.m4a" if play else "film.mp4", frames=0 if play else 80, seconds=Fraction(40))

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        self._begin(request)
        note("end", request)
        return Measurements(video_seconds=40.0, audio_seconds=40.0, loudness_lufs=-16.0, true_peak_dbtp=-2.0)


def voice(settings: ToolSettings) -> Quick:
    return Quick(settings)


def video(settings: ToolSettings) -> Quick:
    return Quick(settings)


def finish(settings: ToolSettings) -> Quick:
    return Quick(settings)


def music(settings: ToolSettings) -> Quick:
    return Quick(settings)


def sound(settings: ToolSettings) -> Quick:
    return Quick(settings)


def assembly(settings: ToolSettings) -> Quick:
    return Quick(settings)
