"""Back ends of somebody else's that fail as their settings say, and count what they were asked.

`[music] mood = "down,ok"` goes through its moods call by call and stays with the last. Each call is a line in the file
that `log` names.
"""

from pathlib import Path

from episodes.cast import VoiceOffer
from episodes.errors import BackendDown, BackendUnavailable, MediaBroken, RequestRejected, TransientToolError
from episodes.requests import ComposeRequest, RenderRequest, SpeakRequest
from episodes.results import ComposedCue, RenderedTake, SpokenLine
from episodes.tasks import Limits, ToolInfo
from tools import ffmpeg
from tools.protocols import Call, ToolSettings

FAILURES = {
    "down": lambda: BackendDown("The Space is paused by its owner"),
    "busy": lambda: TransientToolError("The queue is full", 0.0),
    "refuses": lambda: RequestRejected("The safety filter said no"),
    "broken": lambda: MediaBroken("Half a file came back"),
    "no key": lambda: BackendUnavailable("The key is missing: set HF_TOKEN."),
}


class Moody:
    def __init__(self, settings: ToolSettings) -> None:
        self.settings = settings

    def failing(self, what: str) -> None:
        log = Path(self.settings.text("log"))
        with log.open("a") as file:
            file.write(f"{what}\n")
        moods = self.settings.text("mood", "ok").split(",")
        mood = moods[min(len(log.read_text().splitlines()) - 1, len(moods) - 1)]
        if mood != "ok" and (not mood.startswith("refuses ") or mood.removeprefix("refuses ") in what):
            raise FAILURES[mood.split(" ")[0] if mood.startswith("refuses ") else mood]()


class MoodyMusic(Moody):
    info = ToolInfo(name="moody-music", version="1", outside=True, price_per_call=0.25)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        self.failing(f"compose {request.seed}")
        tone = f"sine=f=330:r=48000,atrim=end_sample={round(request.seconds * 48_000)}"
        ffmpeg.run(["-f", "lavfi", "-i", tone, "-ac", "2", call.into / "music.wav"])
        return ComposedCue(seconds=request.seconds)


class MoodyVoice(Moody):
    info = ToolInfo(name="moody-voice", version="1", outside=True)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        return (VoiceOffer(engine="moody", variant="anna", suits="she", pitch_hz=200.0),)

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        self.failing(f"speak {request.text}")
        raise AssertionError("it never speaks")


class MoodyVideo(Moody):
    @property
    def info(self) -> ToolInfo:
        limits = Limits(max_seconds=6, start_image=self.settings.text("start") == "yes")
        name = f"moody-{self.settings.name.split(':')[1]}"
        return ToolInfo(name=name, version="1", outside=True, limits=limits)

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        self.failing(f"render {request.shot.prompt}")
        form = request.format
        frames = form.frames(request.shot.seconds) + 2 * request.handle_frames
        source = f"testsrc2=s=128x72:r={form.fps},trim=end_frame={frames}"
        ffmpeg.run(["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", call.into / "take.mp4"])
        return RenderedTake(file="take.mp4", frames=frames, width=128, height=72, fps=form.fps)


def music(settings: ToolSettings) -> MoodyMusic:
    return MoodyMusic(settings)


def voice(settings: ToolSettings) -> MoodyVoice:
    return MoodyVoice(settings)


def video(settings: ToolSettings) -> MoodyVideo:
    return MoodyVideo(settings)


def second(settings: ToolSettings) -> MoodyVideo:
    return MoodyVideo(settings)
