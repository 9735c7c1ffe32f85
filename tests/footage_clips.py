"""Footage for tests: a world, shots and clips as values, and tiny clips on disk."""

from fractions import Fraction
from pathlib import Path

from episodes.cast import Agency, Character, Place, Prop, World
from episodes.own_media import OwnClip
from episodes.shots import Shot, Subject
from tools import ffmpeg

WORLD = World(
    agency=Agency(name="Button County Sheriff", county="Button County"),
    characters=(
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer"),
        Character(id="pell", name="Ines Pell", short_name="Pell", role="witness"),
        Character(id="goose", name="The Goose", short_name="the goose", role="suspect", kind="animal"),
    ),
    props=(Prop(id="doughnut", name="jelly doughnut"), Prop(id="lead", name="dog lead")),
    places=(
        Place(id="corner", name="the four-way stop", set="street", interior=False, landmark="a clock with three hands"),
        Place(id="shop", name="Hole Foods", set="shop", interior=True, landmark="a fibreglass doughnut"),
        Place(id="alley", name="Back Plum Street", set="alley", interior=False),
        Place(id="pier", name="Pier 4", set="waterfront", interior=False),
    ),
)
LICENCE = "my own recordings, all people agreed"


def shot(*seen: str, **update: object) -> Shot:
    """Return an establishing shot of the corner at night, or what `update` makes of it."""
    plain = Shot(
        id="S01-01", scene="S01", beats=("S01-B1",), role="establishing", owner="bodycam", wearer="okafor", size="long",
        place="corner", clock="2026-05-04T02:10:00", light="night", seconds=Fraction(3),
        subjects=tuple(Subject(id=who) for who in seen),
    )  # fmt: skip
    return plain.model_copy(update=update)


def clip(words: str, **update: object) -> OwnClip:
    """Return a clip of 20 seconds that is named by its words."""
    name = "-".join(words.lower().split())
    plain = OwnClip(
        name=name, digest=f"digest of {name}", form="mov", words=words, licence=LICENCE, seconds=Fraction(20)
    )
    return plain.model_copy(update=update)


def film(path: Path, seconds: float = 2.0, size: str = "160x90", fps: int = 12, source: str = "testsrc2") -> Path:
    """Write a tiny clip with a picture that moves and a sound."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ffmpeg.run(
        ["-f", "lavfi", "-i", f"{source}=s={size}:r={fps}:d={seconds}", "-f", "lavfi", "-i", f"sine=d={seconds}",
         "-c:v", "mpeg4", "-q:v", "4", "-c:a", "aac", "-shortest", path]
    )  # fmt: skip
    return path


def folder(path: Path, *names: str, licence: str = f"licence: {LICENCE}", seconds: float = 1.0) -> Path:
    """Write a folder of clips with a licence, if any."""
    path.mkdir(parents=True, exist_ok=True)
    for name in names:
        film(path / name, seconds)
    if licence:
        (path / "LICENCE.txt").write_text(licence)
    return path
