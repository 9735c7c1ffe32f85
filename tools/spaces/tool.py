"""What all back ends by a Space have in common, whatever they make."""

from typing import ClassVar

from episodes.tasks import Limits, ToolInfo
from tools.protocols import Readiness, ToolSettings
from tools.spaces.space import Space
from tools.spaces.wishes import Purpose

_VERSION = "1"


class SpaceTool:
    """A `Tool` that asks one Space, or its duplicates."""

    purpose: ClassVar[Purpose]

    def __init__(self, settings: ToolSettings) -> None:
        """Read the settings and reach nothing. Raises `BackendUnavailable` for settings that can't be used."""
        self._space = Space(settings, self.purpose)
        self._threads = max(1, settings.threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version, price, speed and limits."""
        options = self._space.options
        return ToolInfo(
            name=self._space.name,
            version=f"{_VERSION}.{options.version}",
            outside=True,
            price_per_call=options.price_per_call,
            wall_per_second=options.wall,
            limits=self.limits,
        )

    @property
    def limits(self) -> Limits:
        """What the Space can do; only of a camera does anybody ask."""
        return Limits()

    def readiness(self) -> Readiness:
        """Return whether the Space could work now."""
        return self._space.readiness()

    def describe(self) -> str:
        """Return how a request is mapped to the Space, as a table."""
        return self._space.describe()
