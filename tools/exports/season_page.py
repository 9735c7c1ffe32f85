"""The season's page: one file that plays every episode from the folder it lies in, without network or server."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.value import Value
from episodes.whole_file import replace_file
from tools.exports.listing import ListedSeason

if TYPE_CHECKING:
    from jinja2 import Template

GENERATOR = '<meta name="generator" content="Ten-Four">'
GROUND = "#0b0d12"
LEAST_CONTRAST = 6.0
"""Of the accent on the page's ground; small text needs 4.5 (WCAG 2.2, 1.4.3)."""


class Around(Value):
    """What lies beside the season's folder and in it, for the page to point at."""

    poster: str = ""
    """Relative URL of the poster; empty where there is none."""
    feed: str = ""
    """Relative URL of the feed; empty where there is none."""


def write_season_page(season: ListedSeason, around: Around, path: Path) -> bool:
    """Write the page unless the same one or a person's own is there; return whether it was written.

    Raises `OutOfSpace`.
    """
    page = season_page(season, around).encode()
    if path.exists():
        old = path.read_bytes()
        if old == page or GENERATOR.encode() not in old:
            return False
    replace_file(path, page)
    return True


def season_page(season: ListedSeason, around: Around) -> str:
    """Return the page. Nothing in a title, a name or a path is markup, script or another address."""
    from tools.finish.looks import look_of

    look = look_of(season.look)
    accent = readable(max((look.accent, look.second), key=_light))
    return _template().render(season=season, around=around, accent=accent, ground=GROUND, generator=GENERATOR)


def readable(tint: str) -> str:
    """Return a colour that can be read on the page's ground: itself, or as much lighter as it takes."""
    parts = [int(tint[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(11):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 10):02x}" for part in parts)
        if contrast(mixed, GROUND) >= LEAST_CONTRAST:
            return mixed
    return "#ffffff"


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_light(first), _light(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(tint: str) -> float:
    parts = [int(tint[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _template() -> "Template":
    import jinja2

    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(day=_day, minutes=_minutes, clock=_clock, size=_size, seconds=lambda at: f"{float(at):.3f}")
    return made.get_template("season_page.html")


def _minutes(seconds: float) -> str:
    """Return a length in words: `1 min 32 s`."""
    whole, rest = divmod(round(seconds), 60)
    return " ".join([*([f"{whole} min"] if whole else []), *([f"{rest} s"] if rest or not whole else [])])


def _clock(seconds: float) -> str:
    """Return a moment as players show it: `1:05`."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def _size(count: int) -> str:
    """Return a size in words: `4.2 MB`."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} kB"


def _day(when: datetime) -> str:
    """Return a day in words: `7 March 2026`."""
    return f"{when.day} {when:%B %Y}"
