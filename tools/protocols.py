"""The interfaces that back ends fulfil. Every tool is one of these, the embedded ones included.

A tool is built by a factory `(ToolSettings) -> tool` that `registry.py` knows by name. It may be built in another
process than the one that planned the work, so it holds nothing that can't be built again from its settings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue, SecretStr

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable
from episodes.film_requests import (
    AssembleRequest,
    MeasureRequest,
    MixRequest,
    TeaseRequest,
)
from episodes.requests import (
    CardRequest,
    ComposeRequest,
    ConformRequest,
    ControlRequest,
    FetchRequest,
    ReadRequest,
    RenderRequest,
    SoundRequest,
    SpeakRequest,
)
from episodes.results import (
    AssembledFilm,
    ComposedCue,
    Fetched,
    FinishedSegment,
    Measurements,
    MixedSound,
    Readings,
    RenderedTake,
    Result,
    SceneSound,
    SpokenLine,
)
from episodes.tasks import ToolInfo

Option: TypeAlias = JsonValue
"""A value of `director.toml`."""


class ToolSettings(BaseModel):
    """What the director passes to every factory. Keys and addresses stay here and never enter a request."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "embedded"
    """The back end's name as the person wrote it: a registered name, a preset, `owner/space` or an address."""
    options: dict[str, Option] = {}
    """The table of its kind in `director.toml`, with the tables in it: `[video]` and `[video.space]`."""
    keys: dict[str, SecretStr] = {}
    """What proves who we are, by whom it is for: `huggingface`, `openai`. They show in no repr and no dump."""
    base_url: str = ""
    """Address of the OpenAI-compatible server that the agents ask; empty for OpenAI's own."""
    home: Path | None = None
    """Folder in which a tool may keep what it has learned (`spaces/…`), safe to delete; None: keep nothing."""
    threads: int = 1
    """Encoder and filter threads that one call may use."""

    def text(self, name: str, default: str = "") -> str:
        """Return an option as text."""
        value = self.options.get(name, default)
        return value if isinstance(value, str) else str(value)

    def table(self, name: str) -> dict[str, Option]:
        """Return a table within the options, empty where there is none. Raises `BackendUnavailable` for a value."""
        value = self.options.get(name, {})
        if not isinstance(value, dict):
            raise BackendUnavailable(f"In director.toml, {name!r} must be a table, not {value!r}.")
        return value

    def key(self, whose: str) -> str:
        """Return a key in plain text, for the one call that sends it; empty where the person has none."""
        kept = self.keys.get(whose)
        return kept.get_secret_value() if kept else ""


@dataclass(frozen=True)
class Input:
    """An artefact that a task needs, opened: its folder of files and its result."""

    folder: Path
    result: Result | None = None
    """None for a file of the person's: then `folder` is that file."""

    def file(self, name: str) -> Path:
        """Return the path of one of its files."""
        return self.folder / name


@dataclass(frozen=True)
class Call:
    """One call of a tool: where its inputs lie, where its files go, and what it must tell before it waits."""

    into: Path
    """An empty folder; the files that the result's docstring names go here. Nothing else may be written."""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    remote_id: str | None = None
    """Set when an earlier attempt at this very call was submitted and its answer never came: ask for that one."""
    remember: Callable[[str], None] = lambda remote_id: None
    """A back end with remote jobs calls this with the job's id before it waits; it is on disk when it returns. An
    empty id says that the job is gone: the next attempt is to submit another."""


@dataclass(frozen=True)
class Readiness:
    """Whether a back end could work now, found without making anything."""

    ready: bool
    what: str
    """What it is, or what is missing and how to get it: one sentence."""


class Tool(Protocol):
    """What all tools have in common.

    Building one is cheap, loads no model and reaches no network; it raises `BackendUnavailable` for settings that
    can't be used. A tool may have a method `readiness() -> Readiness` for `python main.py backends`.
    """

    @property
    def info(self) -> ToolInfo:
        """Name, version, price and limits. Must be the same for equal settings."""


class LinkSource(Tool, Protocol):
    """Fetches what a link leads to, and nothing that it does not need."""

    def fetch(self, request: FetchRequest, call: Call) -> Fetched:
        """Write the files that the result lists.

        Raises `InputRefused` for what is forbidden, missing or of no use, `TransientToolError` for what passes,
        `BackendDown` for a site that does not answer.
        """


class SourceReader(Tool, Protocol):
    """Reads the person's sources and makes them safe. Inputs: files, or what a `LinkSource` fetched."""

    def read(self, request: ReadRequest, call: Call) -> Readings:
        """Return passages with private names replaced. Raises `InputRefused` for a corrupt or unsupported file."""


class VoiceBackend(Tool, Protocol):
    """Speaks a line."""

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the voices that it has here for a language, the best first; a back end by itself has at least one."""

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`. Raises `ToolError`."""


class VideoBackend(Tool, Protocol):
    """Turns one planned shot into one take."""

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write the take, handles included. Raises `ToolError` and leaves nothing behind."""


class ControlPasses(Tool, Protocol):
    """Draws a shot as a model that takes control video wants it; the animatic's camera can."""

    def control(self, request: ControlRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: the same frames as the take of the same request, as pose, depth or edges."""


class Finisher(Tool, Protocol):
    """Makes segments: takes cut to length and finished, and the cards."""

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4`. Raises `MediaBroken` when the take is shorter than asked or unreadable."""

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4`."""


class MusicBackend(Tool, Protocol):
    """Composes and plays a cue."""

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write `music.wav` of exactly the asked length."""


class SoundStage(Tool, Protocol):
    """Places lines, effects and beds of a scene."""

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        """Write the three stems."""


class Assembler(Tool, Protocol):
    """Mixes the film's sound, joins it with the picture and measures what came of it."""

    def mix(self, request: MixRequest, call: Call) -> MixedSound:
        """Write `sound.m4a`, and the four stems where they are to be kept."""

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        """Write `film.mp4` or `play.m4a`, whose sound is the very packets of the input `mix`."""

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        """Return what is to be seen and heard in the film."""
