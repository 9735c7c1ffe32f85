"""The embedded assembler: one film out of finished segments and the scenes' sounds."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.tasks import AssembledFilm, AssembleRequest, Measurements, MeasureRequest, ToolInfo
from tools import ffmpeg
from tools.assembly.boxes import picture_of
from tools.assembly.joining import list_segments
from tools.assembly.loudness import CEILING_DBTP, Loudness, float_input, level, measure_loudness
from tools.assembly.marking import append_xmp, metadata
from tools.assembly.measuring import measure_film
from tools.assembly.mixing import write_mix
from tools.assembly.pcm import disk_full_told
from tools.assembly.stems import write_stems
from tools.protocols import Call, ToolSettings

MAX_PEAK_DBTP = -1.0
"""Highest true peak of the finished film, decoded (numbers.md)."""

_ENCODINGS = 3
"""Times that the sound may be encoded when the encoder overshoots; once is the rule."""


@dataclass(frozen=True)
class EmbeddedAssembler:
    """Joins the picture by packet copy and encodes the whole film's sound once, from PCM."""

    settings: ToolSettings

    @property
    def info(self) -> ToolInfo:
        """What the plan needs to know."""
        return ToolInfo(name="embedded-assembly", version="3", wall_per_second=0.15)

    def assemble(self, request: AssembleRequest, call: Call) -> AssembledFilm:
        """Write `film.mp4` and the four stems; the same inputs give the same bytes.

        Raises `MediaBroken` when a segment or sound is unusable, and `OutOfSpace` when the disk is full.
        """
        frames = sum(segment.frames for segment in request.segments)
        seconds = frames * request.format.frame
        film = call.into / "film.mp4"
        with _workshop(call.into) as bench:
            segments = list_segments(request.segments, call.inputs, request.format, bench)
            (bench / "tags.txt").write_text(metadata(request, seconds), encoding="utf-8")
            samples = round(seconds * SAMPLE_RATE)
            stems = write_stems(request.sounds, call.inputs, samples, call.into)
            write_mix(stems, request.mix, samples, bench / "mix.f32")
            heard = self._finish(request, segments, samples, film)
        append_xmp(film, request)
        if picture_of(film).samples != frames:
            raise MediaBroken(f"The film has {picture_of(film).samples} frames, not {frames}.")
        return AssembledFilm(frames=frames, seconds=seconds, loudness_lufs=heard.lufs, true_peak_dbtp=heard.peak_dbtp)

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        """Return what is to be seen and heard in the film. Raises `MediaBroken`."""
        return measure_film(request, call.inputs["film"].folder, self.settings.threads)

    def _finish(self, request: AssembleRequest, segments: Path, samples: int, film: Path) -> Loudness:
        """Set the loudness, encode and mux; again with a lower ceiling if the encoder went over the limit."""
        bench, ceiling = segments.parent, CEILING_DBTP
        for _ in range(_ENCODINGS):
            level(bench / "mix.f32", samples, request.mix.loudness_lufs, ceiling, bench / "master.f32")
            _mux(segments, bench / "master.f32", bench / "tags.txt", film)
            heard = measure_loudness(ffmpeg.safe_input(film))
            if heard.peak_dbtp <= MAX_PEAK_DBTP:
                break
            ceiling -= heard.peak_dbtp - MAX_PEAK_DBTP + 0.2
        return heard


def build(settings: ToolSettings) -> EmbeddedAssembler:
    """Return the assembler; the registry's factory."""
    return EmbeddedAssembler(settings)


def _mux(segments: Path, sound: Path, tags: Path, film: Path) -> None:
    """Copy the picture, encode the sound, write tags and chapters, index first. Nothing in it tells time or version."""
    ffmpeg.run(
        [
            "-protocol_whitelist", "file,pipe,fd", "-f", "concat", "-safe", "1", "-i", segments,
            *float_input(sound), "-f", "ffmetadata", "-i", tags,
            "-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "2", "-map_chapters", "2",
            "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1", "-metadata:s:a", "language=eng",
            "-c:v", "copy", "-c:a", "aac", "-profile:a", "aac_low", "-b:a", "192k",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            "-movflags", "+faststart", "-f", "mp4", film,
        ],
        timeout=3600,
    )  # fmt: skip


@contextlib.contextmanager
def _workshop(into: Path) -> Iterator[Path]:
    """Yield a folder for what is needed on the way; it is gone afterwards, whatever happens."""
    bench = into.resolve() / ".bench"
    with disk_full_told():
        bench.mkdir()
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)
