"""Looks at and listens to a finished film, or listens to a play: one pass of decoding, and a look into the stems."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from episodes.film_requests import ExpectedLine, MeasureRequest
from episodes.format import SAMPLE_RATE
from episodes.results import HeardLine, Measurements, Span
from tools import ffmpeg
from tools.assembly.flashing import THUMBNAIL_FILTER, find_flashes
from tools.assembly.loudness import LOUDNESS_FILTER, read_loudness
from tools.assembly.pcm import BLOCK, Sound, StereoFile
from tools.assembly.stems import STEMS
from tools.assembly.stillness import CHANGE_FILTER, changes_in, find_frozen

BLACK_SECONDS = 0.1
BLACK_LEVEL = 0.06
SILENCE_SECONDS = 0.3
SILENCE_DB = -50
"""Shortest faults that are reported: ffmpeg's own defaults of 2 s miss what a viewer sees.

Black is below 6 % of the range, so that a night street is not black and grain on black is.
"""

_SOUND_FILTER = (
    f"silencedetect=noise={SILENCE_DB}dB:d={SILENCE_SECONDS},{LOUDNESS_FILTER},"
    "astats=measure_perchannel=none:measure_overall=Number_of_samples"
)

_EDGE = round(0.06 * SAMPLE_RATE)
_FLOOR_DB = -120.0


def measure_film(request: MeasureRequest, film: Path, stems: Path, threads: int) -> Measurements:
    """Measure a film and the folder of its stems.

    Black, frozen, flashing and silent stretches are reported wherever they are: which of them are meant (title and end
    card) is the editor's to judge. Raises `MediaBroken` when the film or a stem can't be read.
    """
    fps = ffmpeg.probe(film).fps
    with tempfile.TemporaryDirectory() as bench:
        thumbnails = Path(bench) / "thumbnails.raw"
        # Nothing else is at work when a film is looked at: all cores may decode.
        report = _look(film, thumbnails, max(threads, os.cpu_count() or 1))
        flashes = find_flashes(thumbnails, fps) if fps else ()
    heard = read_loudness(report)
    video = _frames(report) / fps if fps else 0.0
    return Measurements(
        video_seconds=video,
        audio_seconds=_samples(report) / SAMPLE_RATE,
        loudness_lufs=heard.lufs,
        true_peak_dbtp=heard.peak_dbtp,
        black=_spans(report, r"black_start:\s*([\d.]+)", r"black_end:\s*([\d.]+)", video),
        frozen=find_frozen(report, fps) if fps else (),
        flashes=flashes,
        silent=_spans(report, r"silence_start:\s*(-?[\d.]+)", r"silence_end:\s*([\d.]+)", video),
        lines=_listen(request.lines, stems),
    )


def measure_play(request: MeasureRequest, play: Path, stems: Path) -> Measurements:
    """Measure a radio play and the folder of its stems: all that can be heard. Raises `MediaBroken`."""
    listen = ["-vn", *ffmpeg.safe_input(play), "-map", "0:a:0", "-af", _SOUND_FILTER, "-f", "null", "-"]
    report = ffmpeg.run(listen, timeout=3600)
    heard, seconds = read_loudness(report), _samples(report) / SAMPLE_RATE
    return Measurements(
        video_seconds=0.0,
        audio_seconds=seconds,
        loudness_lufs=heard.lufs,
        true_peak_dbtp=heard.peak_dbtp,
        silent=_spans(report, r"silence_start:\s*(-?[\d.]+)", r"silence_end:\s*([\d.]+)", seconds),
        lines=_listen(request.lines, stems),
    )


def _look(film: Path, thumbnails: Path, threads: int) -> str:
    """Decode once, write a thumbnail of every frame, and return the report of all detectors."""
    black = f"blackdetect=d={BLACK_SECONDS}:pix_th={BLACK_LEVEL}"
    picture = f"[0:v:0]split[whole][small];[whole]{black},{CHANGE_FILTER}[seen];[small]{THUMBNAIL_FILTER}[cells]"
    return ffmpeg.run(
        # Blocks that are not smoothed over tell as much of blackness, stillness and flashes.
        ["-threads", str(threads), "-skip_loop_filter", "all", *ffmpeg.safe_input(film), "-filter_complex", picture,
         "-map", "[seen]", "-map", "0:a:0", "-af", _SOUND_FILTER, "-f", "null", "-",
         "-map", "[cells]", "-f", "rawvideo", thumbnails],
        timeout=3600,
    )  # fmt: skip


def _frames(report: str) -> int:
    """Return how many frames were decoded: one more than there are changes from one to the next."""
    return len(changes_in(report)) + 1


def _samples(report: str) -> int:
    found = re.search(r"Number of samples: (\d+)", report)
    return int(found[1]) if found else 0


def _spans(report: str, start: str, end: str, film_end: float) -> tuple[Span, ...]:
    """Return the stretches between starts and ends; one that is still open lasts to the end of the film."""
    starts = [max(float(at), 0.0) for at in re.findall(start, report)]
    ends = [float(at) for at in re.findall(end, report)]
    ends += [film_end] * (len(starts) - len(ends))
    return tuple(Span(at=at, seconds=max(to - at, 0.0)) for at, to in zip(starts, ends, strict=True))


def _listen(lines: tuple[ExpectedLine, ...], folder: Path) -> tuple[HeardLine, ...]:
    if not lines:
        return ()
    with StereoFile(folder / STEMS["A1"]) as dialogue, StereoFile(folder / STEMS["A2"]) as radio:
        tracks = {"A1": dialogue, "A2": radio}
        return tuple(_hear(line, tracks[line.track]) for line in lines)


def _hear(line: ExpectedLine, stem: StereoFile) -> HeardLine:
    start, end = round(line.at * SAMPLE_RATE), round((line.at + line.seconds) * SAMPLE_RATE)
    return HeardLine(
        line=line.line,
        level_db=_level(stem, start, end - start),
        head_db=_level(stem, start - _EDGE, _EDGE),
        tail_db=_level(stem, end, _EDGE),
    )


def _level(stem: StereoFile, start: int, count: int) -> float:
    """Return the RMS level in dBFS of a stretch of a stem, both sides together; -120 for silence."""
    energy = sum(float((sound.astype(np.float64) ** 2).mean(axis=1).sum()) for sound in _pieces(stem, start, count))
    return max(10 * float(np.log10(energy / max(count, 1) + 1e-30)), _FLOOR_DB)


def _pieces(stem: StereoFile, start: int, count: int) -> Iterator[Sound]:
    for at in range(start, start + count, BLOCK):
        yield stem.read(at, min(BLOCK, start + count - at))
