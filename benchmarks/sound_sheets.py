"""`python -m benchmarks.sound_sheets FILM_OR_EPISODE_FOLDER OUT.png`: the sound of a made episode as one tall picture.

Against time, in rows of twenty seconds: waveform and log-frequency spectrogram of each stem and of the film as a player
decodes it, with scenes and cards, lines (id and speaker, those on the air in orange), sound events and stops of the
music drawn over. Below stand the measured facts and the findings, which are printed too.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import skia
from numpy.typing import NDArray

from benchmarks.sound_films import Stereo
from benchmarks.sound_findings import Finding, Made, events_of, findings, opened, stops_of, told
from episodes.cut import CARDS
from episodes.format import SAMPLE_RATE
from tools.finish.text import colour, drawable, font, ink, outline, width_of

ROW_SECONDS, PIXELS_A_SECOND = 20, 80
WAVE_HEIGHT, SPECTRUM_HEIGHT, HEAD_HEIGHT, GAP = 44, 116, 58, 6
MARGIN = 74
LOWEST_HZ, HIGHEST_HZ = 60.0, 16_000.0
_FLOOR_DB, _TOP_DB = -110.0, -25.0
_WINDOW = 2048
_TRACKS = ("dialogue", "radio", "effects", "music", "film")
_INKS = {"dialogue": "#7fc8ff", "radio": "#ffb14a", "effects": "#8fe08f", "music": "#d9a0ff", "film": "#f2f2f2"}
_GROUND, _PAPER, _FAULT, _STOP = "#10141c", "#dfe6ee", "#ff5a5a", "#ff3b6b"
_HEAT = np.array(
    [(0, 0, 8), (24, 12, 70), (92, 20, 110), (170, 44, 96), (228, 92, 48), (250, 170, 40), (252, 244, 168)], np.float64
)
"""Colours of the spectrogram from silence to loud, red, green, blue."""


def drawn(made: Made, found: Sequence[Finding], lines: Sequence[str]) -> skia.Image:
    """Return the sheet, with these findings marked and these lines of text below."""
    seconds = len(made.sound("film")) / SAMPLE_RATE
    rows = max(1, int(np.ceil(seconds / ROW_SECONDS)))
    track_height = WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP
    row_height = HEAD_HEIGHT + track_height * len(_TRACKS) + 14
    width = MARGIN + ROW_SECONDS * PIXELS_A_SECOND + 12
    height = 40 + rows * row_height + 26 * (len(lines) + 1)
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    canvas.clear(colour(_GROUND))
    _write(canvas, made.name, 12, 27, 20)
    for row in range(rows):
        _row(canvas, made, found, row * ROW_SECONDS, 40 + row * row_height)
    for number, line in enumerate(lines):
        wrong = line.lstrip()[:1].isdigit() and " s  " in line
        canvas.drawString(
            drawable(line) if wrong else line, 12, 40 + rows * row_height + 26 * (number + 1), font(17, "mono"),
            ink(_FAULT if wrong else _PAPER),
        )  # fmt: skip
    return surface.makeImageSnapshot()


def _row(canvas: skia.Canvas, made: Made, found: Sequence[Finding], start: int, top: float) -> None:
    """Draw twenty seconds of all tracks from `start` on."""
    track_top = top + HEAD_HEIGHT
    for name in _TRACKS:
        sound = made.sound(name)
        part = sound[start * SAMPLE_RATE : (start + ROW_SECONDS) * SAMPLE_RATE]
        canvas.drawImage(skia.Image.fromarray(spectrogram(part)), MARGIN, track_top + WAVE_HEIGHT)
        _wave(canvas, part, track_top, _INKS[name])
        _write(canvas, name, 6, track_top + 26, 13, _INKS[name])
        for hertz, word in ((100, "100"), (400, "400"), (2500, "2.5k"), (8000, "8k")):
            y = track_top + WAVE_HEIGHT + (1 - place_of(hertz)) * SPECTRUM_HEIGHT
            _write(canvas, word, 34, y + 4, 10, "#8a94a3")
            canvas.drawLine(MARGIN - 5, y, MARGIN, y, ink("#8a94a3"))
            if name == "radio" and hertz in (400, 2500):
                line = outline("#ffffff", 0.8, 0.45)
                canvas.drawLine(MARGIN, y, MARGIN + len(part) / SAMPLE_RATE * PIXELS_A_SECOND, y, line)
        track_top += WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP
    _marks(canvas, made, found, start, top)


def _wave(canvas: skia.Canvas, part: Stereo, top: float, paint: str) -> None:
    """Draw the highest and lowest sample of each pixel; full scale fills the height."""
    step = SAMPLE_RATE // PIXELS_A_SECOND
    whole = part[: len(part) - len(part) % step]
    middle, half = top + WAVE_HEIGHT / 2, WAVE_HEIGHT / 2 - 1
    canvas.drawRect(skia.Rect.MakeXYWH(MARGIN, top, len(part) / step, WAVE_HEIGHT), ink("#182030"))
    if not len(whole):
        return
    shaped = whole.reshape(-1, step * 2)
    path = skia.Path()
    for x, (high, low) in enumerate(zip(shaped.max(axis=1).tolist(), shaped.min(axis=1).tolist(), strict=True)):
        path.moveTo(MARGIN + x + 0.5, middle - min(high, 1.0) * half - 0.5)
        path.lineTo(MARGIN + x + 0.5, middle - max(low, -1.0) * half + 0.5)
    canvas.drawPath(path, outline(paint, 1.0))


def spectrogram(part: Stereo) -> NDArray[np.uint8]:
    """Return a stretch of sound as a picture, one column for each pixel of time, low tones below.

    Shape (SPECTRUM_HEIGHT, columns, 4), red first. Levels from -110 to -25 dBFS go from dark to bright.
    """
    step = SAMPLE_RATE // PIXELS_A_SECOND
    columns = max(len(part) // step, 1)
    mono = np.pad(part.mean(axis=1), (_WINDOW // 2, _WINDOW + step))
    frames = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[: columns * step : step]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), axis=1)) ** 2 / (_WINDOW / 4) ** 2
    edges = LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (np.arange(SPECTRUM_HEIGHT + 1) / SPECTRUM_HEIGHT)
    first = np.floor(edges[:-1] * _WINDOW / SAMPLE_RATE).astype(int)
    last = np.maximum(np.ceil(edges[1:] * _WINDOW / SAMPLE_RATE).astype(int), first + 1)
    bands = np.stack([power[:, a:b].max(axis=1) for a, b in zip(first, last, strict=True)])[::-1]
    share = np.clip((10 * np.log10(bands + 1e-14) - _FLOOR_DB) / (_TOP_DB - _FLOOR_DB), 0, 1) * (len(_HEAT) - 1)
    rgb = [np.interp(share, range(len(_HEAT)), _HEAT[:, channel]) for channel in range(3)]
    return np.ascontiguousarray(np.stack([*rgb, np.full(share.shape, 255.0)], axis=-1).astype(np.uint8))


def place_of(hertz: float) -> float:
    """Return where a frequency lies in a spectrogram, 0 at the bottom and 1 at the top."""
    return float(np.log(hertz / LOWEST_HZ) / np.log(HIGHEST_HZ / LOWEST_HZ))


def _ruler(canvas: skia.Canvas, start: int, top: float) -> None:
    for second in range(ROW_SECONDS + 1):
        left = MARGIN + second * PIXELS_A_SECOND
        canvas.drawLine(left, top - 5, left, top, ink("#8a94a3"))
        if second % 5 == 0 and second < ROW_SECONDS:
            _write(canvas, f"{start + second} s", left + 3, top - 3, 10, "#8a94a3")


def _marks(canvas: skia.Canvas, made: Made, found: Sequence[Finding], start: int, top: float) -> None:
    """Draw scenes, lines, events, stops and findings over a row."""
    _ruler(canvas, start, top + HEAD_HEIGHT)
    track = WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP
    effects, music = top + HEAD_HEIGHT + 2 * track, top + HEAD_HEIGHT + 3 * track
    bottom = top + HEAD_HEIGHT + track * len(_TRACKS) - GAP
    for x, scene in _seen(_scenes(made), start):
        canvas.drawLine(x, top, x, bottom, outline("#ffffff", 1.4, 0.8))
        _write(canvas, scene, x + 3, top + 13, 13, "#ffffff")
    for number, (at, seconds, words, on_air) in enumerate(_lines(made)):
        _bar(canvas, (at - start, at + seconds - start), top + 16 + 13 * (number % 2), words, on_air)
    for number, (x, kind) in enumerate(_seen(events_of(made.episode), start)):
        canvas.drawLine(x, effects, x, effects + WAVE_HEIGHT, outline("#fff27a", 1.0, 0.8))
        if kind != "step":
            _write(canvas, kind, x + 2, effects + 11 + 11 * (number % 3), 10, "#fff27a")
    for x, _ in _seen([(stop, "") for stop in stops_of(made.episode)], start):
        canvas.drawLine(x, music, x, music + WAVE_HEIGHT + SPECTRUM_HEIGHT, outline(_STOP, 2.0))
        _write(canvas, "stop", x + 3, music + 11, 11, _STOP)
    for x, _ in _seen([(finding.at, "") for finding in found], start):
        canvas.drawCircle(x, bottom + 4, 5, ink(_FAULT))


def _scenes(made: Made) -> list[tuple[float, str]]:
    """Return where each scene or card begins, and its name."""
    found: list[tuple[float, str]] = []
    for at, clip in made.episode.the_cut.track("V1").placed():
        scene = clip.media if clip.media in CARDS else clip.media.split("-")[0]
        if not found or found[-1][1] != scene:
            found.append((float(at), scene))
    return found


def _seen(moments: Sequence[tuple[float, str]], start: int) -> list[tuple[float, str]]:
    """Return what lies in the row that begins at `start`, with its place across the picture."""
    inside = [(at - start, word) for at, word in moments if start <= at < start + ROW_SECONDS]
    return [(MARGIN + at * PIXELS_A_SECOND, word) for at, word in inside]


def _lines(made: Made) -> list[tuple[float, float, str, bool]]:
    """Return start, length, label and whether it is on the air, of each line in order."""
    found = []
    for track in (made.episode.the_cut.track("A1"), made.episode.the_cut.track("A2")):
        for at, clip in track.placed():
            line = made.episode.line(clip.media)
            name = made.episode.the_world.character(line.speaker).short_name
            found.append((float(at), float(clip.seconds), f"{line.id} {name} ({line.channel})", track.name == "A2"))
    return sorted(found)


def _bar(canvas: skia.Canvas, span: tuple[float, float], top: float, words: str, on_air: bool) -> None:
    first, last = max(span[0], 0.0), min(span[1], float(ROW_SECONDS))
    if last <= first:
        return
    shade = _INKS["radio"] if on_air else _INKS["dialogue"]
    left, width = MARGIN + first * PIXELS_A_SECOND, (last - first) * PIXELS_A_SECOND
    canvas.drawRect(skia.Rect.MakeXYWH(left, top, width, 12), ink(shade, 0.85))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(left, top, max(width, width_of(words, 10) + 4), 12))
    _write(canvas, words, left + 2, top + 10, 10, "#10141c" if width > width_of(words, 10) else "#ffffff")
    canvas.restore()


def _write(canvas: skia.Canvas, text: str, x: float, y: float, size: float, shade: str = _PAPER) -> None:
    canvas.drawString(drawable(text), x, y, font(size), ink(shade))


def main(arguments: list[str]) -> int:
    """Draw the sheet, print its facts; exit with 1 when something is found wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sound_sheets", description=__doc__)
    parser.add_argument("episode", type=Path, help="the film, or the folder of its record")
    parser.add_argument("out", type=Path, help="the picture to write, .png")
    given = parser.parse_args(arguments)
    made = opened(given.episode)
    found = findings(made)
    lines = told(made, found)
    drawn(made, found, lines).save(str(given.out), skia.kPNG)
    print("\n".join(lines))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
