"""A sheet to look at: waveform and spectrogram of a film's music, with its cues, hits and stops marked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import signal

from episodes.format import SAMPLE_RATE
from episodes.scoring import ScoredCue

_WIDE, _WAVE, _SPECTRUM, _ROW = 1600, 110, 300, 30.0
"""Width in pixels, heights of the two bands, and seconds in a row."""
_LOW, _HIGH = 40.0, 12_000.0
_INK, _PAPER = (25, 25, 30), (250, 248, 242)
_CUE, _HIT, _STOP = (30, 90, 200), (220, 120, 0), (200, 30, 60)


def draw_sheet(sound: NDArray[np.float32], cues: Sequence[ScoredCue], path: Path) -> None:
    """Write the sheet: rows of 30 s, each with the waveform above and the spectrogram (40 Hz to 12 kHz, 70 dB) below.

    Blue: a cue begins; orange: a hit; red: the music is gone between two lines.
    """
    rows = int(np.ceil(len(sound) / SAMPLE_RATE / _ROW))
    high = _WAVE + _SPECTRUM + 24
    sheet = Image.new("RGB", (_WIDE, rows * high), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for row in range(rows):
        part = sound[round(row * _ROW * SAMPLE_RATE) : round((row + 1) * _ROW * SAMPLE_RATE)]
        part = np.pad(part, ((0, round(_ROW * SAMPLE_RATE) - len(part)), (0, 0)))
        top = row * high + 20
        _wave(draw, part, top)
        sheet.paste(_spectrum(part), (0, top + _WAVE))
        for cue in cues:
            start = float(cue.at) - row * _ROW
            _mark(draw, start, top, _CUE, f"{cue.media.split(':')[0]} {cue.request.mood} {cue.request.key}")
            for hit in cue.request.hits:
                _mark(draw, start + float(hit), top, _HIT)
            for stop in cue.request.stops:
                _mark(draw, start + float(stop.at), top, _STOP)
                _mark(draw, start + float(stop.until), top, _STOP)
    sheet.save(path)


def _wave(draw: ImageDraw.ImageDraw, part: NDArray[np.float32], top: int) -> None:
    middle, each = top + _WAVE / 2, len(part) // _WIDE
    for x in range(_WIDE):
        column = part[x * each : (x + 1) * each]
        low, high = float(column.min()), float(column.max())
        draw.line((x, middle - high * _WAVE / 2, x, middle - low * _WAVE / 2), fill=_INK)


def _spectrum(part: NDArray[np.float32]) -> Image.Image:
    hop = len(part) // _WIDE
    _, _, bins = signal.stft(part.mean(axis=1), SAMPLE_RATE, nperseg=4096, noverlap=4096 - hop)
    level = 20 * np.log10(np.abs(bins) + 1e-7)
    rows = np.geomspace(_HIGH, _LOW, _SPECTRUM) * 4096 / SAMPLE_RATE
    shade = np.clip((level[np.rint(rows).astype(int), :_WIDE] + 95) / 70, 0, 1)
    colours = np.stack((shade**1.5, shade**2.5, 0.15 + 0.6 * shade * (1 - 0.4 * shade)), axis=2)
    return Image.fromarray(np.asarray(255 * colours, np.uint8))


def _mark(draw: ImageDraw.ImageDraw, seconds: float, top: int, colour: tuple[int, int, int], words: str = "") -> None:
    if not 0 <= seconds < _ROW:
        return
    x = seconds / _ROW * _WIDE
    draw.line((x, top, x, top + _WAVE + _SPECTRUM), fill=colour)
    if words:
        draw.text((x + 3, top - 16), words, fill=colour)
