"""The embedded assembler: one film out of finished segments and the scenes' sounds."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.requests import AssembleRequest, MeasureRequest, TeaseRequest
from episodes.results import AssembledFilm, Measurements
from episodes.tasks import ToolInfo
from tools import ffmpeg
from tools.assembly.boxes import picture_of
from tools.assembly.joining import list_segments
from tools.assembly.loudness import CEILING_DBTP, Loudness, float_input, level, measure_loudness
from tools.assembly.marking import append_xmp, metadata
from tools.assembly.measuring import measure_film, measure_play
from tools.assembly.mixing import write_mix
from tools.assembly.pcm import disk_full_told
from tools.assembly.stems import write_stems
from tools.protocols import Call, ToolSettings

MAX_PEAK_DBTP = -1.0
"""Highest true peak of the finished film, decoded (numbers.md)."""

FILM, PLAY = "film.mp4", "play.m4a"
"""Names of what is made, with a picture and without one."""

Joined = AssembleRequest | TeaseRequest

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

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        """Write the film and the four stems; the same inputs give the same bytes.

        A request without segments becomes `play.m4a`, any other `film.mp4`; a teaser keeps no stems.
        Raises `MediaBroken` when a segment or sound is unusable, and `OutOfSpace` when the disk is full.
        """
        frames = sum(segment.frames for segment in request.segments)
        seconds = frames * request.format.frame if frames else request.seconds
        film = call.into / (PLAY if is_play(request) else FILM)
        with _workshop(call.into) as bench:
            segments = _picture(request, call, bench)
            (bench / "tags.txt").write_text(metadata(request, seconds), encoding="utf-8")
            samples = round(seconds * SAMPLE_RATE)
            kept = bench if isinstance(request, TeaseRequest) else call.into
            stems = write_stems(request.sounds, call.inputs, samples, kept)
            write_mix(stems, request.mix, samples, bench / "mix.f32")
            heard = self._finish(request, segments, bench, samples, film)
        append_xmp(film, request)
        if frames and picture_of(film).samples != frames:
            raise MediaBroken(f"The film has {picture_of(film).samples} frames, not {frames}.")
        return AssembledFilm(
            file=film.name, frames=frames, seconds=seconds, loudness_lufs=heard.lufs, true_peak_dbtp=heard.peak_dbtp
        )

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        """Return what is to be seen and heard in the film or play. Raises `MediaBroken`."""
        if not request.picture:
            return measure_play(request, call.inputs["film"].folder)
        return measure_film(request, call.inputs["film"].folder, self.settings.threads)

    def _finish(self, request: Joined, segments: Path | None, bench: Path, samples: int, film: Path) -> Loudness:
        """Set the loudness, encode and mux; again with a lower ceiling if the encoder went over the limit."""
        ceiling = CEILING_DBTP
        for _ in range(_ENCODINGS):
            level(bench / "mix.f32", samples, request.mix.loudness_lufs, ceiling, bench / "master.f32")
            _mux(segments, bench / "master.f32", bench / "tags.txt", film)
            heard = measure_loudness(ffmpeg.safe_input(film))
            if heard.peak_dbtp <= MAX_PEAK_DBTP:
                break
            ceiling -= heard.peak_dbtp - MAX_PEAK_DBTP + 0.2
        return heard


def is_play(request: Joined) -> bool:
    """Whether nothing but sound is asked for: no segments, and a length of its own."""
    return not request.segments and request.seconds > 0


def build(settings: ToolSettings) -> EmbeddedAssembler:
    """Return the assembler; the registry's factory."""
    return EmbeddedAssembler(settings)


def _picture(request: Joined, call: Call, bench: Path) -> Path | None:
    """Return the list of the segments, or None for a play. Raises `MediaBroken` for a film without any."""
    if is_play(request):
        return None
    return list_segments(request.segments, call.inputs, request.format, bench)


def _mux(segments: Path | None, sound: Path, tags: Path, film: Path) -> None:
    """Copy the picture, encode the sound, write tags and chapters, index first. Nothing in it tells time or version."""
    joined: list[str | Path] = []
    if segments is not None:
        joined = ["-protocol_whitelist", "file,pipe,fd", "-f", "concat", "-safe", "1", "-i", segments]
    at = 1 if joined else 0
    picture = ["-map", "0:v:0", "-map_metadata:s:v", "-1", "-c:v", "copy", "-flags:v", "+bitexact"] if joined else []
    ffmpeg.run(
        [
            *joined, *float_input(sound), "-f", "ffmetadata", "-i", tags, *picture,
            "-map", f"{at}:a:0", "-map_metadata", str(at + 1), "-map_chapters", str(at + 1),
            "-map_metadata:s:a", "-1", "-metadata:s:a", "language=eng",
            "-c:a", "aac", "-profile:a", "aac_low", "-b:a", "192k",
            "-fflags", "+bitexact", "-flags:a", "+bitexact",
            "-movflags", "+faststart", "-f", "mp4" if joined else "ipod", film,
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
