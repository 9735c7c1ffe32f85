"""The embedded assembler: one sound out of the scenes' sounds, one film out of it and of finished segments."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.film_requests import AssembleRequest, MeasureRequest, MixRequest, TeaseRequest
from episodes.format import SAMPLE_RATE
from episodes.results import AssembledFilm, Measurements, MixedSound
from episodes.tasks import ToolInfo
from tools import ffmpeg
from tools.assembly.boxes import picture_of, sound_of
from tools.assembly.encoding import write_sound
from tools.assembly.joining import list_segments
from tools.assembly.marking import append_xmp, metadata
from tools.assembly.measuring import measure_film, measure_play
from tools.assembly.mixing import write_mix
from tools.assembly.pcm import disk_full_told
from tools.assembly.stems import write_stems, write_unasked
from tools.protocols import Call, ToolSettings

SOUND, FILM, PLAY = "sound.m4a", "film.mp4", "play.m4a"
"""Names of what is made: the whole sound, and what it is joined into, with a picture and without one."""

Joined = AssembleRequest | TeaseRequest

_LENGTH_SLACK = Fraction(1, 500)
"""Seconds by which a sound's declared length may be off: MP4 writes it in milliseconds."""


@dataclass(frozen=True)
class EmbeddedAssembler:
    """Encodes the whole film's sound once, from PCM, and joins it with the picture by packet copy."""

    settings: ToolSettings

    @property
    def info(self) -> ToolInfo:
        """What the plan needs to know."""
        return ToolInfo(name="embedded-assembly", version="4", wall_per_second=0.08)

    def mix(self, request: MixRequest, call: Call) -> MixedSound:
        """Write `sound.m4a` and the four stems, which are not kept when they are not wanted.

        The same inputs give the same bytes. Raises `MediaBroken` when a sound is unusable, and `OutOfSpace`.
        """
        samples = round(request.seconds * SAMPLE_RATE)
        sound = call.into / SOUND
        with _workshop(call.into) as bench:
            stems = write_stems(request.sounds, call.inputs, samples, call.into if request.keep_stems else bench)
            unasked = write_unasked(stems, request.sounds, call.inputs, samples, bench / "unasked")
            write_mix(stems, request.mix, samples, bench / "mix.f32", unasked, request.headroom)
            heard = write_sound(bench / "mix.f32", samples, request.mix.loudness_lufs, sound)
        return MixedSound(seconds=request.seconds, loudness_lufs=heard.lufs, true_peak_dbtp=heard.peak_dbtp)

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        """Write the film; the same inputs give the same bytes. Nothing in it is encoded here.

        A request without segments becomes `play.m4a`, any other `film.mp4`. Raises `MediaBroken` when a segment or
        the sound is unusable, and `OutOfSpace` when the disk is full.
        """
        frames = sum(segment.frames for segment in request.segments)
        seconds = frames * request.format.frame if frames else request.seconds
        film, sound = call.into / (PLAY if is_play(request) else FILM), call.inputs["mix"].file(SOUND)
        _check_length(sound, seconds)
        with _workshop(call.into) as bench:
            segments = _picture(request, call, bench)
            (bench / "tags.txt").write_text(metadata(request, seconds), encoding="utf-8")
            _mux(segments, sound, bench / "tags.txt", film)
        append_xmp(film, request)
        if frames and picture_of(film).samples != frames:
            raise MediaBroken(f"The film has {picture_of(film).samples} frames, not {frames}.")
        return AssembledFilm(file=film.name, frames=frames, seconds=seconds)

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        """Return what is to be seen and heard in the film or play. Raises `MediaBroken`."""
        film, stems = call.inputs["film"], call.inputs["mix"].folder
        if not request.picture:
            return measure_play(request, film.file(PLAY), stems)
        return measure_film(request, film.file(FILM), stems, self.settings.threads)


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


def _check_length(sound: Path, seconds: Fraction) -> None:
    """Raise `MediaBroken` for a sound of another length: it would be out of step, or end in silence."""
    found = sound_of(sound).shown_seconds
    if abs(found - seconds) > _LENGTH_SLACK:
        raise MediaBroken(f"The mixed sound is {float(found):.3f} s long, not {float(seconds):.3f} s.")


def _mux(segments: Path | None, sound: Path, tags: Path, film: Path) -> None:
    """Copy picture and sound, write tags and chapters, index first. Nothing in it tells time or version.

    The encoder's delay stands in the sound's edit list; ffmpeg reads it and writes it anew.
    """
    joined: list[str | Path] = []
    if segments is not None:
        joined = ["-protocol_whitelist", "file,pipe,fd", "-f", "concat", "-safe", "1", "-i", segments]
    at = 1 if joined else 0
    picture = ["-map", "0:v:0", "-map_metadata:s:v", "-1", "-c:v", "copy", "-flags:v", "+bitexact"] if joined else []
    ffmpeg.run(
        [
            *joined, *ffmpeg.safe_input(sound), "-f", "ffmetadata", "-i", tags, *picture,
            "-map", f"{at}:a:0", "-map_metadata", str(at + 1), "-map_chapters", str(at + 1),
            "-map_metadata:s:a", "-1", "-metadata:s:a", "language=eng", "-c:a", "copy",
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
