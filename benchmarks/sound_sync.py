"""Sound against picture after many joins: a clapper in each segment, through the real assembler.

Each segment begins with one white frame; the dialogue has a click at the same moment. Both are looked for in the
decoded film.
"""

import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.sound_films import assembled, decoded_sound, encode_segment, write_scene
from benchmarks.verdicts import Verdict
from episodes.format import FORMATS, SAMPLE_RATE
from tools import ffmpeg
from tools.assembly.boxes import read_tracks

JOINS = 200
OFFSET_MS = 22.0
"""One AAC frame at 48 kHz is 21.3 ms (numbers.md)."""
LENGTHS = (7, 5, 11, 6)
"""Frames of the segments in turn, so that joins fall on all parts of an AAC frame."""
_CLICK = 48
_NEAR_SECONDS = 0.1


def verdicts(joins: int = JOINS) -> list[Verdict]:
    """Assemble the clapper film and return how far sound and picture are apart."""
    form = FORMATS["proof"]
    with tempfile.TemporaryDirectory() as bench:
        folder = Path(bench)
        white = "drawbox=w=iw:h=ih:t=fill:color=white:enable=eq(n\\,0)"
        claps = {
            frames: encode_segment(folder / str(frames), frames, "color=black:size=320x180:rate=12", white)
            for frames in LENGTHS
        }
        order = [(claps[LENGTHS[n % len(LENGTHS)]], LENGTHS[n % len(LENGTHS)]) for n in range(joins + 1)]
        starts = [sum(frames for _, frames in order[:n]) for n in range(joins + 1)]
        total = sum(frames for _, frames in order)
        scene = write_scene(folder / "scene", total * form.frame, dialogue=clicks(starts, total, form.fps))
        film, _ = assembled(order, scene, folder / "film")
        sound, bright = decoded_sound(film), _bright(film)
        tracks = {track.kind: track.shown_seconds for track in read_tracks(film)}
    if bright != starts:
        raise AssertionError(f"{len(bright)} white frames were found where {len(starts)} were joined")
    offsets = [1000 * offset for offset in offsets_of(sound, [frame / form.fps for frame in bright])]
    away = abs(tracks["vide"] - tracks["soun"])
    decoded = abs(Fraction(len(sound), SAMPLE_RATE) - total * form.frame)
    print(f"  {joins} joins, {total / form.fps:.0f} s: sound after picture {offsets[0]:+.2f} ms at the first clap,"
          f" {offsets[-1]:+.2f} ms at the last")  # fmt: skip
    return [
        Verdict("offset of sound to picture at the first clap, ms", abs(offsets[0]), OFFSET_MS),
        Verdict(f"offset after {joins} joins, ms", abs(offsets[-1]), OFFSET_MS),
        Verdict("largest offset of any clap, ms", max(map(abs, offsets)), OFFSET_MS),
        Verdict("difference of the declared lengths, frames", float(away * form.fps), 1),
        Verdict("difference of decoded sound and picture, frames", float(decoded * form.fps), 1),
    ]


def clicks(starts: Sequence[int], frames: int, fps: int) -> NDArray[np.float32]:
    """Return a click of 1 ms at the start of each of these frames, shape (samples, 2)."""
    track = np.zeros((round(Fraction(frames, fps) * SAMPLE_RATE), 2), np.float32)
    for frame in starts:
        at = round(Fraction(frame, fps) * SAMPLE_RATE)
        track[at : at + _CLICK] = 0.9
    return track


def offsets_of(sound: NDArray[np.float32], moments: Sequence[float]) -> list[float]:
    """Return the seconds by which the click near each moment comes after it; raise `ValueError` where there is none."""
    loud = np.abs(sound).max(axis=1)
    reach = round(_NEAR_SECONDS * SAMPLE_RATE)
    found = []
    for moment in moments:
        middle = round(moment * SAMPLE_RATE)
        first = max(middle - reach, 0)
        near = loud[first : middle + reach]
        if not len(near) or near.max() < 0.05:
            raise ValueError(f"no click is near {moment:.2f} s")
        found.append((first + int(np.argmax(near > near.max() / 2)) - middle) / SAMPLE_RATE)
    return found


def _bright(film: Path) -> list[int]:
    small = ["-map", "0:v:0", "-vf", "scale=1:1:flags=area", "-f", "rawvideo", "-pix_fmt", "gray"]
    with ffmpeg.reading([*ffmpeg.safe_input(film), *small]) as pipe:
        levels = np.frombuffer(pipe.read(), np.uint8)
    return [int(frame) for frame in np.flatnonzero(levels > 128)]
