from collections.abc import Callable
from fractions import Fraction as F

from episodes.requests import PlacedBed, PlacedEvent, PlacedLine, SoundRequest
from episodes.script import Channel
from episodes.shots import (
    CameraOwner,
)
from tools.sound import wav

RATE = 48_000
STEMS = ("dialogue", "radio", "effects")
Perform = Callable[[SoundRequest], dict[str, wav.Samples]]


def scene(
    seconds: F = F(3),
    lines: tuple[PlacedLine, ...] = (),
    events: tuple[PlacedEvent, ...] = (),
    beds: tuple[PlacedBed, ...] = (),
    seed: int = 3,
) -> SoundRequest:
    return SoundRequest(scene="S01", seconds=seconds, lines=lines, events=events, beds=beds, seed=seed)


def line(
    channel: Channel,
    at: F = F(1),
    speaker: str = "okafor",
    *,
    wearer: bool = False,
    ear: CameraOwner = "bodycam",
    distance: float = 0.0,
) -> PlacedLine:
    return PlacedLine(
        line="S01-L01", at=at, channel=channel, speaker=speaker, wearer=wearer, ear=ear, distance=distance
    )


def bed(at: int, seconds: int, place: str = "street", weather: str = "clear", light: str = "night") -> PlacedBed:
    inside = place in ("shop", "car", "interview", "hallway", "dispatch_room", "diner", "kitchen")
    return PlacedBed.model_validate(
        {"at": at, "seconds": seconds, "set": place, "interior": inside, "weather": weather, "light": light}
    )
