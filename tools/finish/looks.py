"""Looks: what a show looks like throughout, from the colours of its film to the letters of its cards.

Everything is set in one family of typefaces, Noto Sans and Noto Sans Mono. What parts the looks is how it is set:
its width, slant, case and spacing, what stands behind it, and the four colours of the look.
"""

from dataclasses import dataclass
from typing import Literal

from tools.finish.text import Style

Plate = Literal["shadow", "stencil", "band", "sign", "blinds", "screen", "outline", "misprint"]
"""How a title is treated. shadow: letters with a deep ink shadow; stencil: outlined and cut by a gap; band: letters
knocked out of a band; sign: letters on a framed sign; blinds: wide letters in a slit of light; screen: what a tape
player writes on a television; outline: hollow letters; misprint: two inks that don't meet."""

Texture = Literal["halftone", "rays", "lines", "blinds", "scanlines", "fog"]
"""What lies over the ground of a card."""

StripStyle = Literal["tape", "tag", "plank", "sign", "slit", "screen", "bar", "torn"]
"""Shape of a name strip."""


@dataclass(frozen=True)
class Letters:
    """How a title is set."""

    style: Style = "bold"
    upper: bool = True
    tracking: float = 0.0
    """Extra space between letters, in em."""
    width: float = 1.0
    """Horizontal scale of the letters."""
    slant: float = 0.0
    """Skew of the letters; positive leans to the right."""


@dataclass(frozen=True)
class Look:
    """One look. Offsets of colour are of blue, green and red in code values."""

    shadows: tuple[float, float, float]
    highlights: tuple[float, float, float]
    contrast: float
    """Strength of the S curve, 0 to 1."""
    saturation: float
    """1 leaves colours as they are."""
    fade: float
    """Code value that black is lifted to, as in a print."""
    ground: str
    """Darkest colour of cards; light looks have it light."""
    ink: str
    """Colour of lines and shadows."""
    paper: str
    """Colour of the letters on the ground."""
    accent: str
    second: str
    tint: str
    """Colour of what cameras write into their picture."""
    letters: Letters
    plate: Plate
    texture: Texture
    strip: StripStyle
    keeps_red: float = 0.0
    """How much of its reds a picture without colour keeps, 0 to 1."""
    scanlines: float = 0.0
    """How much darker every third row is."""
    bleed: float = 0.0
    """How far colours run to the right, as a share of the width."""

    @property
    def light_ground(self) -> bool:
        """Whether cards are dark on light."""
        red, green, blue = (int(self.ground[index : index + 2], 16) for index in (1, 3, 5))
        return 0.3 * red + 0.59 * green + 0.11 * blue > 128


LOOKS: dict[str, Look] = {
    "night_blue": Look(
        shadows=(17, 4, -4), highlights=(-14, 2, 10), contrast=0.30, saturation=1.04, fade=0,
        ground="#0b1430", ink="#04060d", paper="#f7f3e6", accent="#f2a541", second="#d8364a", tint="#eef2f6",
        letters=Letters(width=0.86, slant=0.10), plate="shadow", texture="halftone", strip="tape",
    ),
    "sodium": Look(
        shadows=(-3, 1, 9), highlights=(-32, -2, 18), contrast=0.28, saturation=0.94, fade=0,
        ground="#1d0f07", ink="#080402", paper="#ffd9a0", accent="#ff8b2b", second="#8fae5d", tint="#ffe3bd",
        letters=Letters(style="mono_bold", tracking=-0.02, width=0.92), plate="stencil", texture="lines", strip="tag",
    ),
    "high_noon": Look(
        shadows=(-6, 1, 8), highlights=(-20, 4, 14), contrast=0.40, saturation=0.84, fade=7,
        ground="#efd9a4", ink="#2a1510", paper="#2a1510", accent="#c8401f", second="#2f6f73", tint="#fff3d6",
        letters=Letters(tracking=0.05, width=1.12), plate="band", texture="rays", strip="plank",
    ),
    "daylight": Look(
        shadows=(6, 1, 0), highlights=(-5, 1, 4), contrast=0.18, saturation=1.0, fade=0,
        ground="#cfe3ee", ink="#12233b", paper="#12233b", accent="#2460b8", second="#f1b31c", tint="#ffffff",
        letters=Letters(upper=False, tracking=-0.015), plate="sign", texture="halftone", strip="sign",
    ),
    "noir": Look(
        shadows=(4, 2, 2), highlights=(-2, 0, 2), contrast=0.52, saturation=0.06, fade=0,
        ground="#0c0c0d", ink="#000000", paper="#ece6d8", accent="#b3202c", second="#8c877c", tint="#ece6d8",
        letters=Letters(style="regular", tracking=0.26, width=0.94), plate="blinds", texture="blinds", strip="slit",
        keeps_red=0.24,
    ),
    "vhs": Look(
        shadows=(16, -2, 14), highlights=(-4, -8, 8), contrast=0.06, saturation=1.16, fade=13,
        ground="#1a0b2e", ink="#07030f", paper="#f4f1ff", accent="#59e0d2", second="#ff4fa3", tint="#f4f1ff",
        letters=Letters(style="mono_bold", width=0.9), plate="screen", texture="scanlines", strip="screen",
        scanlines=0.13, bleed=0.0032,
    ),
    "harbour": Look(
        shadows=(10, 9, -9), highlights=(-2, 8, -8), contrast=0.16, saturation=0.78, fade=11,
        ground="#0e2a30", ink="#041014", paper="#e2efe6", accent="#ff7a5c", second="#7fb8a8", tint="#e2efe6",
        letters=Letters(tracking=0.10, width=1.0), plate="outline", texture="fog", strip="bar",
    ),
    "pulp": Look(
        shadows=(20, -3, 8), highlights=(-30, -4, 10), contrast=0.38, saturation=1.12, fade=12,
        ground="#f0e6cf", ink="#1d2550", paper="#1d2550", accent="#e2402f", second="#2c8fc4", tint="#fff7e2",
        letters=Letters(width=0.78, tracking=0.01), plate="misprint", texture="halftone", strip="torn",
    ),
}  # fmt: skip
"""By name; an unknown name gets the first, so that an old record still plays."""


def look_of(name: str) -> Look:
    """Return a look by its name."""
    return LOOKS.get(name, LOOKS["night_blue"])
