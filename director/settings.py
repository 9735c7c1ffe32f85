"""Settings: the only place that reads the environment and `director.toml`.

The command line goes over the environment, the environment over `director.toml`, that over the defaults.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, cast

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from episodes.errors import InputRefused
from episodes.store import Form
from episodes.value import Value, digest
from tools.exports.rss import checked_base
from tools.protocols import Option, ToolSettings
from tools.sound.own_folder import Recording, read_folder
from tools.video import footage_folder
from tools.video.footage_folder import FootageFile

HOME = Path(__file__).resolve().parent.parent
"""The folder that Ten-Four lives in: prompts and the default place of shows are found from here."""

DEFAULT_MODEL = "gpt-4.1-mini"
"""Asked for when a key or an address is set and no model is named."""

StopAt = Literal["script", "shots", "animatic"]
LoudnessName = Literal["web", "broadcast", "streaming"]
"""Keys of `episodes.episode.LOUDNESS`."""

FOOTAGE = "footage"
OWN_READING = "own-reading"
"""Name of the video back end that cuts takes from the person's own clips."""

PIPER_VOICES = "TENFOUR_PIPER_VOICES"
"""Folder of Piper's voices: goes over `piper_voices` in the table `[voice]` of `director.toml`."""

_ENVIRONMENT = {
    "out": "TENFOUR_OUT",
    "model": "TENFOUR_MODEL",
    "drafts": "TENFOUR_DRAFTS",
    "passes": "TENFOUR_PASSES",
    "slots": "TENFOUR_SLOTS",
    "budget": "TENFOUR_BUDGET",
    "sounds": "TENFOUR_SOUNDS",
    "footage": "TENFOUR_FOOTAGE",
    "loudness": "TENFOUR_LOUDNESS",
    "site": "TENFOUR_SITE",
    "base_url": "OPENAI_BASE_URL",
    "api_key": "OPENAI_API_KEY",
    "hf_token": "HF_TOKEN",
}


RoleName = Literal["researcher", "writer", "shot_planner", "continuity_checker", "editor", "assistant"]
ROLES: tuple[RoleName, ...] = ("researcher", "writer", "shot_planner", "continuity_checker", "editor")
"""Who makes an episode; the assistant only understands what is said of one."""

BY_RULES = (None, "none", "rules")
"""What stands in a model's place where a role is to go by rules."""


class ModelPrice(Value):
    """What a model costs, in the person's currency, for a million tokens."""

    input: float = Field(default=0.0, ge=0)
    output: float = Field(default=0.0, ge=0)


class ModelLimits(Value):
    """The most that language models may take for one episode, resumed runs counted."""

    calls: int = Field(default=400, ge=1)
    """Requests that leave this machine."""
    tokens: int | None = Field(default=None, ge=1)
    """Of prompts and answers together."""
    minutes: float | None = Field(default=None, gt=0)
    """Time spent waiting for models in one run, after which rules go on alone."""
    answer_tokens: int = Field(default=6000, ge=200)
    """Of one answer. Servers are told where tokens or money have a limit; models that think aloud need more."""


CHAINS: Mapping[str, tuple[str, ...]] = {"webtv": ("zeroscope", "zeroscope-xl", "film")}
"""Chains of cameras by name: `webtv` is two passes of zeroscope and FILM's interpolation, as the AI WebTV had them."""


class Settings(BaseModel):
    """How episodes are made here. Nothing in it says what an episode is about."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    out: Path = HOME / "episodes" / "shows"
    """Folder of the shows."""
    site: str | None = None
    """Address at which the folder of the shows is served; with it each season has a feed for podcast players."""
    cache: Path = Path()
    """Folder of cache and checkpoints; by default the user's cache folder."""
    model: str | None = None
    """Name of the language model; None goes by rules alone."""
    models: Mapping[RoleName, str] = {}
    """Models of roles that ask another one than `model`: the table `[models]`."""
    prices: Mapping[str, ModelPrice] = {}
    """What models cost, by name: the table `[prices]`."""
    model_limits: ModelLimits = ModelLimits()
    """The most that models may take for one episode: the table `[limits]`."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server; None for OpenAI's own."""
    api_key: SecretStr | None = None
    hf_token: SecretStr | None = None
    """Token of Hugging Face, for private Spaces and for one's own quota."""
    model_timeout: float = 120.0
    """Seconds that one request to the model may take."""
    model_wait: float = 1.0
    """Seconds of the first wait after a failed request; it doubles."""
    drafts: int = Field(default=3, ge=1, le=3)
    """Drafts of each scene that a model is asked for; the best is filmed."""
    passes: int = 3
    """Most passes of critique and recut."""
    patience: float = Field(default=1.0, ge=0)
    """Multiplies the waits between tries of a call that failed for a passing reason."""
    check_rounds: int = 3
    """Most rounds between checker and writer, and between checker and planner."""
    slots: int = os.cpu_count() or 2
    """Tools that work at the same time on this machine."""
    budget: float | None = None
    """Most that all calls of one episode may cost, in the currency of the prices."""
    approve: bool = False
    """Whether to pause for the person after the script and after the cut."""
    stop_at: StopAt | None = None
    sounds: Path | None = None
    """Folder of the person's own recordings; None for synthesised sounds alone."""
    recordings: tuple[Recording, ...] = ()
    """What that folder holds, in order of the names; `load` reads it."""
    footage: Path | None = None
    """Folder of clips that the person owns or has a licence for; None for no such picture."""
    clips: tuple[FootageFile, ...] = ()
    """What that folder holds, in order of the names; `load` reads it."""
    audio_only: bool = False
    """Whether a radio play is made and no picture."""
    burn_captions: bool | None = None
    """Whether captions stand in the picture; None when nobody said: they do, unless the record says otherwise."""
    loudness: LoudnessName | None = None
    """How loud the film is: `web` -16, `broadcast` -23, `streaming` -14 LUFS; None when nobody said: as for the web."""
    backends: Mapping[str, str | Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    """Name of the back end for each kind: `video`, `voice`, `music`, `reader`, `fetcher`, `finish`, `sound`,
    `assembly`.

    Of `video`, several: a chain, in which each works on the clip of the one before it.
    """
    options: Mapping[str, Mapping[str, Option]] = {}
    """The back ends' own tables, by kind; `[sources]` is the reader's and the fetcher's."""

    @property
    def uses_model(self) -> bool:
        """Whether any agent asks a language model."""
        return bool(self.models_in_play)

    def model_of(self, role: RoleName) -> str | None:
        """Name of the model that a role asks; None where it goes by rules."""
        named = self.models.get(role, self.model)
        return None if named in BY_RULES else named

    @property
    def models_in_play(self) -> tuple[str, ...]:
        """Names of all models that any role asks, each once."""
        asked = (self.model_of(role) for role in ROLES)
        return tuple(dict.fromkeys(name for name in asked if name is not None))

    @property
    def digest(self) -> str:
        """Digest of all that can change the film beside the brief; never of a key."""
        host = self.base_url or ""
        mine = [[one.sound.name, one.sound.digest] for one in self.recordings]
        clips = [one.clip.model_dump(mode="json") for one in self.clips]
        said = {"audio_only": self.audio_only or None, "burn": self.burn_captions, "loudness": self.loudness}
        return digest(
            {
                "model": self.model,
                "host": host,
                "drafts": self.drafts if self.uses_model else 0,
                "passes": self.passes,
                "rounds": self.check_rounds,
                "stop_at": self.stop_at,
                "backends": dict(self.backends),
                **({"models": dict(self.models)} if self.models else {}),
                # Where Piper's voices lie says nothing of what they say.
                "options": {
                    kind: {name: value for name, value in table.items() if name != "piper_voices"}
                    for kind, table in self.options.items()
                },
                **({"sounds": mine} if mine else {}),
                **({"footage": clips} if clips else {}),
            }
            # What nobody asked for is not named, so that a film which was made without it stays the same film.
            | {name: value for name, value in said.items() if value is not None}
        )

    @property
    def form(self) -> Form:
        """Which form of the episode is made."""
        return "play" if self.audio_only else "film"

    def tool(self, kind: str, name: str = "") -> ToolSettings:
        """Return what the factory of a back end is given; `name` for another one than the settings name."""
        keys = {"openai": self.api_key, "huggingface": self.hf_token}
        return ToolSettings(
            name=name or self.backend(kind),
            options=dict(self.options.get("reader" if kind == "fetcher" else kind, {})),
            keys={whose: key for whose, key in keys.items() if key is not None},
            base_url=self.base_url or "",
            home=self.cache / "learned",
        )

    def backend(self, kind: str) -> str:
        """Name of the back end of a kind, of a chain the first; of voices, all that this machine has."""
        if kind == "video":
            return self.cameras[0]
        named = self.backends.get(kind, "auto" if kind == "voice" else "embedded")
        return named if isinstance(named, str) else named[0]

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the back ends through which a final take goes, in order."""
        named = self.backends.get("video", "embedded")
        return CHAINS.get(named, (named,)) if isinstance(named, str) else named


def load(given: Mapping[str, object], environ: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """Return the settings from the command line's own values, the environment and `director.toml` in `folder`.

    Raises `InputRefused` with one sentence for a value or a folder of sounds or footage that can't be used.
    """
    values: dict[str, object] = {"cache": user_cache_path("ten-four")}
    values |= _from_file((folder or Path.cwd()) / "director.toml")
    values |= {name: environ[variable] for name, variable in _ENVIRONMENT.items() if environ.get(variable)}
    if environ.get(PIPER_VOICES):
        options = cast(dict[str, dict[str, Option]], values.get("options", {}))
        values["options"] = options | {"voice": options.get("voice", {}) | {"piper_voices": environ[PIPER_VOICES]}}
    if environ.get("OPENAI_API_BASE") and "base_url" not in values:
        values["base_url"] = environ["OPENAI_API_BASE"]
    values |= {name: value for name, value in given.items() if value is not None}
    values |= _models(values, given.get("model") or environ.get("TENFOUR_MODEL"))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputRefused(f"The setting {place!r} can't be used: {first['msg']}.") from error
    update: dict[str, object] = {"out": settings.out.expanduser().resolve()}
    if settings.site is not None:
        update["site"] = checked_base(settings.site)
    if settings.sounds is not None:
        update["recordings"] = read_folder(settings.sounds.expanduser().absolute())
    if settings.footage is not None:
        update["footage"] = settings.footage.expanduser().absolute()
        # A play shows nothing.
        update["clips"] = () if settings.audio_only else footage_folder.read_folder(settings.footage.expanduser())
    return settings.model_copy(update=update)


def _models(values: Mapping[str, object], said: object) -> dict[str, object]:
    """Return the models as they are meant; `said` is what the command line or the environment names.

    Whoever says "none" there means every role; a role's own model in the file means that role alone.
    """
    if said in ("none", "rules"):
        return {"model": None, "models": {}}
    if values.get("model") in BY_RULES:
        reachable = values.get("api_key") or values.get("base_url")
        unsaid = values.get("model") is None and not values.get("models")
        return {"model": DEFAULT_MODEL if reachable and unsaid else None}
    return {}


_TABLES = {"sources": "reader"} | {
    kind: kind for kind in ("video", "voice", "music", "reader", "finish", "sound", "assembly")
}
"""Tables of `director.toml`, each with the kind of back end whose options it holds."""


def _from_file(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefused(f"director.toml can't be read: {error}.") from error
    values = dict(table)
    models = values.pop("models", {})
    if isinstance(models, dict):
        if models.get("default"):
            values["model"] = models["default"]
        values["models"] = {role: name for role, name in models.items() if role != "default"}
    if "limits" in values:
        values["model_limits"] = values.pop("limits")
    options: dict[str, dict[str, Option]] = {}
    for name, kind in _TABLES.items():
        own = values.pop(name, None)
        if isinstance(own, dict):
            options[kind] = options.get(kind, {}) | own
    if options:
        values["options"] = options
    return values
