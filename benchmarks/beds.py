"""`python -m benchmarks.beds OUT.png`: every set in every weather by day and night, as spectrograms on one sheet.

Each cell is twelve seconds from left to right, 40 Hz to 12 kHz from bottom to top in octaves, 60 dB from dark to light.
Under it the command says how far the beds are from each other: the root mean square difference of their third-octave
levels in decibels, both at equal loudness.
"""

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.cast import SetName
from episodes.effects import Light, Weather
from episodes.format import SAMPLE_RATE
from tools.sound.beds import Kind, bed
from tools.sound.wav import Samples

SECONDS = 12
INDOORS = ("shop", "car", "interview", "hallway", "dispatch_room", "diner", "kitchen")
COLUMNS: tuple[tuple[Weather, Light], ...] = (
    ("clear", "day"), ("clear", "night"), ("rain", "day"), ("rain", "night"), ("wind", "night"), ("fog", "night"),
    ("snow", "day"),
)  # fmt: skip
WIDTH, HEIGHT, RANGE_DB = 200, 96, 60.0
_OCTAVES = np.geomspace(40, 12_000, HEIGHT)
_THIRDS = 40 * 2 ** (np.arange(26) / 3)


def sounded(place: SetName, weather: Weather, light: Light, seed: int = 7) -> Samples:
    """Return one bed, mono."""
    kind = Kind(place, place in INDOORS, weather, light)
    stream = bed(kind, seed, lambda at: np.full(len(at), 0.3))
    return np.asarray(stream.read(SECONDS * SAMPLE_RATE).mean(axis=1), dtype=np.float32)


def cell(sound: Samples) -> NDArray[np.uint8]:
    """Return a spectrogram, `[HEIGHT, WIDTH, 3]`."""
    hertz, _, power = signal.spectrogram(sound, SAMPLE_RATE, nperseg=4096, noverlap=2048)
    db = 10 * np.log10(np.maximum(power, 1e-14))
    rows = np.stack([np.interp(_OCTAVES, hertz, column) for column in db.T], axis=1)
    shade = np.clip((rows - (rows.max() - RANGE_DB)) / RANGE_DB, 0, 1)[::-1]
    small = cv2.resize((shade * 255).astype(np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.applyColorMap(small, cv2.COLORMAP_INFERNO))


def levels(sound: Samples) -> NDArray[np.float64]:
    """Return third-octave levels from 40 Hz to 13 kHz in decibels, their mean taken off."""
    hertz, power = signal.welch(sound, SAMPLE_RATE, nperseg=16_384)
    edges = _THIRDS * 2 ** (-1 / 6), _THIRDS * 2 ** (1 / 6)
    bands = [power[(hertz >= low) & (hertz < high)].sum() for low, high in zip(*edges, strict=True)]
    found = 10 * np.log10(np.maximum(bands, 1e-14))
    return np.asarray(found - found.mean())


def distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the root mean square difference of two beds' levels in decibels."""
    return float(np.sqrt(np.mean((one - other) ** 2)))


def sheet(beds: dict[tuple[SetName, Weather, Light], Samples]) -> NDArray[np.uint8]:
    """Return all cells on one sheet, a set a row."""
    rows = []
    for place in get_args(SetName):
        label = np.zeros((HEIGHT, 120, 3), np.uint8)
        cv2.putText(label, place, (4, HEIGHT // 2), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (255, 255, 255), 1, cv2.LINE_AA)
        cells = [np.pad(cell(beds[place, weather, light]), ((0, 4), (0, 4), (0, 0))) for weather, light in COLUMNS]
        rows.append(np.hstack([np.pad(label, ((0, 4), (0, 0), (0, 0))), *cells]))
    head = np.zeros((22, rows[0].shape[1], 3), np.uint8)
    for number, (weather, light) in enumerate(COLUMNS):
        at = (124 + number * (WIDTH + 4), 15)
        cv2.putText(head, f"{weather} {light}", at, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (255, 255, 255), 1, cv2.LINE_AA)
    return np.vstack([head, *rows])


def report(beds: dict[tuple[SetName, Weather, Light], Samples]) -> Iterator[str]:
    """Yield a matrix of the sets by clear night, and the pairs of weathers that are nearest to each other."""
    found = {key: levels(sound) for key, sound in beds.items()}
    sets = get_args(SetName)
    yield f"{'dB':14}" + "".join(f"{name[:7]:>8}" for name in sets)
    for one in sets:
        row = (distance(found[one, "clear", "night"], found[other, "clear", "night"]) for other in sets)
        yield f"{one:14}" + "".join(f"{value:8.1f}" for value in row)
    nearest = min(
        (distance(found[a, "clear", "night"], found[b, "clear", "night"]), a, b) for a, b in combinations(sets, 2)
    )
    yield f"nearest sets by clear night: {nearest[1]} and {nearest[2]}, {nearest[0]:.1f} dB"
    for place in sets:
        pairs = combinations(COLUMNS, 2)
        close = sorted((distance(found[place, *a], found[place, *b]), " ".join(a), " ".join(b)) for a, b in pairs)
        yield f"{place:14} nearest weathers: " + "; ".join(f"{a} / {b} {d:.1f}" for d, a, b in close[:3])


def main(arguments: list[str]) -> int:
    """Draw the sheet and print the report."""
    if len(arguments) != 1:
        sys.stderr.write("python -m benchmarks.beds OUT.png\n")
        return 2
    beds = {
        (place, weather, light): sounded(place, weather, light)
        for place in get_args(SetName)
        for weather, light in COLUMNS
    }
    cv2.imwrite(str(Path(arguments[0])), sheet(beds))
    sys.stdout.write("\n".join(report(beds)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
