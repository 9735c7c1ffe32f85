"""What a person says of a Space in `director.toml`: the table `[video.space]`, `[voice.space]` or `[music.space]`."""

from collections.abc import Mapping

from pydantic import ConfigDict, Field, JsonValue, ValidationError

from episodes.errors import BackendUnavailable
from episodes.requests import ControlPass
from episodes.value import Value, digest
from tools.protocols import Option, ToolSettings
from tools.spaces.hub import HUB
from tools.spaces.mapping import Hints
from tools.spaces.presets import Preset, presets
from tools.spaces.units import Unit
from tools.spaces.wishes import Purpose


class SpaceOptions(Value):
    """One Space and all that is said of it, by the person first and the preset second."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    space: str
    """`owner/space`, or the address of an app."""
    duplicates: tuple[str, ...] = ()
    """Others that do the same, asked in this order when the first is down, full or out of quota."""
    api_name: str = ""
    parameters: Mapping[str, str] = {}
    """Our name → theirs."""
    fixed: Mapping[str, JsonValue] = {}
    """Their name → the value that it always gets."""
    result: int | str | None = None
    """Which output is the media, counted from 0, or the key under which it stands."""
    max_seconds: float | None = Field(default=None, gt=0)
    """Longest take that it is asked for, handles included."""
    price_per_call: float = Field(default=0.0, ge=0)
    """In your currency; an upper bound."""
    seconds_unit: Unit | None = None
    """What a length is counted in: `seconds`, `frames`, `ms`, `minutes`, `tokens`, `half seconds`, `tenths`,
    `latents`."""
    fps: float | None = Field(default=None, gt=0)
    """Frames a second in which frames are counted."""
    steps: int | None = Field(default=None, gt=0)
    guidance: float | None = None
    start_image: bool | None = None
    """Whether it wants a first frame; None to see it from its description."""
    control: ControlPass | None = None
    """Which control video it wants."""
    wall: float = Field(default=10.0, ge=0)
    """Rough seconds of waiting for each second of media."""
    wait_seconds: float = Field(default=600.0, gt=0)
    """Longest wait for a Space to wake or build, and again for a call in its queue to finish."""
    outlive: bool | None = None
    """Whether an answer is waited for by a process that outlives ours, so that a killed production finds it; None: for
    video and music, whose calls are long, and not for lines."""
    most_megabytes: int = Field(default=512, gt=0)
    """Largest file that is taken from it."""
    hub: str = HUB
    """Address of the Hub that knows about Spaces."""

    @property
    def places(self) -> tuple[str, ...]:
        """The Space and its duplicates, in the order in which they are asked."""
        return tuple(dict.fromkeys((self.space, *self.duplicates)))

    @property
    def hints(self) -> Hints:
        """What the mapper must know."""
        return Hints(
            api_name=self.api_name,
            parameters=self.parameters,
            fixed=self.fixed,
            result=self.result,
            seconds_unit=self.seconds_unit,
            fps=self.fps,
        )

    @property
    def version(self) -> str:
        """Digest of all that decides what an equal request gives."""
        said = (self.space, self.hints, self.max_seconds, self.steps, self.guidance)
        return digest([part.model_dump(mode="json") if isinstance(part, Value) else part for part in said])[:12]


def options(settings: ToolSettings, purpose: Purpose) -> SpaceOptions:
    """Return what is to be asked of which Space: `settings.name` is its name, its address or a preset's.

    Raises `BackendUnavailable` with one sentence for a table that can't be used.
    """
    preset = presets(purpose).get(settings.name)
    values: dict[str, Option] = {"space": settings.name} if preset is None else _of_preset(preset)
    table = settings.table("space")
    # What is written for the one Space does not fit another one of a chain.
    own = table.get(settings.name)
    plain = {name: value for name, value in table.items() if name in SpaceOptions.model_fields}
    unknown = [name for name, value in table.items() if name not in plain and not isinstance(value, dict)]
    if unknown:
        known = ", ".join(SpaceOptions.model_fields)
        raise BackendUnavailable(f"[{purpose}.space] in director.toml has no setting {unknown[0]!r}; it has: {known}.")
    values |= _under_new_names(plain) | _under_new_names(own if isinstance(own, dict) else {})
    if "/" not in str(values["space"]):
        known = ", ".join(presets(purpose))
        raise BackendUnavailable(
            f"{values['space']!r} names no Space: write it as owner/space or as an address, or take one of {known}."
        )
    try:
        return SpaceOptions.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BackendUnavailable(
            f"[{purpose}.space] in director.toml: {place!r} can't be used: {first['msg']}."
        ) from error


def _under_new_names(table: Mapping[str, Option]) -> dict[str, Option]:
    """Return a table with the units by their full names: `s` and `sec` are `seconds`."""
    unit = table.get("seconds_unit")
    full = {"s": "seconds", "sec": "seconds", "milliseconds": "ms", "frame": "frames", "min": "minutes"}
    return {**table, **({"seconds_unit": full.get(unit, unit)} if isinstance(unit, str) else {})}


def _of_preset(preset: Preset) -> dict[str, Option]:
    said = preset.model_dump(mode="json", exclude_defaults=True)
    values = {name: value for name, value in said.items() if name in SpaceOptions.model_fields}
    return {**values, "wall": preset.wall, "start_image": preset.start_image}
