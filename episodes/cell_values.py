"""What stands in the cells of a returned table: numbers, moments and words of a list, as spreadsheets spell them."""

import re
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from episodes.effects import Light, Weather
from episodes.shots import Angle, CameraOwner, Direction, MovementKind, ShotRole, Size

CHOICES: dict[str, tuple[str, ...]] = {
    "role": get_args(ShotRole), "owner": get_args(CameraOwner), "size": get_args(Size), "angle": get_args(Angle),
    "movement": get_args(MovementKind), "direction": get_args(Direction), "light": get_args(Light),
    "weather": get_args(Weather),
}  # fmt: skip
"""Columns in which one of a few words may stand."""

_ALSO = {
    "size": {"cu": "close", "close_up": "close", "closeup": "close", "ecu": "extreme_close", "bcu": "extreme_close",
             "extreme_close_up": "extreme_close", "big_close_up": "extreme_close", "mcu": "medium_close",
             "medium_close_up": "medium_close", "ms": "medium", "mid": "medium", "fs": "full", "ls": "long",
             "wide": "long", "ws": "long", "els": "extreme_long", "very_wide": "extreme_long", "ews": "extreme_long"},
    "angle": {"eye_level": "eye", "low_angle": "low", "high_angle": "high", "top": "overhead", "canted": "dutch"},
    "movement": {"still": "static", "fixed": "static", "tripod": "static", "dolly_in": "push", "dolly_out": "pull"},
    "owner": {"body_cam": "bodycam", "dash_cam": "dashcam", "body_camera": "bodycam", "security_camera": "cctv"},
    "role": {"a": "a_roll", "b": "b_roll"},
}  # fmt: skip

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})[,T ]+(.+)")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})[,T ]+(.+)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]0+)?)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_SERIAL = datetime(1899, 12, 30)
"""Day zero of spreadsheets."""


def choice(column: str, text: str) -> str | None:
    """Return the word of the column's list that a cell means, or None."""
    plain = re.sub(r"[\s-]+", "_", text.strip().casefold()).removesuffix("_shot")
    plain = _ALSO.get(column, {}).get(plain, plain)
    return plain if plain in CHOICES[column] else None


def number(text: str) -> Fraction | None:
    """Return a number, also one with a decimal comma or with `s` behind it; None when it is none."""
    plain = re.sub(r"\s*(s|sec|secs|seconds)\.?$", "", text.strip().casefold())
    plain = plain.replace("\u00a0", "").replace("−", "-").replace(",", ".")
    return Fraction(plain) if re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,12})?", plain) else None


def same_number(found: Fraction, ours: Fraction, slack: Fraction) -> bool:
    """Whether a number is still ours: rounded by a spreadsheet, or with its point taken for a thousands' mark."""
    return abs(found - ours) <= slack or (found >= 1000 and found == ours * 1000)


def moments(text: str, near: datetime) -> list[tuple[datetime, bool]]:
    """Return what moments a cell may mean, each with whether it names seconds; the likeliest first.

    3/4/2026 is the third of April to some and the fourth of March to others: `near`, the moment that stood there,
    tells what is likelier, and gives the day to a bare time.
    """
    text = " ".join(text.split())
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        days = float(text.replace(",", "."))
        whole = _SERIAL + timedelta(seconds=round(days * 86_400))
        return [(whole, "." in text or "," in text)]
    found: list[tuple[datetime, bool]] = []
    if match := _YEAR_FIRST.fullmatch(text):
        found += _moment(int(match[1]), int(match[2]), int(match[3]), match[4])
    elif match := _DAY_FIRST.fullmatch(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        found += _moment(year, int(match[2]), int(match[1]), match[4])
        found += _moment(year, int(match[1]), int(match[2]), match[4])
    else:
        found += [
            (moment, exact)
            for days in (0, 1, -1)
            for moment, exact in _moment(*(near + timedelta(days=days)).timetuple()[:3], text)
        ]
    return sorted(found, key=lambda one: abs(one[0] - near))


def _moment(year: int, month: int, day: int, time: str) -> list[tuple[datetime, bool]]:
    match = _TIME.fullmatch(time.strip())
    if match is None:
        return []
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    try:
        return [(datetime(year, month, day, hour, int(match[2]), int(match[3] or 0)), match[3] is not None)]
    except ValueError:
        return []


def rising(numbers: list[int]) -> bool:
    """Whether no number is smaller than the one before it."""
    return all(first <= second for first, second in pairwise(numbers))
